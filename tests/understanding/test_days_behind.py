"""Days that are counted behind another one ("today or the next two days"), and the first and last days of a week."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read, told


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Tom won't be in today or the next two days, sick bug", "2026-11-10 2026-11-13"),
        ("Tom won't be in today or the next couple of days, tonsillitis", "2026-11-10 2026-11-13"),
        ("Tom off today and the next 2 days with a chest infection", "2026-11-10 2026-11-13"),
        ("Tom is poorly, off today plus the following two days", "2026-11-10 2026-11-13"),
        ("Keeping Tom home today and for the next three days, he has chicken pox", "2026-11-10 2026-11-16"),
        ("Tom has flu so not in today nor the next 2 days", "2026-11-10 2026-11-13"),
        ("tom bad cough, off 2day n nxt 2 days", "2026-11-10 2026-11-13"),
        ("Tom has a virus, he'll be off today and the two days after", "2026-11-10 2026-11-13"),
        ("Tom won't be in tomorrow or the next two days, we are at a funeral", "2026-11-11 2026-11-16"),
        ("Tom won't be in for the next two days, sick bug", "2026-11-10 2026-11-12"),
        ("Tom is ill, off for the next 3 days", "2026-11-10 2026-11-13"),
        ("Tom off 2 days with a cold, back thursday", "2026-11-10 2026-11-12"),
        ("Tom off today, was sick twice in two days", "2026-11-10 -"),
        ("Tom was ill for the past 2 days, off today", "2026-11-10 -"),
    ],
)
def test_days_behind_a_day_are_counted_from_it(text: str, days: str) -> None:
    assert told(read(text)) == {"c1": [days]}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Tom's been ill all weekend so he'll be off the first two days of this week", "2026-11-09 2026-11-11"),
        ("Tom has a temp, he won't be in for the first couple of days this week", "2026-11-09 2026-11-11"),
        ("Tom has hand foot and mouth, off for the first three days this week", "2026-11-09 2026-11-12"),
        ("Tom will be off the last two days of this week for a holiday", "2026-11-12 2026-11-16"),
        ("Tom is off this week with flu", "2026-11-09 2026-11-16"),
    ],
)
def test_on_a_sunday_this_week_is_the_one_that_begins_tomorrow(text: str, days: str) -> None:
    assert told(read(text, "2026-11-08T20:05")) == {"c1": [days]}


def test_the_first_half_of_the_week_on_a_sunday_is_no_day_gone() -> None:
    report = read("tom wont be in the first half of the week, flu", "2026-11-08T20:05").reports[0]
    assert str(report.first_day) == "2026-11-09"


def test_the_end_of_a_week_that_is_over_stays_behind() -> None:
    answer = read("Tom was off ill at the end of the week but is fine now", "2026-11-08T20:05")
    assert str(answer.began) == "2026-11-06"

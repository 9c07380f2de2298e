"""A weekday and a number that do not agree: one of them is a slip, and nobody is ill until next September."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read, told

THURSDAY = "2026-10-15T08:10"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Tom has a cold, back Friday 17th", "2026-10-15 2026-10-16"),
        ("Tom has a cold, back Friday 15th", "2026-10-15 2026-10-16"),
        ("Tom has a bug, back Mon 20th", "2026-10-15 2026-10-19"),
        ("Tom has a bug, back Tuesday the 19th", "2026-10-15 2026-10-20"),
        ("Tom has flu, back Monday 18th", "2026-10-15 2026-10-19"),
        ("Tom off today weds 15th with a cold", "2026-10-15 2026-10-16"),
        ("Tom is off today, Thursday 16th, with a cold", "2026-10-15 2026-10-16"),
        ("can Tom have Friday 5th December off for a wedding please, back Monday 7th", "2026-12-04 2026-12-07"),
        ("Tom has flu, back Monday 18th October", "2026-10-15 2026-10-19"),
        ("Tom has the dentist on Tues 21st at 9", "2026-10-20 2026-10-20 am"),
    ],
)
def test_the_weekday_near_the_number_is_meant(text: str, days: str) -> None:
    assert told(read(text, THURSDAY)) == {"c1": [days]}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Tom has a cold, back on Wed 21st", "2026-10-15 2026-10-21"),
        ("can Tom have Friday 13th off please for a wedding", "2026-11-13 2026-11-16"),
        ("can Tom have Tuesday 12th January off please for a wedding", "2027-01-12 2027-01-13"),
    ],
)
def test_where_they_agree_both_are_meant(text: str, days: str) -> None:
    assert told(read(text, THURSDAY)) == {"c1": [days]}


@pytest.mark.parametrize("text", ["Tom is ill, back on the 14th", "Tom is off with a cold till the 13th"])
def test_a_day_that_has_just_gone_is_no_return_in_a_month(text: str) -> None:
    understood = read(text, THURSDAY)
    assert told(understood) == {"c1": ["2026-10-15 -"]}
    assert "return" in understood.ask


def test_a_number_of_the_next_days_is_a_return() -> None:
    assert told(read("Tom is ill, back on the 20th", THURSDAY)) == {"c1": ["2026-10-15 2026-10-20"]}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Tom is away from the 2nd of November, back in school on the 13th", "2026-11-02 2026-11-13"),
        ("we fly on 2 November and Tom is back at school on the 14th", "2026-11-02 2026-11-16"),
        ("Can Tom have leave from Monday 9 November, he returns on the 12th", "2026-11-09 2026-11-12"),
    ],
)
def test_a_number_behind_a_day_ahead_is_the_one_behind_it(text: str, days: str) -> None:
    assert told(read(text, THURSDAY)) == {"c1": [days]}

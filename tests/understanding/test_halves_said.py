"""Halves that are said to be kept or missed: a reduced timetable, "just this morning"; weeks that are told together."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read, told


@pytest.mark.parametrize(
    ("text", "half"),
    [
        ("Tom's on his reduced timetable today so just mornings", "pm"),
        ("Tom is on a part time timetable this week, mornings only", "pm"),
        ("Reduced timetable for Tom today, he's in for the morning only", "pm"),
        ("Tom on reduced hours, only in mornings till Friday", "pm"),
        ("tom part time still so just afternoons this week", "am"),
    ],
)
def test_of_a_reduced_timetable_the_other_half_is_missed(text: str, half: str) -> None:
    report = read(text, children="Tom:9").reports[0]
    assert (report.code, report.session) == ("C2", half)
    assert report.return_day is None or report.return_day > report.first_day  # type: ignore[operator]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Tom off just this morning with a headache", "2026-11-10 2026-11-10 am"),
        ("Tom will only miss this morning, bad tummy but it's settling", "2026-11-10 2026-11-10 am"),
        ("Tom's got a migraine, off this morning only", "2026-11-10 2026-11-10 am"),
        ("Tom just off for this morning, tooth ache", "2026-11-10 2026-11-10 am"),
        ("Tom is only staying home this morning, sore throat", "2026-11-10 2026-11-10 am"),
        ("Tom only missing this afternoon, migraine", "2026-11-10 2026-11-11 pm"),
        ("Tom has only been ill since this morning", "2026-11-10 -"),
        ("Tom just threw up this morning so he's off", "2026-11-10 -"),
        ("Tom was fine, only this morning he got a temperature. Keeping him off", "2026-11-10 -"),
    ],
)
def test_only_this_half_of_today_is_missed(text: str, days: str) -> None:
    assert told(read(text, children="Tom:9")) == {"c1": [days]}


@pytest.mark.parametrize(
    "text",
    [
        "Tom has broken his ankle, won't be in this week or next",
        "Tom has glandular fever so will not be in this week or next week",
        "Tom's consultant says no school this week or the next",
        "Tom is not well and won't be in for the rest of this week or next",
        "Tom has had his appendix out. He won't be back next week, probably the week after",
    ],
)
def test_two_weeks_are_both_missed(text: str) -> None:
    assert told(read(text, "2026-11-18T12:05")) == {"c1": ["2026-11-18 2026-11-30"]}


def test_a_monday_on_which_the_child_is_not_back_is_no_return() -> None:
    text = "Tom's still ill, he won't make it back on Monday, they say the week after"
    assert str(read(text, "2026-11-18T12:05").reports[0].return_day) != "2026-11-23"
    text = "Tom had his appendix out on Sunday, he's not going to make it back on Monday, they say the week after"
    assert told(read(text, "2027-02-17T14:00")) == {"c1": ["2027-02-22 2027-03-01"]}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Tom needs Friday afternoon 4th December off for a wedding", "2026-12-04 2026-12-07 pm"),
        ("Can Tom have Thursday morning 3rd Dec off for a funeral", "2026-12-03 2026-12-03 am"),
        ("Tom needs Friday 4th December off, the wedding is in the afternoon", "2026-12-04 2026-12-07"),
    ],
)
def test_the_half_stands_between_the_day_and_its_date(text: str, days: str) -> None:
    assert told(read(text)) == {"c1": [days]}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Tom has hospital at 10.15, getting him at half 9, won't be back after", "2026-11-10 2026-11-11 pm 09:30"),
        ("Tom has hospital at 11, collecting at 10.15, not back until 1", "2026-11-10 2026-11-10 am 13:00 10:15"),
        ("Tom has the dentist, leaving at 10, won't be back before lunch", "2026-11-10 2026-11-10 am 10:00"),
    ],
)
def test_who_leaves_in_the_morning_for_good_misses_the_afternoon(text: str, days: str) -> None:
    assert told(read(text)) == {"c1": [days]}

"""Irregular, poor and erratic attendance: what is enough, for whom, how often, and what is none of it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from attendance.calendar import SchoolCalendar, Term
from attendance.irregular import (
    FIRM,
    UNEXPECTED,
    Opened,
    absences,
    irregular_return,
    pattern_tasks,
    since_weeks,
)
from attendance.leave.flags import Record
from attendance.people import Pupil, Roll
from attendance.policy import policy_by_key
from attendance.school import School

CALENDAR = SchoolCalendar(
    (
        Term("Autumn 1", date(2026, 9, 2), date(2026, 10, 23)),
        Term("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)),
        Term("Spring 1", date(2027, 1, 5), date(2027, 2, 12)),
    )
)
TODAY = date(2026, 12, 4)
NOW = datetime(2026, 12, 4, 17, 10, tzinfo=UTC)


def school(key: str, *tags: str) -> School:
    pupil = Pupil("mo", "Mo", "Ali", 7, "7A", (), frozenset(tags))
    return School("s", policy_by_key(key), CALENDAR, Roll.of([pupil], [], [], []))


def days(marks: str, first: date = date(2026, 11, 2)) -> dict[date, list[str]]:
    """Days from `first` on, a day's marks together: "N/" is one day; "." is a day without any mark."""
    words = marks.split()
    places = [day for day in CALENDAR.school_days if day >= first][: len(words)]
    return {day: list(word) for day, word in zip(places, words, strict=True) if word != "."}


@pytest.mark.parametrize(
    ("weeks", "monday"), [(1, date(2026, 11, 30)), (5, date(2026, 11, 2)), (6, date(2026, 10, 19))]
)
def test_weeks_of_a_holiday_are_no_school_weeks(weeks: int, monday: date) -> None:
    assert since_weeks(TODAY, weeks, CALENDAR) == monday


@pytest.mark.parametrize(
    ("marks", "codes", "number"),
    [
        ("OO // OO", FIRM, 2),
        ("OO OO // O/", FIRM, 2),
        ("OO . OO", FIRM, 1),  # nothing is known of the day between: one absence
        ("II OO", UNEXPECTED, 1),
        ("II // MM // CC", UNEXPECTED, 1),  # an appointment and leave were agreed
        ("// \\\\ //", UNEXPECTED, 0),
    ],
)
def test_a_day_in_school_parts_two_absences(marks: str, codes: frozenset[str], number: int) -> None:
    assert len(absences(days(marks), codes)) == number


@pytest.mark.parametrize(
    ("key", "role"), [("st-joseph-st-bede", "headteacher"), ("mary-bassett", "attendance_officer"), ("looe", None)]
)
def test_ten_sessions_in_three_absences_are_a_return_where_the_policy_says_irregular(
    key: str, role: str | None
) -> None:
    task = irregular_return("mo", 10, 3, [], TODAY, NOW, school(key))
    assert (task.role if task else None) == role
    assert task is None or (task.what, task.due.date()) == ("la_return", date(2026, 12, 7))


@pytest.mark.parametrize(
    ("sessions", "apart", "opened"),
    [
        (9, 4, []),
        (20, 2, []),  # long, and not here and there
        (12, 4, [Opened("irregular/2026-11-20/mo", date(2026, 11, 20))]),  # told in this time already
        (12, 4, [Opened("later/la_return/2026-11-20/attendance_officer/mo", date(2026, 11, 20))]),
    ],
)
def test_fewer_one_long_absence_or_a_return_before_is_none(sessions: int, apart: int, opened: list[Opened]) -> None:
    assert irregular_return("mo", sessions, apart, opened, TODAY, NOW, school("st-joseph-st-bede")) is None


def test_a_return_of_last_term_is_over() -> None:
    before = [Opened("irregular/2026-09-18/mo", date(2026, 9, 18))]
    assert irregular_return("mo", 10, 3, before, TODAY, NOW, school("st-joseph-st-bede")) is not None


def told(marks: str, attended: int, of: int, *tags: str, opened: tuple[Opened, ...] = ()) -> list[str]:
    coventry = school("west-coventry", *tags)
    found = pattern_tasks("mo", Record(attended, of - attended, 0), days(marks), opened, TODAY, NOW, coventry)
    return [f"{one.what}: {one.note.removeprefix('Tell the worker: ')}" for one in found]


def test_the_worker_hears_of_three_absences_in_half_a_term() -> None:
    begun = "Monday 2 November, Wednesday 4 November and Friday 6 November"
    erratic = f"3 separate absences in the last 6 school weeks, from {begun}."
    assert told("II // O/ // NN", 100, 104, "social_worker") == [f"tell_social_worker: {erratic}"]
    assert told("II // O/ // NN", 100, 104, "social_worker", "yot") == [
        f"tell_social_worker: {erratic}",
        f"tell_yot: {erratic}",
    ]
    assert told("II // O/ // //", 100, 104, "social_worker") == []
    assert told("II // O/ // NN", 100, 104, "in_care") == []


def test_the_worker_hears_of_attendance_below_the_policys_first_stage() -> None:
    assert told("//", 94, 100, "yot") == [
        "tell_yot: attendance is below 95 per cent in this school year, 94 of 100 sessions."
    ]
    assert told("//", 95, 100, "yot") == []
    assert told("//", 5, 9, "yot") == []  # nobody is judged by fewer than ten sessions


def test_each_is_told_once_a_term() -> None:
    this_term = Opened("pattern/poor/yot/2026-10-01/mo", date(2026, 10, 1))
    assert told("//", 94, 100, "yot", opened=(this_term,)) == []
    last = Opened("pattern/poor/yot/2026-07-01/mo", date(2026, 7, 1))
    assert len(told("//", 94, 100, "yot", opened=(last,))) == 1
    assert len(told("II // O/ // NN", 94, 100, "yot", opened=(this_term,))) == 1  # erratic is another matter


def test_other_schools_have_no_such_rule() -> None:
    bede = school("st-joseph-st-bede", "social_worker")
    assert pattern_tasks("mo", Record(50, 50, 0), days("NN // NN // NN"), (), TODAY, NOW, bede) == []

"""School days: counting in them, the clock changes, and a calendar that ends."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.calendar import CalendarFault, CalendarTooShort, SchoolCalendar, Session, Term, instant, local
from tests.support.builders import at, school

CALENDAR = SchoolCalendar(
    (Term("autumn 1", date(2026, 9, 2), date(2026, 10, 23)), Term("autumn 2", date(2026, 11, 2), date(2026, 12, 18))),
    closed_days=frozenset({date(2026, 11, 27)}),
)


@pytest.mark.parametrize(
    ("day", "count", "after"),
    [
        (date(2026, 9, 2), 1, date(2026, 9, 3)),
        (date(2026, 9, 4), 1, date(2026, 9, 7)),
        (date(2026, 9, 5), 1, date(2026, 9, 7)),
        (date(2026, 10, 23), 1, date(2026, 11, 2)),
        (date(2026, 10, 21), 5, date(2026, 11, 4)),
        (date(2026, 11, 26), 1, date(2026, 11, 30)),
        (date(2026, 8, 1), 1, date(2026, 9, 2)),
    ],
)
def test_after_counts_school_days_and_nothing_else(day: date, count: int, after: date) -> None:
    assert CALENDAR.after(day, count) == after


def test_a_calendar_that_ends_says_what_to_add() -> None:
    with pytest.raises(CalendarTooShort, match=r"has 1 of the 2 school days.*add next term"):
        CALENDAR.after(date(2026, 12, 17), 2)
    with pytest.raises(CalendarTooShort, match="add the next term"):
        CALENDAR.on_or_after(date(2026, 12, 19))
    with pytest.raises(CalendarTooShort, match="add the earlier term"):
        CALENDAR.before(date(2026, 9, 2))


@given(st.dates(date(2026, 8, 1), date(2026, 12, 18)), st.integers(1, 8))
def test_counting_by_hand_gives_the_same(day: date, count: int) -> None:
    following = [each for each in CALENDAR.school_days if each > day]
    if len(following) >= count:
        assert CALENDAR.after(day, count) == following[count - 1]
    else:
        with pytest.raises(CalendarTooShort):
            CALENDAR.after(day, count)
    assert CALENDAR.between(day, day) == ()
    assert CALENDAR.is_school_day(day) == (day in CALENDAR.school_days)


def test_both_ends_of_a_term_are_school_days_and_the_half_term_is_none() -> None:
    assert CALENDAR.is_school_day(date(2026, 10, 23))
    assert not CALENDAR.is_school_day(date(2026, 10, 26))
    term = CALENDAR.term_of(date(2026, 11, 7))
    assert term is not None
    assert term.name == "autumn 2"
    assert CALENDAR.term_of(date(2026, 10, 28)) is None
    assert CALENDAR.last_day == date(2026, 12, 18)


def test_overlapping_terms_count_a_day_once() -> None:
    double = SchoolCalendar(
        (Term("a", date(2026, 9, 7), date(2026, 9, 9)), Term("b", date(2026, 9, 8), date(2026, 9, 9)))
    )
    assert len(double.school_days) == 3


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "not JSON"),
        ("[]", "must be a JSON object"),
        ('{"terms": []}', "no terms"),
        ('{"closed_days": []}', "needs terms"),
        ('{"terms": [{"first_day": "2026-09-02", "last_day": "soon"}]}', "YYYY-MM-DD"),
        ('{"terms": [{"first_day": "2026-09-02", "last_day": "2026-09-01"}]}', "swap them"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(text: str, says: str) -> None:
    with pytest.raises(CalendarFault, match=says):
        SchoolCalendar.from_json(text)


def test_a_closing_time_is_londons_wall_clock_in_summer_and_winter() -> None:
    assert instant(date(2026, 6, 9), time(9, 15)) == datetime(2026, 6, 9, 8, 15, tzinfo=UTC)
    assert instant(date(2026, 11, 10), time(9, 15)) == datetime(2026, 11, 10, 9, 15, tzinfo=UTC)
    assert instant(date(2026, 10, 25), time(1, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert local(datetime(2026, 6, 9, 8, 15, tzinfo=UTC)).time() == time(9, 15)


def test_a_session_is_written_as_day_and_half_and_mornings_come_first() -> None:
    day = date(2026, 11, 10)
    assert str(Session(day, "am")) == "2026-11-10/am"
    assert min(Session(day, "pm"), Session(day, "am")).half == "am"


@pytest.mark.parametrize(
    ("moment", "leaves"),
    [
        (at("09:15"), at("09:15")),
        (at("07:29"), at("07:30")),
        (at("17:59"), at("17:59")),
        (at("18:00"), at("07:30", date(2026, 11, 11))),
        (at("12:00", date(2026, 11, 14)), at("07:30", date(2026, 11, 16))),
        (at("18:30", date(2026, 11, 26)), at("07:30", date(2026, 11, 30))),
        (at("12:00", date(2026, 12, 19)), at("07:30", date(2027, 1, 5))),
        (at("12:00", date(2027, 12, 1)), at("07:30", date(2027, 12, 2))),
    ],
    ids=[
        "in school",
        "early",
        "just before",
        "evening",
        "saturday",
        "before a closed day",
        "holidays",
        "calendar over",
    ],
)
def test_unasked_words_keep_quiet_hours_and_closed_days(moment: datetime, leaves: datetime) -> None:
    assert school().words_may_leave(moment) == leaves
    assert school().is_quiet(moment) == (moment != leaves)

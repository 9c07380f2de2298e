"""Records before our register: what of them counts in a term or year, and when single days are known."""

from __future__ import annotations

from datetime import date

import pytest

from attendance.calendar import SchoolCalendar, Term
from attendance.history import History, sessions_of

CALENDAR = SchoolCalendar(
    (
        Term("Autumn 1", date(2026, 9, 2), date(2026, 10, 23)),
        Term("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)),
    ),
    closed_days=frozenset({date(2026, 11, 11)}),
)
MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (date(2026, 11, day) for day in (9, 10, 11, 12))
LATE = frozenset({"L", "U"})


def span(first: date, last: date, attended: int = 0, **absent: int) -> History:
    return History("mo", first, last, attended, absent)


@pytest.mark.parametrize(
    ("one", "since", "sessions"),
    [
        (span(date(2026, 11, 2), date(2026, 11, 6), 8, U=2), date(2026, 11, 2), 2),
        (span(date(2026, 10, 26), date(2026, 11, 6), 8, U=2, L=1, I=1), date(2026, 11, 2), 3),  # from half term on
        (span(date(2026, 9, 2), date(2026, 11, 6), 70, U=2), date(2026, 11, 2), 0),  # which of them? not known
        (span(date(2026, 9, 2), date(2026, 11, 6), 70, U=2), date(2026, 9, 1), 2),
        (span(date(2026, 10, 22), date(2026, 10, 22), 1, U=1), date(2026, 11, 2), 0),
    ],
)
def test_only_what_surely_lies_in_the_time_counts(one: History, since: date, sessions: int) -> None:
    assert sessions_of([one], LATE, since, CALENDAR) == sessions


def test_days_are_known_where_all_was_missed() -> None:
    assert span(MONDAY, THURSDAY, O=6).marks(CALENDAR) == {  # the 11th is closed
        MONDAY: ("O", "O"),
        TUESDAY: ("O", "O"),
        THURSDAY: ("O", "O"),
    }
    assert span(MONDAY, TUESDAY, N=1, O=3).marks(CALENDAR) == {MONDAY: ("N", "O"), TUESDAY: ("O", "O")}
    assert span(MONDAY, TUESDAY, I=4).marks(CALENDAR) == {MONDAY: ("I", "I"), TUESDAY: ("I", "I")}


@pytest.mark.parametrize(
    "one",
    [
        span(MONDAY, TUESDAY, 1, O=3),  # one session attended: which?
        span(MONDAY, TUESDAY, O=3),
        span(MONDAY, TUESDAY, O=2, I=2),  # on which day was it illness?
        span(MONDAY, TUESDAY, M=4),
        span(WEDNESDAY, WEDNESDAY),
    ],
)
def test_days_are_not_guessed(one: History) -> None:
    assert one.marks(CALENDAR) == {}

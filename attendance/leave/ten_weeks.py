"""The last ten school weeks: unauthorised sessions, firm and provisional, and leave. A fact for the head, nothing else.

Ten sessions of G, N, O or U in a rolling ten school weeks is where a school must consider a penalty notice. A school
week is any week with a session; weeks without one are skipped, so that the ten may span holidays and school years.
Source: SI 2007/1867 as amended by SI 2024/210; statute notes, section 9, with their worked examples as tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from attendance.calendar import SchoolCalendar

FIRM = frozenset("G O U".split())
NOT_YET = frozenset({"N"})
LEAVE = frozenset("C C1 C2 J1 S R T".split())
THRESHOLD = 10
WEEKS = 10
NOT_BEFORE = date(2024, 8, 19)
"""Absences before the national framework began do not count (statute notes, section 9)."""


@dataclass(frozen=True, slots=True)
class TenWeeks:
    """Sessions since `since`. `unclear`: sessions of an older record that may lie before it, counted in none."""

    since: date
    firm: int = 0
    unexplained: int = 0
    leave: int = 0
    unclear: int = 0

    @property
    def provisional(self) -> int:
        """With N, which becomes a reason or O within five school days."""
        return self.firm + self.unexplained

    @property
    def reached(self) -> bool:
        """Ten firm sessions: the school must consider a penalty notice, case by case. Never automatic."""
        return self.firm >= THRESHOLD

    def would_be(self, sessions: int) -> int:
        """The firm count if so many more sessions were unauthorised."""
        return self.firm + sessions


def begins(day: date, calendar: SchoolCalendar) -> date:
    """The Monday of the first of the ten school weeks that end with the week of `day` (a school date).

    Where the calendar does not reach back so far, the Monday of its first week.
    """
    monday = day - timedelta(days=day.weekday())
    found, earliest = monday, calendar.school_days[0]
    left = WEEKS
    while left and monday + timedelta(days=6) >= earliest:
        if calendar.between(monday, monday + timedelta(days=7)):
            found, left = monday, left - 1
        monday -= timedelta(days=7)
    return max(found, NOT_BEFORE)


def words(counts: TenWeeks, asked: int) -> str:
    """What the head reads beside a request for `asked` sessions."""
    firm = f"{counts.firm} unauthorised {_sessions(counts.firm)} in the last ten school weeks"
    more = f" ({counts.provisional} with N)" if counts.unexplained else ""
    leave = f", and {counts.leave} of leave"
    unclear = f" An older record with {counts.unclear} more cannot be split by week." if counts.unclear else ""
    if counts.reached:
        fact = " The threshold of 10 is reached: the school must consider a penalty notice, case by case."
    elif counts.would_be(asked) >= THRESHOLD:
        fact = f" Taken without leave, these {asked} would bring it to {counts.would_be(asked)}: the threshold is 10."
    else:
        fact = " The threshold for considering a penalty notice is 10."
    return f"{firm}{more}{leave}.{fact}{unclear}"


def _sessions(number: int) -> str:
    return "session" if number == 1 else "sessions"

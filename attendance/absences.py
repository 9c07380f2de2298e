"""What a parent told us about an absence: one report for one pupil, and which registers it covers.

A report is a proposal with dates. It settles the reason for the sessions it covers, and for no other (promise 9).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from attendance.calendar import Half, SchoolCalendar, Session

APPOINTMENT = "M"
Span = Literal["day", "am", "pm"]
AbsenceState = Literal["recorded", "confirmed", "rejected", "replaced", "cancelled"]

LIVE_STATES: frozenset[AbsenceState] = frozenset({"recorded", "confirmed"})


@dataclass(frozen=True, slots=True)
class Absence:
    """One report. `half` is the register that is missed on a part day; `return_day` is not covered any more, but for
    its morning where the child is to come in after that register (`back_at`).

    `arrives` and `leaves` are London wall-clock times that were said; `contact` and `message` say where it came from
    (None where staff entered it).
    """

    id: str
    pupil: str
    first_day: date
    code: str
    recorded_at: datetime
    return_day: date | None = None
    half: Span = "day"
    arrives: time | None = None
    leaves: time | None = None
    contact: str | None = None
    message: str | None = None
    state: AbsenceState = "recorded"
    is_with_them: bool = False
    """The child is with that contact, by the same words ("in bed here")."""

    @property
    def live(self) -> bool:
        """It counts: nobody took it back, replaced it or found it wrong."""
        return self.state in LIVE_STATES

    @property
    def some_time_that_day(self) -> bool:
        """An appointment of one day of which nobody said when: it has a code for a register that is missed, and nothing
        against one in which the child is.
        """
        timed = self.arrives is not None or self.leaves is not None or self.half != "day"
        return self.code == APPOINTMENT and not timed and self.return_day in (None, self.first_day)

    @property
    def back_at(self) -> time | None:
        """When the child comes in on the day of return, after its morning's register ("back tomorrow after lunch")."""
        later = self.return_day is not None and self.return_day > self.first_day
        return self.arrives if later and self.half == "day" else None

    def comes_in_on(self, day: date) -> bool:
        """True when it says at what time of this day, its last one, the child comes in."""
        if self.back_at is not None:
            return day == self.return_day
        return self.arrives is not None and self.first_day == day and self.return_day in (None, day)

    def covers(self, session: Session, calendar: SchoolCalendar) -> bool:
        """True when the report says that the child is away in `session`; whether it still counts is `live`.

        Without a return day it covers its first day, with one it covers until then. A part day covers its own half;
        where the return is days later, a morning is the first of whole days and an afternoon the start of them.
        """
        if session.day == self.first_day:
            return self.half in ("day", session.half) or (self.half == "am" and self._lasts_days(calendar))
        if session.day == self.return_day:
            return self.back_at is not None and session.half == "am"
        return self.return_day is not None and self.first_day < session.day < self.return_day

    def sessions(self, calendar: SchoolCalendar) -> tuple[Session, ...]:
        """Every session it covers, in order."""
        days = {self.first_day} if calendar.is_school_day(self.first_day) else set()
        if self.return_day is not None:
            last = (self.return_day,) if self.back_at is not None and calendar.is_school_day(self.return_day) else ()
            days.update((*calendar.between(self.first_day, self.return_day), *last))
        halves: tuple[Half, ...] = ("am", "pm")
        every = (Session(day, half) for day in sorted(days) for half in halves)
        return tuple(session for session in every if self.covers(session, calendar))

    def _lasts_days(self, calendar: SchoolCalendar) -> bool:
        return self.return_day is not None and len(calendar.between(self.first_day, self.return_day)) > 1

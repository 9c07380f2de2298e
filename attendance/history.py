"""A pupil's record before the register that we hold: counts by span, from the school's own system.

Figures over a term or a year are counted from it and from our register together. Days are known only where a span was
missed as a whole, because then every session of it must have been absent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from attendance.calendar import SchoolCalendar

UNAUTHORISED = frozenset("O N G U".split())
"""Source: R24 reg 10(3) Table 3 (the unauthorised codes, N among them); statute notes, section 9."""
SESSIONS_A_DAY = 2


@dataclass(frozen=True, slots=True)
class History:
    """Sessions of one pupil from `first_day` to `last_day`, both included: attended, and absent by code."""

    pupil: str
    first_day: date
    last_day: date
    attended: int = 0
    absent: Mapping[str, int] = field(default_factory=dict)

    def begins_in(self, period: date, calendar: SchoolCalendar) -> bool:
        """True when it reaches into the time from `period` on and none of its school days lies before that."""
        return self.last_day >= period and not calendar.between(self.first_day, period)

    def marks(self, calendar: SchoolCalendar) -> dict[date, tuple[str, ...]]:
        """The marks of each school day where they are certain: missed as a whole, and all ill or all unauthorised.

        Of several unauthorised codes the order is not known and does not matter to what counts them alike.
        """
        days = calendar.between(self.first_day, self.last_day)
        if calendar.is_school_day(self.last_day):
            days = (*days, self.last_day)
        codes = [code for code, sessions in sorted(self.absent.items()) for _ in range(sessions)]
        missed_whole = not self.attended and len(codes) == SESSIONS_A_DAY * len(days)
        if not missed_whole or not (set(codes) <= UNAUTHORISED or set(codes) == {"I"}):
            return {}
        places = range(0, len(codes), SESSIONS_A_DAY)
        return {day: tuple(codes[at : at + SESSIONS_A_DAY]) for day, at in zip(days, places, strict=True)}


def sessions_of(history: Iterable[History], codes: frozenset[str], since: date, calendar: SchoolCalendar) -> int:
    """Sessions absent under these codes in spans that lie in the time from `since` on.

    A span that began before it is left out: how many of its sessions fall into the time is not known.
    """
    return sum(
        sessions
        for one in history
        if one.begins_in(since, calendar)
        for code, sessions in one.absent.items()
        if code in codes
    )

"""One request for leave of absence, as a value.

Source: R24 reg 11 (leave by the proprietor's person in exceptional circumstances); DESIGN section 8.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Literal

from attendance.absences import Span
from attendance.calendar import CalendarTooShort, Half, SchoolCalendar

_OF_ALERT = re.compile(r"leave/(.+?/leave/.+?/\d+)(?:/|$)")
LeaveState = Literal["requested", "asking", "more_asked", "granted", "granted_in_part", "refused", "withdrawn", "taken"]
"""`requested`: complete, before the head. `asking`: before the head too, while the family is asked for what the policy
wants besides. `more_asked`: the head wants to know more. `taken`: away although it was refused."""
WAITING: frozenset[LeaveState] = frozenset({"requested", "asking", "more_asked"})
GRANTED: frozenset[LeaveState] = frozenset({"granted", "granted_in_part"})


@dataclass(frozen=True, slots=True)
class LeaveRequest:
    """One request for one pupil. The child is expected back on `return_day` (None: not said, one day).

    `notice_days` counts calendar days from asking to the first day; `flags` are the policy's advice to the head, never
    a decision. `decided_by` is the name with position that the parent is told. `days` are the school days that were
    granted where that is not all of them; `until` is a later day of return that the family has asked for since.
    """

    id: str
    pupil: str
    first_day: date
    return_day: date | None
    code: str
    asked_at: datetime
    contact: str | None = None
    message: str | None = None
    state: LeaveState = "requested"
    flags: tuple[str, ...] = ()
    notice_days: int | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None
    together: str = ""
    """What siblings who were asked for in the same breath share; across schools too."""
    lacks: tuple[str, ...] = ()
    """What the policy wants to know and the family has not said (names of `leave.fields`), the next first."""
    details: Mapping[str, str] = field(default_factory=dict)
    """What the family said, by name of the policy's field, in their words; `more` answers the head."""
    evidence: tuple[str, ...] = ()
    """Ids of the messages that brought files or links."""
    messages: tuple[str, ...] = ()
    """Ids of the messages that made the request and changed it, the first words first."""
    days: tuple[date, ...] = ()
    decide_by: date | None = None
    until: date | None = None
    half: Span = "day"
    """The one half of a single day that is asked for; the other half is a day like any other."""
    version: int = 0

    @property
    def halves(self) -> tuple[Half, ...]:
        """The registers of a day that leave is for."""
        return ("am", "pm") if self.half == "day" else (self.half,)

    @property
    def told(self) -> tuple[str, ...]:
        """Ids of the messages in which the family asked, in order. Older requests know the one that made them."""
        return self.messages or ((self.message,) if self.message else ())

    @property
    def is_open(self) -> bool:
        """It waits for the head's decision, or for the family's answer before it."""
        return self.state in WAITING or self.until is not None

    @property
    def is_granted(self) -> bool:
        """Granted, all of it or some days."""
        return self.state in GRANTED

    def covers(self, day: date) -> bool:
        """True when `day` lies in the time asked for; whether it was granted is `grants`."""
        if self.return_day is None:
            return day == self.first_day
        return day == self.first_day or self.first_day < day < self.return_day

    def grants(self, day: date) -> bool:
        """True when the head agreed that the child is away on `day`."""
        return self.is_granted and (day in self.days if self.state == "granted_in_part" else self.covers(day))

    def school_days(self, calendar: SchoolCalendar) -> tuple[date, ...]:
        """The school days asked for, in order."""
        end = self.return_day
        if end is None or end <= self.first_day:
            return (self.first_day,) if calendar.is_school_day(self.first_day) else ()
        return calendar.between(self.first_day, end)

    def asked_days(self, calendar: SchoolCalendar) -> tuple[date, ...]:
        """The school days that the head decides about: those of a longer stay that was asked for since, too."""
        return replace(self, return_day=self.until or self.return_day).school_days(calendar)

    def longer(self, calendar: SchoolCalendar, state: LeaveState = "requested") -> LeaveRequest:
        """The further days of a later return that was asked for since, as a request of their own; what was decided
        about the others stands.
        """
        return replace(self, first_day=self.back_on(calendar), return_day=self.until, days=(), until=None, state=state)

    def granted_days(self, calendar: SchoolCalendar) -> tuple[date, ...]:
        """The school days that were granted, in order."""
        return tuple(day for day in self.school_days(calendar) if self.grants(day))

    def back_on(self, calendar: SchoolCalendar) -> date:
        """The school day on which the child is expected after the last day that was granted (or asked for)."""
        days = self.granted_days(calendar) or self.school_days(calendar)
        try:
            return calendar.after(days[-1] if days else self.first_day)
        except CalendarTooShort:
            return self.return_day or self.first_day

    def overlaps(self, first_day: date, return_day: date | None) -> bool:
        """True when the two times share a day."""
        return self.first_day < _end(first_day, return_day) and first_day < _end(self.first_day, self.return_day)


def id_in_alert(key: str) -> str | None:
    """The id of the request that an alert is about, or None: its key is `leave/<id>`, or lies under it."""
    found = _OF_ALERT.match(key)
    return found[1] if found else None


def _end(first_day: date, return_day: date | None) -> date:
    """The first day that is not part of the time any more."""
    after = first_day + timedelta(days=1)
    return after if return_day is None else max(after, return_day)

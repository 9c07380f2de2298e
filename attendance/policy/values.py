"""The small values a policy is written in: clock times, durations, notice periods, and words of closed lists.

Clock times are London wall clock, written "09:15" (or a TOML local time). Durations: "0m", "30m", "4h", "5d".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, Strict

from attendance.calendar import SchoolCalendar
from attendance.policy.words import ACTIONS, CHANNELS, LEAVE_FLAGS, REPORT_CHANNELS, ROLES, TAGS, advise

_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?")
_SPAN = re.compile(r"(\d{1,5})\s*([smhd])")
_NOTICE = re.compile(r"(\d{1,3})\s*(sw|w|d)")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def clock(value: Any) -> time:
    """A wall-clock time. Raises ValueError with the form that is wanted."""
    if isinstance(value, time):
        return value.replace(second=0, microsecond=0)
    if isinstance(value, str) and (found := _CLOCK.fullmatch(value.strip())):
        return time(int(found[1]), int(found[2]))
    raise ValueError(f'{value!r} is not a time of day; write it as "HH:MM", such as "09:15"')


def span(value: Any) -> timedelta:
    """A duration. Raises ValueError with the form that is wanted."""
    if isinstance(value, timedelta):
        return value
    if isinstance(value, str) and (found := _SPAN.fullmatch(value.strip())):
        return timedelta(**{_UNITS[found[2]]: int(found[1])})
    raise ValueError(f'{value!r} is not a duration; write a number with m, h or d, such as "30m", "4h" or "5d"')


def clock_or_span(value: Any) -> time | timedelta:
    """A deadline: a time of day, or a duration after the register's close."""
    if isinstance(value, time | timedelta):
        return clock(value) if isinstance(value, time) else value
    if isinstance(value, str) and ":" in value:
        return clock(value)
    try:
        return span(value)
    except ValueError:
        raise ValueError(
            f'{value!r} is neither a time of day nor a duration; write "12:00", or "90m" for 90 minutes after the close'
        ) from None


@dataclass(frozen=True, slots=True)
class Notice:
    """How long beforehand leave must be asked for: `d` calendar days, `w` weeks, `sw` school weeks."""

    count: int
    unit: Literal["d", "w", "sw"]

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"

    def is_met(self, asked: date, first_day: date, calendar: SchoolCalendar) -> bool:
        """True when leave from `first_day` was asked for on `asked` in good time. Dates are school (London) dates.

        A school week is any week with at least one school session; weeks without one are skipped (statute, section 9).
        """
        return asked <= self.latest(first_day, calendar)

    def latest(self, first_day: date, calendar: SchoolCalendar) -> date:
        """The last day on which leave from `first_day` can still be asked for in good time."""
        if self.unit == "d":
            return first_day - timedelta(days=self.count)
        if self.unit == "w":
            return first_day - timedelta(weeks=self.count)
        day, left = first_day, self.count
        earliest = calendar.school_days[0]
        while left and day > earliest:
            week = day - timedelta(weeks=1)
            left -= 1 if calendar.between(week, day) else 0
            day = week
        return day - timedelta(weeks=left)


def notice(value: Any) -> Notice:
    """A notice period. Raises ValueError with the form that is wanted."""
    if isinstance(value, Notice):
        return value
    if isinstance(value, str) and (found := _NOTICE.fullmatch(value.strip())):
        unit: Literal["d", "w", "sw"] = "sw" if found[2] == "sw" else "w" if found[2] == "w" else "d"
        return Notice(int(found[1]), unit)
    raise ValueError(f'{value!r} is not a notice period; write "4w" (weeks), "4sw" (school weeks) or "10d" (days)')


def _one_of(known: frozenset[str], kind: str) -> AfterValidator:
    def check(word: str) -> str:
        if word not in known:
            raise ValueError(advise(word, known, kind))
        return word

    return AfterValidator(check)


Whole = Annotated[int, Strict()]
Number = Annotated[float, Strict()]
Flag = Annotated[bool, Strict()]
"""Strict, or TOML's `true` would be one day and "5" five."""

Clock = Annotated[time, BeforeValidator(clock), PlainSerializer(lambda t: f"{t:%H:%M}", str, when_used="json")]
Span = Annotated[timedelta, BeforeValidator(span)]
Deadline = Annotated[time | timedelta, BeforeValidator(clock_or_span)]
NoticePeriod = Annotated[Notice, BeforeValidator(notice), PlainSerializer(str, str)]
Role = Annotated[str, _one_of(ROLES, "role")]
Tag = Annotated[str, _one_of(TAGS, "pupil tag")]
LeaveFlag = Annotated[str, _one_of(LEAVE_FLAGS, "flag beside a request for leave")]
Channel = Annotated[str, _one_of(CHANNELS, "channel")]
ReportChannel = Annotated[str, _one_of(REPORT_CHANNELS, "way to report an absence")]
Action = Annotated[str, _one_of(ACTIONS, "task that a step may open")]


def since_midnight(clock: time) -> timedelta:
    """A wall-clock time as a duration, to count with."""
    return timedelta(hours=clock.hour, minutes=clock.minute)

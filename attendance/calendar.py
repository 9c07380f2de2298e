"""The school's own calendar: which days are school days, and counting in them.

A school day is Monday to Friday inside a term, less the closed days (INSET, bank holidays, strikes).
Counting is always in school days of this calendar, never in working days (SI 2024/208 reg 10(7)-(9)).
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any, Literal, Self
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

Half = Literal["am", "pm"]


class CalendarTooShort(ValueError):
    """The calendar ends before the day that was asked for; add the next term's dates to the school's calendar file."""


class CalendarFault(ValueError):
    """The calendar file cannot be used; the message names the place and the remedy."""


@dataclass(frozen=True, slots=True, order=True)
class Session:
    """Half a school day: one register, morning or afternoon."""

    day: date
    half: Half

    def __str__(self) -> str:
        return f"{self.day.isoformat()}/{self.half}"


@dataclass(frozen=True, slots=True)
class Window:
    """When a register opens and closes, London wall clock."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Term:
    """A stretch of school days, both ends included. Half terms are the gaps between two terms."""

    name: str
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Assessment:
    """A statutory assessment, both ends included, and the year groups that it is for (none: all)."""

    name: str
    first_day: date
    last_day: date
    years: tuple[int, ...] = ()

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> Self:
        """Build from an entry of `assessments` in a calendar file. Raises CalendarFault."""
        try:
            name, first, last = (str(data[key]).strip() for key in ("name", "first_day", "last_day"))
            years = data.get("years", ())
            found = cls(name, date.fromisoformat(first), date.fromisoformat(last), tuple(years))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise CalendarFault(
                f"An assessment needs name, first_day and last_day as YYYY-MM-DD, and years as a list ({error})."
            ) from error
        if not name or found.first_day > found.last_day or not all(type(year) is int for year in found.years):
            raise CalendarFault(
                f"The assessment {name!r} needs a name, an end that is not before its start, and years as numbers."
            )
        return found


@dataclass(frozen=True)
class SchoolCalendar:
    """Terms and closed days of one school. Dates are school (London) dates; both ends of a term are included."""

    terms: tuple[Term, ...]
    closed_days: frozenset[date] = frozenset()
    assessments: tuple[Assessment, ...] = ()
    am: Window = field(default=Window(time(8, 45), time(9, 15)))
    pm: Window = field(default=Window(time(13, 10), time(13, 30)))

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> Self:
        """Build from the shape of `policies/calendars/*.json`. Raises CalendarFault."""
        try:
            terms = tuple(
                Term(
                    str(row.get("name", f"term {number}")),
                    date.fromisoformat(str(row["first_day"])),
                    date.fromisoformat(str(row["last_day"])),
                )
                for number, row in enumerate(data["terms"], 1)
            )
            closed = frozenset(date.fromisoformat(str(day)) for day in data.get("closed_days", ()))
            windows = {
                half: Window(time.fromisoformat(str(data[key]["opens"])), time.fromisoformat(str(data[key]["closes"])))
                for half, key in (("am", "am_register"), ("pm", "pm_register"))
                if key in data
            }
        except (KeyError, TypeError, ValueError) as error:
            raise CalendarFault(
                f"The calendar needs terms with first_day and last_day, and closed_days, all as YYYY-MM-DD ({error})."
            ) from error
        for term in terms:
            if term.first_day > term.last_day:
                raise CalendarFault(
                    f"{term.name} ends on {term.last_day} before it begins on {term.first_day}; swap them."
                )
        if not terms:
            raise CalendarFault("The calendar has no terms; add at least one with first_day and last_day.")
        ordered = tuple(sorted(terms, key=lambda term: term.first_day))
        assessments = tuple(Assessment.from_mapping(one) for one in data.get("assessments", ()))
        return cls(terms=ordered, closed_days=closed, assessments=assessments, **windows)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Build from JSON text. Raises CalendarFault."""
        try:
            data = json.loads(text)
        except json.JSONDecodeError as error:
            raise CalendarFault(f"The calendar is not JSON: {error}.") from error
        if not isinstance(data, dict):
            raise CalendarFault("The calendar must be a JSON object with `terms` and `closed_days`.")
        return cls.from_mapping(data)

    @cached_property
    def school_days(self) -> tuple[date, ...]:
        """All school days in order."""
        return tuple(sorted(set(self._days())))

    def _days(self) -> Iterable[date]:
        for term in self.terms:
            day = term.first_day
            while day <= term.last_day:
                if day.weekday() < 5 and day not in self.closed_days:
                    yield day
                day += timedelta(days=1)

    @cached_property
    def _day_set(self) -> frozenset[date]:
        return frozenset(self.school_days)

    def is_school_day(self, day: date) -> bool:
        """True when a register is taken on `day`."""
        return day in self._day_set

    def on_or_after(self, day: date) -> date:
        """`day` itself when it is a school day, else the next one. Raises CalendarTooShort."""
        place = bisect_left(self.school_days, day)
        if place == len(self.school_days):
            raise CalendarTooShort(
                f"The calendar has no school day on or after {day:%d %b %Y}; add the next term's dates to it."
            )
        return self.school_days[place]

    def before(self, day: date) -> date:
        """The last school day before `day`. Raises CalendarTooShort."""
        place = bisect_left(self.school_days, day)
        if place == 0:
            raise CalendarTooShort(f"The calendar has no school day before {day:%d %b %Y}; add the earlier term to it.")
        return self.school_days[place - 1]

    def after(self, day: date, count: int = 1) -> date:
        """The `count`-th school day after `day` (1 = the next one), not counting `day`. Raises CalendarTooShort."""
        place = bisect_right(self.school_days, day) + count - 1
        if place >= len(self.school_days):
            have = len(self.school_days) - bisect_right(self.school_days, day)
            raise CalendarTooShort(
                f"The calendar has {have} of the {count} school days that must follow {day:%d %b %Y}; "
                "add next term's dates to the school's calendar file."
            )
        return self.school_days[place]

    def between(self, first: date, until: date) -> tuple[date, ...]:
        """The school days from `first` up to, not including, `until`."""
        return self.school_days[bisect_left(self.school_days, first) : bisect_left(self.school_days, until)]

    def term_of(self, day: date) -> Term | None:
        """The term that `day` lies in, or None in the holidays."""
        return next((term for term in self.terms if term.first_day <= day <= term.last_day), None)

    @property
    def last_day(self) -> date:
        """The last school day that the calendar knows."""
        return self.school_days[-1]


def instant(day: date, clock: time) -> datetime:
    """A London wall-clock time as aware UTC. The hour that comes twice in October means its first coming."""
    return datetime.combine(day, clock, LONDON).astimezone(UTC)


def local(moment: datetime) -> datetime:
    """An aware instant on London's wall clock."""
    return moment.astimezone(LONDON)

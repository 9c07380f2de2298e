"""The words for terms and holidays, looked up in the school's calendar: "half term", "end of term", "the inset day"."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from attendance.calendar import SchoolCalendar

DAY = timedelta(days=1)
_STILL_TOLD = timedelta(weeks=6)


class Gap(NamedTuple):
    """A stretch without school between two terms, both ends included. `kind` is half, christmas, easter or summer."""

    kind: str
    first: date
    last: date


@lru_cache(maxsize=64)
def _gaps(terms: tuple[tuple[date, date], ...]) -> tuple[Gap, ...]:
    found = []
    for (_, ended), (begins, _) in itertools.pairwise(terms):
        first, last = ended + DAY, begins - DAY
        if last < first:
            continue
        days = [first + n * DAY for n in range((last - first).days + 1)]
        if any(day.month == 12 and day.day == 25 for day in days):
            kind = "christmas"
        elif (last - first).days > 25:
            kind = "summer"
        elif any(day.month in (3, 4) for day in days) and first.month in (3, 4):
            kind = "easter"
        else:
            kind = "half"
        found.append(Gap(kind, first, last))
    return tuple(found)


def gaps(calendar: SchoolCalendar) -> tuple[Gap, ...]:
    """All holidays between the terms of a calendar, in order."""
    return _gaps(tuple((term.first_day, term.last_day) for term in calendar.terms))


def next_gap(calendar: SchoolCalendar, today: date, kinds: tuple[str, ...] = ()) -> Gap | None:
    """The first holiday of one of `kinds` (any, if empty) that has not ended before `today`."""
    return next((gap for gap in gaps(calendar) if gap.last >= today and (not kinds or gap.kind in kinds)), None)


def gap_just_over(calendar: SchoolCalendar, today: date, kinds: tuple[str, ...] = ()) -> Gap | None:
    """The last holiday of one of `kinds` (any, if empty) that is over, and for no longer than six weeks."""
    ended = (gap for gap in reversed(gaps(calendar)) if gap.last < today and (not kinds or gap.kind in kinds))
    return next((gap for gap in ended if today - gap.last <= _STILL_TOLD), None)


def closed_near(calendar: SchoolCalendar, today: date) -> date | None:
    """The next closed day inside a term (INSET, bank holiday), today included."""
    return next((day for day in sorted(calendar.closed_days) if day >= today), None)

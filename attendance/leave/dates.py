"""Days that cannot be asked for: one clear answer, and nothing is recorded.

Source: SI 2024/208 reg 11(1), never after the event; the school's own calendar.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from attendance.calendar import SchoolCalendar

DateFault = Literal["ends_before_start", "over", "closed_days", "too_far"]
TOO_FAR = timedelta(days=365)
"""A year ahead is a slip of the year, or a plan that no calendar knows. Own choice."""


def fault_of(first_day: date, return_day: date | None, today: date, calendar: SchoolCalendar) -> DateFault | None:
    """Why these days cannot be asked for, or None. All are school (London) dates."""
    if return_day is not None and return_day < first_day:
        return "ends_before_start"
    last = first_day if return_day is None else max(first_day, return_day - timedelta(days=1))
    if last < today:
        return "over"
    if first_day - today >= TOO_FAR or first_day > calendar.last_day:
        return "too_far"
    days = calendar.between(first_day, max(return_day or first_day, first_day + timedelta(days=1)))
    return None if days else "closed_days"

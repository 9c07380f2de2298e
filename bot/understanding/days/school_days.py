"""School days as the words need them: the calendar may end before the day that is meant, and no text may raise."""

from __future__ import annotations

from datetime import date

from attendance.calendar import CalendarTooShort, SchoolCalendar


def on_or_after(day: date, calendar: SchoolCalendar) -> date | None:
    """The school day itself or the next one; None beyond the calendar."""
    try:
        return calendar.on_or_after(day)
    except CalendarTooShort:
        return None


def after(day: date, calendar: SchoolCalendar, count: int = 1) -> date | None:
    """The `count`-th school day after this one; None beyond the calendar."""
    try:
        return calendar.after(day, count)
    except CalendarTooShort:
        return None


def school_day(day: date, calendar: SchoolCalendar) -> date:
    """The school day itself or the next one; beyond the calendar the day as it is."""
    return on_or_after(day, calendar) or day

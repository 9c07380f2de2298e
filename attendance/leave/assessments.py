"""Leave just before or during a statutory assessment: what Mary Bassett's policy wants the head to look at.

The days are the calendar's, for they change each year; a pupil is concerned by the assessments of their own year.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from attendance.calendar import Assessment, CalendarTooShort, SchoolCalendar

NEAR = "near_statutory_assessment"
YEAR = timedelta(days=365)
SCHOOL_DAYS_BEFORE = 5
"""What "just before" means: the policy gives no number (policies/READINGS.md, A32)."""


def near(days: Sequence[date], year: int, calendar: SchoolCalendar) -> tuple[Assessment, ...]:
    """The assessments of a pupil of `year` that one of these school days lies in, or just before."""
    mine = [one for one in calendar.assessments if not one.years or year in one.years]
    return tuple(one for one in mine if any(_begins(one, calendar) <= day <= one.last_day for day in days))


def warnings(flags: Collection[str], calendar: SchoolCalendar) -> list[str]:
    """What `check-policy` says where the policy wants the flag and no day could ever raise it."""
    last = max((one.last_day for one in calendar.assessments), default=None)
    if NEAR not in flags or (last is not None and last >= calendar.terms[-1].first_day - YEAR):
        return []
    return [f"leave.flags: {NEAR} is never raised: the calendar has no `assessments` of its last year; add them"]


def _begins(one: Assessment, calendar: SchoolCalendar) -> date:
    day = one.first_day
    try:
        for _ in range(SCHOOL_DAYS_BEFORE):
            day = calendar.before(day)
    except CalendarTooShort:
        return day
    return day

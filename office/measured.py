"""A day's minutes at one school, for the office: read from the journal, measured by attendance/minutes.py."""

from __future__ import annotations

from datetime import date, time, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from attendance.calendar import instant
from attendance.minutes import DayMinutes, minutes_of_day
from attendance.school import School
from storage import cases, journal


async def minutes_of(db: AsyncConnection, school: School, day: date) -> DayMinutes:
    """From register close to first attempt, to answer, to a person: of each case of `day` (a school date)."""
    start, end = (instant(at, time(0, 0)) for at in (day, day + timedelta(days=1)))
    lines = await journal.of_day(db, school.id, start, end)
    closes_at = {
        (case.pupil, case.session): closes
        for case in await cases.of_day(db, school.id, day)
        if (pupil := school.roll.pupils.get(case.pupil)) and (closes := school.closes_at(pupil, case.session))
    }
    return minutes_of_day(day, lines, closes_at)

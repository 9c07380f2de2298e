"""A day's and a term's minutes at one school: read from the journal, measured by attendance/minutes.py."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from itertools import groupby

from sqlalchemy.ext.asyncio import AsyncConnection

from attendance.calendar import Session, instant, local
from attendance.minutes import MEASURED, DayMinutes, TermMinutes, minutes_of_day
from attendance.periods import period_begins
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


async def minutes_of_term(db: AsyncConnection, school: School, until: date) -> TermMinutes:
    """The same of every case of the term (both halves of it) that `until` lies in, up to that date. One query."""
    first = period_begins(until, "term", school.calendar)
    start, end = (instant(at, time(0, 0)) for at in (first, until + timedelta(days=1)))
    lines = await journal.of_kinds(db, school.id, start, end, MEASURED)
    days = [
        minutes_of_day(day, of_day, _closes_at(day, of_day, school))
        for day, of_day in ((day, list(some)) for day, some in groupby(lines, key=lambda line: local(line.at).date()))
    ]
    return TermMinutes(first, until, tuple(child for day in days for child in day.children))


def _closes_at(day: date, lines: Iterable[journal.Line], school: School) -> Mapping[tuple[str, Session], datetime]:
    """When the registers closed for the cases that these lines are about."""
    cases = {(line.data["pupil"], Session(day, line.data["session"])) for line in lines if line.kind == "case"}
    return {
        (pupil, session): closes
        for pupil, session in cases
        if (known := school.roll.pupils.get(pupil)) and (closes := school.closes_at(known, session))
    }

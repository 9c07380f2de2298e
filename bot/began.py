"""Ill since a day of last week: the days that nobody has explained since then are the same absence.

The words alone do not say whether the child was in school in between ("has had a cough since Thursday"); the register
does. Only days right before what is reported, on which the child was marked away without a reason, are taken in.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from attendance.calendar import CalendarTooShort, SchoolCalendar
from attendance.codes import is_unexplained
from bot.outcome import Situation
from bot.understanding import Report, Understanding


def from_the_day_it_began(understood: Understanding, situation: Situation) -> Understanding:
    """The same with the report of each child begun on the first of its unexplained days since the day that is said."""
    if understood.began is None:
        return understood
    reports: list[Report] = []
    for report in understood.reports:
        reports += _each(report, understood.began, situation)
    return replace(understood, reports=tuple(reports))


def _each(report: Report, began: date, situation: Situation) -> list[Report]:
    """Children of one report who were away since different days are reported apart."""
    day = report.first_day
    if day is None or is_unexplained(report.code) or report.session not in (None, "day"):
        return [report]
    firsts = {child: _first_unexplained(child, day, began, situation) for child in report.children}
    apart: dict[date, tuple[str, ...]] = {}
    for child, first in firsts.items():
        apart[first] = (*apart.get(first, ()), child)
    return [replace(report, children=children, first_day=first) for first, children in apart.items()]


def _first_unexplained(pupil: str, day: date, began: date, situation: Situation) -> date:
    calendar = situation.school.calendar
    first = day
    while (earlier := _school_day_before(first, calendar)) is not None and earlier >= began:
        if not _unexplained_throughout(pupil, earlier, situation):
            break
        first = earlier
    return first


def _unexplained_throughout(pupil: str, day: date, situation: Situation) -> bool:
    entries = [entry for (of, session), entry in situation.entered.items() if of == pupil and session.day == day]
    return bool(entries) and all(entry.unexplained for entry in entries)


def _school_day_before(day: date, calendar: SchoolCalendar) -> date | None:
    try:
        return calendar.before(day)
    except CalendarTooShort:
        return None

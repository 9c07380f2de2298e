"""Ill since a day of last week: the days that nobody has explained since then are the same absence.

The words alone do not say whether the child was in school in between ("has had a cough since Thursday"); the register
does. Only days right before what is reported, on which the child was marked away without a reason, are taken in; and
"nearly well, Monday I think" goes on from an illness without a day of return, if the child has been away ever since.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from attendance.absences import Absence
from attendance.calendar import CalendarTooShort, SchoolCalendar
from attendance.codes import is_unexplained
from attendance.continuous import ILL
from bot.known import STILL
from bot.outcome import Heard, Situation
from bot.understanding import Report, Understanding


def from_the_day_it_began(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """The same with the report of each child begun on the first of its unexplained days since the day that is said, or
    since the illness without a day of return that "still" goes on from.
    """
    still = STILL.search(heard.text) is not None
    if understood.began is None and not still:
        return understood
    reports: list[Report] = []
    for report in understood.reports:
        reports += _each(report, understood.began, still, situation)
    return replace(understood, reports=tuple(reports))


def ill_ever_since(heard: Heard, understood: Understanding, situation: Situation) -> Understanding | None:
    """A day of return to come, said days after an illness without one was reported, and without a word since: ill from
    the first of the unexplained days on. None where nothing goes on, or the child was here or accounted for meanwhile.
    """
    reports: list[Report] = []
    for report in understood.reports:
        back = report.return_day
        firsts = {_unexplained_after(pupil, heard.day, situation) for pupil in report.children}
        first = firsts.pop() if len(firsts) == 1 else None
        if back is None or back <= heard.day or first is None:
            return None
        reports.append(Report(report.children, ILL, first, back, session="day"))
    return replace(understood, intent="absence", reports=tuple(reports), ask=()) if reports else None


def _unexplained_after(pupil: str, today: date, situation: Situation) -> date | None:
    """The school day after the last day that is known of, if all of them until today are unexplained."""
    known = [one for one in situation.known if one.pupil == pupil and one.live and not is_unexplained(one.code)]
    last = max(known, key=lambda one: one.recorded_at, default=None)
    if last is None or last.code != ILL or last.return_day is not None or last.first_day >= today:
        return None
    days = _school_days_between(last, today, situation.school.calendar)
    marked = [day for day in days if day < today or _is_marked(pupil, day, situation)]
    away = bool(marked) and all(_unexplained_throughout(pupil, day, situation) for day in marked)
    return days[0] if away else None


def _school_days_between(last: Absence, today: date, calendar: SchoolCalendar) -> tuple[date, ...]:
    """Those after the first day of what is known, today included if it is one."""
    return tuple(day for day in calendar.between(last.first_day, today) if day > last.first_day) + (
        (today,) if calendar.is_school_day(today) else ()
    )


def _is_marked(pupil: str, day: date, situation: Situation) -> bool:
    return any(of == pupil and session.day == day and entry.mis for (of, session), entry in situation.entered.items())


def _each(report: Report, began: date | None, still: bool, situation: Situation) -> list[Report]:
    """Children of one report who were away since different days are reported apart."""
    day = report.first_day
    if day is None or is_unexplained(report.code) or report.session not in (None, "day"):
        return [report]
    firsts = dict.fromkeys(report.children, day)
    for child in report.children:
        since = began if began is not None or not still or report.code != ILL else _ill_before(child, day, situation)
        if since is not None:
            firsts[child] = _first_unexplained(child, day, since, situation)
    apart: dict[date, tuple[str, ...]] = {}
    for child, first in firsts.items():
        apart[first] = (*apart.get(first, ()), child)
    found: list[Report] = []
    for first, children in apart.items():
        own = replace(report, children=children)
        if first < day and report.return_day is None:  # without a day of return a report covers its first day only
            found += [replace(own, first_day=first, return_day=day), own]
        else:
            found.append(replace(own, first_day=first))
    return found


def _ill_before(pupil: str, day: date, situation: Situation) -> date | None:
    """The first day of an illness that was reported before this day, without a day of return."""
    known = [one for one in situation.known if one.pupil == pupil and one.live and one.first_day < day]
    last = max(known, key=lambda one: one.recorded_at, default=None)
    return last.first_day if last is not None and last.code == ILL and last.return_day is None else None


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

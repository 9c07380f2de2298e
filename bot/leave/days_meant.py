"""Which days a family means: what was read, and what the words write out where that is plainer.

A year that is written out, an end before the start, a half of a day: recorded as read, each would be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from attendance.calendar import CalendarTooShort
from attendance.leave import dates
from bot.leave import days_said, words
from bot.naming import any_name
from bot.outcome import Heard, Situation
from bot.understanding import Report, Understanding

NO_LEAVE = frozenset({None, "N", "O", "I", "M"})
"""Codes of a report that no head decides about."""
MOST_HALVES = 10
"""Mornings or afternoons one by one; more of them is a reduced timetable, which a person agrees."""


def date_fault(heard: Heard, reports: Sequence[Report], situation: Situation) -> dates.DateFault | None:
    """What is wrong with the first of these that cannot be asked for; where the words are plainer than the reading of
    them, the words count."""
    calendar = situation.school.calendar
    said = days_written(heard, situation)
    if said is not None:
        back = said.last if said.last < said.first else said.last + timedelta(days=1)
        fault = dates.fault_of(said.first, back, heard.day, calendar)
        if fault is not None and (said.sure or fault == "closed_days"):
            return fault
    for report in reports:
        if report.first_day is not None and not is_empty(report):
            fault = dates.fault_of(report.first_day, report.return_day, heard.day, calendar)
            if fault is not None:
                return fault
    return None


def with_days_said(heard: Heard, understood: Understanding, situation: Situation) -> Understanding | None:
    """The words read anew as a request, where the days that they write out are not those of the reading; or None.

    A year that is written out, an end before the start, days of next month that were taken for today, and days that
    were shared out among siblings: recorded as read, each would be wrong.
    """
    said = days_written(heard, situation)
    reports = [report for report in understood.reports if report.children]
    if said is None or not reports or said.first <= heard.day or not _is_about_leave(heard.text, reports):
        return None
    if all(report.return_day == said.first == said.last for report in reports):  # "off until 14 December": the day back
        return None
    if words.is_now(heard.text) and all(_ends_then(report, said, heard.day, situation) for report in reports):
        return None  # "absent from school from today until Friday 13 November inclusive"
    if _each_its_own(heard.text, reports, situation) or _one_by_one(reports, said):
        return None
    read = {report.first_day for report in reports}
    first = min(day or heard.day for day in read)
    if not said.sure and len(read) == 1 and first > heard.day and (first == said.first or not said.alone):
        return None
    children = tuple(dict.fromkeys(child for report in reports for child in report.children))
    code = next((report.code for report in reports if report.code not in NO_LEAVE), "N")
    until = max((report.return_day for report in reports if report.return_day is not None), default=said.last)
    back = said.last if said.last < said.first else max(until, school_day_after(said.last, situation))
    parts = {report.session for report in reports}
    part = reports[0].session if len(parts) == 1 and said.first == said.last else "day"
    lacks = tuple(one for one in understood.ask if one == "child" or (one == "reason" and code == "N"))
    return replace(understood, intent="leave", reports=(Report(children, code, said.first, back, part),), ask=lacks)


def _each_its_own(text: str, reports: Sequence[Report], situation: Situation) -> bool:
    """ "Hana on Thursday 3rd December and Yusuf on the 4th": behind each name stands the day that was read for it.

    "Hana and Yusuf, 3rd and 4th December" puts both behind the last name, and they are both children's.
    """
    found = []
    for report in reports:
        name = re.search(rf"(?<!\w)(?:{any_name(report.children, situation)})(?!\w)", text, re.IGNORECASE)
        if name is None or report.first_day is None:
            return False
        found.append((name.start(), report.first_day.day))
    found.sort()
    ends = [*(start for start, _ in found[1:]), len(text)]
    parts = [text[start:end] for (start, _), end in zip(found, ends, strict=True)]
    days = [day for _, day in found]
    its_own = all(days_said.has_number(part, day) for part, day in zip(parts, days, strict=True))
    return len(set(days)) == len(days) > 1 and its_own


def _one_by_one(reports: Sequence[Report], said: days_said.Said) -> bool:
    """ "14 April and 16 April": days of one child that were read one by one, from the first that is written to the
    last; what lies between them is not asked for."""
    for child in {child for report in reports for child in report.children}:
        days = {report.first_day for report in reports if child in report.children and report.first_day is not None}
        if len(days) > 1 and {said.first, said.last} <= days:
            return True
    return False


def _ends_then(report: Report, said: days_said.Said, today: date, situation: Situation) -> bool:
    """Read as away from today on, with the one day that is written out as its last."""
    ends = (said.last, school_day_after(said.last, situation))
    return said.first == said.last and report.first_day == today and report.return_day in ends


def days_written(heard: Heard, situation: Situation) -> days_said.Said | None:
    """The days that the words write out, whatever was read: a whole week, or days with their month."""
    week = days_said.week_said(heard.text, heard.day, situation.school.calendar)
    return week or days_said.dates_said(heard.text, heard.day)


def _is_about_leave(text: str, reports: Sequence[Report]) -> bool:
    coded = {report.code for report in reports}
    return words.asks_for_leave(text) or bool(coded - NO_LEAVE)


def school_day_after(day: date, situation: Situation) -> date:
    """The next school day; the next day where the calendar ends."""
    try:
        return situation.school.calendar.after(day)
    except CalendarTooShort:
        return day + timedelta(days=1)


def by_halves(report: Report, text: str, situation: Situation) -> list[Report]:
    """The half of a day that the words write out and the reading has not. Of several days each is asked for by itself,
    for its half alone: in the other half the child is expected.
    """
    first, back = report.first_day, report.return_day
    half = days_said.half_of_each(text) if report.session in (None, "day") else None
    if half is None or first is None or back is None:
        return [with_half(report, text, situation)]
    try:
        days = [day for day in situation.school.calendar.between(first, back) if day < back]
        if not 1 < len(days) <= MOST_HALVES:
            return [with_half(report, text, situation)]
        backs = [day if half == "am" else school_day_after(day, situation) for day in days]
    except CalendarTooShort:
        return [report]
    return [
        replace(report, first_day=day, return_day=until, session=half) for day, until in zip(days, backs, strict=True)
    ]


def with_half(report: Report, text: str, situation: Situation) -> Report:
    """The half of a single day that the words write out and the reading has not."""
    first, back = report.first_day, report.return_day
    between = situation.school.calendar.between
    one_day = first is not None and (back is None or len(between(first, back)) <= 3)
    whole = report.session in (None, "day") and one_day
    half = days_said.half_said(text) if whole else None
    return replace(report, session=half) if half is not None else report


def is_empty(report: Report) -> bool:
    """Back before a single session is missed: no request that a head could decide."""
    whole_day = report.session in (None, "day")
    return (
        whole_day
        and report.first_day is not None
        and report.return_day is not None
        and report.return_day == report.first_day
    )

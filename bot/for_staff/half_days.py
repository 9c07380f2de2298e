"""A child that is to come in for half of each day ("back tomorrow, mornings only").

A part-time timetable is agreed between the school and a parent, with its days and its end (SI 2024/208 reg 11(6)), and
each half that is missed has its own code. No text makes one: the attendance officer hears of it. What is said of today
is recorded as always; what is only of days to come is left to them, for one half of many days is easily the wrong half.
"""

from __future__ import annotations

import re
from dataclasses import replace

from attendance.calendar import Half, SchoolCalendar
from bot.for_staff.passing_on import with_days_to_agree
from bot.outcome import Heard, Outcome, Situation
from bot.understanding import Report, Understanding
from bot.understanding.days.school_days import after

_PART_TIME = "C2"
_RECOVERS = frozenset(("I", "M"))
NOT_OF_AGE = "not_compulsory_age"
BECAUSE = (
    "The family says that the child comes in for half days, or on some days, only: agree with them and the headteacher "
    "on which, and until when, and enter the codes."
)
_HALVES = r"(?:mornings|afternoons|half ?-? ?days)"
_HALF_DAYS = re.compile(
    rf"\b(?:only|just)(?: (?!off\b|absent\b|miss\w*)\w+){{0,3}}? {_HALVES}\b|\b{_HALVES} only\b"
    r"|\bhalf ?-? ?days (?:this|next|for|until|till|to)\b"
    r"|\b(?:part ?-? ?time|reduced|phased)(?: \w+)? (?:timetable|hours|return|start)\b"
)
_OFF_THEN = re.compile(r"\b(?:off|absent|miss\w*|out|away|not (?:in|be in|coming|doing|do))(?: \w+){0,2} ?$")
_FROM_THEN = re.compile(
    r"\b(?:back|return\w*|in|start\w*|begin\w*|from|again)\b(?: \w+){0,3}?"
    r" (?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri)(?:day)?\b"
    r"|\b(?:tomorrow|next week)\b"
)
"""Until that day the child is away for all of it: "back on Wednesday, just mornings to start with"."""
_COMES_IN = re.compile(r"\b(?:in|back|return\w*|start\w*|comes?|coming|do|does|doing|attend\w*)\b")


def today_alone(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """ "She only does mornings on a Wednesday": of a part-time timetable today's half is told, and no day to come. So
    it is of "mornings only this week, still weak after the operation": recorded for whole days, the child would be
    away by our record and present by the register each morning.
    """
    calendar = situation.school.calendar
    reports = tuple(_half_of_today(heard, report, calendar) for report in understood.reports)
    reports = tuple(_ends_today(heard, report, calendar) for report in reports)
    reports = tuple(_not_expected(report, situation) for report in reports)
    if reports == understood.reports:
        return understood
    return replace(understood, reports=reports, ask=tuple(one for one in understood.ask if one != "return"))


def _half_of_today(heard: Heard, report: Report, calendar: SchoolCalendar) -> Report:
    """An illness of whole days, beside words that have the child in for half of each: the half that it misses today."""
    found = _HALF_DAYS.search(heard.line)
    whole = report.code in _RECOVERS and report.session == "day" and report.first_day == heard.day
    if (
        found is None
        or not whole
        or _COMES_IN.search(heard.line) is None
        or _OFF_THEN.search(heard.line[: found.start()])
    ):
        return report
    if report.arrives is not None or report.leaves is not None or _FROM_THEN.search(heard.line):
        return report
    until = after(heard.day, calendar)
    half: Half | None = "pm" if "morning" in found[0] else "am" if "afternoon" in found[0] else None
    if half is None:
        return replace(report, return_day=until) if report.return_day is not None else report
    return replace(report, session=half, return_day=heard.day if half == "am" else until)


def _not_expected(report: Report, situation: Situation) -> Report:
    """A child of the nursery, or below the age of compulsory schooling, has no reduced timetable: it is not expected in
    the sessions that are not its own. Source: SI 2024/208 reg 11; Working together, July 2026, code X.
    """
    pupils = [situation.school.roll.pupils[child] for child in report.children]
    young = all(pupil.year < 0 or NOT_OF_AGE in pupil.tags for pupil in pupils)
    return replace(report, code="X") if report.code == _PART_TIME and pupils and young else report


def _ends_today(heard: Heard, report: Report, calendar: SchoolCalendar) -> Report:
    if report.code != _PART_TIME or report.first_day != heard.day:
        return report
    until = after(heard.day, calendar)
    longer = report.return_day is None or (until is not None and report.return_day > until)
    return replace(report, return_day=until) if longer else report


def _tells_of_half_days(heard: Heard, understood: Understanding) -> bool:
    plainly = _HALF_DAYS.search(heard.line) is not None and _COMES_IN.search(heard.line) is not None
    guessed = "reason" in understood.ask
    return plainly or (not guessed and any(report.code in (_PART_TIME, "X") for report in understood.reports))


def with_half_days(heard: Heard, understood: Understanding, outcome: Outcome, situation: Situation) -> Outcome:
    """The same outcome, and a person who hears of the half days; alone, where nothing is said of today."""
    if understood.intent not in ("absence", "return", "cancel") or not _tells_of_half_days(heard, understood):
        return outcome
    return with_days_to_agree(heard, understood, outcome, BECAUSE, situation)

"""Out between two registers: collected at ten for the hospital and back by one, or collected when both were taken.

A register that the child sits in is not missed: a code for it would stand against the mark. The office hears of the
outing, because somebody has to let the child go. Where one register is missed after all, the report is about that one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from attendance.calendar import CalendarTooShort, Half, Session, instant
from attendance.case import PRESENT_OUTCOMES
from attendance.effects import RaiseAlert
from bot.for_staff.passing_on import to_read
from bot.outcome import Heard, Situation
from bot.understanding import Report

HALVES: tuple[Half, Half] = ("am", "pm")


def by_registers(report: Report, situation: Situation) -> tuple[tuple[Report, ...], tuple[str, ...]]:
    """What of a report with a time of leaving misses a register, and the children who miss none."""
    if report.leaves is None or report.first_day is None or report.code is None:
        return (report,), ()
    missing: list[Report] = []
    out: list[str] = []
    for child in report.children:
        if _is_missed(child, report.first_day, situation):  # who is not in class is not collected from it
            missing.append(replace(report, children=(child,)))
            continue
        halves = _missed(report, report.first_day, child, situation)
        if halves:
            part = "day" if len(halves) == len(HALVES) else halves[0]
            missing.append(replace(report, children=(child,), session=part))
        else:
            out.append(child)
            missing += _days_after(report, report.first_day, child, situation)
    return _together(missing), tuple(out)


def going_out(heard: Heard, pupils: tuple[str, ...], situation: Situation) -> RaiseAlert:
    """What the office hears of a child who is fetched between two registers."""
    because = "The child is to leave during the day and misses no register; see that it may go, and who comes for it."
    return replace(to_read(heard, situation, because), pupils=pupils)


def _is_missed(child: str, day: date, situation: Situation) -> bool:
    case = situation.cases.get(child)
    return case is not None and case.session.day == day and case.outcome not in PRESENT_OUTCOMES


def _missed(report: Report, day: date, child: str, situation: Situation) -> list[Half]:
    """The registers of this day that close while the child is away."""
    school = situation.school
    left = instant(day, report.leaves) if report.leaves is not None else None
    then = report.arrives if report.return_day in (None, day) else None
    back = instant(day, then) if then is not None else None
    said = HALVES if back is not None or report.session in (None, "day") else (report.session,)
    found: list[Half] = []
    for half in HALVES:
        closes = school.closes_at(school.roll.pupils[child], Session(day, half))
        there = closes is not None and ((left is not None and left >= closes) or (back is not None and back <= closes))
        if half in said and not there:
            found.append(half)
    return found


def _days_after(report: Report, day: date, child: str, situation: Situation) -> list[Report]:
    """Collected after the last register of this day, and away for the days that follow."""
    if report.return_day is None:
        return []
    try:
        following = situation.school.calendar.after(day)
    except CalendarTooShort:
        return []
    if following >= report.return_day:
        return []
    return [replace(report, children=(child,), first_day=following, session="day", leaves=None, arrives=None)]


def _together(reports: list[Report]) -> tuple[Report, ...]:
    """Children of whom the same is left in one report, as they were said."""
    merged: dict[Report, list[str]] = {}
    for one in reports:
        merged.setdefault(replace(one, children=()), []).extend(one.children)
    return tuple(replace(one, children=tuple(children)) for one, children in merged.items())

"""More days of what is held already: "amanhã também não vai", after today's illness was reported.

Whether such words begin the absence today or tomorrow is all one: today is reported, and the day of return is said. To
ask "when?" would leave the day unrecorded that the family has just told.
"""

from __future__ import annotations

from dataclasses import replace

from bot.outcome import Heard, Situation
from bot.understanding import Report, Understanding
from bot.understanding.days.school_days import after


def goes_on_from_today(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """The day of return of what is held, where only the first day was in doubt, and is covered either way."""
    if understood.intent != "absence" or set(understood.ask) != {"dates"} or not understood.reports:
        return understood
    if not all(_goes_on(report, heard, situation) for report in understood.reports):
        return understood
    backs = tuple(Report(report.children, return_day=report.return_day) for report in understood.reports)
    return replace(understood, intent="return", reports=backs, ask=())


def _goes_on(report: Report, heard: Heard, situation: Situation) -> bool:
    tomorrow = after(heard.day, situation.school.calendar)
    if tomorrow is None:
        return False
    plain = report.session in (None, "day") and report.arrives is None and report.leaves is None
    days = report.first_day in (heard.day, tomorrow) and report.return_day is not None and report.return_day > tomorrow
    return (
        plain
        and days
        and bool(report.children)
        and all(_held(child, report, heard, situation) for child in report.children)
    )


def _held(child: str, report: Report, heard: Heard, situation: Situation) -> bool:
    """The same writer has reported the same of today."""
    return any(
        one.pupil == child and one.code == report.code and one.first_day == heard.day for one in situation.own_reports
    )

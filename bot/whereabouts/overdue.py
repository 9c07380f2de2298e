"""A time of arrival that is past ("she was going in for ten", at half past twelve), or a time of leaving that is to
come ("I collect her at two"), of a child who is not here.

Such words explain nothing: the family believes that the child is in school, and the register says no (promise 3).
"""

from __future__ import annotations

from attendance.calendar import instant
from attendance.case import PRESENT_OUTCOMES
from bot.outcome import Heard, Situation
from bot.understanding import Understanding
from bot.whereabouts.accounted import names_a_place
from bot.whereabouts.lateness import ON_THE_WAY

SAYS_WHEN = frozenset({"absence", "late", "return"})
"""Intents whose time of arrival is a statement. A question ("was she in by ten?") states none."""


WITH_THE_SCHOOL = frozenset({"B", "P", "V"})
"""Codes of what a school does with its pupils."""
_SOUGHT = frozenset({"open", "asked", "handed_over"})


def overdue(heard: Heard, understood: Understanding, situation: Situation) -> tuple[str, ...]:
    """The pupils who should be here by these words, for longer than anybody is on the way, and are not."""
    if understood.intent not in SAYS_WHEN:
        return ()
    late = (report for report in understood.reports if report.arrives is not None)
    return tuple(
        dict.fromkeys(
            child
            for report in late
            if report.arrives is not None
            and report.first_day in (None, heard.day)
            and instant(heard.day, report.arrives) + ON_THE_WAY < heard.at
            for child in report.children
            if _is_looked_for(child, situation)
        )
    )


def to_leave_later(heard: Heard, understood: Understanding, situation: Situation) -> tuple[str, ...]:
    """ "I'm collecting her at two", of a child whom we miss this morning: the family believes that it is in school."""
    if understood.intent not in SAYS_WHEN or names_a_place(heard):
        return ()
    leaving = (
        report
        for report in understood.reports
        if report.leaves is not None and report.first_day in (None, heard.day) and report.session == "pm"
    )
    return tuple(
        dict.fromkeys(
            child
            for report in leaving
            if report.leaves is not None and instant(heard.day, report.leaves) > heard.at
            for child in report.children
            if _is_missed_now(child, situation)
        )
    )


def _is_missed_now(child: str, situation: Situation) -> bool:
    case = situation.cases.get(child)
    return case is not None and case.stage in _SOUGHT and case.whereabouts == "unknown"


def _is_looked_for(child: str, situation: Situation) -> bool:
    case = situation.cases.get(child)
    return case is not None and case.whereabouts != "confirmed" and case.outcome not in PRESENT_OUTCOMES


def what_is_wrong(understood: Understanding) -> str:
    """ "She is doing her art exam in school all day": whoever says so believes the child with the school; any other
    danger to a child whom we miss is that nobody knows where it is.
    """
    with_the_school = any(report.code in WITH_THE_SCHOOL for report in understood.reports)
    return "believed_in_school" if with_the_school else "missing"

""" "Tobi is ill today. Can Amina be picked up at 1": of her no absence is told that would want a reason.

The office hears that somebody comes for her, and asks what it needs to know; why she "is away" is not asked of a family
that has said nothing of the kind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from attendance.effects import RaiseAlert
from bot.for_staff.passing_on import to_read
from bot.naming import is_named
from bot.outcome import Heard, Situation
from bot.understanding import Report, Understanding

TO_BE_COLLECTED = "A child is to be collected during the day: see that it may go, who comes for it, and why."
_COLLECTED = re.compile(
    r"\b(?:(?:be|get|is|being) (?:picked up|collected|fetched|let out|released)|(?:pick|collect|fetch)(?:ing)?"
    r" (?:\w+ )?(?:up )?(?:at|from|about|around|early|for)|collecting|let \w+ (?:out|go)|be ready (?:at|for)"
    r"|leave (?:at|early)|come out at)\b"
)
_CLAUSES = re.compile(r"[.!?;,\n]+|\b(?:and|but|also|so)\b", re.IGNORECASE)


def only_to_be_collected(heard: Heard, reports: Sequence[Report], situation: Situation) -> tuple[str, ...]:
    """The children of these reports without a reason who are named, whom nobody misses, and who are to be fetched."""
    if _COLLECTED.search(heard.line) is None:
        return ()
    return tuple(
        child
        for report in reports
        if report.first_day == heard.day and report.arrives is None
        for child in report.children
        if child not in situation.cases and is_named(heard.text, child, situation)
    )


def to_be_collected(heard: Heard, pupils: tuple[str, ...], situation: Situation) -> RaiseAlert:
    """What the office hears of them."""
    return replace(to_read(heard, situation, TO_BE_COLLECTED), pupils=pupils)


def whose_collection(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """ "Tobi's poorly. Could you let me pick Amina up at 2": the time is hers, and his illness is of the day."""
    if understood.intent != "absence" or len(understood.reports) != 1 or understood.urgent:
        return understood
    (report,) = understood.reports
    clause = next((one for one in _CLAUSES.split(heard.text) if _COLLECTED.search(one.casefold())), "")
    named = tuple(child for child in situation.sender.may_report if is_named(clause, child, situation))
    of_others = bool(named) and not set(named) & set(report.children)
    if (
        report.leaves is None
        or not of_others
        or not all(is_named(heard.text, one, situation) for one in report.children)
    ):
        return understood
    ill = replace(report, leaves=None, session="day", return_day=None)
    fetched = replace(report, children=named, code="N", session="pm")
    ask = tuple(dict.fromkeys((*understood.ask, "reason")))
    return replace(understood, reports=(ill, fetched), ask=ask)

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
from bot.understanding import Report

TO_BE_COLLECTED = "A child is to be collected during the day: see that it may go, who comes for it, and why."
_COLLECTED = re.compile(
    r"\b(?:(?:be|get|is|being) (?:picked up|collected|fetched|let out|released)|(?:pick|collect|fetch)(?:ing)?"
    r" (?:\w+ )?(?:up )?(?:at|from|about|around|early|for)|collecting|let \w+ (?:out|go)|be ready (?:at|for)"
    r"|leave (?:at|early)|come out at)\b"
)


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

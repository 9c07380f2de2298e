"""Each child's own clause, read by itself: "Amina is ill, back tomorrow. Ben left for school at 8".

Read as a whole, what is said of the one can hide that the other is missing. Where a clause names a child whom we miss
and no other, and by itself means that the child set off or is in school, that is heard whatever else the message says
(promise 3). That it is on its way is taken from such a reading too, where the whole says nothing of it ("Ella has nits,
Ben is fine and on his way"), and that somebody else has it, where the whole gives no reason ("Zoe is at her mum's this
week, Max has a cough"). Nothing else is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from attendance.calendar import local
from attendance.codes import is_unexplained
from bot.for_staff.only_asks import SEARCHED
from bot.naming import any_name, is_named
from bot.outcome import Situation
from bot.understanding import Asked, Message, Report, Understanding

Read = Callable[[Message], Understanding]


def heard_apart(
    message: Message, first: Understanding, missed: Asked | None, situation: Situation, read: Read
) -> Understanding:
    """`first`, or the alarm that one child's own clause is, with what `first` says of the others; and who is late."""
    if missed is None or first.intent in SEARCHED or first.urgent or len(_named(message.text, situation)) < 2:
        return first
    told = {child for report in first.reports for child in report.children}
    beside: list[Report] = []
    elsewhere: list[str] = []
    for clause in _clauses(message.text, situation):
        named = _named(clause, situation)
        if not named or not set(named) <= set(missed.children):
            continue
        asked = replace(missed, child=named[0] if len(named) == 1 else None, children=named)
        alone = read(replace(message, text=clause, asked=asked))
        if alone.intent in SEARCHED and alone.urgent:
            return _together(alone, first, named)
        if first.intent == "absence" and alone.intent == "late" and not alone.ask and told.isdisjoint(named):
            beside += alone.reports
        elif first.intent in ("absence", "return") and told.isdisjoint(named):
            comes = _comes(clause, alone, named, message, situation, read)
            beside += (comes,) if comes is not None else ()
        if first.intent == "absence" and alone.intent == "other_parent" and _unexplained(first, named):
            elsewhere += named
    if beside:  # each by its name, so that nobody need ask whom it is about
        ask = tuple(field for field in first.ask if field != "child" or not told)
        first = replace(first, reports=(*first.reports, *beside), ask=ask)
    return _with_somebody_else(first, elsewhere) if elsewhere else first


def _comes(
    clause: str, alone: Understanding, named: tuple[str, ...], message: Message, situation: Situation, read: Read
) -> Report | None:
    """ "Jack has changed his mind, he's running for the bus, Ivy is still off", of two who are reported away: of a
    child that is said to come, whom nothing may go on explaining.
    """
    today = local(message.sent_at).date()
    held = tuple(one for one in message.known if one.first_day == today and set(one.children) & set(named))
    if len(named) != 1 or not held or named[0] in situation.cases:
        return None
    if alone.intent == "late" and not set(alone.ask) - {"confirm"}:
        return Report(named, return_day=today, arrives=alone.reports[0].arrives if alone.reports else None)
    if alone.intent not in ("absence", "return") or alone.safeguarding:
        return None
    again = read(replace(message, text=clause, asked=None, known=held))
    comes = again.intent == "return" and [one.return_day for one in again.reports] == [today]
    return replace(again.reports[0], children=named) if comes else None


def _unexplained(first: Understanding, named: tuple[str, ...]) -> bool:
    return all(is_unexplained(report.code) for report in first.reports if set(report.children) & set(named))


def _with_somebody_else(first: Understanding, children: list[str]) -> Understanding:
    """Somebody else has these, who is asked; of the others what was reported is kept."""
    others = [
        replace(report, children=tuple(child for child in report.children if child not in children))
        for report in first.reports
    ]
    told = tuple(report for report in others if report.children and not is_unexplained(report.code))
    asking = tuple(field for field in first.ask if field == "return")
    return replace(first, intent="other_parent", reports=(Report(tuple(children)), *told), ask=asking)


def _together(alone: Understanding, first: Understanding, named: tuple[str, ...]) -> Understanding:
    others = [
        replace(report, children=tuple(child for child in report.children if child not in named))
        for report in first.reports
    ]
    reports = (*alone.reports, *(report for report in others if report.children))
    return replace(alone, reports=reports, safeguarding=alone.safeguarding or first.safeguarding)


def _named(text: str, situation: Situation) -> tuple[str, ...]:
    return tuple(child for child in situation.sender.children if is_named(text, child, situation))


def _clauses(text: str, situation: Situation) -> list[str]:
    """Sentences, and what begins with a child's name after a comma or "but"."""
    names = any_name(situation.sender.children, situation)
    joins = "(?:but|and|while|whereas|although)"
    ends = rf"(?<=[.!?;])\s+|\n+|(?:,\s*(?:{joins}\s+)?|\s+-+\s+|\s+{joins}\s+)(?=\b(?:{names})\b)"
    return [clause for clause in re.split(ends, text, flags=re.IGNORECASE) if clause and clause.strip()]

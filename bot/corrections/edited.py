"""A message that is edited in its chat after it was read: what it says now takes the place of what it said.

Only where it plainly is a report still: of the same children, whole, and with nobody saying otherwise. All else
(another child, a question, leave, words that take it back) a person reads.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from attendance.absences import Absence
from attendance.effects import RaiseAlert
from bot.outcome import AskLeave, BotEffect, ChangeLeave, Heard, Outcome, Record, Situation, Withdraw
from bot.understanding import Understanding
from bot.whereabouts.contradiction import contradicted_cases, contradicted_reports

Answer = Callable[[Heard, Understanding, Situation], Outcome]
MAY_STAY_OPEN = frozenset({"return"})


def corrected_by_an_edit(
    heard: Heard, understood: Understanding, situation: Situation, answer: Answer
) -> Outcome | None:
    """What the edited words lead to, with the reports of the first version replaced; None where a person must read."""
    before = {one.pupil: one for one in situation.own_reports if heard.edits and one.message == heard.edits}
    told = [child for report in understood.reports for child in report.children]
    whole = understood.intent in ("absence", "late") and not set(understood.ask) - MAY_STAY_OPEN
    if not before or not whole or set(told) != set(before) or len(told) != len(before):
        return None
    outcome = answer(heard, understood, situation)
    records = [one for one in outcome.effects if isinstance(one, Record)]
    other = any(isinstance(one, AskLeave | ChangeLeave | Withdraw | RaiseAlert) for one in outcome.effects)
    if other or {one.absence.pupil for one in records} != set(before) or len(records) != len(before):
        return None
    effects = tuple(_in_the_place_of(before, one) for one in outcome.effects)
    if contradicted_reports(heard, effects, situation) or contradicted_cases(heard, effects, situation):
        return None
    return replace(outcome, effects=effects, understood=understood)


def _in_the_place_of(before: dict[str, Absence], effect: BotEffect) -> BotEffect:
    return replace(effect, replaces=before[effect.absence.pupil]) if isinstance(effect, Record) else effect

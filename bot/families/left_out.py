"""A child whom the words name and whom we are looking for, and of whom nothing in them was understood.

"Both boys have a cold. Lowenna should be there though": the boys are recorded and thanked for, and what is said of the
third child may be the one thing to hear. A person reads it; the chase goes on.
"""

from __future__ import annotations

from dataclasses import replace

from bot.for_staff.passing_on import is_to_read, to_read
from bot.naming import is_named_as_written
from bot.outcome import CaseEvent, Heard, Outcome, Situation
from bot.understanding import Understanding

_SOUGHT = frozenset({"open", "asked", "handed_over"})


def with_those_left_out(heard: Heard, understood: Understanding, outcome: Outcome, situation: Situation) -> Outcome:
    """The same outcome, and somebody to read the words where they name a further child who is being asked about."""
    told = {child for report in understood.reports for child in report.children}
    if not told or any(map(is_to_read, outcome.effects)):
        return outcome
    told |= {one.pupil for one in outcome.effects if isinstance(one, CaseEvent)}
    question = outcome.conversation.open_question(heard.at)
    told |= set(question.children) if question is not None else set()
    left = tuple(
        child
        for child in situation.sender.children
        if child not in told and _is_sought(child, situation) and is_named_as_written(heard.text, child, situation)
    )
    if not left:
        return outcome
    because = "It names a child who is being asked about, and what was read of it is about another one."
    return replace(outcome, effects=(*outcome.effects, replace(to_read(heard, situation, because), pupils=left)))


def _is_sought(child: str, situation: Situation) -> bool:
    case = situation.cases.get(child)
    return case is not None and case.stage in _SOUGHT

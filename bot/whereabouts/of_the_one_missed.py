"""Nobody is named, and one child of the writer's is missed: "he's answered, he's walking from the stop now" is of it.

Taken for a sister who is reported ill, such words would end her report and have the school look for her as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.naming import is_named
from bot.outcome import Heard, Situation
from bot.understanding import Asked, Message, Understanding

UNDER_WAY = frozenset({"late", "present", "missing"})
"""Words of these say where a child is, which is asked of the one that is missed."""


def of_the_one_missed(
    heard: Heard, message: Message, first: Understanding, situation: Situation, read: Callable[[Message], Understanding]
) -> Understanding | None:
    """The words as an answer for the one child that nobody has accounted for. None where they may be of another."""
    told = {child for report in first.reports for child in report.children}
    missed = [child for child in situation.sender.children if _is_missed(child, situation)]
    comes = first.intent == "return" and all(report.return_day == heard.day for report in first.reports)
    if not (first.intent in UNDER_WAY or comes) or not told or len(missed) != 1 or missed[0] in told:
        return None
    if any(is_named(message.text, child, situation) for child in situation.sender.children):
        return None
    asked = Asked("absence", missed[0], (missed[0],), heard.day, only_missed=True)
    again = read(replace(message, asked=asked))
    return again if again.intent in UNDER_WAY else None


def _is_missed(child: str, situation: Situation) -> bool:
    case = situation.cases.get(child)
    return child in situation.sought or (case is not None and (case.is_waiting or case.stage == "handed_over"))

"""The answer to what we asked before a request is one: for which child. The draft keeps its days and its reason.

The reader takes an answer for a report of its own where it can, and would call a holiday an illness; what we asked
about leave stays leave, and a place ("Los Cristianos") is no name of a child.
"""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import get_close_matches

from bot.leave import words
from bot.leave.asked import NO_LEAVE, leave_asked
from bot.outcome import Heard, Outcome, Reply, Situation
from bot.understanding import Report, Understanding

_ALL = re.compile(
    r"\b(?:both|all|everyone|everybody|each|two|three|girls|boys|kids|children|them|twins|sisters|brothers)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
ALIKE = 0.75
"""How alike a word and a first name must be (difflib), so that a slip of the thumb is still the name."""


def named_now(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """A child, or all of them, named where we had asked for whom leave is meant; asked again where nobody is named."""
    question = situation.conversation.open_question(heard.at)
    if question is None or question.kind != "child" or not question.leave or not question.drafts:
        return None
    if words.is_of_today(heard.text) or words.withdraws(heard.text) or understood.intent in ("cancel", "help"):
        return None
    children = children_said(heard.text, situation)
    if not children:
        return None if understood.intent not in ("absence", "leave") else _again(situation)
    draft = question.drafts[0]
    report = Report(children, draft.code, draft.first_day, draft.return_day, draft.session)
    lacks = ("reason",) if draft.code in NO_LEAVE else ()
    return leave_asked(heard, replace(understood, intent="leave", reports=(report,), ask=lacks), situation)


def children_said(text: str, situation: Situation) -> tuple[str, ...]:
    """The writer's children whom the words name, a slip of the thumb allowed, or all for "both" and its like."""
    roll, mine = situation.school.roll, situation.sender.may_report
    spoken = [one.casefold() for one in _WORD.findall(text)]
    named = []
    for child in mine:
        pupil = roll.pupils[child]
        first_names = [name.split()[0].casefold() for name in (pupil.given, *pupil.known_as) if name]
        if any(get_close_matches(name, spoken, 1, ALIKE) for name in first_names):
            named.append(child)
    if not named and _ALL.search(text):
        return tuple(mine)
    return tuple(named)


def _again(situation: Situation) -> Outcome:
    """The same question once more: the words name no child of theirs."""
    return Outcome(situation.conversation, (), Reply("leave.missing", (), {"names": (), "missing": ("child",)}))

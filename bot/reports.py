"""What a listed contact's words lead to: recorded and read back when sure, one question when not.

Each intent of the contract has one function. Reports for children for whom the writer may not report go to staff.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.corrections import cancelled, rejected, return_changed
from bot.lateness import late_reported
from bot.other_children import names_somebody_else
from bot.outcome import Heard, Outcome, Situation
from bot.passing_on import help_wanted, only_chat, other_parent, question_asked, searched, to_staff, wrong_number
from bot.planned_leave import leave_asked
from bot.recording import absence_reported
from bot.understanding import Understanding

Answer = Callable[[Heard, Understanding, Situation], Outcome]


def answer(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """Decide what the words of a listed contact record, ask or pass on."""
    if understood.reports and names_somebody_else(heard.text, situation):
        return to_staff(heard, understood, situation)
    if understood.reports and not any(letter.isalnum() for letter in heard.text):
        understood = replace(understood, ask=tuple(dict.fromkeys((*understood.ask, "reason"))))
    return ANSWERS.get(understood.intent, to_staff)(heard, understood, situation)


def _confirm(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """Yes to a read-back: the draft is recorded as it stands."""
    question = situation.conversation.open_question(heard.at)
    if question is None or question.kind != "confirm" or not question.drafts:
        return Outcome(situation.conversation)
    settled = replace(understood, reports=question.drafts, ask=())
    return (leave_asked if question.leave else absence_reported)(heard, settled, situation)


ANSWERS: dict[str, Answer] = {
    "absence": absence_reported,
    "leave": leave_asked,
    "late": late_reported,
    "return": return_changed,
    "cancel": cancelled,
    "reject": rejected,
    "confirm": _confirm,
    "other_parent": other_parent,
    "wrong_number": wrong_number,
    "question": question_asked,
    "help": help_wanted,
    "chat": only_chat,
    "present": searched,
    "missing": searched,
}

"""What is said after a bare "no" to what we read back: "it's tomorrow, not today" puts that report right.

We ask why the child is away then, for that is what we know least; words that say something else of the report that was
taken back are no answer to it, and need not be said twice (promise 9).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.conversation import RECORD_LIVES
from bot.outcome import Heard, Situation
from bot.understanding import Asked, Message, Report, Understanding

Read = Callable[[Message], Understanding]


def put_right_after_no(
    heard: Heard, message: Message, first: Understanding, situation: Situation, read: Read
) -> Understanding | None:
    """The report that was taken back with what the words change of it; None where they say no such thing."""
    asked = message.asked
    if asked is None or asked.kind != "reason" or not (first.intent == "question" or "reason" in first.ask):
        return None
    draft = _taken_back(heard, asked, situation)
    if draft is None or first.urgent or first.safeguarding:
        return None
    one = draft.children[0]
    again = read(replace(message, asked=Asked("confirm", one, (one,), draft.first_day, draft)))
    if again.ask or again.urgent or len(again.reports) != 1:
        return None
    report = again.reports[0]
    if again.intent == "return" and report.return_day is not None:
        report = replace(draft, return_day=report.return_day)
        return replace(again, intent="absence", reports=(report,))
    return again if again.intent == "absence" and report != draft else None


def _taken_back(heard: Heard, asked: Asked, situation: Situation) -> Report | None:
    """The one report of this writer's that a "no" has just taken back."""
    contact = situation.sender.contact
    own = [
        absence
        for absence in situation.known
        if absence.state == "rejected"
        and absence.pupil in asked.about
        and contact is not None
        and absence.contact == contact.id
        and heard.at - absence.recorded_at <= RECORD_LIVES
    ]
    if not own or len(asked.about) != 1:
        return None
    last = max(own, key=lambda absence: absence.recorded_at)
    return Report((last.pupil,), last.code, last.first_day, last.return_day, last.half, last.arrives, last.leaves)

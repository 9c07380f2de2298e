"""Who else was asked about in one text: "Amina is ill", in answer to words about Amina and Ben, leaves Ben open."""

from __future__ import annotations

from dataclasses import replace

from bot.drafts import called_names
from bot.outcome import CaseEvent, Outcome, Situation
from bot.readback import READ_BACK


def with_still_open(outcome: Outcome, situation: Situation) -> Outcome:
    """The read-back with the names of the writer's children who were asked about and are not accounted for yet."""
    if outcome.reply is None or outcome.reply.template not in READ_BACK:
        return outcome
    answered = {one.pupil for one in outcome.effects if isinstance(one, CaseEvent)} | set(outcome.reply.pupils)
    answered |= set(outcome.conversation.question.children) if outcome.conversation.question else set()
    left = tuple(
        pupil for pupil in situation.sender.may_report if pupil not in answered and _was_asked(pupil, situation)
    )
    if not left or set(outcome.reply.pupils).isdisjoint(situation.cases):
        return outcome
    values = {**outcome.reply.values, "still": called_names(situation, left)}
    return replace(outcome, reply=replace(outcome.reply, values=values))


def _was_asked(pupil: str, situation: Situation) -> bool:
    """Asked of this writer and unanswered; whoever has not been written to about a child is not asked here."""
    case, writer = situation.cases.get(pupil), situation.sender.writer
    if case is None or not case.is_waiting or case.held:
        return False
    return any(attempt.contact == writer and attempt.may_have_arrived for attempt in case.attempts)

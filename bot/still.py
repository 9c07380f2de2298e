"""Who else was asked about in one text: "Amina is ill", in answer to words about Amina and Ben, leaves Ben open."""

from __future__ import annotations

from dataclasses import replace

from bot.drafts import called_names
from bot.outcome import CaseEvent, Heard, Outcome, Situation
from bot.readback import READ_BACK


def with_still_open(heard: Heard, outcome: Outcome, situation: Situation) -> Outcome:
    """The read-back with the names of the writer's children who were asked about and are not accounted for yet."""
    if outcome.reply is None or outcome.reply.template not in READ_BACK:
        return outcome
    answered = {one.pupil for one in outcome.effects if isinstance(one, CaseEvent)} | set(outcome.reply.pupils)
    answered |= set(outcome.conversation.question.children) if outcome.conversation.question else set()
    left = tuple(
        pupil for pupil in situation.sender.may_report if pupil not in answered and _was_asked(pupil, situation)
    )
    of_today = not set(outcome.reply.pupils).isdisjoint(situation.cases)
    if not left or not (of_today or _waits_for(left, heard, situation)):
        return outcome
    values = {**outcome.reply.values, "still": called_names(situation, left)}
    return replace(outcome, reply=replace(outcome.reply, values=values))


def _waits_for(left: tuple[str, ...], heard: Heard, situation: Situation) -> bool:
    """ "Ben is ill", in answer to where Amy is: we still wait for Amy."""
    question = situation.conversation.open_question(heard.at)
    return (
        question is not None and question.kind in ("absence", "reason") and not set(left).isdisjoint(question.children)
    )


def _was_asked(pupil: str, situation: Situation) -> bool:
    """Asked of this writer and unanswered; whoever has not been written to about a child is not asked here."""
    case, writer = situation.cases.get(pupil), situation.sender.writer
    if case is None or not case.is_waiting or case.held:
        return False
    return any(attempt.contact == writer and attempt.may_have_arrived for attempt in case.attempts)

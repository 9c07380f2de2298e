"""What an answer leaves open: "Amina is ill", in answer to words about Amina and Ben, leaves Ben open; "she has an
appointment this afternoon", in answer to where she is this morning, leaves this morning open. So does "moved to 2".
"""

from __future__ import annotations

from dataclasses import replace

from attendance.events import ReasonWithdrawn
from bot.conversation import Question
from bot.drafts import called_names
from bot.outcome import CaseEvent, ComesIn, Heard, Outcome, Reply, Situation
from bot.readback import READ_BACK


def with_still_open(heard: Heard, outcome: Outcome, situation: Situation) -> Outcome:
    """The read-back with the names of the writer's children who were asked about and are not accounted for yet."""
    if outcome.reply is None or outcome.reply.template not in READ_BACK:
        return outcome
    outcome = _with_now_open(heard, outcome, outcome.reply, situation)
    if outcome.reply is None:
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


def _with_now_open(heard: Heard, outcome: Outcome, reply: Reply, situation: Situation) -> Outcome:
    """Recorded for later, and still missed now: the writer is asked about now, in the same text."""
    events = [one for one in outcome.effects if isinstance(one, CaseEvent | ComesIn)]
    told = {one.pupil for one in events}
    again = {one.pupil for one in events if isinstance(one.event, ReasonWithdrawn)}
    open_now = tuple(
        pupil for pupil in reply.pupils if pupil in again or (pupil not in told and _was_asked(pupil, situation))
    )
    if not open_now or outcome.conversation.question is not None:
        return outcome
    asked = outcome.conversation.asks(Question("absence", open_now, heard.day, heard.at))
    values = {**reply.values, "now": called_names(situation, open_now)}
    return replace(outcome, conversation=asked, reply=replace(reply, values=values))


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

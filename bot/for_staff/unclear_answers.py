"""An answer that settles nothing yet: the chase goes on, and whoever has the case at the deadline hears that it came.

"Nobody answered" would not be true of a mother who wrote that she is at the hospice with her child, in words that the
machine asked back about (DESIGN section 4: a draft never stops a chase).
"""

from __future__ import annotations

from dataclasses import replace

from attendance.events import UnclearAnswer
from bot.for_staff.question_beside import ASKED_IN_TURN
from bot.outcome import CaseEvent, Heard, Outcome, Situation

_SETTLE_NOTHING = frozenset({*ASKED_IN_TURN, "absence.handed_to_staff", "help"})
"""We asked back, a person reads it, or we said who we are."""


def with_unclear_answers(heard: Heard, answered: Outcome, situation: Situation) -> Outcome:
    """The same; the cases about which the writer was asked, or is now asked back, know that they wrote."""
    if answered.reply is None or answered.reply.template not in _SETTLE_NOTHING:
        return answered
    moved = {effect.pupil for effect in answered.effects if isinstance(effect, CaseEvent)}
    writer = situation.sender.writer
    wrote = tuple(
        CaseEvent(pupil, UnclearAnswer(f"{heard.id}/unclear/{pupil}", writer))
        for pupil, case in situation.cases.items()
        if case.is_waiting and pupil not in moved
        if pupil in answered.reply.pupils or any(attempt.contact == writer for attempt in case.attempts)
    )
    return replace(answered, effects=(*answered.effects, *wrote)) if wrote else answered

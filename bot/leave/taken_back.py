"""The family does not go: a request that is withdrawn, before the decision or after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from attendance.effects import RaiseAlert
from attendance.leave import LeaveRequest, machine
from bot.drafts import called_names
from bot.leave import words
from bot.leave.whose import own
from bot.outcome import BotEffect, ChangeLeave, Heard, Outcome, Reply, Situation
from bot.understanding import Understanding


def withdrawn(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """The family does not go. Before the decision that is the end of it; afterwards the coming marks are opened, and a
    person looks whether that is right."""
    plain_no = understood.intent == "cancel"
    if not (plain_no or words.withdraws(heard.text)):
        return None
    ours = own(heard.text, situation)
    mine = [one for one in ours if one.state in machine.WITHDRAWABLE and (one.return_day or one.first_day) >= heard.day]
    if not words.withdraws(heard.text):  # a family that is away already is stuck somewhere, and takes nothing back
        mine = [one for one in mine if one.first_day > heard.day]
    if not mine or (plain_no and not words.withdraws(heard.text) and len(mine) > 1 and not _together(mine)):
        return None
    effects: list[BotEffect] = []
    for one in mine:
        effects.append(ChangeLeave(machine.withdraw(one)))
        if one.is_granted:
            because = (
                f"The family withdraws the leave granted from {one.first_day:%-d %B}: the child is expected. "
                "The coming marks are opened, and an N is chased as always; look whether that is right."
            )
            effects.append(
                RaiseAlert(
                    f"message/{heard.id}/withdrawn/{one.pupil}",
                    "message_to_read",
                    False,
                    (one.pupil,),
                    because,
                    roles=("attendance_officer",),
                )
            )
    pupils = tuple(dict.fromkeys(one.pupil for one in mine))
    values = {"names": called_names(situation, pupils), "first_day": min(one.first_day for one in mine)}
    conversation = replace(situation.conversation, question=None)
    return Outcome(conversation, tuple(effects), Reply("leave.withdrawn", pupils, values))


def _together(requests: Sequence[LeaveRequest]) -> bool:
    return len({one.together or one.id for one in requests}) == 1

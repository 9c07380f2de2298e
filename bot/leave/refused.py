"""Away on a day for which the head refused leave: to say so again is an answer, and grants nothing.

"We are at the airport" is said of all the days that were asked for: the family told us their end with the request.
"""

from __future__ import annotations

from dataclasses import replace

from attendance.absences import Absence
from attendance.leave.grounds import taken_as
from bot.outcome import Outcome, Situation
from bot.readback import READ_BACK

_REFUSED = frozenset({"refused", "taken", "granted_in_part"})


def as_the_head_decided(absence: Absence, situation: Situation) -> Absence:
    """The report under the code that the register has for leave taken although it was refused (G or O).

    Whose words it is does not matter: what was refused to one parent is not granted by the other's text. Source: SI
    2024/208 reg 11, leave is the proprietor's or head's to grant.
    """
    day = absence.first_day
    mine = [one for one in situation.leave if one.pupil == absence.pupil and one.covers(day)]
    if any(one.grants(day) for one in mine):
        return absence
    refused = next((one for one in mine if one.state in _REFUSED), None)
    if refused is None:
        return absence
    back = absence.return_day
    if back is None and absence.half == "day" and not refused.is_granted:
        back = refused.return_day
    return replace(absence, code=taken_as(refused.code), return_day=back)


def with_the_refusal(outcome: Outcome) -> Outcome:
    """The read-back of such days, which are under another code than was asked for, says that the head did not agree."""
    reply = outcome.reply
    if reply is None or reply.template not in READ_BACK:
        return outcome
    return replace(outcome, reply=replace(reply, values={**reply.values, "refused": True}))

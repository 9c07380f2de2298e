"""A member of staff says from outside the office's pages that they have an alert: by a button, or by an answer."""

from __future__ import annotations

from collections.abc import Sequence

from attendance.people import StaffMember
from office import permissions
from office.desk import Overtaken
from service.errors import CannotDo
from service.staff import checked
from service.turns.turn import Turn


async def check(turn: Turn, member: StaffMember, pupils: Sequence[str]) -> None:
    """What the member may do at the desk, they may do here. Raises CannotDo."""
    told = permissions.told(member, await turn.live_alerts())
    granted = permissions.permissions_of(member.roles, turn.school.policy.leave.decides)
    known = [turn.school.roll.pupils[one] for one in pupils if one in turn.school.roll.pupils]
    if "act" not in granted or not all(permissions.sees(member, member.roles, one) or one.id in told for one in known):
        raise CannotDo("Your role looks and does not decide; ask the attendance officer.")


async def has_them(turn: Turn, member: StaffMember, keys: Sequence[str]) -> bool:
    """The same person says so again: nothing is left to do."""
    live = [one for one in await turn.live_alerts() if one.key in keys]
    return bool(live) and all(one.acknowledged_by == member.id for one in live)


async def take_all(turn: Turn, member: StaffMember, keys: Sequence[str]) -> None:
    """Every alert that one message was about; refused only when nothing is left to take. Raises Overtaken."""
    refused: list[Overtaken] = []
    for key in keys:
        try:
            await checked.take(turn, member.id, key=key)
        except Overtaken as refusal:
            refused.append(refusal)
    if len(refused) == len(keys):
        raise refused[0]

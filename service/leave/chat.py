"""A decision by a button under an alert: all days, or the one refusal whose reason needs no typing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attendance.people import StaffMember
from office.desk import Overtaken
from service.leave.deciding import Decision, decide
from service.turn import Turn
from storage import leave

GRANT, REFUSE = "grant", "not_exceptional"
NOT_EXCEPTIONAL = "The circumstances are not exceptional."


async def pressed(turn: Turn, member: StaffMember, act: str, about: Mapping[str, Any]) -> None:
    """Decide on the request that the alert was about, as it was then. Raises CannotDo, Overtaken."""
    id, _, version = str(about.get("leave", "")).rpartition("@")
    request = await leave.get(turn.db, turn.school.id, id)
    if request is None or str(request.version) != version:
        raise Overtaken("The request changed, or somebody decided it. Look at it in the office.")
    if act == GRANT:
        await decide(turn, member, request, Decision("grant"))
    else:
        await decide(turn, member, request, Decision("refuse", NOT_EXCEPTIONAL))

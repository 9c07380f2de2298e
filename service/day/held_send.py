"""A send that somebody holds already, as the closing of a register meets it (promise 7)."""

from __future__ import annotations

from attendance.calendar import Session
from service.turns.turn import Turn

HELD = "hold/"
"""How the keys of alerts about a held send begin; the session follows."""


async def who_holds(turn: Turn, session: Session) -> str:
    """Who has this session's held send, name and position; empty where nothing is held, or nobody has taken it."""
    key = f"{HELD}{session}"
    await turn.look_up_alerts([key])
    alert = await turn.alert_by_key(key)
    if alert is None or not alert.live or alert.acknowledged_by is None:
        return ""
    member = turn.school.roll.staff_member(alert.acknowledged_by)
    return f"{member.name}, {member.position}" if member is not None else alert.acknowledged_by

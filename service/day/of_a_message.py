"""Alerts that a message raised, of a child without a case: which message it was, and whether its writer is doubted."""

from __future__ import annotations

from attendance.ladder import Alert
from service.turns.turn import Turn


def message_of(alert: Alert) -> tuple[str, str] | None:
    """The id of the message, and the kind of what it told; None where no message raised the alert."""
    head, _, rest = alert.key.partition("/")
    message, _, of_what = rest.partition("/")
    return (message, of_what.partition("/")[0]) if head == "message" else None


async def is_doubted(turn: Turn, message: str) -> bool:
    """Whether somebody else than the contact may have written it."""
    return await turn.alert_by_key(f"message/{message}/doubt") is not None

"""Photographs and files of texts and chats: fetched after their message was stored, and kept beside it.

A file that is waited for is a timer: taking it makes the fetch count once, its falling due is the end of trying. What
cannot be kept is said to the office, with the reason; the message itself was read and answered long before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from attendance.effects import RaiseAlert
from messaging.media import Announced
from service.turns.turn import Turn
from storage import attachments, timers
from storage.attachments import FileRow
from storage.inbox import InboxRow
from storage.timers import Timer

PHOTO: Final = "photo"
"""The kind of timer that a file is which was announced and is not here yet."""
TRY_FOR: Final = timedelta(hours=12)
FIRST_WAIT: Final = timedelta(seconds=15)
LONGEST_WAIT: Final = timedelta(minutes=30)


async def wait_for(turn: Turn, row: InboxRow, pupils: tuple[str, ...], files: tuple[Announced, ...]) -> None:
    """Remember what came with a message and has to be fetched."""
    waiting = []
    for one in files:
        key = f"{row.inbox_id}/{one.number}"
        data = {
            "message": row.inbox_id, "number": one.number, "channel": row.channel, "source": one.source,
            "name": one.name, "pupils": list(pupils), "at": turn.now.isoformat(), "tries": 0,
        }  # fmt: skip
        waiting.append(Timer(PHOTO, key, turn.now + TRY_FOR, data))
    await timers.put(turn.db, turn.school.id, waiting)


async def settle(turn: Turn, timer: Timer, kept: FileRow | None, why: str = "") -> int:
    """The bytes are here, or never will be. Answers 0 where another worker was quicker."""
    data = timer.data
    if not await timers.take(turn.db, turn.school.id, timer):
        return 0
    if kept is None:
        await _not_kept(turn, data, why)
        return 1
    if await attachments.get(turn.db, kept.inbox_id, kept.number) is None:  # another school's turn may have kept it
        await attachments.add(turn.db, [kept])
    turn.note("file", data["pupils"], message=kept.inbox_id, number=kept.number, name=kept.name, size=kept.size)
    return 1


async def gave_up(turn: Turn, timer: Timer) -> None:
    """Nobody could fetch it in all that time."""
    await _not_kept(turn, timer.data, "it could not be fetched")


async def later(turn: Turn, timer: Timer) -> None:
    """Try again, each time after twice as long."""
    if await timers.take(turn.db, turn.school.id, timer):
        tries = timer.data["tries"] + 1
        wait = min(FIRST_WAIT * 2 ** min(tries - 1, 10), LONGEST_WAIT)
        data = {**timer.data, "tries": tries, "at": (turn.now + wait).isoformat()}
        await timers.put(turn.db, turn.school.id, [replace(timer, data=data)])


async def _not_kept(turn: Turn, data: Mapping[str, Any], why: str) -> None:
    turn.note("file", data["pupils"], message=data["message"], number=data["number"], name=data["name"], why=why)
    await turn.raise_alert(
        RaiseAlert(
            f"message/{data['message']}/photo/{data['number']}",
            "message_to_read",
            False,
            tuple(data["pupils"]),
            f"A photo or file that came with a message was not kept: {why}. Ask the family to send it by e-mail.",
            roles=("attendance_officer",),
            climbs=False,
        )
    )

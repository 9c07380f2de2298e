"""The copies of an alert in the chats of staff: when one of them acts, or the matter changes, every copy says so.

Each copy keeps its words, gets a line of who did what, and loses its buttons. Nobody is disturbed by it: an edit makes
no sound.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from attendance.calendar import local
from attendance.ladder import Alert
from attendance.people import StaffMember
from attendance.school import School
from messaging.segments import count
from messaging.wording import Wording, Words
from service.turns.words import TELEGRAM, WordsToSend
from storage import outbox
from storage.outbox import OutboxRow

LIVES = timedelta(hours=12)
LOOK_BACK = timedelta(hours=48)
MOST = 20
"""Copies of one matter that are put right, the newest first: an alert that nobody takes repeats all day."""


class Acting(Protocol):
    """What this needs of a turn: who acts in it, and which copies are put right by whoever pressed the button."""

    db: AsyncConnection
    school: School
    now: datetime
    wording: Wording
    ours: dict[str, str]
    actor: str
    did: str
    shown: set[str]

    async def alert_by_key(self, key: str) -> Alert | None:
        """One alert as this turn sees it."""
        ...


def was_open(alert: Alert | None) -> bool:
    """Whether somebody still had to take it."""
    return alert is not None and alert.live and alert.acknowledged_by is None


@dataclass(frozen=True, slots=True)
class Moved:
    """An alert that somebody took (`by`), or that ended."""

    alert: Alert
    by: str | None


def moved(before: Mapping[str, Alert | None], after: Mapping[str, Alert]) -> list[Moved]:
    """What was taken in a turn, and what ended."""
    return [
        Moved(one, one.acknowledged_by if was_open(stored) else None)
        for key, one in after.items()
        if (stored := before.get(key)) is not None
        and ((was_open(stored) and not was_open(one)) or (stored.live and not one.live))
    ]


async def put_right(turn: Acting, alerts: Sequence[Moved]) -> list[WordsToSend]:
    """The edits that say what happened to these alerts. A copy that is also about others waits until all are taken."""
    members = {one.id: one.telegram for one in turn.school.roll.staff if one.telegram}
    if not alerts or not members or TELEGRAM not in turn.ours:
        return []
    changed = {one.alert.key: one for one in alerts}
    sent = await outbox.to_staff(turn.db, turn.school.id, members, turn.now - LOOK_BACK)
    found: list[WordsToSend] = []
    for copy in [one for one in sent if _stands_in_a_chat(one, members) and one.message_id not in turn.shown]:
        about = [changed[key] for key in copy.about["alerts"] if key in changed]
        if about and len(found) < MOST and not await _is_open(turn, copy):
            number = len(_edits_of(copy, sent))
            found.append(
                await with_line(turn, copy, sent, _line(turn, about[0]), (), f"copy/{copy.message_id}/{number}")
            )
    return found


def _stands_in_a_chat(row: OutboxRow, chats: Mapping[str, str]) -> bool:
    """An alert with buttons, in the chat that its reader still has."""
    is_ours = row.channel == TELEGRAM and row.provider_id is not None and row.about.get("edits") is None
    return is_ours and "acts" in row.about and chats.get(row.staff_id or "") == row.address


async def _is_open(turn: Acting, copy: OutboxRow) -> bool:
    return any([was_open(await turn.alert_by_key(key)) for key in copy.about["alerts"]])


def _edits_of(copy: OutboxRow, sent: Iterable[OutboxRow]) -> list[OutboxRow]:
    return [one for one in sent if one.about.get("edits") == copy.provider_id and one.address == copy.address]


@dataclass(frozen=True, slots=True)
class Below:
    """What stands below an alert's words: `line` (once, in place of `without`), and the buttons with their labels where
    those are none of ACTS."""

    acts: Sequence[str] = ()
    line: str = ""
    without: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)


async def with_line(
    turn: Acting, copy: OutboxRow, sent: Sequence[OutboxRow], line: str, acts: Sequence[str], key: str
) -> WordsToSend:
    """An alert's message with one more line below it, and the buttons that still make sense."""
    return await with_buttons(turn, copy, sent, Below(acts, line), key)


async def with_buttons(turn: Acting, copy: OutboxRow, sent: Sequence[OutboxRow], below: Below, key: str) -> WordsToSend:
    """An alert's message with what stands below it now.

    `sent`: what its reader was sent lately, the newest first. An edit that has not left yet is part of this one.
    """
    edits = _edits_of(copy, sent)
    said = next((one.text for one in edits if one.state != "failed"), copy.text)
    await outbox.cancel(turn.db, turn.school.id, message_ids=[one.message_id for one in edits if one.state == "queued"])
    said = said.removesuffix(f"\n{below.without}") if below.without else said
    text = f"{said}\n{below.line}" if below.line else said
    return WordsToSend(
        key=key,
        channel=TELEGRAM,
        address=copy.address,
        words=Words(text, "staff.acted", 1, count(text).encoding),
        pupils=copy.pupils,
        staff=copy.staff_id,
        not_after=turn.now + LIVES,
        chat={
            "edits": copy.provider_id,
            "of": copy.message_id,
            "acts": list(below.acts),
            **({"labels": dict(below.labels)} if below.labels else {}),
        },
    )


def _line(turn: Acting, what: Moved) -> str:
    """Who did what. What no member of staff did has changed by itself, which may be for the worse."""
    member = turn.school.roll.staff_member(what.by or turn.actor)
    did = turn.did or ("ack" if what.by else "settle")
    return acted(turn, member, did) if member else acted(turn, None, "changed")


def acted(turn: Acting, member: StaffMember | None, did: str) -> str:
    """The line under an alert: who did what, and when."""
    who = f"{member.name} ({member.position})" if member else ""
    return turn.wording.say("staff.acted", who=who, did=did, at=local(turn.now).time()).text

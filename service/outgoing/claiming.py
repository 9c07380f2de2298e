"""What a relay takes up next: the words that are due, under a lease, and those of which nobody knows if they left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import timedelta

from service.leave import letters
from service.outgoing.not_arrived import tell_cases
from service.outgoing.relay import Files
from service.turns.turn import Turn
from storage import outbox
from storage.outbox import OutboxRow

LEASE = timedelta(seconds=90)
BATCH = 100


@dataclass(frozen=True, slots=True)
class Claimed:
    """`rows` are ours to hand over, `unknown` to be looked up; `ours` are our addresses, by channel."""

    rows: Sequence[OutboxRow]
    unknown: Sequence[OutboxRow]
    ours: Mapping[str, str]
    files: Files


async def claim(turn: Turn, work: Set[str]) -> Claimed:
    """Take up what `work` names: "tidy" what is out of date, "send", and look up what is unknown."""
    rows: list[OutboxRow] = []
    unknown: list[OutboxRow] = []
    if "tidy" in work:
        await _tidy(turn)
    if "send" in work:
        rows = await outbox.claim_due(turn.db, turn.school.id, turn.now, LEASE, BATCH)
    if work - {"send"}:
        unknown = await outbox.unknown(turn.db, turn.school.id, turn.now)
    rows = await _without_those_that_follow(turn, rows, unknown)
    return Claimed(rows, unknown, turn.ours, await letters.enclosures(turn, rows))


async def _without_those_that_follow(
    turn: Turn, rows: Sequence[OutboxRow], unknown: Sequence[OutboxRow]
) -> list[OutboxRow]:
    """Words to an address of which earlier ones are looked up wait for that: they follow them, or go in one text."""
    asked_about = {(row.channel, row.address) for row in unknown}
    kept = []
    for row in rows:
        if (row.channel, row.address) in asked_about:
            await outbox.put_back(turn.db, turn.school.id, row.message_id, turn.now)
        else:
            kept.append(row)
    return kept


async def _tidy(turn: Turn) -> None:
    """Leases that ran out are unknown, never sent again blindly; words past their time are cancelled."""
    await outbox.leases_over(turn.db, turn.school.id, turn.now)
    for row in await outbox.expire(turn.db, turn.school.id, turn.now):
        turn.note("cancelled", row.pupils, message=row.message_id, template=row.template, why="out of date")
        await tell_cases(turn, row, "out_of_date")

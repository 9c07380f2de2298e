"""Words are queued under a key that says what they are for, taken back while they wait, and queued again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import Instant
from storage.outbox.rows import OF_SCHOOL, PREFIX, OutboxRow, rows_of, values_of
from storage.statements import insert_new
from storage.tables import outbox, outbox_pupil

_add = insert_new(outbox).returning(outbox.c.message_id)
_add_pupils = sa.insert(outbox_pupil)
_cancel = sa.update(outbox).where(OF_SCHOOL, outbox.c.state == "queued").values(state="cancelled")
_cancel_prefix = _cancel.where(sa.func.substr(outbox.c.key, 1, sa.func.length(PREFIX)) == PREFIX).returning(*outbox.c)
_cancel_ids = _cancel.where(outbox.c.message_id.in_(sa.bindparam("ids", expanding=True))).returning(*outbox.c)
_revive = (
    sa.update(outbox)
    .where(
        OF_SCHOOL,
        outbox.c.key == sa.bindparam("of_key"),
        outbox.c.state == "cancelled",
        outbox.c.left_at.is_(None),
    )
    .values(
        state="queued",
        try_at=sa.bindparam("new_try_at", type_=Instant),
        not_after=sa.bindparam("new_not_after", type_=Instant),
    )
)


async def add(db: AsyncConnection, school_id: str, rows: Iterable[OutboxRow]) -> list[OutboxRow]:
    """Queue words; answers those that are new. A key used before changes nothing: deciding twice sends once."""
    new = {
        row.message_id: replace(row, school_id=school_id, try_at=max(row.try_at, row.not_before or row.try_at))
        for row in rows
    }
    if not new:
        return []
    added = set((await db.execute(_add, [values_of(row) for row in new.values()])).scalars())
    stored = [row for message_id, row in new.items() if message_id in added]
    pupils = [
        {"school_id": school_id, "pupil_id": pupil, "message_id": row.message_id}
        for row in stored
        for pupil in dict.fromkeys(row.pupils)
    ]
    if pupils:
        await db.execute(_add_pupils, pupils)
    return stored


async def cancel(
    db: AsyncConnection, school_id: str, keys_prefix: str | None = None, message_ids: Iterable[str] = ()
) -> list[OutboxRow]:
    """Cancel what is still queued, by the beginning of its key or by id; answers it. What a relay holds goes out."""
    cancelled: list[OutboxRow] = []
    if keys_prefix:
        cancelled += await rows_of(db, _cancel_prefix, {"school": school_id, "prefix": keys_prefix})
    if ids := list(message_ids):
        cancelled += await rows_of(db, _cancel_ids, {"school": school_id, "ids": ids})
    return cancelled


async def revive(db: AsyncConnection, school_id: str, row: OutboxRow) -> bool:
    """Queue again what was cancelled before it left, under the key of `row` and with its times. False: nothing was."""
    of = {"school": school_id, "of_key": row.key, "new_try_at": row.try_at, "new_not_after": row.not_after}
    return (await db.execute(_revive, of)).rowcount == 1

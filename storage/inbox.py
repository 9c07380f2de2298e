"""Everything that anybody sent us, stored before the provider is answered; a repeat is one row (promise 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.statements import insert_new
from storage.tables import inbox


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One message as it came. `raw` is the provider's whole form; `understood` is what we read in it, once handled."""

    inbox_id: str
    channel: str
    provider_id: str
    our_address: str
    their_address: str
    text: str
    received_at: datetime
    raw: Mapping[str, Any] = field(default_factory=dict)
    state: Literal["new", "done"] = "new"
    school_id: str | None = None
    contact_id: str | None = None
    understood: Mapping[str, Any] | None = None
    handled_at: datetime | None = None


_oldest_first = (inbox.c.received_at, inbox.c.inbox_id)
_put = insert_new(inbox).returning(inbox.c.inbox_id)
_waiting = sa.select(inbox).where(inbox.c.state == "new").order_by(*_oldest_first).limit(sa.bindparam("at_most"))
_get = sa.select(inbox).where(inbox.c.inbox_id == sa.bindparam("of_id"))
_done = (
    sa.update(inbox)
    .where(inbox.c.inbox_id == sa.bindparam("of_id"), inbox.c.state == "new")
    .values(
        state="done",
        school_id=sa.bindparam("of_school"),
        contact_id=sa.bindparam("of_contact"),
        understood=sa.bindparam("as_understood"),
        handled_at=sa.bindparam("moment"),
    )
)


async def put(db: AsyncConnection, row: InboxRow) -> bool:
    """Store a message. False when the provider sent it before (or its id was taken): nothing changes."""
    return row.inbox_id in await put_all(db, [row])


async def put_all(db: AsyncConnection, rows: Sequence[InboxRow]) -> set[str]:
    """Store messages in one statement; answers the ids of those that are new. A repeat changes nothing, as in `put`."""
    if not rows:
        return set()
    return set((await db.execute(_put, [asdict(row) for row in rows])).scalars())


async def waiting(db: AsyncConnection, limit: int = 100) -> list[InboxRow]:
    """Messages that nobody has handled, the oldest first."""
    return [_row(row) for row in (await db.execute(_waiting, {"at_most": limit})).mappings().all()]


async def get(db: AsyncConnection, inbox_id: str) -> InboxRow | None:
    """One message, or None."""
    row = (await db.execute(_get, {"of_id": inbox_id})).mappings().one_or_none()
    return None if row is None else _row(row)


async def done(
    db: AsyncConnection,
    inbox_id: str,
    school_id: str | None,
    contact_id: str | None,
    understood: Mapping[str, Any] | None,
    at: datetime,
) -> bool:
    """The message was handled, in the transaction that this is part of. False when another worker was quicker."""
    of = {
        "of_id": inbox_id,
        "of_school": school_id,
        "of_contact": contact_id,
        "as_understood": None if understood is None else dict(understood),
        "moment": at,
    }
    return (await db.execute(_done, of)).rowcount == 1


def _row(row: RowMapping) -> InboxRow:
    return InboxRow(**row)

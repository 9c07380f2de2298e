"""Conversations: one for our address and theirs, whichever schools their children go to.

E-mail addresses are one whatever their capital letters: lists say Ngozi@example.org, mails ngozi@example.org.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.statements import insert_new
from storage.tables import thread


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """One thread. `owner` is the staff id of who took it over, None while we answer. Version 0 was never saved."""

    our_address: str
    channel: str
    their_address: str
    state: Mapping[str, Any] = field(default_factory=dict)
    owner: str | None = None
    version: int = 0


_this = sa.and_(
    thread.c.our_address == sa.bindparam("our"),
    thread.c.channel == sa.bindparam("on_channel"),
    thread.c.their_address == sa.bindparam("their"),
)
_get = sa.select(thread).where(_this)
_owned = sa.select(thread).where(thread.c.owner.is_not(None)).order_by(thread.c.our_address, thread.c.their_address)
_add = insert_new(thread).returning(thread.c.version)
_save = (
    sa.update(thread)
    .where(_this, thread.c.version == sa.bindparam("seen"))
    .values(state=sa.bindparam("new_state"), owner=sa.bindparam("new_owner"), version=thread.c.version + 1)
)


async def get(db: AsyncConnection, our: str, channel: str, their: str) -> ThreadRow | None:
    """One thread, or None when nobody has written yet."""
    of = {"our": our, "on_channel": channel, "their": _their(channel, their)}
    row = (await db.execute(_get, of)).mappings().one_or_none()
    return None if row is None else ThreadRow(**row)


async def owned(db: AsyncConnection) -> list[ThreadRow]:
    """Threads that a member of staff has taken over."""
    return [ThreadRow(**row) for row in (await db.execute(_owned)).mappings()]


async def save(db: AsyncConnection, row: ThreadRow) -> bool:
    """Write what was decided on `row.version`, as the version after it. False when somebody was quicker."""
    if row.version == 0:
        values = {
            "our_address": row.our_address,
            "channel": row.channel,
            "their_address": _their(row.channel, row.their_address),
            "state": dict(row.state),
            "owner": row.owner,
            "version": 1,
        }
        return (await db.execute(_add, values)).scalar_one_or_none() is not None
    of = {
        "our": row.our_address,
        "on_channel": row.channel,
        "their": _their(row.channel, row.their_address),
        "seen": row.version,
        "new_state": dict(row.state),
        "new_owner": row.owner,
    }
    return (await db.execute(_save, of)).rowcount == 1


def _their(channel: str, address: str) -> str:
    return address.casefold() if channel == "email" else address

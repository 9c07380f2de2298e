"""Conversations: one for our address and theirs, whichever schools their children go to.

E-mail addresses are one whatever their capital letters: lists say Ngozi@example.org, mails ngozi@example.org.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from attendance.people import address_key
from storage.statements import save_version
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


_get = sa.select(thread).where(
    thread.c.our_address == sa.bindparam("our"),
    thread.c.channel == sa.bindparam("on_channel"),
    thread.c.their_address.in_(sa.bindparam("their", expanding=True)),
)
_owned = sa.select(thread).where(thread.c.owner.is_not(None)).order_by(thread.c.our_address, thread.c.their_address)
_save = save_version(thread)


async def get(db: AsyncConnection, our: str, channel: str, their: str) -> ThreadRow | None:
    """One thread, or None when nobody has written yet."""
    return (await with_addresses(db, our, channel, [their])).get(their)


async def with_addresses(db: AsyncConnection, our: str, channel: str, their: Iterable[str]) -> dict[str, ThreadRow]:
    """The threads with these addresses, by address as it was asked for; with some nobody has written yet."""
    stored = {one: _their(channel, one) for one in their}
    if not stored:
        return {}
    of = {"our": our, "on_channel": channel, "their": list(dict.fromkeys(stored.values()))}
    known = {row["their_address"]: ThreadRow(**row) for row in (await db.execute(_get, of)).mappings()}
    return {one: known[address] for one, address in stored.items() if address in known}


async def owned(db: AsyncConnection) -> list[ThreadRow]:
    """Threads that a member of staff has taken over."""
    return [ThreadRow(**row) for row in (await db.execute(_owned)).mappings()]


async def save(db: AsyncConnection, rows: Iterable[ThreadRow]) -> list[ThreadRow]:
    """Write what was decided on each row's version, as the version after it, in one statement.

    Answers those that were not written, because somebody was quicker.
    """
    decided = {(row.our_address, row.channel, _their(row.channel, row.their_address)): row for row in rows}
    if not decided:
        return []
    values = [
        {
            "our_address": our,
            "channel": channel,
            "their_address": their,
            "state": dict(row.state),
            "owner": row.owner,
            "version": row.version + 1,
        }
        for (our, channel, their), row in decided.items()
    ]
    written = {tuple(row) for row in await db.execute(_save, values)}
    return [row for key, row in decided.items() if key not in written]


def _their(channel: str, address: str) -> str:
    return address_key(address) if channel == "email" else address

"""Up to where each mailbox was stored, so that a restart goes on from there.

A bot's updates that are polled have their place here too: when the last one was stored (in seconds), and its number.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.statements import upsert
from storage.tables import mailbox

_put = upsert(mailbox)
_get = sa.select(mailbox.c.uidvalidity, mailbox.c.uid).where(mailbox.c.mailbox == sa.bindparam("of_key"))


async def get(db: AsyncConnection, key: str) -> tuple[int, int] | None:
    """(UIDVALIDITY, UID) of the last mail that was stored, or None for a mailbox that was never read."""
    row = (await db.execute(_get, {"of_key": key})).one_or_none()
    return None if row is None else (row.uidvalidity, row.uid)


async def put(db: AsyncConnection, key: str, uidvalidity: int, uid: int) -> None:
    """Go on after this mail from now on. What two processes store twice is one message: the inbox sees to it."""
    await db.execute(_put, {"mailbox": key, "uidvalidity": uidvalidity, "uid": uid})

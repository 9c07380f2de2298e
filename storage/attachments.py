"""Files that came with messages: evidence, kept in the transaction that stores the message itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import attachment


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file; `number` counts from 1 within its message. `media_type` is what its bytes showed."""

    inbox_id: str
    number: int
    name: str
    media_type: str
    size: int
    data: bytes = field(default=b"", repr=False)


_add = sa.insert(attachment)
_get = sa.select(attachment).where(
    attachment.c.inbox_id == sa.bindparam("of_message"), attachment.c.number == sa.bindparam("of_number")
)
_listed = (
    sa.select(*(column for column in attachment.c if column.name != "data"))
    .where(attachment.c.inbox_id == sa.bindparam("of_message"))
    .order_by(attachment.c.number)
)


async def add(db: AsyncConnection, rows: Sequence[FileRow]) -> None:
    """Keep the files of a message that is stored in the same transaction."""
    if rows:
        names = FileRow.__slots__
        await db.execute(_add, [{name: getattr(row, name) for name in names} for row in rows])


async def get(db: AsyncConnection, inbox_id: str, number: int) -> FileRow | None:
    """One file with its bytes, or None."""
    row = (await db.execute(_get, {"of_message": inbox_id, "of_number": number})).mappings().one_or_none()
    return None if row is None else FileRow(**row)


async def listed(db: AsyncConnection, inbox_id: str) -> list[FileRow]:
    """The files of one message in order, without their bytes."""
    return [FileRow(**row) for row in (await db.execute(_listed, {"of_message": inbox_id})).mappings()]

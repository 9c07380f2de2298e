"""What a provider told of a message, in its own words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.statements import insert_new
from storage.tables import receipt

Receipted = tuple[str, str, str | None]
"""Our id of a message, what a receipt says of it, and the provider's error code."""

_keep_receipts = insert_new(receipt)
_add_receipt = _keep_receipts.returning(receipt.c.status)
_receipts = (
    sa.select(receipt.c.status, receipt.c.error_code, receipt.c.at)
    .where(receipt.c.school_id == sa.bindparam("school"), receipt.c.message_id == sa.bindparam("of_message"))
    .order_by(receipt.c.at, receipt.c.status)
)


async def add_receipt(
    db: AsyncConnection, school_id: str, message_id: str, status: str, error_code: str | None, at: datetime
) -> bool:
    """Keep what the provider told of a message, in its own words. False when it told that before."""
    values = {
        "school_id": school_id,
        "message_id": message_id,
        "status": status,
        "error_code": error_code or "",
        "at": at,
    }
    return (await db.execute(_add_receipt, values)).scalar_one_or_none() is not None


async def add_receipts(db: AsyncConnection, school_id: str, rows: Iterable[Receipted], at: datetime) -> None:
    """Keep what the provider told of many messages, in its own words."""
    values = [
        {"school_id": school_id, "message_id": one, "status": status, "error_code": error_code or "", "at": at}
        for one, status, error_code in rows
    ]
    if values:
        await db.execute(_keep_receipts, values)


async def receipts_of(db: AsyncConnection, school_id: str, message_id: str) -> list[tuple[str, str | None, datetime]]:
    """(status, error code, when) of every receipt of one message, in the order in which they came."""
    found = await db.execute(_receipts, {"school": school_id, "of_message": message_id})
    return [(status, error_code or None, at) for status, error_code, at in found]

"""What a message that leaves is, the states that it goes through, and how a row becomes one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import Instant
from storage.tables import outbox

OutboxState = Literal[
    "queued", "sending", "accepted", "sent", "delivered", "undelivered", "failed", "unknown", "cancelled"
]

MOVES: Mapping[str, frozenset[str]] = {
    "queued": frozenset({"queued", "sending", "unknown"}),
    "unknown": frozenset({"sending", "unknown"}),
    "cancelled": frozenset({"queued", "unknown"}),
    "accepted": frozenset({"queued", "sending", "unknown", "cancelled"}),
    "sent": frozenset({"queued", "sending", "unknown", "cancelled", "accepted"}),
    "failed": frozenset({"queued", "sending", "unknown", "accepted", "sent"}),
    "undelivered": frozenset({"queued", "sending", "unknown", "cancelled", "accepted", "sent"}),
    "delivered": frozenset({"queued", "sending", "unknown", "cancelled", "accepted", "sent", "undelivered", "failed"}),
}
"""New state -> the states it may follow; `sending` only follows by `claim_due`.

`queued` and `cancelled` may become `accepted` and more: a receipt can tell that an earlier try did leave after all, and
then it is not sent again. `delivered` is the strongest word there is, whatever we had given up on.
"""


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One message that leaves. It is tried from `try_at`, never before `not_before`, and not from `not_after` on.

    `about` is for whoever wrote it (case, round, alert …). `left_at` is when the provider first took it.
    """

    message_id: str
    key: str
    channel: str
    address: str
    template: str
    text: str
    created_at: datetime
    try_at: datetime
    contact_id: str | None = None
    staff_id: str | None = None
    subject: str | None = None
    segments: int = 1
    pupils: tuple[str, ...] = ()
    about: Mapping[str, Any] = field(default_factory=dict)
    state: OutboxState = "queued"
    not_before: datetime | None = None
    not_after: datetime | None = None
    attempts: int = 0
    lease_ends: datetime | None = None
    provider_id: str | None = None
    error_code: str | None = None
    left_at: datetime | None = None
    school_id: str = ""
    """Set when it is stored."""


#: What the statements of this package share.
NAMES = tuple(column.name for column in outbox.c)
OF_SCHOOL = outbox.c.school_id == sa.bindparam("school")
NOW = sa.bindparam("moment", type_=Instant)
NEWEST_FIRST = (outbox.c.created_at.desc(), outbox.c.message_id.desc())
PREFIX = sa.bindparam("prefix", type_=sa.Text)


async def rows_of(db: AsyncConnection, statement: sa.Executable, of: Mapping[str, Any]) -> list[OutboxRow]:
    """What a statement finds, each as a row."""
    return [row_of(row) for row in (await db.execute(statement, of)).mappings().all()]


async def one_of(db: AsyncConnection, statement: sa.Executable, of: Mapping[str, Any]) -> OutboxRow | None:
    """The one row that a statement finds, or None."""
    row = (await db.execute(statement, of)).mappings().one_or_none()
    return None if row is None else row_of(row)


def row_of(row: Mapping[Any, Any]) -> OutboxRow:
    """A row as it is stored."""
    return OutboxRow(**{**row, "pupils": tuple(row["pupils"])})


def values_of(row: OutboxRow) -> dict[str, Any]:
    """The columns of a row."""
    values = {name: getattr(row, name) for name in NAMES}
    return {**values, "pupils": list(row.pupils), "about": dict(row.about)}

"""How long each queue is, and how long its oldest due row has waited, at all schools together: `/ready`, `/metrics`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import Instant
from storage.tables import inbox, outbox, timer

UNSETTLED = ("queued", "sending", "unknown")
"""States of words that have not left, or of which nobody knows whether they have."""


@dataclass(frozen=True, slots=True)
class Line:
    """`waiting` rows, whether due or not; `oldest` is when the longest waiting of those that are due became so."""

    waiting: int
    oldest: datetime | None = None

    def age(self, now: datetime) -> float:
        """Seconds that the oldest due row has waited; 0 where nothing is due."""
        return 0.0 if self.oldest is None else max(0.0, (now - self.oldest).total_seconds())


@dataclass(frozen=True, slots=True)
class Queues:
    """`inbox` by channel; `outbox` by channel and state; `timers` of every kind."""

    inbox: Mapping[str, Line]
    outbox: Mapping[tuple[str, str], Line]
    timers: Line


_now = sa.bindparam("moment", type_=Instant)
_inbox = (
    sa.select(inbox.c.channel, sa.func.count(), sa.func.min(inbox.c.received_at))
    .where(inbox.c.state == "new")
    .group_by(inbox.c.channel)
)
_due_since = sa.case((outbox.c.try_at <= _now, outbox.c.try_at), else_=None)
_outbox = (
    sa.select(outbox.c.channel, outbox.c.state, sa.func.count(), sa.func.min(_due_since, type_=Instant))
    .where(outbox.c.state.in_(UNSETTLED))
    .group_by(outbox.c.channel, outbox.c.state)
)
_timers = sa.select(sa.func.count(), sa.func.min(timer.c.due_at)).where(timer.c.due_at <= _now)


async def look(db: AsyncConnection, now: datetime) -> Queues:
    """Every queue as it stands at `now`."""
    coming = {channel: Line(count, oldest) for channel, count, oldest in await db.execute(_inbox)}
    found = await db.execute(_outbox, {"moment": now})
    leaving = {(channel, state): Line(count, oldest) for channel, state, count, oldest in found}
    count, oldest = (await db.execute(_timers, {"moment": now})).one()
    return Queues(coming, leaving, Line(count, oldest))

"""What waits in the whole database, looked at in one statement: new messages, timers, words to send or look up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import inbox, outbox, timer


@dataclass(frozen=True, slots=True)
class Waiting:
    """`messages`: somebody's words are not handled. Else when the first timer and the first words of the outbox are."""

    messages: bool
    timers_at: datetime | None
    words_at: datetime | None

    @property
    def next_at(self) -> datetime | None:
        """The next instant at which something is due by itself."""
        return min((at for at in (self.timers_at, self.words_at) if at is not None), default=None)


_look = sa.select(
    sa.exists(sa.select(inbox.c.inbox_id).where(inbox.c.state == "new")),
    sa.select(sa.func.min(timer.c.due_at)).scalar_subquery(),
    sa.select(sa.func.min(outbox.c.try_at)).where(outbox.c.state.in_(("queued", "unknown"))).scalar_subquery(),
    sa.select(sa.func.min(outbox.c.not_after)).where(outbox.c.state == "queued").scalar_subquery(),
    sa.select(sa.func.min(outbox.c.lease_ends)).where(outbox.c.state == "sending").scalar_subquery(),
)


async def look(db: AsyncConnection) -> Waiting:
    """What waits at all schools together."""
    messages, timers_at, *words = (await db.execute(_look)).one()
    return Waiting(bool(messages), timers_at, min((at for at in words if at is not None), default=None))

"""Words of old texts taken out of Twilio's keeping, which else lasts for more than a year: `TWILIO_KEEP_DAYS`.

In order of their time, in and out, a bounded number an hour; up to where is kept in the database, so that a restart
goes on from there. A text that Twilio does not know, or does not let us blank, is passed over and counted.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

import sqlalchemy as sa
import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from messaging.channels.sms import CannotBlank, CannotList
from service.clock import Clock
from service.next_look import NextLook
from storage import mailboxes
from storage.columns import Instant
from storage.engine import Database
from storage.tables import inbox, outbox

log = structlog.get_logger("firstcall.retention")

LOOK_EVERY: Final = timedelta(hours=1)
AFTER_A_FAILURE: Final = timedelta(minutes=5)
AT_ONCE: Final = 50
PAUSE: Final = timedelta(seconds=10)
_PLACE: Final = "twilio/blanked"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

_after, _until = sa.bindparam("after", type_=Instant), sa.bindparam("until", type_=Instant)
_out = sa.select(outbox.c.left_at.label("at"), outbox.c.provider_id.label("sid")).where(
    outbox.c.channel == "sms", outbox.c.provider_id.is_not(None), outbox.c.left_at > _after, outbox.c.left_at <= _until
)
_in = sa.select(inbox.c.received_at.label("at"), inbox.c.provider_id.label("sid")).where(
    inbox.c.channel == "sms", inbox.c.received_at > _after, inbox.c.received_at <= _until
)
_old = sa.union_all(_out, _in).subquery()
_next = sa.select(_old.c.at, _old.c.sid).order_by(_old.c.at, _old.c.sid).limit(AT_ONCE)
_same = sa.select(_old.c.at, _old.c.sid).where(_old.c.at == sa.bindparam("moment", type_=Instant))


class Blanks(Protocol):
    """A provider that can forget words."""

    async def blank(self, provider_id: str) -> None:
        """Take the words of a text out of its keeping. Raises CannotList (not now) or CannotBlank (never)."""
        ...


class Blanking:
    """The loop `blanking`. `keep`: how long Twilio may have the words."""

    def __init__(self, database: Database, sms: Blanks, clock: Clock, keep: timedelta) -> None:
        self._database = database
        self._sms = sms
        self._clock = clock
        self._keep = keep
        self._next = NextLook(clock, LOOK_EVERY)

    async def wait(self) -> float:
        """Seconds until it is time to look again."""
        return self._next.seconds()

    async def step(self) -> int:
        """Blank some, when it is time. Always 0: nobody waits for it."""
        if not self._next.is_due:
            return 0
        now = self._clock.now()
        self._next.put_off(now, AFTER_A_FAILURE)
        async with self._database.read() as db:
            texts = await self._texts(db, now - self._keep)
        passed_over = 0
        try:
            for _, sid in texts:
                passed_over += not await self._blank(sid)
        except CannotList as error:
            log.warning("cannot_blank", channel="sms", why=str(error))
            return 0
        if texts:
            await self._put(texts[-1][0])
            log.info("blanked_at_provider", channel="sms", count=len(texts), passed_over=passed_over)
        self._next.put_off(now, PAUSE if len(texts) >= AT_ONCE else LOOK_EVERY)
        return 0

    async def _texts(self, db: AsyncConnection, until: datetime) -> list[tuple[datetime, str]]:
        """The next ones, and all of the same instant as the last of them, so that the place falls between two."""
        place = await mailboxes.get(db, _PLACE)
        after = _EPOCH if place is None else _EPOCH + timedelta(microseconds=place[0])
        of = {"after": after, "until": until}
        found = [(at, sid) for at, sid in await db.execute(_next, of)]
        if len(found) < AT_ONCE:
            return found
        last = found[-1][0]
        same = [(at, sid) for at, sid in await db.execute(_same, {**of, "moment": last})]
        return [one for one in found if one[0] != last] + same

    async def _blank(self, sid: str) -> bool:
        try:
            await self._sms.blank(sid)
        except CannotBlank:
            return False
        return True

    async def _put(self, at: datetime) -> None:
        async with self._database.begin() as db:
            await mailboxes.put(db, _PLACE, (at - _EPOCH) // timedelta(microseconds=1), 0)

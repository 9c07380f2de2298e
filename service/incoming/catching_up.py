"""Texts that the provider has and no webhook brought: they are asked for, at the start and every five minutes."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
import structlog

from messaging.channels.sms import CannotList, TwilioSms
from service.next_look import NextLook
from service.service import Service
from storage.tables import inbox

log = structlog.get_logger("firstcall.service")

CATCH_UP_EVERY = timedelta(minutes=5)
AFTER_A_FAILURE = timedelta(seconds=30)
LOOK_BACK = timedelta(minutes=30)
LONGEST_LOOK_BACK = timedelta(hours=48)
_newest = sa.select(sa.func.max(inbox.c.received_at)).where(inbox.c.channel == "sms")


class CatchUp:
    """Takes in what the provider has and no webhook brought: a webhook that was missed is gone (promise 4)."""

    def __init__(self, service: Service, sms: TwilioSms) -> None:
        self._service = service
        self._sms = sms
        self._seen_to: datetime | None = None
        self._next = NextLook(service.clock, CATCH_UP_EVERY)

    async def wait(self) -> float:
        """Seconds until it is time to ask again."""
        return self._next.seconds()

    async def step(self) -> int:
        """Ask once, when it is time. Always 0: what is new rings the bell by itself."""
        if not self._next.is_due:
            return 0
        now = self._service.clock.now()
        self._next.put_off(now, AFTER_A_FAILURE)
        new = 0
        try:
            async for message in self._sms.list_since(await self._since(now)):
                new += await self._service.receive(message)
        except CannotList as error:
            log.warning("cannot_catch_up", channel="sms", why=str(error))
            self._service.meters.failed("sms", "in", "retry")
            return 0
        self._seen_to = now
        self._next.put_off(now, CATCH_UP_EVERY)
        if new:
            log.warning("caught_up", channel="sms", count=new)
        return 0

    async def _since(self, now: datetime) -> datetime:
        """From what was seen last. A number that never brought us anything is not asked for its past."""
        if self._seen_to is not None:
            return self._seen_to - LOOK_BACK
        async with self._service.database.read() as db:
            newest: datetime | None = (await db.execute(_newest)).scalar_one_or_none()
        return now - LOOK_BACK if newest is None else max(newest - LOOK_BACK, now - LONGEST_LOOK_BACK)

"""Texts whose end nobody told us: Twilio is asked what became of them, because a receipt that was missed is gone.

A text that was taken and is neither delivered nor failed after some minutes is asked about, then less and less often,
for six hours: a network that has not said by then says nothing any more. What it answers goes the way of any receipt.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

import structlog

from messaging.channel import Receipt
from messaging.channels.sms import CannotList
from service.clock import Clock
from service.next_look import NextLook
from service.runner import Runner
from storage import outbox
from storage.outbox import OutboxRow

log = structlog.get_logger("firstcall.service")

LOOK_EVERY = timedelta(minutes=2)
AFTER_A_FAILURE = timedelta(seconds=30)
FIRST_AFTER = timedelta(minutes=5)
UNTIL = timedelta(hours=6)
AT_ONCE = 50
"""Texts that one look asks about, one after the other; more wait for the next look."""


class Asked(Protocol):
    """A provider that can be asked."""

    async def receipt_of(self, message_id: str, provider_id: str) -> Receipt | None:
        """What became of a text; None: it knows none. Raises CannotList."""
        ...


class MissedReceipts:
    """The loop `receipts`. What was asked is kept in memory only: after a restart it is asked once more."""

    def __init__(self, runner: Runner, sms: Asked, clock: Clock) -> None:
        self._runner = runner
        self._sms = sms
        self._clock = clock
        self._next = NextLook(clock, LOOK_EVERY)
        self._asked: dict[str, datetime] = {}

    async def wait(self) -> float:
        """Seconds until it is time to look again."""
        return self._next.seconds()

    async def step(self) -> int:
        """Look, when it is time. Answers for how many texts something new was told."""
        if not self._next.is_due:
            return 0
        now = self._clock.now()
        self._next.put_off(now, AFTER_A_FAILURE)
        rows = await self._due(now)
        told = 0
        for row in rows[:AT_ONCE]:
            try:
                told += await self._ask(row, now)
            except CannotList as error:
                log.warning("cannot_ask_for_receipts", channel="sms", why=str(error))
                return told
        if told:
            log.info("receipts_caught_up", channel="sms", count=told)
        self._next.put_off(now, timedelta(0) if len(rows) > AT_ONCE else LOOK_EVERY)
        return told

    async def _due(self, now: datetime) -> list[OutboxRow]:
        """Those that are to be asked about now, the oldest first."""
        async with self._runner.database.read() as db:
            open_ = await outbox.without_end(db, "sms", now - UNTIL, now - FIRST_AFTER)
        self._asked = {row.message_id: self._asked[row.message_id] for row in open_ if row.message_id in self._asked}
        return [row for row in open_ if self._is_due(row, now)]

    def _is_due(self, row: OutboxRow, now: datetime) -> bool:
        """At first after five minutes, then each time when it has waited twice as long."""
        asked, left = self._asked.get(row.message_id), row.left_at
        return left is not None and (asked is None or now - left >= 2 * (asked - left))

    async def _ask(self, row: OutboxRow, now: datetime) -> bool:
        """Ask about one. A text that Twilio does not know any more is not asked about again."""
        receipt = await self._sms.receipt_of(row.message_id, row.provider_id or "")
        self._asked[row.message_id] = now if receipt is not None else now + UNTIL
        if receipt is None:
            log.warning("text_not_known", channel="sms", message=row.message_id)
            return False
        if receipt.status == row.state:
            return False
        await self._runner.receipt(receipt)
        return True

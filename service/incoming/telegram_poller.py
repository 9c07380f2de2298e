"""Telegram's updates asked for instead of sent: where Telegram cannot reach us. Stored first, confirmed second.

An update is forgotten at Telegram when a later one is asked for, and that happens only after it is stored: what is cut
off in between comes again, and the inbox knows it. Up to where we are is kept in the database. After a week without
updates Telegram begins at another number, which may be lower: then nothing is confirmed, and all that waits is taken.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, Final

import structlog

from messaging.channel import Received
from messaging.channels.telegram import CannotAsk, TelegramChats
from messaging.telegram_updates import RAW, NotAnUpdate, parse_update, read_update
from service.clock import Clock
from storage import mailboxes
from storage.engine import Database

log = structlog.get_logger("firstcall.telegram")

AFTER_A_FAILURE: Final = timedelta(seconds=10)
AT_ONCE: Final = 0.01
NUMBERS_HOLD: Final = timedelta(days=6)

Take = Callable[[Received], Awaitable[bool]]


class Poller:
    """One bot's updates. `take` stores a message and wakes who answers it; `failed` counts what did not come in."""

    def __init__(
        self,
        chats: TelegramChats,
        bot: str,
        database: Database,
        take: Take,
        clock: Clock,
        failed: Callable[[], None] | None = None,
    ) -> None:
        self._chats = chats
        self._bot = bot
        self._database = database
        self._take = take
        self._clock = clock
        self._failed = failed
        self._ready = False
        self._next_at: datetime | None = None

    async def wait(self) -> float:
        """Seconds until it is time to ask again: at once, because the question itself waits at Telegram."""
        return AFTER_A_FAILURE.total_seconds() if self._next_at is not None else AT_ONCE

    async def step(self) -> int:
        """Ask once and store what came. Answers how many updates were new."""
        if self._next_at is not None and self._clock.now() < self._next_at:
            return 0
        try:
            if not self._ready:
                await self._chats.stop_listening()
                self._ready = True
                log.info("telegram_polling", channel="telegram")
            found = await self._chats.updates(await self._stored())
        except CannotAsk as error:
            self._next_at = self._clock.now() + AFTER_A_FAILURE
            log.warning("telegram_not_listening", channel="telegram", why=str(error))
            if self._failed is not None:
                self._failed()
            return 0
        self._next_at = None
        return await self._store(found)

    async def _stored(self) -> int | None:
        """The last update that was stored, as long as Telegram counts on from it."""
        async with self._database.read() as db:
            found = await mailboxes.get(db, self._key)
        if found is None:
            return None
        seconds, number = found
        age = self._clock.now().timestamp() - seconds
        return number if age < NUMBERS_HOLD.total_seconds() else None

    @property
    def _key(self) -> str:
        return f"telegram/{self._bot}"

    async def _store(self, found: list[Any]) -> int:
        new = 0
        last: int | None = None
        for raw in found:
            number = raw.get("update_id") if isinstance(raw, dict) else None
            try:
                message = parse_update(json.dumps(raw).encode(), self._bot)
            except NotAnUpdate:
                log.warning("telegram_odd_update", channel="telegram")
            else:
                new += await self._take(message)
                await self._end_wait(message)
            last = number if isinstance(number, int) else last
        if last is not None:
            async with self._database.begin() as db:
                await mailboxes.put(db, self._key, int(self._clock.now().timestamp()), last)
        return new

    async def _end_wait(self, message: Received) -> None:
        """Whoever pressed a button stops waiting once the press is stored. That it did not work harms nothing."""
        update = read_update(message.raw[RAW])
        if update.kind != "press":
            return
        try:
            await self._chats.end_press(update.query)
        except CannotAsk as error:
            log.info("cannot_end_press", channel="telegram", why=str(error))

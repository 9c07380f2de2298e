"""Keeps Telegram telling us: the webhook is set at the start, looked at every few minutes, and set again when it is not
ours any more. What Telegram could not bring waits there for a day, so that trouble is said early.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

import structlog

from messaging.channels.telegram import PATH, UPDATES, CannotAsk, TelegramChats
from service.clock import Clock
from service.next_look import NextLook

log = structlog.get_logger("firstcall.telegram")

LOOK_EVERY: Final = timedelta(minutes=5)
AFTER_A_FAILURE: Final = timedelta(seconds=30)
MANY_WAIT: Final = 20


class WebhookKeeper:
    """One bot's webhook at our public address. `failed` counts the times that Telegram could not be asked."""

    def __init__(
        self, chats: TelegramChats, public_url: str, secret: str, clock: Clock, failed: Callable[[], None]
    ) -> None:
        self._chats = chats
        self._url = public_url.rstrip("/") + PATH
        self._secret = secret
        self._clock = clock
        self._failed = failed
        self._set = False
        self._next = NextLook(clock, LOOK_EVERY)

    async def wait(self) -> float:
        """Seconds until it is time to look again."""
        return self._next.seconds()

    async def step(self) -> int:
        """Look, when it is time. Always 0: updates come by themselves."""
        if not self._next.is_due:
            return 0
        now = self._clock.now()
        self._next.put_off(now, AFTER_A_FAILURE)
        try:
            await self._look()
        except CannotAsk as error:
            log.warning("telegram_not_listening", channel="telegram", why=str(error))
            self._failed()
            return 0
        self._next.put_off(now, LOOK_EVERY)
        return 0

    async def _look(self) -> None:
        """The secret cannot be read back, so a process sets it once itself; after that only what is wrong is mended."""
        found = await self._chats.webhook()
        if found.pending_update_count >= MANY_WAIT or (found.last_error_message and found.pending_update_count):
            why = found.last_error_message or "none"
            log.warning("telegram_waits", channel="telegram", count=found.pending_update_count, why=why)
        ours = found.url == self._url and set(found.allowed_updates or ()) == set(UPDATES)
        if self._set and ours:
            return
        await self._chats.listen_at(self._url, self._secret)
        self._set = True
        log.info("telegram_listening", channel="telegram")

"""The loop that fetches the photographs and files of texts and chats."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import structlog

from messaging.incoming_mail.evidence import KINDS, Limits, kind_of, with_ending
from messaging.media import CannotFetch, Fetches
from service.incoming import photos
from service.next_look import NextLook
from service.runner import Runner
from storage import schools, timers
from storage.attachments import FileRow
from storage.timers import Timer

log = structlog.get_logger("firstcall.service")

LOOK_EVERY: Final = timedelta(seconds=2)


class Photos:
    """The loop `photos`. `fetchers` by channel."""

    def __init__(self, runner: Runner, fetchers: Mapping[str, Fetches], limits: Limits) -> None:
        self._runner = runner
        self._fetchers = fetchers
        self._limits = limits
        self._next = NextLook(runner.clock, LOOK_EVERY)

    async def wait(self) -> float:
        """Seconds until it is time to look again."""
        return self._next.seconds()

    async def step(self) -> int:
        """Fetch what is due to be tried. Answers how many files were kept or given up."""
        now, done = self._runner.clock.now(), 0
        self._next.put_off(now, LOOK_EVERY)
        async with self._runner.database.read() as db:
            waiting = [
                (school, timer)
                for school in await schools.ids(db)
                for timer in await timers.all_of(db, school, photos.PHOTO)
                if datetime.fromisoformat(timer.data["at"]) <= now < timer.due_at
            ]
        for school, timer in waiting:
            done += await self._try(school, timer)
        return done

    async def _try(self, school: str, timer: Timer) -> int:
        data, why = timer.data, ""
        kept: FileRow | None
        try:
            kept = await self._fetch(data)
        except CannotFetch as error:
            if error.again:
                log.warning("photo_not_yet", channel=data["channel"], why=str(error), attempts=data["tries"] + 1)
                await self._runner.turn(school, lambda turn: photos.later(turn, timer))
                return 0
            kept, why = None, str(error)
        return await self._runner.turn(school, lambda turn: photos.settle(turn, timer, kept, why))

    async def _fetch(self, data: Mapping[str, Any]) -> FileRow:
        """The file as it is kept. Raises CannotFetch with what is wrong with it."""
        fetcher = self._fetchers.get(data["channel"])
        if fetcher is None or not data["source"]:
            raise CannotFetch("the provider did not say where it lies")
        found = await fetcher.fetch(data["source"], self._limits.most_bytes)
        kind = kind_of(found)
        if kind not in self._limits.kinds:
            raise CannotFetch("it is not a kind of file that is kept")
        name = with_ending(data["name"], kind)
        return FileRow(data["message"], data["number"], name, KINDS[kind], len(found), found)

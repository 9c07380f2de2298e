"""What open pages wait for: one watcher a school looks whether anything changed, and wakes every page that is open.

The database is asked, not only this process, because other processes decide too. Nobody watches while no page is open.
"""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

import structlog

from attendance.school import School
from office.board.board import Everything
from office.board.snapshot import Snapshot, take
from office.desk import Desk
from storage import schools

log = structlog.get_logger("firstcall.office")

EVERY = 1.0
"""Seconds between two looks at the school's counters."""
ANYWAY = timedelta(seconds=10)
"""What no counter tells (a register that is now late) is seen after so long, on the school's own clock."""
Counters = tuple[int, int, int]


@dataclass(frozen=True)
class Moment:
    """The school as it was at one look; `number` grows with every change."""

    number: int
    school: School
    snapshot: Snapshot

    @cached_property
    def everything(self) -> Everything:
        """The rows of the whole school."""
        return Everything.of(self.snapshot)


class Feed:
    """The looks at one school, shared by everybody who has one of its pages open."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._moment: Moment | None = None
        self._counters: Counters | None = None
        self._waiting: set[asyncio.Event] = set()
        self._nudge = asyncio.Event()
        self._looking = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None

    async def latest(self) -> Moment:
        """The school now. One look serves everybody who asks at the same time and nothing changed since."""
        async with self._looking:
            now = self._desk.now()
            counters = await self._read_counters()
            known = self._moment
            if known is None or counters != self._counters or not self._is_fresh(known.snapshot.now, now):
                known = await self._look(now, counters, (known.number if known else 0) + 1)
            return known

    async def look(self) -> Moment:
        """The school now, whatever was seen before: for a page that is opened."""
        async with self._looking:
            known = self._moment
            return await self._look(self._desk.now(), await self._read_counters(), (known.number if known else 0) + 1)

    def _is_fresh(self, then: datetime, now: datetime) -> bool:
        return timedelta(0) <= now - then < ANYWAY

    async def _look(self, now: datetime, counters: Counters, number: int) -> Moment:
        school = await self._desk.school()
        async with self._desk.database.read() as db:
            snapshot = await take(db, school, now)
        self._moment, self._counters = Moment(number, school, snapshot), counters
        return self._moment

    async def _read_counters(self) -> Counters:
        async with self._desk.database.read() as db:
            return await schools.counters(db, self._desk.school_id)

    def nudge(self) -> None:
        """Something was done here: look at once."""
        self._nudge.set()

    @contextmanager
    def _listening(self) -> Iterator[asyncio.Event]:
        event = asyncio.Event()
        self._waiting.add(event)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._watch())
        try:
            yield event
        finally:
            self._waiting.discard(event)
            if not self._waiting and self._task is not None:
                self._task.cancel()
                self._task = None

    async def moments(self, ending: asyncio.Event) -> AsyncGenerator[Moment, None]:
        """The school now, and again after every change; what was overtaken while somebody was slow is left out.

        `ending` is set when the server stops: then there is nothing more.
        """
        with self._listening() as changed:
            waking = asyncio.create_task(_set_after(ending, changed))
            try:
                while not ending.is_set():
                    changed.clear()
                    yield await self.latest()
                    if not ending.is_set():
                        await changed.wait()
            finally:
                waking.cancel()

    async def _watch(self) -> None:
        """Wake the open pages when something changed. A database that does not answer is asked again."""
        seen = self._moment.number if self._moment else 0
        while True:
            try:
                number = (await self.latest()).number
                if number != seen:
                    seen = number
                    for event in self._waiting:
                        event.set()
            except Exception:  # pages stay open, and the log says what went wrong
                log.exception("office_feed")
            with suppress(TimeoutError):
                async with asyncio.timeout(EVERY):
                    await self._nudge.wait()
            self._nudge.clear()


async def _set_after(first: asyncio.Event, then: asyncio.Event) -> None:
    await first.wait()
    then.set()


_feeds: weakref.WeakKeyDictionary[Desk, Feed] = weakref.WeakKeyDictionary()


def feed_of(desk: Desk) -> Feed:
    """The one feed of a desk."""
    feed = _feeds.get(desk)
    if feed is None:
        feed = _feeds[desk] = Feed(desk)
    return feed

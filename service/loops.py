"""The loops of a running service: `while not stopping: await step(); await wait()`. All state is in the database.

A bell wakes every loop at once when something was stored; without it each looks again after a short while, because
other processes and other clocks make work too. A step that fails is logged and counted, and tried again with growing
pauses: a loop never ends by itself.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

import structlog

log = structlog.get_logger("firstcall.loops")

SOON = 0.01
BUSY_FOR = 50
"""After so many steps in a row that found work, a loop also pauses: work that cannot be done must not spin."""
LONGEST_PAUSE = 10.0
STOP_WITHIN = 15.0

Step = Callable[[], Awaitable[int]]


class Bell:
    """Wakes everybody who waits. Rung while nobody waits, it is heard by the next who does."""

    def __init__(self) -> None:
        self._listeners: list[asyncio.Event] = []

    def listener(self) -> asyncio.Event:
        """An event of one's own that `ring` sets; clear it before looking for work."""
        event = asyncio.Event()
        self._listeners.append(event)
        return event

    def ring(self) -> None:
        """Something was stored."""
        for event in self._listeners:
            event.set()


@dataclass
class Loop:
    """One step, repeated. `wait` says how long to pause at most (seconds) when there was nothing to do."""

    name: str
    step: Step
    wait: Callable[[], Awaitable[float]]
    failures: int = 0
    """Failed steps since the last that went well."""
    failed_ever: int = 0
    last_ended: float | None = None
    """When a step last ended well (monotonic seconds)."""
    _busy: int = field(default=0, repr=False)

    def age(self) -> float | None:
        """Seconds since a step ended well; None before the first."""
        return None if self.last_ended is None else time.monotonic() - self.last_ended

    async def run(self, bell: Bell, woken: asyncio.Event, stopping: asyncio.Event) -> None:
        """Step until `stopping`."""
        while not stopping.is_set():
            woken.clear()
            pause = await self._once(bell)
            if stopping.is_set():
                return
            with suppress(TimeoutError):
                await asyncio.wait_for(woken.wait() if not self.failures else stopping.wait(), pause)

    async def _once(self, bell: Bell) -> float:
        try:
            done = await self.step()
            pause = await self.wait()
        except Exception:
            self.failures += 1
            self.failed_ever += 1
            again_in: float = min(LONGEST_PAUSE, 0.25 * 2 ** min(self.failures, 10))
            log.exception("step_failed", loop=self.name, count=self.failures, wait=again_in)
            return again_in
        self.failures, self.last_ended = 0, time.monotonic()
        self._busy = self._busy + 1 if done else 0
        if not done or self._busy > BUSY_FOR:
            return pause
        bell.ring()
        return SOON


class Clockwork:
    """All loops of one process, started and stopped together."""

    def __init__(self, loops: list[Loop]) -> None:
        self.loops = loops
        self.bell = Bell()
        self._stopping = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Let every loop run as a task of its own."""
        for loop in self.loops:
            coroutine = loop.run(self.bell, self.bell.listener(), self._stopping)
            self._tasks.append(asyncio.create_task(coroutine, name=f"firstcall {loop.name}"))

    async def stop(self) -> None:
        """Let the steps under way end; after STOP_WITHIN seconds they are cut off. Nothing that is stored is lost."""
        self._stopping.set()
        self.bell.ring()
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=STOP_WITHIN)
        for task in late:
            log.warning("step_cut_off", loop=task.get_name())
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def moving(self, within: float) -> dict[str, bool]:
        """For each loop, whether a step of it ended well in the last `within` seconds and its task lives."""
        return {
            loop.name: self.is_alive(loop) and (age := loop.age()) is not None and age <= within for loop in self.loops
        }

    def is_alive(self, loop: Loop) -> bool:
        """Whether its task runs."""
        return any(task.get_name() == f"firstcall {loop.name}" and not task.done() for task in self._tasks)

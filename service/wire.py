"""The line between the two parts of `firstcall serve`: one answers over HTTP, the other does everything by itself.

Nothing that matters goes over it: all that must happen is a row. It carries a ring of the bell, so that the other part
looks at once and not half a second later, and how the loops are, for `/ready` and `/metrics`. What does not fit into a
full line is left out.
"""

from __future__ import annotations

import asyncio
import json
import socket
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from service.loops import Clockwork, Loop
from service.metering import Counts, Meters

RING = b"!"
REPORT_EVERY = 0.5
"""Seconds."""
LARGEST = 200_000
"""Bytes of one report; a Linux socket takes about so much by itself."""


def pair() -> tuple[socket.socket, socket.socket]:
    """Both ends. Whoever starts the parts keeps both open too, so that a part that is started again finds its end."""
    ends = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    for end in ends:
        end.setblocking(False)
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, LARGEST)
    return ends


class FarBell:
    """Wakes the loops of the other part."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end

    def ring(self) -> None:
        """Something was stored. Many rings that nobody has heard yet are as good as one."""
        with suppress(OSError):
            self._end.send(RING)


@dataclass(frozen=True, slots=True)
class FarLoop:
    """A loop of the other part as it was last told of."""

    name: str
    alive: bool
    failed_ever: int
    ended: float | None
    """When a step last ended well (monotonic seconds of this part)."""

    def age(self) -> float | None:
        """Seconds since a step ended well; None before the first."""
        return None if self.ended is None else time.monotonic() - self.ended


@dataclass
class FarClockwork:
    """The loops that run in the other part, as this one knows them: `/ready`, `/metrics` and the bell."""

    end: socket.socket
    meters: Meters
    loops: Sequence[FarLoop] = ()
    bell: FarBell = field(init=False)
    _before: Counts = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.bell = FarBell(self.end)

    def start(self) -> None:
        """Listen to what the other part tells."""
        asyncio.get_running_loop().add_reader(self.end.fileno(), self._hear)

    async def stop(self) -> None:
        """Listen no more."""
        asyncio.get_running_loop().remove_reader(self.end.fileno())

    def moving(self, within: float) -> dict[str, bool]:
        """For each loop, whether a step of it ended well in the last `within` seconds. Nobody told: nothing moves."""
        if not self.loops:
            return {"loops": False}
        return {one.name: one.alive and (age := one.age()) is not None and age <= within for one in self.loops}

    def _hear(self) -> None:
        for said in _all_of(self.end):
            told = json.loads(said)
            now = time.monotonic()
            self.loops = tuple(
                FarLoop(name, alive, failed, None if age is None else now - age)
                for name, alive, failed, age in told["loops"]
            )
            counts = {(name, tuple(labels)): value for name, labels, value in told["counts"]}
            self.meters.add_what_is_new(counts, self._before)
            self._before = counts


class Reporter:
    """The other end: rings this part's bell, and tells how its loops are and what it has counted."""

    def __init__(self, end: socket.socket, clockwork: Clockwork, meters: Meters) -> None:
        self._end = end
        self._clockwork = clockwork
        self._meters = meters
        self._telling: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Listen, and tell every half second."""
        asyncio.get_running_loop().add_reader(self._end.fileno(), self._hear)
        self._telling = asyncio.create_task(self._tell(), name="firstcall reporter")

    async def stop(self) -> None:
        """Neither any more."""
        asyncio.get_running_loop().remove_reader(self._end.fileno())
        if self._telling is not None:
            self._telling.cancel()

    def _hear(self) -> None:
        if _all_of(self._end):
            self._clockwork.bell.ring()

    async def _tell(self) -> None:
        while True:
            with suppress(OSError):
                self._end.send(json.dumps(self._said()).encode())
            await asyncio.sleep(REPORT_EVERY)

    def _said(self) -> dict[str, Any]:
        return {
            "loops": [_of(loop, self._clockwork.is_alive(loop)) for loop in self._clockwork.loops],
            "counts": [[name, list(labels), value] for (name, labels), value in self._meters.counts().items()],
        }


def _of(loop: Loop, alive: bool) -> list[Any]:
    return [loop.name, alive, loop.failed_ever, loop.age()]


def _all_of(end: socket.socket) -> list[bytes]:
    """Everything that has come since."""
    found: list[bytes] = []
    while True:
        try:
            found.append(end.recv(LARGEST))
        except OSError:
            return found

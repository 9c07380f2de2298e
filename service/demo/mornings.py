"""The mornings that the demo plays, and the switch from one to another while it is served.

Each is a scenario in `service/demo/scenarios/`. One file has the people of the invented school; the others have only
what happens. Marks of the weeks before are invented too, so that figures have something to compare with.
"""

from __future__ import annotations

import tomllib
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zlib import crc32

from fastapi import FastAPI
from starlette.types import Message, Receive, Scope, Send

from attendance.calendar import Half, Session, local
from service.demo.page import create_demo
from service.rehearsal.scenario import Scenario, checked_scenario
from service.rehearsal.simulation import World
from storage import register
from storage.engine import open_database

FOLDER = Path(__file__).parent / "scenarios"
FIRST = "monday"
MORNINGS: Mapping[str, str] = {
    "monday": "An ordinary Monday",
    "quiet": "A quiet one",
    "flu": "A flu day: the send is held",
    "missing": "A child who never arrived",
    "outage": "Texts do not leave",
}
PEOPLE = ("pupil", "contact", "staff")
DAYS_BEFORE = 15
ILL_ONE_IN = 60
"""Of so many marks of the weeks before, one is an illness."""
KEPT_OPEN = 2
"""Mornings that were left, kept for the pages that still look at them."""


def morning(key: str) -> Scenario:
    """One morning by its key. Raises KeyError for one that there is not."""
    if key not in MORNINGS:
        raise KeyError(key)
    path = FOLDER / f"{key}.toml"
    everybody = {name: some for name, some in _read(FOLDER / f"{FIRST}.toml").items() if name in PEOPLE}
    return checked_scenario({**everybody, **_read(path)}, path)


def by_hand(scenario: Scenario) -> Scenario:
    """The same morning for a visitor: families and registers as written, and nobody at the office but the visitor."""
    events = tuple(event for event in scenario.file.event if event.staff is None)
    return replace(scenario, file=scenario.file.model_copy(update={"event": events}))


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


async def open_morning(scenario: Scenario) -> World:
    """A world at the beginning of a morning, with the marks of the weeks before."""
    world = await World.open(scenario, open_database)
    school = await world.runner.school(world.school_id)
    today = local(world.clock.now()).date()
    days = [day for day in school.calendar.school_days if day < today][-DAYS_BEFORE:]
    async with world.database.begin() as db:
        await register.put_marks(db, world.school_id, _marks(days, list(school.roll.pupils)), world.clock.now())
    return world


def _marks(days: list[date], pupils: list[str]) -> Iterator[tuple[str, Session, str]]:
    """Everybody was here, and now and then somebody ill; the same every time."""
    halves: tuple[tuple[Half, str], ...] = (("am", "/"), ("pm", "\\"))
    for day in days:
        for pupil in pupils:
            ill = crc32(f"{day}{pupil}".encode()) % ILL_ONE_IN == 0
            for half, present in halves:
                yield pupil, Session(day, half), "I" if ill else present


class Mornings:
    """The demo as an application that can begin another morning: requests go to the one that is played now."""

    def __init__(self, address: str = "") -> None:
        self._address = address
        self._played: tuple[World, FastAPI] | None = None
        self._left: deque[World] = deque()

    async def begin(self, key: str) -> None:
        """Play this morning from its start. The one before stays open for pages that still look at it."""
        world = await open_morning(by_hand(morning(key)))
        app = create_demo(world, key, MORNINGS, self.begin, self._address)
        if self._played is not None:
            await self._stop(self._played)
        self._played = (world, app)
        while len(self._left) > KEPT_OPEN:
            await self._left.popleft().close()

    async def _stop(self, played: tuple[World, FastAPI]) -> None:
        world, app = played
        await app.state.demo.clock.stop()
        self._left.append(world)

    async def close(self) -> None:
        """Let go of every morning."""
        if self._played is not None:
            await self._stop(self._played)
            self._played = None
        while self._left:
            await self._left.popleft().close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or the server that starts and ends."""
        if scope["type"] == "lifespan":
            await _answer_lifespan(receive, send)
            return
        assert self._played is not None, "begin a morning before the demo is served"
        await self._played[1](scope, receive, send)


async def _answer_lifespan(receive: Receive, send: Send) -> None:
    while True:
        message: Message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return

"""The tasks that one turn opens and closes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from attendance.effects import OpenTask
from attendance.register import MACHINE
from attendance.tasks import Task
from service.turns.turn_alerts import is_under
from storage import tasks


class TurnTasks:
    """Nobody else can move them meanwhile: the school is locked. `kept`: the open ones, if they are known already."""

    def __init__(self, db: AsyncConnection, school_id: str, now: datetime, kept: Mapping[str, Task] | None) -> None:
        self._db = db
        self._school = school_id
        self._moment = now
        self._kept = kept
        self._known: dict[str, Task] | None = None if kept is None else dict(kept)
        self.moved = False
        """Whether this turn has opened or finished any."""

    async def all_open(self, what: str | None = None) -> list[Task]:
        """Open tasks (of one kind of work), this turn's changes included; the one due first at the top."""
        found = [task for task in (await self._open()).values() if what is None or task.what == what]
        return sorted(found, key=lambda task: (task.due, task.key))

    async def _open(self) -> dict[str, Task]:
        if self._known is None:
            self._known = {task.key: task for task in await tasks.open(self._db, self._school)}
        return self._known

    async def close_under(self, prefix: str) -> None:
        """Nobody need do any more what is `prefix`, or lies under it."""
        stem = prefix.removesuffix("/")
        for key in [key for key in await self._open() if key.startswith(stem) and is_under(key, prefix)]:
            await self.finish(key, MACHINE, "no longer needed")

    async def finish(self, key: str, by: str, outcome: str) -> None:
        """A task is done; one that is not open stays as it is."""
        known = await self._open()
        if key in known:
            await tasks.finish(self._db, self._school, key, by, self._moment, outcome)
            del known[key]
            self.moved = True

    async def open(self, effect: OpenTask) -> list[Task]:
        """Open it, if it never was; answers what is new."""
        known = await self._open()
        if effect.key in known or self._is_at_work(effect, known):
            return []
        task = Task(effect.key, effect.what, effect.role, effect.due, effect.pupils, effect.session, effect.note)
        added = await tasks.add(self._db, self._school, [task], self._moment)
        for one in added:
            known[one.key] = one
            self.moved = True
        return added

    def _is_at_work(self, effect: OpenTask, known: Mapping[str, Task]) -> bool:
        """Whether the same work is open from an alarm before this one: its earlier time stands, and one is enough."""
        before, alarm, _ = effect.key.rpartition("/alarm/")
        return bool(alarm) and any(key.startswith(f"{before}{alarm}") for key in known)

    def kept(self) -> Mapping[str, Task] | None:
        """The open ones as they are stored; None if unknown."""
        return self._known if self.moved else self._kept if self._kept is not None else self._known

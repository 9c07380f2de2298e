"""The tasks that one turn opens and closes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from attendance.effects import OpenTask
from attendance.register import MACHINE
from attendance.tasks import Task
from service.turn_alerts import is_under
from storage import tasks


class TurnTasks:
    """Each is asked for by the beginning of its key; after `look_around` all that are open are known."""

    def __init__(self, db: AsyncConnection, school_id: str, now: datetime) -> None:
        self._db = db
        self._school = school_id
        self._moment = now
        self._open: dict[str, Task] | None = None
        """Every open task by its key, this turn's changes included, after `look_around`."""

    async def look_around(self) -> None:
        """Read all that are open at once, where many will be asked for."""
        self._open = {task.key: task for task in await tasks.open(self._db, self._school)}

    async def _under(self, prefix: str) -> list[Task]:
        """At least those that are open and whose key begins so."""
        return await tasks.open_under(self._db, self._school, prefix) if self._open is None else [*self._open.values()]

    async def close_under(self, prefix: str) -> None:
        """Nobody need do any more what is `prefix`, or lies under it."""
        for task in await self._under(prefix):
            if is_under(task.key, prefix):
                await tasks.finish(self._db, self._school, task.key, MACHINE, self._moment, "no longer needed")
                if self._open is not None:
                    del self._open[task.key]

    async def open(self, effect: OpenTask) -> list[Task]:
        """Open it, if it never was; answers what is new."""
        if await self._is_at_work(effect):
            return []
        task = Task(effect.key, effect.what, effect.role, effect.due, effect.pupils, effect.session, effect.note)
        added = await tasks.add(self._db, self._school, [task], self._moment)
        if self._open is not None:
            self._open |= {one.key: one for one in added}
        return added

    async def _is_at_work(self, effect: OpenTask) -> bool:
        """Whether the same work is open from an alarm before this one: its earlier time stands, and one is enough."""
        before, alarm, _ = effect.key.rpartition("/alarm/")
        prefix = f"{before}{alarm}"
        return bool(alarm) and any(task.key.startswith(prefix) for task in await self._under(prefix))

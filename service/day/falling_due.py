"""Do what has fallen due: every timer of a school in one transaction; where one of them fails, each in its own."""

from __future__ import annotations

from dataclasses import dataclass

import structlog

from service.day import planning
from service.one_by_one import each
from service.turns.taking_turns import Turns
from service.turns.turn import Turn
from storage import timers
from storage.timers import Timer

log = structlog.get_logger("firstcall.timers")


@dataclass(frozen=True)
class FallingDue:
    """The timers' one worker in this process."""

    turns: Turns

    async def step(self) -> int:
        """Everything that is due, a school at a time. Returns how many timers were fired."""
        async with self.turns.database.read() as db:
            due = await timers.schools_due(db, self.turns.clock.now())
        return await each(due, self._fire)

    async def _fire(self, school_id: str) -> int:
        try:
            return await self.turns.turn(school_id, _fire_due)
        except Exception:
            log.exception("timers_failed", school=school_id)
        return await self._fire_one_by_one(school_id)

    async def _fire_one_by_one(self, school_id: str) -> int:
        """One timer that cannot be fired must not hold up the school's others: each in a transaction of its own."""
        async with self.turns.database.read() as db:
            due = await timers.due(db, school_id, self.turns.clock.now())

        async def fire(timer: Timer) -> int:
            async def work(turn: Turn) -> int:
                return await _fire_if_ours(turn, timer)

            return await self.turns.turn(school_id, work)

        return await each(due, fire)


async def _fire_due(turn: Turn) -> int:
    due = await timers.take_due(turn.db, turn.school.id, turn.now)
    await planning.look_up(turn, due)
    for timer in sorted(due, key=lambda one: (one.due_at, one.kind == "alert")):  # a case may end its alert
        await planning.fire(turn, timer)
    return len(due)


async def _fire_if_ours(turn: Turn, timer: Timer) -> int:
    if not await timers.take(turn.db, turn.school.id, timer):
        return 0
    await planning.fire(turn, timer)
    return 1

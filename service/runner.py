"""The runner: load, decide, save. The only holder of the clock, the database and the channels.

Every step can be repeated and every step can be lost: what must happen is a row, and a row is done once. Tests, the
rehearsal and the demo call the same `step`s as the loops of the service.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog

from attendance.calendar import local
from attendance.policy import policy_by_key
from messaging.channel import Receipt, Received
from service import retention
from service.day import planning
from service.day.falling_due import FallingDue
from service.incoming.answering import Answering
from service.incoming.storing import Storing
from service.one_by_one import each
from service.outgoing import claiming, relay
from service.outgoing.pace import Pace
from service.turns.taking_turns import Turns
from service.turns.turn import Turn
from storage import outbox, schools, timers
from storage.schools import SchoolRow
from storage.waiting import Waiting, look

log = structlog.get_logger("firstcall.runner")


@dataclass
class Runner(Turns):
    """One process's hands: it takes turns, and every step of the service is one of its own.

    `on_failure` is told of each receipt that says, for the first time, that a message did not arrive. `pace` is how
    fast each sender sends; None is as fast as it goes.
    """

    on_failure: Callable[[Receipt], None] | None = None
    pace: Pace | None = None
    _storing: Storing = field(init=False)
    _answering: Answering = field(init=False)
    _falling_due: FallingDue = field(init=False)

    def __post_init__(self) -> None:
        self._storing, self._answering, self._falling_due = Storing(self), Answering(self), FallingDue(self)

    # -- what comes in ---------------------------------------------------------------------------------------------

    async def receive(self, message: Received) -> bool:
        """Store a message before the provider is answered. False: it was here before, and nothing changes."""
        return (await self.receive_all([message]))[0]

    async def receive_all(self, messages: Sequence[Received]) -> list[bool]:
        """Store several in one transaction, in their order; for each whether it is new."""
        return await self._storing.messages(messages)

    async def receipt(self, receipt: Receipt) -> None:
        """Take one delivery receipt in."""
        await self.receipts([receipt])

    async def receipts(self, receipts: Sequence[Receipt]) -> list[bool]:
        """Take delivery receipts in; for each whether it told anything new."""
        return await self._storing.receipts(receipts, self.on_failure)

    # -- steps -----------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Plan today for every school, without what is already past; a day that was planned before stays as it is."""
        async with self.database.read() as db:
            ids = await schools.ids(db)
        for school_id in ids:
            await self.turn(school_id, _plan_today)

    async def step_inbox(self) -> int:
        """Answer what was stored and not yet handled, oldest first. Returns how many messages were handled."""
        return await self._answering.step()

    async def step_timers(self) -> int:
        """Do everything that has fallen due, a school at a time and in one transaction each."""
        return await self._falling_due.step()

    async def step_relay(self) -> int:
        """Hand over what is due, and look up what nobody knows about. Returns how many rows were tried."""
        now = self.clock.now()
        async with self.database.read() as db:
            due = await outbox.schools_with_due(db, now)
        return await each(list(due.items()), self._relay)

    async def _relay(self, due: tuple[str, set[str]]) -> int:
        school_id, work = due
        claimed = await self.turn(school_id, lambda turn: claiming.claim(turn, work))
        tried = [
            *await relay.hand_over(claimed.rows, self.channels, claimed.ours, claimed.files, self.pace),
            *await relay.look_up(claimed.unknown, self.channels, claimed.ours),
        ]
        if tried:
            await self.turn(school_id, lambda turn: relay.record(turn, tried))
        return len(tried)

    async def settle(self, limit: int = 200) -> datetime | None:
        """Step until nothing is due at this moment: what a clock that is turned by hand calls after every turn.

        Answers the next instant at which something will happen by itself.
        """
        for _ in range(limit):
            waiting = await self._waiting()
            if not await self._step(waiting):
                return waiting.next_at
        log.warning("never_settles", limit=limit)
        return await self.next_due()

    async def _step(self, waiting: Waiting) -> int:
        """Do what waits now: one look said which of the steps have work."""
        now, done = self.clock.now(), 0
        if waiting.messages:
            done += await self.step_inbox()
        if waiting.timers_at is not None and waiting.timers_at <= now:
            done += await self.step_timers()
        if waiting.words_at is not None and waiting.words_at <= now:
            done += await self.step_relay()
        return done

    async def _waiting(self) -> Waiting:
        async with self.database.read() as db:
            return await look(db)

    async def next_due(self) -> datetime | None:
        """The next instant at which something will happen by itself."""
        return (await self._waiting()).next_at

    # -- schools ---------------------------------------------------------------------------------------------------

    async def add_school(
        self, school_id: str, policy_key: str, override: Mapping[str, Any], calendar: Mapping[str, Any] | None
    ) -> None:
        """Put a school into the database; its own senders are added for every channel that is configured."""
        async with self.database.begin() as db:
            await schools.add(
                db,
                SchoolRow(
                    school_id=school_id,
                    name=policy_by_key(policy_key, self.policies).name,
                    policy_key=policy_key,
                    policy_override=override,
                    calendar=calendar,
                ),
            )


async def _plan_today(turn: Turn) -> None:
    await retention.see_to_it(turn)
    if await timers.any_of(turn.db, turn.school.id, "plan"):
        return
    await planning.plan_day(turn, local(turn.now).date(), not_before=turn.now)

"""The demo's clock: who turns it, how fast, and what it says will happen next."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

import structlog

from attendance.calendar import Session, instant, local
from attendance.case import Case
from office import wording
from office.board.countdown import next_step
from office.board.snapshot import Snapshot
from service.rehearsal.simulation import World
from storage import timers
from storage.timers import Timer

log = structlog.get_logger("firstcall.demo")

SPEEDS = (0, 1, 60, 600)
TICK = 0.25
"""Seconds of the real world between two turns of a playing clock."""
STOPS_AT = time(15, 30)
LOOKS_AHEAD = timedelta(hours=12)
SHOWN = 6


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that will happen by itself."""

    at: datetime
    what: str


@dataclass
class DemoClock:
    """Turns a world. `speed` is how many seconds of school pass in one of ours; 0 is paused."""

    world: World
    speed: int = 0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    _task: asyncio.Task[None] | None = None

    @property
    def now(self) -> datetime:
        """The school's instant (aware UTC)."""
        return self.world.clock.now()

    async def turn_to(self, moment: datetime) -> None:
        """Play everything up to and at `moment`."""
        async with self.lock:
            await self.world.turn_to(moment)

    async def play(self, speed: int) -> None:
        """Run at this speed from now on; 0 pauses."""
        self.speed = speed if speed in SPEEDS else 0
        if self.speed and self._task is None:
            self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Stop for good."""
        self.speed = 0
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        last = loop.time()
        while True:
            await asyncio.sleep(TICK)
            passed, last = loop.time() - last, loop.time()
            if not self.speed:
                continue
            target = min(self.now + timedelta(seconds=passed * self.speed), self._end)
            try:
                await self.turn_to(target)
            except Exception:  # the demo goes on, and its log says what went wrong
                log.exception("demo_clock")
                self.speed = 0
            if self.now >= self._end:
                self.speed = 0

    @property
    def _end(self) -> datetime:
        today = instant(local(self.now).date(), STOPS_AT)
        return today if self.now < today else today + timedelta(days=1)

    # -- jumps -----------------------------------------------------------------------------------------------------

    async def register_closes(self) -> datetime | None:
        """The next close of a register."""
        return min((timer.due_at for timer in await self._timers() if timer.kind == "close"), default=None)

    def deadline(self, snapshot: Snapshot) -> datetime | None:
        """The next time at which an unanswered case goes to staff: of an open case, else of the policy's day."""
        waiting = [case.deadline_at for case in snapshot.cases if case.is_waiting and case.deadline_at > snapshot.now]
        if waiting:
            return min(waiting)
        found = []
        for pupil in snapshot.school.roll.pupils.values():
            closes = snapshot.school.closes_at(pupil, Session(snapshot.today, "am"))
            if closes is not None:
                found.append(snapshot.school.policy.deadline_for(snapshot.today, "am", closes, ()))
        return min((at for at in found if at > snapshot.now), default=None)

    async def _timers(self) -> list[Timer]:
        async with self.world.database.read() as db:
            return await timers.due(db, self.world.school_id, self.now + LOOKS_AHEAD)

    async def coming(self, snapshot: Snapshot) -> tuple[Coming, ...]:
        """What will happen by itself, the next first: rounds, deadlines, closes, climbing alerts."""
        found: dict[tuple[datetime, str], list[str]] = {}
        for timer in await self._timers():
            what, who = _said(timer, snapshot)
            if what:
                found.setdefault((timer.due_at, what), []).append(who)
        lines = [Coming(at, _several(what, who)) for (at, what), who in found.items()]
        if self.world.queue:
            at = self.world.scenario.moment(self.world.queue[0].at)
            lines.append(Coming(at, _written(self.world)))
        return tuple(sorted(lines, key=lambda one: one.at)[:SHOWN])


def _written(world: World) -> str:
    event = world.queue[0]
    if event.message is not None:
        return "somebody writes to the school"
    if event.register_ is not None:
        group = event.register_.group
        return f"marks of {group} come in" if group else "marks come in"
    if event.staff is not None:
        return "a member of staff does something"
    return "something happens"


def _said(timer: Timer, snapshot: Snapshot) -> tuple[str, str]:
    match timer.kind:
        case "close":
            return f"the {wording.HALVES[timer.data['half']]} register closes", ""
        case "register_deadline":
            missing = set(snapshot.school.roll.groups) - snapshot.taken.get(timer.data["half"], frozenset())
            return ("a class not marked by now becomes an alarm", "") if missing else ("", "")
        case "summary":
            return "the office gets its morning summary", ""
        case "expire":
            return "N marks older than five school days become O", ""
        case "case":
            return _case(timer, snapshot)
        case "alert":
            return _alert(timer, snapshot)
    return "", ""


def _case(timer: Timer, snapshot: Snapshot) -> tuple[str, str]:
    case: Case | None = next((one for one in snapshot.cases if f"{one.pupil}/{one.session}" == timer.key), None)
    if case is None or case.pupil not in snapshot.school.roll.pupils:
        return "", ""
    name = snapshot.school.roll.pupils[case.pupil].called
    step = next_step(snapshot, case)
    if step.startswith("asks "):
        return "the next contact is asked", name
    if step == "goes to staff":
        return "deadline: with a named person", name
    return step, name


def _alert(timer: Timer, snapshot: Snapshot) -> tuple[str, str]:
    alert = next((one for one in snapshot.alerts if one.key == timer.key), None)
    if alert is None:
        return "", ""
    names = [snapshot.school.roll.pupils[id].called for id in alert.pupils if id in snapshot.school.roll.pupils]
    step = "an alert must be settled" if alert.acknowledged_by else "an alert nobody took climbs"
    return step, names[0] if len(names) == 1 else ""


def _several(what: str, who: Sequence[str]) -> str:
    names = [name for name in dict.fromkeys(who) if name]
    if not names:
        return what
    shown = ", ".join(names[:3])
    return f"{what}: {shown}" + (f" and {len(names) - 3} more" if len(names) > 3 else "")

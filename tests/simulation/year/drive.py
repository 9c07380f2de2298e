"""Living through a plan: what is written in it happens, families and staff answer what they are told, processes die.

After every step everything is read and held against the promises. A step is all that happens at one instant.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from itertools import count
from random import Random
from typing import Any

from attendance.calendar import instant, local
from messaging.channel import Receipt
from service.errors import CannotDo
from service.rehearsal.scenario import Scenario
from service.rehearsal.scenario_parts import EventPart
from service.rehearsal.simulation import World
from service.staff import staffing
from service.turns.turn import Turn
from tests.simulation.year.ledger import Ledger, Snapshot
from tests.simulation.year.mortal import Died, Fate
from tests.simulation.year.people import named
from tests.simulation.year.plan import Plan, message_from
from tests.simulation.year.words import words

ASKS = ("absence.ask", "absence.ask_siblings", "absence.ask_other_contact")
QUESTIONS = ("absence.which_child", "absence.reason", "absence.return", "absence.confirm")
RECEIPTS: tuple[tuple[int, tuple[tuple[str, str | None], ...]], ...] = (
    (12, (("sent", None), ("delivered", None))),
    (3, (("delivered", None), ("sent", None), ("delivered", None))),
    (3, ()),
    (1, (("undelivered", "30005"),)),
    (1, (("failed", "30006"), ("failed", "30006"))),
    (1, (("sent", None), ("undelivered", "30003"))),
    (1, (("failed", "21610"),)),
    (1, (("undelivered", "30003"), ("delivered", None))),
)
OUTCOMES = ("answered_ill", "present_after_all", "late_on_the_way", "no_reason_given", "with_other_parent")
BREAKS_A_STEP = 0.012
"""How often the process is about to die somewhere in the next few commits."""

GOES_HOME = time(16, 50)
"""When whoever is still in the office goes through everything that is open, on most days."""


@dataclass(frozen=True)
class EveningRound:
    """Somebody of the staff acknowledges and settles what is left of the day."""

    who: str


Happening = EventPart | Receipt | EveningRound
Judge = Callable[["Drive", Snapshot, Snapshot, list[dict[str, Any]]], list[str]]


@dataclass
class Drive:
    """One plan being lived through."""

    plan: Plan
    world: World
    fate: Fate
    ledger: Ledger
    chance: Random
    up_since: datetime
    """When the process last came up."""
    faults: list[str] = field(default_factory=list)
    done: list[EventPart] = field(default_factory=list)
    """What happened, in order: the rules for every run judge by it."""
    written: dict[str, str] = field(default_factory=dict)
    """Provider id to words, of every message that reached us."""
    handed_over: set[str] = field(default_factory=set)
    """Messages that a provider took in the last step; we may learn of it later, or never."""
    deaths: int = 0
    steps: int = 0
    _heap: list[tuple[datetime, int, Happening]] = field(default_factory=list)
    _numbers: Any = field(default_factory=count)

    @classmethod
    async def begin(cls, plan: Plan) -> Drive:
        """Open the school of a plan; nothing has happened yet."""
        fate = Fate()
        scenario = replace(plan.scenario, file=plan.scenario.file.model_copy(update={"event": ()}))
        world = await World.open(scenario, fate.opens)
        drive = cls(plan, world, fate, Ledger(world), Random(plan.seed ^ 0x5EED), world.clock.now())
        for event in plan.scenario.file.event:
            drive._put(plan.scenario.moment(event.at), event)
        for day in plan.days:
            if drive.chance.random() < 0.95:
                drive._put(instant(day, GOES_HOME), EveningRound(drive.chance.choice(("reed", "hart"))))
        return drive

    async def close(self) -> None:
        """Remove its database."""
        self.ledger.close()
        await self.world.close()

    def lived(self) -> Scenario:
        """The scenario with what happened in it as its events."""
        return replace(self.plan.scenario, file=self.plan.scenario.file.model_copy(update={"event": tuple(self.done)}))

    # -- time --------------------------------------------------------------------------------------------------------

    async def live(self, judge: Judge) -> None:
        """To the end of the plan, judged after every step; the first step with a fault is the last."""
        before, _ = await self.ledger.read()
        end, at = self.plan.scenario.end, self._first(await self.world.next_event())
        while at is not None and at <= end:
            self.world.clock.turn_to(at)
            self.steps += 1
            if self.chance.random() < BREAKS_A_STEP and at < end - timedelta(minutes=30):
                self.fate.arm(self.chance.randint(1, 5), self.chance.random() < 0.5)
            before_it = {name: len(one.sent) for name, one in self.world.simulators.items()}
            due = await self._step()
            self.handed_over = {
                message.message_id
                for name, one in self.world.simulators.items()
                for message in one.sent[before_it[name] :]
            }
            now, lines = await self.ledger.read()
            self._answer(lines)
            self.faults += judge(self, before, now, lines)
            if self.faults:
                return
            if due is None or due <= self.world.clock.now():  # not all of it could be done at this instant
                due = await self.world.next_event()
            before, at = now, self._first(due)

    def _first(self, due: datetime | None) -> datetime | None:
        """The next instant at which something happens: on purpose, or `due` by itself."""
        times = [due, self._heap[0][0] if self._heap else None]
        return min((at for at in times if at is not None), default=None)

    async def _step(self) -> datetime | None:
        """Everything of this instant, in the order in which it was to happen; a process that dies comes up again.

        Answers when something falls due by itself after it.
        """
        while self._heap and self._heap[0][0] <= self.world.clock.now():
            _, _, happening = heapq.heappop(self._heap)
            before = self.fate.commits
            try:
                await self._play(happening)
                await self.world.runner.step_inbox()
            except Died:
                self._again(happening, self.fate.commits > before)
                await self._come_up()
        try:
            return await self.world.runner.settle()
        except Died:
            return await self._come_up()

    async def _play(self, happening: Happening) -> None:
        if isinstance(happening, Receipt):
            await self.world.runner.receipt(happening)
            return
        if isinstance(happening, EveningRound):
            await self.world.runner.turn(self.world.school_id, lambda turn: _go_through(turn, happening.who))
            return
        if happening.message is not None and happening.message.id is not None:
            self.written[happening.message.id] = happening.message.text
        self.done.append(happening)
        await self.world.play(happening)

    def _again(self, happening: Happening, happened: bool) -> None:
        """Providers and the school's system try again what was not answered; a person looks first."""
        again = isinstance(happening, Receipt) or (
            isinstance(happening, EventPart) and (happening.message is not None or happening.register_ is not None)
        )
        if happened and not again:
            return
        self._put(self.world.clock.now() + timedelta(seconds=self.chance.randint(1, 20)), happening)

    async def _come_up(self) -> datetime | None:
        """Dead, and started again after a while. Nobody who knocks meanwhile is answered; they come again."""
        self.deaths += 1
        self.fate.left = None
        down = timedelta(seconds=self.chance.choice((0, 1, 30, 120, 1200)))
        up = self.world.clock.now() + down
        late = [heapq.heappop(self._heap) for _ in range(len(self._heap)) if self._heap[0][0] < up]
        self.world.clock.turn_to(up)
        for _, _, happening in late:
            self._put(up + timedelta(seconds=self.chance.randint(0, 30)), happening)
        await self.world.crash()
        self.up_since = self.world.clock.now()
        return await self.world.runner.settle()

    def _put(self, at: datetime, happening: Happening) -> None:
        if isinstance(happening, EventPart):
            happening = happening.model_copy(update={"at": local(at).replace(tzinfo=None)})
        heapq.heappush(self._heap, (at, next(self._numbers), happening))

    def _soon(self, seconds: float, **happening: Any) -> None:
        at = self.world.clock.now() + timedelta(seconds=seconds)
        if at < self.plan.scenario.end:
            self._put(at, EventPart.model_validate({"at": local(at).replace(tzinfo=None), **happening}))

    # -- who answers -------------------------------------------------------------------------------------------------

    def _answer(self, lines: list[dict[str, Any]]) -> None:
        """Everybody who was told something makes up their mind."""
        for raw in self.ledger.new:
            if raw.kind == "sent" or (raw.kind == "staff_told" and self.chance.random() < 0.2):
                self._receipts(raw.data["message"], raw.data["channel"])
        for line in lines:
            if line["kind"] == "sent":
                self._family(line)
            elif line["kind"] == "alert":
                self._staff(line)
            elif line["kind"] == "leave" and line["state"] == "requested" and self.chance.random() < 0.6:
                act = {"who": "hart", "does": self.chance.choice(("grant", "refuse")), "pupil": line["pupil"]}
                self._soon(self.chance.randint(60, 9000), staff={**act, "reason": "Considered"})

    def _receipts(self, message: str, channel: str) -> None:
        """In any order, more than once, or never; mail has none."""
        if channel == "email":
            return
        chosen = self.chance.choices([one for _, one in RECEIPTS], [often for often, _ in RECEIPTS])[0]
        for status, error in chosen:
            at = self.world.clock.now() + timedelta(seconds=self.chance.randint(0, 300))
            provider = f"SIM-{message}"
            ours = message if self.chance.random() < 0.8 else None
            self._put(at, Receipt(channel, ours, provider, status, error, status))  # type: ignore[arg-type]  # of RECEIPTS

    def _family(self, line: Mapping[str, Any]) -> None:
        writer = next((one for one in self.plan.people.adults if one["id"] == line["to"]), None)
        if writer is None or line["template"] not in (*ASKS, *QUESTIONS):
            return
        seconds = self.plan.people.tempers[writer["id"]].delay(self.chance)
        if seconds is None:
            return
        name = named(self.chance, self.plan.people, writer)
        later = f"{local(self.world.clock.now()).date() + timedelta(days=21):%-d %B}"
        text = words(self.chance, name, later)
        message = message_from(self.chance, writer, text, f"A{next(self._numbers)}")
        self._soon(seconds, message=message)
        if self.chance.random() < 0.15:
            self._soon(seconds + self.chance.randint(0, 90), message=message)
        if self.chance.random() < 0.15:
            more = words(self.chance, name, later)
            again = message_from(self.chance, writer, more, f"A{next(self._numbers)}")
            self._soon(seconds + self.chance.randint(5, 1800), message=again)

    def _staff(self, line: Mapping[str, Any]) -> None:
        who, pupils = line["to"], line.get("pupils", ())
        seconds = self.plan.people.tempers[who].delay(self.chance)
        if seconds is None or line["reason"] == "morning_summary":
            return
        pupil = self.chance.choice(pupils) if pupils else None
        self._soon(seconds, staff={"who": who, "does": "acknowledge", "pupil": pupil})
        if line["reason"] == "mass_send_held" and self.chance.random() < 0.7:
            self._soon(seconds + self.chance.randint(0, 900), staff={"who": who, "does": "release"})
        if pupil is not None and self.chance.random() < 0.5:
            settle = {"who": who, "does": "settle", "pupil": pupil, "outcome": self.chance.choice(OUTCOMES)}
            self._soon(seconds + self.chance.randint(60, 5400), staff=settle)
        if pupil is not None and self.chance.random() < 0.1:
            done = {"who": who, "does": "done", "pupil": pupil, "what": self.chance.choice(("ring", "find_child"))}
            self._soon(seconds + self.chance.randint(60, 5400), staff=done)


async def _go_through(turn: Turn, who: str) -> None:
    """Every child that somebody was told of is settled, every other matter is read and closed."""
    for pupil in sorted({pupil for alert in await turn.live_alerts() for pupil in alert.pupils}):
        await staffing.settle(turn, who, pupil, "answered_ill")
    for alert in await turn.live_alerts():
        await staffing.acknowledge(turn, who, key=alert.key)
        with suppress(CannotDo):  # a message about harm stays with the safeguarding lead
            await staffing.close_alert(turn, who, alert.key)

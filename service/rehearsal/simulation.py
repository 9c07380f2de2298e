"""A rehearsal: the real service on a clock that jumps from event to event, with channels that deliver to nobody.

The demo, `firstcall simulate` and the scenario tests are this one harness.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, Self, TextIO

from attendance.calendar import Half, Session, local
from attendance.incoming import RefusedMark
from messaging.channel import Receipt, Received
from messaging.channels.simulator import Simulator
from messaging.opting_out import by_channel
from messaging.wording import Wording, wording
from office.desk import Overtaken
from office.leave.links import Links
from service.clock import HandClock
from service.day import registers
from service.errors import CannotDo
from service.leave.rehearsed_form import filled_in
from service.logging import kinds_of, places_of
from service.rehearsal.patterns import judge
from service.rehearsal.rehearsed_acts import done
from service.rehearsal.scenario import Scenario, ScenarioFault, read_scenario
from service.rehearsal.scenario_checks import KEYS, OWN_SCHOOL
from service.rehearsal.scenario_parts import EventPart, FormPart, StaffActPart
from service.runner import Runner
from service.turns.turn import Turn
from storage import history, journal, migrate, outbox, people, schools
from storage.engine import Database, open_database
from storage.journal import Line

SCHOOL = OWN_SCHOOL
LINKS = Links("the signature of links in a rehearsal", "https://school.example")
OURS = {
    "sms": "+447700900000",
    "telegram": "firstcall",
    "whatsapp": "+447700900000",
    "email": "absence@school.example",
}
"""Our own addresses in a rehearsal."""
PRIVATE = frozenset({"message", "contact", "key", "because", "id"})
"""What the journal keeps besides what a line of a rehearsal shows."""


def open_alone(url: str) -> Database:
    """The database of a process that has nobody to answer meanwhile."""
    return open_database(url, inline="all", kept=False)


@dataclass
class World:
    """One rehearsed school. `crash` throws away everything but the database and what the providers hold."""

    scenario: Scenario
    clock: HandClock
    simulators: Mapping[str, Simulator]
    folder: tempfile.TemporaryDirectory[str]
    opens: Callable[[str], Database]
    database: Database
    runner: Runner
    words: Wording
    school_id: str = SCHOOL
    queue: deque[EventPart] = field(default_factory=deque)
    in_hand: set[str] = field(default_factory=set)
    """Contacts whose phone a visitor holds: what the scenario has them write later is left out."""
    refused: list[str] = field(default_factory=list)
    """Acts of staff that were not possible and marks that were not taken, with the reason."""

    @classmethod
    async def open(cls, scenario: Scenario, opens: Callable[[str], Database] = open_alone) -> Self:
        """A fresh database with the scenario's people, the day planned from `start`.

        `opens` opens the database, also after a crash. The demo's pages have to be answered while it works.
        """
        clock = HandClock(scenario.start)
        simulators = {name: Simulator(name, clock.now) for name in OURS}
        folder = tempfile.TemporaryDirectory(prefix="firstcall-")
        url = await migrate.new_file(Path(folder.name) / "rehearsal.db")
        database = opens(url)
        words, ids = wording(), count(1)
        runner = Runner(database, clock, simulators, words, new_id=lambda: f"{next(ids):032x}", links=LINKS)
        world = cls(scenario, clock, simulators, folder, opens, database, runner, words)
        world.queue.extend(scenario.file.event)
        await world._load_people()
        await world.runner.start()
        await world.runner.settle()
        return world

    async def _load_people(self) -> None:
        file = self.scenario.file
        await self._load_school(SCHOOL, None, file.policy, self.scenario.override, self.scenario.calendar, OURS)
        for other in file.school:
            ours = self._addresses_of(other.id)
            await self._load_school(other.id, other.id, other.policy, other.policy_override, None, ours)

    async def _load_school(
        self,
        id: str,
        named: str | None,
        policy: str,
        override: Mapping[str, Any],
        calendar: Any,
        ours: Mapping[str, str],
    ) -> None:
        """One school with its people; those of another school of the trust are `named` by it in the file."""
        scenario = self.scenario
        await self.runner.add_school(id, policy, dict(override), calendar)
        async with self.database.begin() as db:
            for channel, address in ours.items():
                await schools.add_sender(db, id, channel, address)
            roll = scenario.pupils(named), scenario.contacts(named), scenario.links(named)
            await people.save_people(db, id, *roll)
            await people.save_staff(db, id, scenario.staff(named))
            await history.put(db, id, scenario.histories(named))

    @property
    def school_ids(self) -> tuple[str, ...]:
        """The school of the file, then the others of its trust."""
        return (SCHOOL, *(other.id for other in self.scenario.file.school))

    async def close(self) -> None:
        """Let go of the database and remove it."""
        await self.database.close()
        self.folder.cleanup()

    # -- time ------------------------------------------------------------------------------------------------------

    async def next_event(self) -> datetime | None:
        """The next instant at which something happens: written in the scenario, or due by itself."""
        return self._first_of(await self.runner.next_due())

    def _first_of(self, due: datetime | None) -> datetime | None:
        times = [due]
        if self.queue:
            times.append(self.scenario.moment(self.queue[0].at))
        return min((at for at in times if at is not None), default=None)

    async def turn_to(self, moment: datetime) -> None:
        """Play everything that happens up to and at `moment`, in order, and leave the clock there."""
        at = await self.next_event()
        while at is not None and at <= moment:
            self.clock.turn_to(at)
            at = self._first_of(await self._play_second())
        self.clock.turn_to(moment)
        await self.runner.settle()

    async def _play_second(self) -> datetime | None:
        """Events of one second happen in file order, before what falls due at that second.

        Answers when something falls due by itself after it.
        """
        while self.queue and self.scenario.moment(self.queue[0].at) <= self.clock.now():
            event = self.queue.popleft()
            await self.play(event)
            if event.message is not None:
                await self.runner.step_inbox()
        return await self.runner.settle()

    # -- what happens ----------------------------------------------------------------------------------------------

    async def play(self, event: EventPart) -> None:
        """Let one written event happen."""
        if event.message is not None and event.message.from_ in self.in_hand:
            return
        if event.message is not None:
            said = event.message
            await self.say(said.from_, said.text, said.channel, said.id, said.to)
        elif event.form is not None:
            await self._fill_in(event.form)
        elif event.register_ is not None:
            await self.put_marks(event.register_.session, event.register_.marks, event.register_.group)
        elif event.delivery is not None:
            await self._deliver(event.delivery.to, event.delivery.status, event.delivery.error)
        elif event.staff is not None:
            await self.act(event.staff)
        elif event.provider is not None:
            self._provider(event.provider.down_for, event.provider.lost_answers)
        else:
            await self.crash()

    async def say(
        self, sender: str, text: str, channel: str = "sms", provider_id: str | None = None, to: str | None = None
    ) -> None:
        """Somebody, a contact by id or a bare address, writes to the file's school, or `to` another of its trust."""
        contact = next((one for one in self.scenario.file.contact if one.id == sender), None)
        addresses = {"email": contact.email, "telegram": contact.telegram} if contact else {}
        address = (addresses.get(channel) or contact.phone or sender) if contact else sender
        provider_id = provider_id or f"IN-{self.runner.new_id()}"
        ours = OURS if to is None else self._addresses_of(to)
        opt_out = by_channel(channel, text)
        message = Received(channel, provider_id, ours.get(channel, channel), address, text, opt_out=opt_out)
        await self.runner.receive(message)

    def _addresses_of(self, school: str) -> dict[str, str]:
        """The own addresses of another school of the trust."""
        number = 1 + [other.id for other in self.scenario.file.school].index(school)
        return {"sms": f"+4477009000{number:02d}", "email": f"absence-{school}@school.example"}

    async def put_marks(self, half: Half, marks: Mapping[str, str], group: str | None = None) -> None:
        """A register comes in for today; without a group it is that of the classes of the pupils named."""
        session = Session(local(self.clock.now()).date(), half)
        known = {pupil.id: pupil for pupil in self.scenario.file.pupil}
        school = next((known[pupil].school for pupil in marks), None) or SCHOOL

        async def come(turn: Turn) -> Sequence[RefusedMark]:
            groups = [group] if group else await registers.registers_among(turn, session, marks)
            return await registers.marks_came(turn, session, marks, groups)

        refused = await self.runner.turn(school, come)
        self.refused += [f"mark of {one}" for one in refused]

    async def _deliver(self, contact: str, status: str, error: str | None) -> None:
        async with self.database.read() as db:
            rows = [await outbox.newest_to(db, school, contact) for school in self.school_ids]
        row = max((one for one in rows if one is not None), key=lambda one: one.try_at, default=None)
        if row is not None:
            await self.runner.receipt(
                Receipt(row.channel, row.message_id, row.provider_id, status, error, status)  # type: ignore[arg-type]  # checked by the scenario's own type
            )

    def _provider(self, down_for: timedelta, lost_answers: bool) -> None:
        until = self.clock.now() + down_for
        if lost_answers:
            self.simulators["sms"].lost_until = until
        else:
            self.simulators["sms"].down_until = until

    async def act(self, act: StaffActPart) -> None:
        """A member of staff does something; what is not possible is refused, kept, and changes nothing."""
        school = next((one.school for one in self.scenario.file.staff if one.id == act.who), None) or SCHOOL
        try:
            await self.runner.turn(school, lambda turn: done(turn, act))
        except CannotDo as refusal:
            self.refused.append(f"{act.who} {act.does}: {refusal}")

    async def _fill_in(self, form: FormPart) -> None:
        """The family hands in the form that it was sent last; what is wrong in it is kept, and changes nothing."""
        contact = next(one for one in self.scenario.file.contact if one.id == form.from_)
        reach = {contact.phone, contact.email, contact.telegram}
        sent = [one for simulator in self.simulators.values() for one in simulator.sent if one.to in reach]
        try:
            await filled_in(self.runner, self.school_ids, form, [one.text for one in sent])
        except (CannotDo, Overtaken) as refusal:
            self.refused.append(f"form of {form.from_}: {refusal}")

    async def crash(self) -> None:
        """The process dies and starts again on the same database; the providers keep what they hold."""
        await self.database.close()
        self.database = self.opens(self.database.url.render_as_string(hide_password=False))
        links, new_id = self.runner.links, self.runner.new_id
        self.runner = Runner(self.database, self.clock, self.simulators, self.words, new_id=new_id, links=links)
        await self.runner.start()

    # -- what was written down -------------------------------------------------------------------------------------

    async def lines(self, since: int = 0) -> list[Line]:
        """The journal after line `since`."""
        async with self.database.read() as db:
            return await journal.since(db, SCHOOL, since)

    async def all_lines(self) -> list[tuple[str, Line]]:
        """The journals of all schools, in order of time, each line with the school that wrote it."""
        async with self.database.read() as db:
            found = [(school, line) for school in self.school_ids for line in await journal.since(db, school, 0)]
        return sorted(found, key=lambda one: one[1].at)


def shown(line: Line, school: str = SCHOOL, ids: Mapping[str, str] | None = None) -> dict[str, Any] | None:
    """A journal line as a rehearsal prints it, or None for what only staff see. Another school is named.

    `ids`: the file's id of each member of staff by name, for the register keeps names.
    """
    if line.kind not in KEYS:
        return None
    found: dict[str, Any] = {"at": local(line.at).isoformat(), "kind": line.kind}
    found |= {key: value for key, value in line.data.items() if key not in PRIVATE and value is not None}
    if school != SCHOOL:
        found["school"] = school
    if ids and "by" in found:
        found["by"] = ids.get(found["by"], found["by"])
    if line.kind == "mark":
        found.setdefault("original", None)
    if line.kind == "received":
        found.setdefault("understood", None)
    if line.kind == "alert":
        found["because"] = line.data.get("because")
    if line.pupils and "pupil" not in found:
        found["pupils"] = list(line.pupils)
    return found


def _ids_by_name(scenario: Scenario) -> dict[str, str]:
    """The id of whoever alone has a name among the staff of the file."""
    staff = [one for named in (None, *(school.id for school in scenario.file.school)) for one in scenario.staff(named)]
    names = Counter(one.name for one in staff)
    return {one.name: one.id for one in staff if names[one.name] == 1}


class BrokeOff(Exception):
    """The program itself failed while it lived through a scenario, at this moment of it. The cause is chained."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.at = at


async def rehearse(scenario: Scenario) -> tuple[list[dict[str, Any]], list[str]]:
    """Run a scenario to its end: its lines, and the acts of staff that were refused. Raises BrokeOff."""
    world = await World.open(scenario)
    try:
        await world.turn_to(scenario.end)
        ids = _ids_by_name(scenario)
        lines = [line for school, raw in await world.all_lines() if (line := shown(raw, school, ids)) is not None]
        return lines, world.refused
    except Exception as error:
        raise BrokeOff(world.clock.now()) from error
    finally:
        await world.close()


BROKE = 3
"""The exit status of a rehearsal that broke off: neither the file's fault, nor that of what it expects."""


def run_file(path: Path, out: TextIO, err: TextIO) -> int:
    """`firstcall simulate`: 0 as written, 1 when an expect or never does not hold, 2 faulty file, 3 our fault."""
    try:
        scenario = read_scenario(path)
    except ScenarioFault as fault:
        for one in fault.faults:
            print(one if one.startswith((path.name, str(path))) else f"{path.name}: {one}", file=err)
        return 2
    try:
        lines, refused = asyncio.run(rehearse(scenario))
    except BrokeOff as broke:
        print("\n".join(_said(broke, path.name)), file=err)
        return BROKE
    for line in lines:
        print(json.dumps(line, ensure_ascii=False), file=out)
    for one in refused:
        print(f"refused: {one}", file=err)
    faults = judge(scenario, lines)
    for one in faults:
        print(one, file=err)
    return 1 if faults else 0


def _said(broke: BrokeOff, name: str) -> list[str]:
    """What broke, and how to report it: kinds and places, never the words of a message (a traceback shows those)."""
    cause = broke.__cause__ or broke
    return [
        f"{name}: the rehearsal broke off at {local(broke.at):%H:%M:%S on %-d %B %Y}: {kinds_of(cause)}.",
        f"where: {' > '.join(places_of(cause))}",
        "This is a fault of Firstcall and not of your file. Report it with these lines and the file; take real names,",
        "numbers and words of parents out of the file before you send it.",
    ]

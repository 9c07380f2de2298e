"""A school's day in the words of the office: people, what happens at which minute, and what was said and written down.

It drives the rehearsal (service/rehearsal/simulation.py), which is the real service on a clock that is turned by hand.
Ids stand for people: `await school.at("09:20").says("ngozi", "Amina is poorly")`. Times are the school's wall clock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Self

from attendance.calendar import Half, local
from attendance.case import Case
from attendance.ladder import Alert
from attendance.policy import policy_by_key, with_override
from attendance.register import Amendment, Entry
from attendance.tasks import Task
from service.rehearsal.scenario import Scenario
from service.rehearsal.scenario_parts import EventPart, ScenarioFile
from service.rehearsal.simulation import World, shown
from storage import alerts, cases, inbox, outbox, register, tasks
from storage.outbox import OutboxRow
from tests.support.families import STAFF, Person, contacts_of
from tests.support.invariants import broken

Line = Mapping[str, Any]

DAY = date(2026, 11, 17)
"""A Tuesday in term, in the calendars of all five schools."""
A_MOMENT, ONE_DAY = timedelta(microseconds=1), timedelta(days=1)
WORDS_OF_FAMILIES = "sent"

RULES: dict[str, Any] = {
    "firstday.rounds": [
        {"after": "0m", "to": [1], "by": ["sms"]},
        {"after": "30m", "to": [2], "by": ["sms"]},
    ],
    "firstday.deadline": "12:00",
    "firstday.ladder": [
        {"role": "attendance_officer", "minutes": 15},
        {"role": "safeguarding_lead", "minutes": 15},
        {"role": "headteacher", "minutes": 15},
    ],
    "firstday.settle_within": "60m",
}
"""Two contacts half an hour apart, staff at noon, a quarter of an hour for each rung."""


class School:
    """One school, from its first minute on. Everything that is done is kept, so that the whole day can be judged."""

    def __init__(self, world: World, all_in_until: date = date.min) -> None:
        self.world = world
        self.all_in_until = all_in_until
        self.lines: list[Line] = []
        self._seen = 0
        self._done: list[EventPart] = []

    # -- opening and closing -----------------------------------------------------------------------------------------

    @classmethod
    async def open(
        cls,
        children: Sequence[Person],
        adults: Sequence[Person] = (),
        *,
        policy: str = "blue-coat",
        rules: Mapping[str, Any] | None = None,
        staff: Sequence[Person] = STAFF,
        day: date = DAY,
        opens: str = "08:00",
        all_in_until: date = date.min,
    ) -> Self:
        """Open it on `day` with these children and those who are named as their contacts (tests/support/families.py).

        `adults` stand before the families there; `rules` replace keys of the policy beside RULES. On
        each whole day that a test skips before `all_in_until` every register comes in, and everybody is there: else
        its hours are full of alarms that climb.
        """
        file = ScenarioFile.model_validate(
            {
                "title": "a day in a test",
                "policy": policy,
                "start": datetime.combine(day, time.fromisoformat(opens)),
                "end": datetime.combine(day + timedelta(days=30), time(23, 0)),
                "policy_override": {**RULES, **(rules or {})},
                "pupil": list(children),
                "contact": contacts_of(children, adults),
                "staff": list(staff),
            }
        )
        school = cls(await World.open(scenario_of(file)), all_in_until)
        await school._look()
        return school

    async def close(self) -> None:
        """Let go of its database."""
        await self.world.close()

    def at(self, clock: str, day: date | None = None) -> Moment:
        """A minute ("09:15") or second ("09:15:30") of `day`, or of the day on which the clock stands."""
        on = day or local(self.world.clock.now()).date()
        return Moment(self, datetime.combine(on, time.fromisoformat(clock)))

    # -- what the office can see -------------------------------------------------------------------------------------

    def of_kind(self, kind: str, pupil: str | None = None) -> list[Line]:
        """Printed lines of one kind, all or those about one child."""
        return [
            line
            for line in self.lines
            if line["kind"] == kind and (pupil is None or pupil == line.get("pupil") or pupil in line.get("pupils", ()))
        ]

    def texts(self, pupil: str | None = None) -> list[tuple[str, str]]:
        """(to whom, template) of everything that left for families, in order."""
        return [(line["to"], line["template"]) for line in self.of_kind(WORDS_OF_FAMILIES, pupil)]

    def words_to(self, contact: str) -> list[str]:
        """What this contact, or bare number, was told."""
        return [line["text"] for line in self.of_kind(WORDS_OF_FAMILIES) if line["to"] == contact]

    def alerts(self, pupil: str | None = None) -> list[tuple[str, str]]:
        """(who of the staff, reason) in order; the morning's summary is left out."""
        return [
            (line["to"], line["reason"]) for line in self.of_kind("alert", pupil) if line["reason"] != "morning_summary"
        ]

    def alerted(self, reason: str, pupil: str | None = None) -> list[tuple[str, str]]:
        """(minute, who) of the alerts with this reason."""
        return [(clock_of(line), line["to"]) for line in self.of_kind("alert", pupil) if line["reason"] == reason]

    def tasks(self, pupil: str | None = None) -> list[str]:
        """What persons were asked to do, in order."""
        return [line["what"] for line in self.of_kind("task", pupil)]

    def marks(self, pupil: str, half: Half = "am") -> list[tuple[str | None, str]]:
        """(before, after) of every change of our layer of the register."""
        return [(line["original"], line["code"]) for line in self.of_kind("mark", pupil) if line["session"] == half]

    def state(self, pupil: str, half: Half = "am") -> str | None:
        """The stage of the child's newest case of this session, or None where there is none."""
        found = [line["state"] for line in self.of_kind("case", pupil) if line["session"] == half]
        return found[-1] if found else None

    def clock(self) -> str:
        """The school's wall clock."""
        return f"{local(self.world.clock.now()):%H:%M}"

    async def case(self, pupil: str, half: Half = "am") -> Case:
        """The stored case of today."""
        async with self.world.database.read() as db:
            found = await cases.of_day(db, self.world.school_id, local(self.world.clock.now()).date(), [pupil])
        return next(case for case in found if case.session.half == half)

    async def cases(self) -> list[Case]:
        """Every stored case of today."""
        async with self.world.database.read() as db:
            return await cases.of_day(db, self.world.school_id, local(self.world.clock.now()).date(), None)

    async def live_alerts(self) -> list[Alert]:
        """Alerts that are not over."""
        async with self.world.database.read() as db:
            return list(await alerts.live(db, self.world.school_id))

    async def open_tasks(self) -> list[Task]:
        """Work that nobody has done yet."""
        async with self.world.database.read() as db:
            return await tasks.open(db, self.world.school_id)

    async def entry(self, pupil: str, half: Half = "am") -> Entry:
        """Today's entry of the register, both layers."""
        day = local(self.world.clock.now()).date()
        async with self.world.database.read() as db:
            found = await register.entries(db, self.world.school_id, day, half)
        return next(entry for entry in found if entry.pupil == pupil)

    async def amendments(self, pupil: str) -> list[Amendment]:
        """Every change of our layer of the register for this child, oldest first, as it is stored."""
        async with self.world.database.read() as db:
            return list(await register.amendments_of(db, self.world.school_id, pupil))

    async def words_about(self, pupil: str) -> list[OutboxRow]:
        """The rows of the outbox about this child."""
        async with self.world.database.read() as db:
            return list(await outbox.of_pupil(db, self.world.school_id, pupil))

    async def unread(self) -> int:
        """Messages that were stored and not handled."""
        async with self.world.database.read() as db:
            return len(await inbox.waiting(db, 100))

    def broken_rules(self) -> list[str]:
        """The rules for every run (tests/support/invariants.py) that this day has broken so far."""
        scenario = self.world.scenario
        whole = replace(scenario, file=scenario.file.model_copy(update={"event": tuple(self._done)}))
        return broken(whole, self.lines)

    # -- what the moments do -----------------------------------------------------------------------------------------

    async def turn_to(self, moment: datetime) -> None:
        """Let everything happen that falls due up to and at this wall-clock time."""
        await self._days_go_by(moment.date())
        await self.world.turn_to(self.world.scenario.moment(moment))
        await self._look()

    async def happen(self, at: datetime, **happening: Any) -> None:
        """Let one thing happen, before what falls due at the same second."""
        await self._days_go_by(at.date())
        await self._happens(at, **happening)
        await self._look()
        if self.world.refused:
            raise AssertionError(self.world.refused.pop())

    async def _days_go_by(self, day: date) -> None:
        calendar = (await self.world.runner.school(self.world.school_id)).calendar
        pupils = [pupil.id for pupil in self.world.scenario.file.pupil]
        between = local(self.world.clock.now()).date() + ONE_DAY
        while between < min(day, self.all_in_until):
            if calendar.is_school_day(between):
                for half, at, present in (("am", time(8, 55), "/"), ("pm", time(13, 0), "\\")):
                    register = {"session": half, "marks": dict.fromkeys(pupils, present)}
                    await self._happens(datetime.combine(between, at), register=register)
            between += ONE_DAY

    async def _happens(self, at: datetime, **happening: Any) -> None:
        moment = self.world.scenario.moment(at)
        await self.world.turn_to(moment - A_MOMENT)
        self.world.clock.turn_to(moment)
        event = EventPart.model_validate({"at": at, **happening})
        self._done.append(event)
        await self.world.play(event)
        await self.world.runner.step_inbox()
        await self.world.runner.settle()

    async def _look(self) -> None:
        written = await self.world.lines(since=self._seen)
        self._seen = max((line.seq for line in written), default=self._seen)
        self.lines += [line for raw in written if (line := shown(raw)) is not None]


class Moment:
    """One minute of the day, and what happens in it."""

    def __init__(self, school: School, at: datetime) -> None:
        self.school, self.when = school, at

    async def nothing_heard(self) -> None:
        """The clock goes on; whatever falls due by itself happens."""
        await self.school.turn_to(self.when)

    async def says(self, who: str, text: str, *, channel: str = "sms", id: str | None = None) -> None:
        """A contact, or a bare number, writes to us. The same `id` again is the same message delivered again."""
        message = {"from": who, "text": text, "channel": channel, "id": id}
        await self.school.happen(self.when, message=message)

    async def register(self, half: Half = "am", group: str | None = None, **marks: str) -> None:
        """A register comes in with these marks; without a group it is that of all the classes of the pupils named."""
        await self.school.happen(self.when, register={"session": half, "group": group, "marks": marks})

    async def register_closes(self, half: Half = "am", without_reason: Sequence[str] = ()) -> None:
        """Every class is marked and the register closes: N for these children, present for all the others."""
        present = "/" if half == "am" else "\\"
        pupils = [pupil.id for pupil in self.school.world.scenario.file.pupil]
        marks = {pupil: "N" if pupil in without_reason else present for pupil in pupils}
        await self.school.happen(self.when, register={"session": half, "marks": marks})

    async def receipt(self, to: str, status: str, error: str | None = None) -> None:
        """The provider says what became of the newest message to this contact."""
        await self.school.happen(self.when, delivery={"to": to, "status": status, "error": error})

    async def provider_down(self, span: str) -> None:
        """The text provider answers 503 for this long ("25m")."""
        await self.school.happen(self.when, provider={"down_for": span})

    async def answers_lost(self, span: str) -> None:
        """The text provider takes every message, and its answers never arrive."""
        await self.school.happen(self.when, provider={"down_for": span, "lost_answers": True})

    async def crash(self) -> None:
        """The process dies here and starts again."""
        await self.school.happen(self.when, crash=True)

    def staff(self, who: str) -> StaffMember:
        """A member of staff, about to do something."""
        return StaffMember(self, who)


class StaffMember:
    """A member of staff at one minute."""

    def __init__(self, moment: Moment, who: str) -> None:
        self.moment, self.who = moment, who

    async def acknowledges(self, pupil: str) -> None:
        """Has it."""
        await self._does("acknowledge", pupil=pupil)

    async def settles(self, pupil: str, outcome: str) -> None:
        """Closes the child's cases of today."""
        await self._does("settle", pupil=pupil, outcome=outcome)

    async def confirms(self, pupil: str) -> None:
        """Confirms the proposed code."""
        await self._does("confirm", pupil=pupil)

    async def amends(self, pupil: str, code: str, reason: str, half: Half = "am") -> None:
        """Enters another code."""
        await self._does("amend", pupil=pupil, code=code, reason=reason, session=half)

    async def releases(self) -> None:
        """Lets the held send leave."""
        await self._does("release")

    async def stops(self) -> None:
        """Stops the held send for good."""
        await self._does("stop")

    async def holds(self) -> None:
        """Holds what has not left."""
        await self._does("hold")

    async def gives_the_all_clear(self) -> None:
        """Presses the button."""
        await self._does("all_clear")

    async def is_away(self) -> None:
        """Is not here today."""
        await self._does("away")

    async def releases_letter(self, pupil: str) -> None:
        """Lets the letter about leave out, by e-mail or to print."""
        await self._does("release_letter", pupil=pupil)

    async def grants(self, pupil: str, reason: str = "", days: Sequence[date] | None = None) -> None:
        """Agrees to the leave that was asked for, or to some days of it."""
        await self._does("grant", pupil=pupil, reason=reason, days=days)

    async def refuses(self, pupil: str, reason: str) -> None:
        """Does not agree to the leave that was asked for."""
        await self._does("refuse", pupil=pupil, reason=reason)

    async def asks_more(self, pupil: str, question: str) -> None:
        """Wants to know more before deciding on leave."""
        await self._does("ask_more", pupil=pupil, text=question)

    async def takes_over(self, contact: str) -> None:
        """Writes with this contact in person from now on."""
        await self._does("take_over", contact=contact)

    async def hands_back(self, contact: str) -> None:
        """The bot answers this contact again."""
        await self._does("hand_back", contact=contact)

    async def writes(self, contact: str, text: str) -> None:
        """Sends words of their own."""
        await self._does("send", contact=contact, text=text)

    async def _does(self, what: str, **more: Any) -> None:
        await self.moment.school.happen(self.moment.when, staff={"who": self.who, "does": what, **more})


def scenario_of(file: ScenarioFile) -> Scenario:
    """A scenario that was never a file, with the same policy and calendar as one."""
    policy = with_override(policy_by_key(file.policy), file.policy_override)
    return Scenario(Path("in-a-test.toml"), file, policy, file.policy_override, None)


def clock_of(line: Line) -> str:
    """The wall-clock minute of a line."""
    return f"{datetime.fromisoformat(line['at']):%H:%M}"

"""Messages that belong to several schools, or that cannot be handled: danger is heard, a person reads the rest."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from attendance.people import Contact, Link, Pupil, StaffMember
from messaging.channel import Received
from messaging.channels.simulator import Simulator
from messaging.wording import wording
from service import receiving
from service.clock import HandClock
from service.errors import StepFailed
from service.runner import HANDLE_TRIES, Runner
from storage import absences, alerts, inbox, migrate, people, schools
from storage.engine import open_database

OURS, MUM = "+447700900000", "+447700900001"
NOW = datetime(2026, 11, 10, 8, 10, tzinfo=UTC)


@pytest.fixture
async def runner(tmp_path: Path) -> AsyncIterator[Runner]:
    """Two schools of one trust behind one number; the same mother has a child at each."""
    url = f"sqlite:///{tmp_path / 'trust.db'}"
    await migrate.upgrade(url)
    clock = HandClock(NOW)
    async with open_database(url) as database:
        made = Runner(database, clock, {"sms": Simulator("sms", clock.now)}, wording())
        for school, policy, child in (("north", "blue-coat", "Zofia"), ("south", "looe", "Marek")):
            await made.add_school(school, policy, {}, None)
            async with database.begin() as db:
                await schools.add_sender(db, school, "sms", OURS)
                pupil = Pupil("p", child, "Wisniewski", 8, "8A")
                await people.save_people(db, school, [pupil], [Contact("mum", "Agata W", MUM)], [Link("p", "mum", 1)])
                officer = StaffMember("ao", "Ms Reed", "Attendance officer", ("attendance_officer",), "+447700900900")
                await people.save_staff(db, school, [officer])
        await made.start()
        yield made


async def says(runner: Runner, text: str) -> None:
    await runner.receive(Received("sms", f"SM{text[:20]}", OURS, MUM, text))
    await runner.settle()


async def recorded(runner: Runner, school: str) -> list[str]:
    async with runner.database.read() as db:
        return [one.code for one in await absences.of_pupils(db, school, ["p"], NOW.date())]


async def to_read(runner: Runner, school: str) -> list[str]:
    async with runner.database.read() as db:
        return [alert.reason for alert in await alerts.live(db, school)]


async def test_a_named_child_says_which_school_is_meant(runner: Runner) -> None:
    await says(runner, "Marek is poorly today, back tomorrow")
    assert (await recorded(runner, "south"), await recorded(runner, "north")) == (["I"], [])
    assert await to_read(runner, "north") == []


async def test_without_a_name_nothing_is_recorded_and_every_school_is_told(runner: Runner) -> None:
    await says(runner, "not well today sorry")
    assert (await recorded(runner, "south"), await recorded(runner, "north")) == ([], [])
    assert (await to_read(runner, "south"), await to_read(runner, "north")) == (["message_to_read"],) * 2
    sms = runner.channels["sms"]
    assert isinstance(sms, Simulator)
    answers = sms.texts_to(MUM)
    assert len(answers) == 1
    assert "Zofia" not in answers[0]
    assert "Marek" not in answers[0]


async def test_what_cannot_be_handled_is_put_before_staff_and_holds_up_nobody(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(*_: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(receiving, "read_message", breaks)
    await runner.receive(Received("sms", "SM1", OURS, MUM, "Marek is poorly"))
    for _ in range(HANDLE_TRIES):
        with pytest.raises(StepFailed):
            await runner.step_inbox()
    async with runner.database.read() as db:
        assert await inbox.waiting(db) == []
    assert await to_read(runner, "south") == ["message_to_read"]

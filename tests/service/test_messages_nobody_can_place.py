"""Messages that belong to several schools, or that cannot be handled: danger is heard, a person reads the rest."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from attendance.calendar import Session
from attendance.people import AddressState, Contact, Link, Pupil, StaffMember
from messaging.channel import OptOut, Received
from messaging.channels.simulator import Simulator
from messaging.wording import wording
from service.clock import HandClock
from service.day import registers
from service.errors import StepFailed
from service.incoming import receiving
from service.incoming.answering import HANDLE_TRIES
from service.runner import Runner
from service.turns.turn import Turn
from storage import absences, alerts, inbox, migrate, people, schools
from storage.engine import open_database
from storage.tables import thread

OURS, MUM = "+447700900000", "+447700900001"
EAST = "+447700900010"
SCHOOLS = (
    ("north", "blue-coat", "Zofia", OURS),
    ("south", "looe", "Marek", OURS),
    ("east", "looe", "Ola", EAST),
)
NOW = datetime(2026, 11, 10, 8, 10, tzinfo=UTC)


@pytest.fixture
async def runner(tmp_path: Path) -> AsyncIterator[Runner]:
    """Two schools of one trust behind one number, and a third with its own; the same mother has a child at each."""
    clock = HandClock(NOW)
    async with open_database(await migrate.new_file(tmp_path / "trust.db")) as database:
        made = Runner(database, clock, {"sms": Simulator("sms", clock.now)}, wording())
        for school, policy, child, ours in SCHOOLS:
            await made.add_school(school, policy, {}, None)
            async with database.begin() as db:
                await schools.add_sender(db, school, "sms", ours)
                pupil = Pupil("p", child, "Wisniewski", 8, "8A")
                await people.save_people(db, school, [pupil], [Contact("mum", "Agata W", MUM)], [Link("p", "mum", 1)])
                officer = StaffMember("ao", "Ms Reed", "Attendance officer", ("attendance_officer",), "+447700900900")
                await people.save_staff(db, school, [officer])
        await made.start()
        yield made


async def says(runner: Runner, text: str, ours: str = OURS, opt_out: OptOut | None = None) -> None:
    await runner.receive(Received("sms", f"SM{text[:20]}", ours, MUM, text, opt_out=opt_out))
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


async def state(runner: Runner, school: str, address: str = MUM) -> AddressState:
    return (await runner.school(school)).roll.state("sms", address)


def sent(runner: Runner) -> list[str]:
    sms = runner.channels["sms"]
    assert isinstance(sms, Simulator)
    return sms.texts_to(MUM)


async def test_stop_holds_for_every_school_of_this_number_and_is_not_answered(runner: Runner) -> None:
    """The provider blocks the pair of numbers, whichever school writes from ours."""
    await says(runner, "STOP", opt_out="STOP")
    assert [await state(runner, one) for one in ("north", "south", "east")] == ["stopped", "stopped", "live"]
    assert sent(runner) == []
    assert [await to_read(runner, one) for one in ("north", "south", "east")] == [["opted_out"], ["opted_out"], []]
    await says(runner, "START", opt_out="START")
    assert [await state(runner, one) for one in ("north", "south")] == ["live", "live"]


async def test_stop_at_one_number_does_not_stop_another(runner: Runner) -> None:
    await says(runner, "STOP", ours=EAST, opt_out="STOP")
    assert [await state(runner, one) for one in ("north", "south", "east")] == ["live", "live", "stopped"]
    await says(runner, "Marek is poorly today, back tomorrow")
    assert await recorded(runner, "south") == ["I"]
    assert len(sent(runner)) == 1


async def test_stop_from_somebody_nobody_knows_is_kept_and_not_answered(runner: Runner) -> None:
    await runner.receive(Received("sms", "SM9", OURS, "+447700900099", "STOP", opt_out="STOP"))
    await runner.settle()
    assert await state(runner, "north", "+447700900099") == "stopped"
    sms = runner.channels["sms"]
    assert isinstance(sms, Simulator)
    assert sms.sent == []


async def test_danger_beside_stop_is_heard_at_both_schools(runner: Runner) -> None:
    await says(runner, "STOP texting, I don't know where she is, she left at eight")
    assert [await state(runner, one) for one in ("north", "south")] in (["stopped"] * 2, ["live"] * 2)
    for one in ("north", "south"):
        assert {"missing", "believed_in_school"} & set(await to_read(runner, one))


async def asked_by(runner: Runner, school: str) -> None:
    """The register of one school closes with this child's N."""

    async def work(turn: Turn) -> None:
        await registers.marks_came(turn, Session(NOW.date(), "am"), {"p": "N"}, ["8A"])

    await runner.turn(school, work)
    assert isinstance(runner.clock, HandClock)
    runner.clock.turn_to(datetime(2026, 11, 10, 10, 5, tzinfo=UTC))
    await runner.settle()


async def test_a_bare_answer_belongs_to_the_school_that_asked(runner: Runner) -> None:
    await asked_by(runner, "south")
    assert "Marek" in sent(runner)[-1]
    await says(runner, "he has a temperature, back tomorrow")
    assert (await recorded(runner, "south"), await recorded(runner, "north")) == (["I"], [])
    assert "message_to_read" not in await to_read(runner, "north")


async def test_the_thread_is_one_and_neither_school_overtakes_the_others_question(runner: Runner) -> None:
    await asked_by(runner, "south")
    await asked_by(runner, "north")
    assert [("Marek" in text, "Zofia" in text) for text in sent(runner)[-2:]] == [(True, False), (False, True)]
    async with runner.database.read() as db:
        rows = (await db.execute(sa.text("SELECT our_address, channel, their_address FROM thread"))).all()
    assert [tuple(row) for row in rows] == [(OURS, "sms", MUM)]
    await says(runner, "Zofia has a temperature, back tomorrow")
    assert (await recorded(runner, "north"), await recorded(runner, "south")) == (["I"], [])
    await says(runner, "and he has a cough, back tomorrow")  # only Marek's school waits for an answer
    assert (await recorded(runner, "north"), await recorded(runner, "south")) == (["I"], ["I"])


async def test_a_bare_answer_while_both_wait_is_for_a_person(runner: Runner) -> None:
    await asked_by(runner, "south")
    await asked_by(runner, "north")
    await says(runner, "ill today, back tomorrow")
    assert (await recorded(runner, "north"), await recorded(runner, "south")) == ([], [])
    assert all(["message_to_read" in await to_read(runner, one) for one in ("north", "south")])


async def test_a_thread_of_before_schools_had_parts_goes_on(runner: Runner) -> None:
    await asked_by(runner, "south")
    async with runner.database.begin() as db:
        (row,) = (await db.execute(sa.select(thread.c.state))).scalars()
        await db.execute(sa.update(thread).values(state={**row["schools"]["south"], "school": "south"}))
    await says(runner, "he has a temperature, back tomorrow")
    assert (await recorded(runner, "south"), await recorded(runner, "north")) == (["I"], [])


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


async def test_danger_in_an_answer_is_heard_at_both_schools(runner: Runner) -> None:
    await asked_by(runner, "south")
    await says(runner, "I don't know where he is, he left at eight")
    for one in ("north", "south"):
        assert {"missing", "believed_in_school"} & set(await to_read(runner, one))


async def test_a_childs_own_school_hears_what_is_written_to_another_schools_number(runner: Runner) -> None:
    await says(runner, "Ola is poorly today, back tomorrow")
    assert [await recorded(runner, one) for one in ("north", "south", "east")] == [[], [], ["I"]]
    sms = runner.channels["sms"]
    assert isinstance(sms, Simulator)
    assert [(one.from_, one.to) for one in sms.sent] == [(EAST, MUM)]
    assert [await to_read(runner, one) for one in ("north", "south", "east")] == [[], [], []]


async def test_a_message_about_children_of_several_schools_is_each_schools_own(runner: Runner) -> None:
    await says(runner, "Zofia and Ola both have a temperature, Marek is fine. Back on Thursday")
    assert [await recorded(runner, one) for one in ("north", "south", "east")] == [["I"], [], ["I"]]
    sms = runner.channels["sms"]
    assert isinstance(sms, Simulator)
    assert sorted((one.from_, "Zofia" in one.text, "Ola" in one.text) for one in sms.sent) == [
        (OURS, True, False), (EAST, False, True)
    ]  # fmt: skip


async def test_words_about_nobody_in_particular_stay_where_they_were_written(runner: Runner) -> None:
    await says(runner, "not well today sorry", ours=EAST)
    assert [await recorded(runner, one) for one in ("north", "south", "east")] == [[], [], ["I"]]

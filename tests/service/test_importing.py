"""Importing people, staff and marks into the database: once, whole, and never twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from attendance.calendar import Session
from messaging.channels.simulator import Simulator
from messaging.wording import wording
from service import importing
from service.clock import HandClock
from service.faults import UserFault
from service.runner import Runner
from storage import alerts, cases, migrate, outbox, register, schools, tasks, timers
from storage.engine import open_database

SCHOOL = "blue-coat"
EIGHT = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
TODAY = EIGHT.date()
AM = Session(TODAY, "am")

PEOPLE = b"""\
pupil_id,given,family,year,group,contact_id,contact_name,relation,priority,mobile
p1,Amina,Okafor,7,7M,c1,Ngozi Okafor,mother,1,07700 900001
p2,Callum,Haddow,7,7M,c2,Fiona Haddow,mother,1,07700 900002
p3,Zofia,Wisniewska,7,7M,c3,Agata Wisniewska,mother,1,07700 900003
"""
STAFF = b"""\
staff_id,name,position,roles,phone,email
reed,Ms Reed,Attendance officer,attendance_officer; office,07700 900900,reed@school.example
"""


@pytest.fixture
async def runner(tmp_path: Path) -> AsyncIterator[Runner]:
    async with open_database(await migrate.new_file(tmp_path / "school.db")) as database:
        clock = HandClock(EIGHT)
        runner = Runner(database, clock, {"sms": Simulator("sms", clock.now)}, wording())
        await runner.add_school(SCHOOL, "blue-coat", {}, None)
        async with database.begin() as db:
            await schools.add_sender(db, SCHOOL, "sms", "+447700900000")
        yield runner


def clock_of(runner: Runner) -> HandClock:
    assert isinstance(runner.clock, HandClock)
    return runner.clock


async def people(runner: Runner, data: bytes = PEOPLE, **options: bool) -> importing.Report:
    return await importing.import_people(runner, SCHOOL, data, **options)


def marks(*rows: str) -> bytes:
    return "\n".join(["pupil_id,date,session,mark", *rows]).encode()


async def test_a_second_import_of_the_same_file_changes_nothing(runner: Runner) -> None:
    first, second = await people(runner), await people(runner)

    assert first.lines == ("3 pupils and 3 contacts in the file: 9 rows added, 0 changed, 0 taken off",)
    assert second.lines == ("3 pupils and 3 contacts in the file: nothing changed",)
    school = await runner.school(SCHOOL)
    assert set(school.roll.pupils) == {"p1", "p2", "p3"}
    assert school.roll.contacts["c1"].phone == "+447700900001"


async def test_a_file_with_errors_changes_nothing_and_each_is_named(runner: Runner) -> None:
    bad = PEOPLE.replace(b"07700 900002", b"4.47701E+11").replace(b"c3,Agata Wisniewska,mother,1", b"c3,Agata,mother,x")

    with pytest.raises(UserFault) as refused:
        await people(runner, bad)

    assert len(refused.value.lines) == 3
    assert refused.value.lines[0].startswith("line 3, column mobile: ")
    assert refused.value.lines[1].startswith("line 4, column priority: ")
    assert refused.value.lines[2] == "Nothing was changed."
    assert (await runner.school(SCHOOL)).roll.pupils == {}


async def test_a_file_of_one_class_is_not_taken_for_the_whole_school(runner: Runner) -> None:
    await people(runner)
    one = b"\n".join(PEOPLE.splitlines()[:2])

    with pytest.raises(UserFault, match="--allow-shrink"):
        await people(runner, one)
    assert len((await runner.school(SCHOOL)).roll.pupils) == 3

    await people(runner, one, allow_shrink=True)
    assert set((await runner.school(SCHOOL)).roll.pupils) == {"p1"}


async def test_no_import_clears_a_bar(runner: Runner) -> None:
    barred = PEOPLE.replace(b"mobile\n", b"mobile,barred\n").replace(b"900001\n", b"900001,yes\n")
    await people(runner, barred)
    report = await people(runner)

    (link,) = (await runner.school(SCHOOL)).roll.links_of("p1")
    assert link.barred
    assert report.lines[0].endswith("nothing changed")


async def test_what_a_file_has_no_column_for_stays(runner: Runner) -> None:
    await people(runner, PEOPLE.replace(b"mobile\n", b"mobile,language\n").replace(b"900003\n", b"900003,Polish\n"))
    report = await people(runner)

    assert (await runner.school(SCHOOL)).roll.contacts["c3"].language == "pl"
    assert report.lines[0].endswith("nothing changed")


async def test_a_class_that_is_imported_after_the_day_was_planned_still_has_its_register_closed(runner: Runner) -> None:
    await runner.start()
    await people(runner)

    async with runner.database.read() as db:
        due = await timers.due(db, SCHOOL, EIGHT + timedelta(hours=10))
    closes = [timer for timer in due if timer.kind == "close"]
    assert {timer.data["half"] for timer in closes} == {"am", "pm"}


async def test_marks_that_come_after_the_close_begin_the_chase_and_only_once(runner: Runner) -> None:
    await people(runner)
    await runner.start()
    clock_of(runner).turn_by(timedelta(hours=2))
    await runner.settle()
    file = marks("p1,16/11/2026,AM,N", "p2,16/11/2026,AM,/", "p3,16/11/2026,AM,/")
    report = await importing.import_marks(runner, SCHOOL, file)
    again = await importing.import_marks(runner, SCHOOL, file)

    assert (report.lines, again.lines) == (
        ("3 marks in the file: 3 changed",),
        ("3 marks in the file: nothing changed",),
    )
    async with runner.database.read() as db:
        assert [case.pupil for case in await cases.of_day(db, SCHOOL, TODAY)] == ["p1"]
        words = await outbox.of_pupil(db, SCHOOL, "p1")
    assert [(row.address, row.template) for row in words] == [("+447700900001", "absence.ask")]


async def test_a_single_correction_does_not_make_a_register_of_the_class(runner: Runner) -> None:
    """Its classmates are not marked, so they would all be chased if one mark counted as the register."""
    await people(runner)
    clock_of(runner).turn_by(timedelta(hours=2))
    report = await importing.import_marks(runner, SCHOOL, marks("p1,16/11/2026,AM,/"))

    assert "class 7M: only 1 of 3 are marked" in report.notes[0]
    async with runner.database.read() as db:
        assert await register.classes_taken(db, SCHOOL, AM) == set()
        assert await cases.of_day(db, SCHOOL, TODAY) == []


async def test_last_weeks_marks_are_kept_and_nobody_is_written_to_about_them(runner: Runner) -> None:
    await people(runner)
    await importing.import_marks(
        runner, SCHOOL, marks("p1,11/11/2026,AM,N", "p2,11/11/2026,AM,/", "p3,11/11/2026,AM,/")
    )

    day = TODAY - timedelta(days=5)
    async with runner.database.read() as db:
        assert [entry.mis for entry in await register.entries(db, SCHOOL, day)] == ["N", "/", "/"]
        assert await cases.of_day(db, SCHOOL, day) == []
        assert await outbox.of_pupil(db, SCHOOL, "p1") == []


async def test_wrong_marks_are_refused_one_by_one_and_the_others_taken(runner: Runner) -> None:
    await people(runner)
    rows = ["p1,16/11/2026,AM,N", "p9,16/11/2026,AM,/", "p2,16/11/2026,AM,H", "p3,15/11/2026,AM,/"]
    rows += ["p3,16/11/2026,AM,/", "p3,16/11/2026,AM,N"]
    report = await importing.import_marks(runner, SCHOOL, marks(*rows))

    assert report.lines == ("1 marks taken: 1 changed", "4 lines refused; the others were taken")
    assert [line.partition(",")[0] for line in report.refused] == ["line 3", "line 4", "line 5", "line 7"]
    async with runner.database.read() as db:
        assert [(one.pupil, one.mis) for one in await register.entries(db, SCHOOL, TODAY)] == [("p1", "N")]
        told = await alerts.live(db, SCHOOL)
    assert [(one.reason, one.rungs[0].role) for one in told] == [("register_missing", "attendance_officer")]


async def test_a_file_of_which_nothing_can_be_taken_changes_nothing(runner: Runner) -> None:
    await people(runner)
    with pytest.raises(UserFault) as refused:
        await importing.import_marks(runner, SCHOOL, marks("p9,16/11/2026,AM,/", "p2,16/11/2026,AM,%"))

    assert [line.partition(",")[0] for line in refused.value.lines] == ["line 2", "line 3", "Nothing was changed."]
    async with runner.database.read() as db:
        assert await register.entries(db, SCHOOL, TODAY) == []


async def test_export_gives_the_marks_of_a_day_with_names(runner: Runner) -> None:
    await people(runner)
    await importing.import_marks(runner, SCHOOL, marks("p1,16/11/2026,AM,N"))
    text = await importing.export_marks(runner, SCHOOL)

    assert text.splitlines()[1].startswith("p1,Amina Okafor,2026-11-16,AM,N,no,")
    assert len((await importing.export_marks(runner, SCHOOL, TODAY + timedelta(days=1))).splitlines()) == 1


async def test_staff_are_taken_over_and_an_empty_rung_is_said(runner: Runner) -> None:
    report = await importing.import_staff(runner, SCHOOL, STAFF)
    again = await importing.import_staff(runner, SCHOOL, STAFF)

    (member,) = (await runner.school(SCHOOL)).roll.staff
    assert (member.roles, member.phone) == (("attendance_officer", "office"), "+447700900900")
    assert any("nobody has the role safeguarding_lead" in note for note in report.notes)
    assert again.lines == ("1 members of staff in the file: nothing changed",)


async def test_a_staff_file_with_errors_names_each(runner: Runner) -> None:
    bad = b"staff_id,name,position,roles,phone\na,Ms A,Head,headteecher,\na,,Clerk,office,07700 900901\n"
    with pytest.raises(UserFault) as refused:
        await importing.import_staff(runner, SCHOOL, bad)

    said = "\n".join(refused.value.lines)
    for part in ("line 2, column roles: `headteecher` is no role; did you mean `headteacher`?", "neither a phone nor",
                 "line 3, column name: the cell is empty", "there is a second `a`"):  # fmt: skip
        assert part in said
    assert (await runner.school(SCHOOL)).roll.staff == ()


async def test_two_imports_at_once_end_as_one(runner: Runner) -> None:
    await asyncio.gather(people(runner), people(runner), people(runner))

    assert len((await runner.school(SCHOOL)).roll.links) == 3


async def test_a_school_that_starts_in_the_middle_of_a_year_brings_its_past_sessions(runner: Runner) -> None:
    """Nine days without authorisation and three lates before the first day here: they count from then on."""
    async with runner.database.begin() as db:
        await schools.set_policy(db, SCHOOL, "blue-coat", {"late.letter_after": 3})
    await people(runner)
    past = [TODAY - timedelta(days=ago) for ago in range(13, 0, -1)]
    days = [day for day in past if day.weekday() < 5]
    rows = [f"p1,{day:%d/%m/%Y},{half},O" for day in days for half in ("AM", "PM")]
    rows += [f"p2,{day:%d/%m/%Y},AM,L" for day in days[:3]]
    report = await importing.import_marks(runner, SCHOOL, marks(*rows))
    assert report.lines == ("21 marks in the file: 21 changed",)

    await runner.start()
    clock_of(runner).turn_to(EIGHT + timedelta(hours=1))
    today = [f"{pupil},{TODAY:%d/%m/%Y},AM,{code}" for pupil, code in (("p1", "N"), ("p2", "L"), ("p3", "/"))]
    await importing.import_marks(runner, SCHOOL, marks(*today))
    clock_of(runner).turn_to(EIGHT + timedelta(hours=1, minutes=30))
    await runner.settle()

    async with runner.database.read() as db:
        waiting = {(task.what, task.pupils[0]) for task in await tasks.open(db, SCHOOL)}
    assert {("la_return", "p1"), ("late_letter", "p2")} <= waiting


async def test_a_leader_of_year_comes_with_the_years_and_whoever_has_none_is_named(runner: Runner) -> None:
    await people(runner)
    leaders = (
        b"staff_id,name,position,roles,phone,years\n"
        b"york,Ms York,Leader of Year 4,leader_of_year,07700 900911,Year 4; 5\n"
        b"vale,Mr Vale,Leader of Year,leader_of_year,07700 900912,\n"
    )
    report = await importing.import_staff(runner, SCHOOL, leaders)
    roll = (await runner.school(SCHOOL)).roll
    assert [member.years for member in roll.staff] == [(4, 5), ()]
    assert [note for note in report.notes if note.startswith("vale leads no year")]


async def test_houses_come_with_both_lists_and_stay_when_a_file_has_no_column_for_them(runner: Runner) -> None:
    with_houses = PEOPLE.replace(b"mobile\n", b"mobile,house\n").replace(b"900001\n", b"900001,Calder\n")
    await people(runner, with_houses)
    heads = (
        b"staff_id,name,position,roles,phone,house\n"
        b"quill,Mrs Quill,Head of Calder,head_of_house,07700 900907,Calder\n"
        b"noble,Ms Noble,Assistant Head of House,assistant_head_of_house,07700 900909,\n"
    )
    report = await importing.import_staff(runner, SCHOOL, heads)
    await people(runner)

    roll = (await runner.school(SCHOOL)).roll
    assert {id: pupil.house for id, pupil in roll.pupils.items()} == {"p1": "Calder", "p2": "", "p3": ""}
    assert [member.house for member in roll.staff] == ["Calder", None]
    assert [note for note in report.notes if "leads no house" in note and note.startswith("noble")]
    assert not [note for note in report.notes if note.startswith("quill")]

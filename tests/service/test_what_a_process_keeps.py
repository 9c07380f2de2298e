"""Live alerts and today's cases are kept in the process between turns, for as long as nobody else has decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from attendance.calendar import local
from attendance.effects import RaiseAlert
from service.rehearsal.scenario import read_scenario
from service.rehearsal.simulation import SCHOOL, World
from service.runner import Runner
from service.turns.kept import MOST_SCHOOLS, Kept, KeptSchools
from service.turns.turn import Turn
from storage import alerts, cases, schools, tasks
from storage.schools import SchoolRow
from tests.support.families import AMINA, BEN
from tests.support.fixtures import OpenSchool, open_school
from tests.support.school import School

__all__ = ["open_school"]

DAYS = Path(__file__).parents[1] / "scenarios" / "days"
ALARM = RaiseAlert("a/key", "message_to_read", False, (), "because", roles=("attendance_officer",))


def another(school: School) -> Runner:
    """A second process on the same database."""
    world = school.world
    return Runner(world.database, world.clock, world.simulators, world.words, links=world.runner.links)


async def raises(turn: Turn) -> None:
    await turn.raise_alert(ALARM)


async def stands_down(turn: Turn) -> None:
    await turn.stand_down(ALARM.key)


async def live(turn: Turn) -> list[str]:
    return [one.key for one in await turn.live_alerts()]


async def kept_and_stored(world: World) -> tuple[bool, bool]:
    """Whether what the process keeps was looked at, and whether it is what the database would answer."""
    async with world.database.read() as db:
        row = await schools.get(db, SCHOOL)
        assert row is not None
        kept = world.runner.kept.of(row)
        if kept is None:
            return False, True
        same = True
        if kept.alerts is not None:
            same = list(kept.alerts.values()) == await alerts.live(db, SCHOOL)
        if kept.cases is not None:
            same = same and list(kept.cases.values()) == await cases.of_day(db, SCHOOL, kept.day)
        if kept.tasks is not None:
            same = same and {*kept.tasks.values()} == {*await tasks.open(db, SCHOOL)}
        return True, same


@pytest.mark.parametrize(
    "day", ["bc-first-day-calling-list", "bc-lost-answers-and-crashes", "bc-here-gone-here", "bc-nobody-answers"]
)
async def test_what_is_kept_is_what_is_stored_the_whole_day(day: str) -> None:
    world = await World.open(read_scenario(DAYS / f"{day}.toml"))
    looked = 0
    try:
        while (at := await world.next_event()) is not None and at <= world.scenario.end:
            await world.turn_to(at)
            held, same = await kept_and_stored(world)
            looked += held
            assert same, local(at)
    finally:
        await world.close()
    assert looked > 5


async def test_another_process_has_ended_an_alert(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    ours, theirs = school.world.runner, another(school)
    await ours.turn(SCHOOL, raises)
    assert await theirs.turn(SCHOOL, live) == await ours.turn(SCHOOL, live) == [ALARM.key]
    await theirs.turn(SCHOOL, stands_down)
    assert await ours.turn(SCHOOL, live) == []
    await ours.turn(SCHOOL, raises)
    assert await theirs.turn(SCHOOL, live) == [ALARM.key]


async def test_two_processes_take_turns_with_one_morning(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN)
    mine, theirs = school.world.runner, another(school)
    await school.at("09:15").register_closes(without_reason=["amina", "ben"])
    for clock, runner in (("09:20", theirs), ("09:30", mine), ("09:46", theirs), ("10:00", mine), ("12:01", theirs)):
        school.world.runner = runner
        await school.at(clock).nothing_heard()
    school.world.runner = mine
    await school.at("12:20").says("ngozi", "Amina is ill today")
    assert (school.state("amina"), school.state("ben")) == ("answered", "handed_over")
    assert school.texts("amina")[:2] == [("ngozi", "absence.ask"), ("chidi", "absence.ask")]
    held, same = await kept_and_stored(school.world)
    assert held
    assert same


async def test_several_messages_of_one_transaction(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN)
    await school.at("09:15").register_closes(without_reason=["amina", "ben"])
    for number, (sender, words) in enumerate((("ngozi", "Amina is ill today"), ("kelly", "Ben left at 8 for school"))):
        await school.world.say(sender, words, provider_id=f"SM-together-{number}")
    assert await school.world.runner.step_inbox() == 2
    held, same = await kept_and_stored(school.world)
    assert held
    assert same
    assert await school.world.runner.turn(SCHOOL, live)


async def test_what_was_not_committed_is_not_kept(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    runner = school.world.runner

    async def fails(turn: Turn) -> None:
        await turn.raise_alert(ALARM)
        await turn.finish()
        raise ZeroDivisionError

    assert await runner.turn(SCHOOL, live) == []
    with pytest.raises(ZeroDivisionError):
        await runner.turn(SCHOOL, fails)
    assert await runner.turn(SCHOOL, live) == []


async def test_a_stale_decision_is_made_again_on_what_is_stored(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    runner = school.world.runner
    await runner.turn(SCHOOL, raises)
    assert await runner.turn(SCHOOL, live) == [ALARM.key]
    async with school.world.database.begin() as db:  # past every rule: nothing says that it was decided
        [stored] = await alerts.live(db, SCHOOL)
        assert await alerts.save(db, SCHOOL, [replace(stored, because="somebody else's")]) == []
    tries = []

    async def ends(turn: Turn) -> None:
        tries.append([one.because for one in await turn.live_alerts()])
        await turn.stand_down(ALARM.key)

    await runner.turn(SCHOOL, ends)
    assert tries == [["because"], ["somebody else's"]]


def test_the_school_s_row_says_whether_it_holds() -> None:
    kept, row = Kept(3, date(2026, 11, 17), None, None, None), SchoolRow("a", "A", "looe", journal_seq=10, decided=3)
    assert kept.holds(row)
    assert kept.holds(replace(row, journal_seq=11))  # a receipt is a line, and moves nothing that is kept
    assert not kept.holds(replace(row, decided=4))


def test_schools_that_were_not_used_for_longest_are_forgotten_first() -> None:
    known = KeptSchools()
    kept = Kept(0, date(2026, 11, 17), None, None, None)
    for number in range(MOST_SCHOOLS + 1):
        known.put(str(number), kept)
    assert known.of(SchoolRow("0", "", "looe")) is None
    assert known.of(SchoolRow("1", "", "looe")) is kept
    known.forget("1")
    assert known.of(SchoolRow("1", "", "looe")) is None

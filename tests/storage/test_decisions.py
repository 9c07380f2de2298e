"""Cases, alerts, tasks, timers and threads: a decision is written on the version it was made on, or not at all."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from attendance.calendar import Session
from attendance.case import Attempt, Case
from attendance.ladder import Alert
from attendance.tasks import Task
from storage import alerts, cases, tasks, threads, timers
from storage.engine import Database, open_database
from storage.threads import ThreadRow
from storage.timers import Timer
from storage.waiting import look
from tests.storage.conftest import OTHER_SCHOOL, SCHOOL

AM = Session(date(2026, 9, 10), "am")
PM = Session(date(2026, 9, 10), "pm")
NOW = datetime(2026, 9, 10, 8, 15, tzinfo=UTC)
HOUR = timedelta(hours=1)

MO = Case("mo", AM, NOW, NOW + 4 * HOUR)
NINA = Case("nina", PM, NOW, NOW + 4 * HOUR)


async def test_a_case_comes_back_as_it_was_decided(peopled: Database) -> None:
    asked = replace(MO, stage="asked", round=1, attempts=(Attempt("mo-mum", "sms", "+447700900001", 1, NOW),))
    async with peopled.begin() as db:
        await cases.add(db, SCHOOL, [MO, NINA])
        await cases.add(db, SCHOOL, [])
        assert await cases.get(db, SCHOOL, "mo", AM) == MO
        assert await cases.get(db, SCHOOL, "mo", PM) is None
        assert await cases.save(db, SCHOOL, [asked]) == []
        assert await cases.get(db, SCHOOL, "mo", AM) == replace(asked, version=1)
        await cases.add(db, SCHOOL, [MO])  # the register closes a second time
        assert await cases.of_day(db, SCHOOL, AM.day) == [replace(asked, version=1), NINA]
        assert await cases.of_day(db, SCHOOL, AM.day, ["nina"]) == [NINA]
        assert await cases.of_day(db, SCHOOL, AM.day + timedelta(days=1)) == []
        assert await cases.of_day(db, OTHER_SCHOOL, AM.day) == []


async def test_a_stale_decision_is_not_written(peopled: Database) -> None:
    async with peopled.begin() as db:
        await cases.add(db, SCHOOL, [MO])
        assert await cases.save(db, SCHOOL, [replace(MO, stage="answered")]) == []
        assert len(await cases.save(db, SCHOOL, [replace(MO, stage="handed_over")])) == 1
        stored = await cases.get(db, SCHOOL, "mo", AM)
        assert stored == replace(MO, stage="answered", version=1)
        assert await cases.save(db, SCHOOL, [replace(stored, stage="settled")]) == []


async def test_of_many_decisions_only_the_stale_are_not_written(peopled: Database) -> None:
    afternoon = replace(MO, session=PM)
    async with peopled.begin() as db:
        await cases.add(db, SCHOOL, [MO, afternoon, NINA])
        assert await cases.save(db, SCHOOL, [replace(afternoon, stage="asked")]) == []
        late = replace(afternoon, stage="answered")
        decided = [replace(MO, stage="asked"), late, replace(NINA, stage="settled")]
        assert await cases.save(db, SCHOOL, decided) == [late]
        assert [case.stage for case in await cases.of_day(db, SCHOOL, AM.day)] == ["asked", "asked", "settled"]


async def test_of_four_who_decide_at_once_one_wins(url: str, peopled: Database) -> None:
    async with peopled.begin() as db:
        await cases.add(db, SCHOOL, [MO])

    async def load(own: Database) -> Case | None:
        async with own.read() as db:
            return await cases.get(db, SCHOOL, "mo", AM)

    async def save(own: Database, case: Case) -> bool:
        async with own.begin() as db:
            return not await cases.save(db, SCHOOL, [case])

    workers = [open_database(url) for _ in range(4)]
    try:
        for version in range(5):
            seen = [case for case in await asyncio.gather(*map(load, workers)) if case is not None]
            assert [case.version for case in seen] == [version] * 4
            won = await asyncio.gather(*map(save, workers, seen))
            assert sum(won) == 1
    finally:
        for own in workers:
            await own.close()


ALERT = Alert("case/mo/am/not_reached/1", "not_reached", True, ("mo",), "nobody answered", NOW, AM, due_at=NOW + HOUR)


async def test_an_alert_is_raised_once_and_climbs_on_the_version_that_was_seen(database: Database) -> None:
    other = replace(ALERT, key="register/7A", reason="register_missing", opened_at=NOW - HOUR)
    async with database.begin() as db:
        assert await alerts.add(db, SCHOOL, [ALERT]) == [ALERT]
        assert await alerts.add(db, SCHOOL, [replace(ALERT, because="again"), other]) == [other]
        assert await alerts.add(db, SCHOOL, []) == []
        assert await alerts.live(db, SCHOOL) == [other, ALERT]
        climbed = replace(ALERT, rung=1, reason="not_settled")
        assert await alerts.save(db, SCHOOL, [climbed]) == []
        assert len(await alerts.save(db, SCHOOL, [replace(ALERT, acknowledged_by="head")])) == 1
        assert await alerts.get(db, SCHOOL, ALERT.key) == replace(climbed, version=1)
        assert await alerts.save(db, SCHOOL, [replace(climbed, version=1, live=False, due_at=None)]) == []
        assert await alerts.live(db, SCHOOL) == [other]
        assert await alerts.of_keys(db, SCHOOL, [ALERT.key, "nothing"]) == [
            replace(climbed, version=2, live=False, due_at=None)
        ]
        assert await alerts.get(db, OTHER_SCHOOL, ALERT.key) is None


async def test_a_task_is_opened_once_and_finished_once(database: Database) -> None:
    ring = Task("case/mo/am/ring/1", "ring", "office", NOW + HOUR, ("mo",), AM, "number is dead")
    visit = Task("visit/mo", "home_visit", "senior_leader", NOW)
    async with database.begin() as db:
        assert await tasks.add(db, SCHOOL, [ring, visit], NOW) == [ring, visit]
        assert await tasks.add(db, SCHOOL, [replace(ring, note="again")], NOW) == []
        assert await tasks.open(db, SCHOOL) == [visit, ring]
        assert await tasks.finish(db, SCHOOL, ring.key, "officer", NOW + HOUR, "spoke to grandmother")
        assert not await tasks.finish(db, SCHOOL, ring.key, "head", NOW + HOUR, "me too")
        assert not await tasks.finish(db, OTHER_SCHOOL, visit.key, "head", NOW, "not theirs")
        assert await tasks.open(db, SCHOOL) == [visit]
        assert await tasks.add(db, SCHOOL, [ring], NOW) == []
        (done,) = await tasks.of_keys(db, SCHOOL, [ring.key])
    assert done == tasks.TaskRow(ring, "done", NOW, "officer", NOW + HOUR, "spoke to grandmother")


async def test_a_timer_that_was_moved_is_not_taken_at_its_old_time(database: Database) -> None:
    first = Timer("case", "mo/am", NOW, {"why": "round"})
    moved = replace(first, due_at=NOW + HOUR)
    async with database.begin() as db:
        await timers.put(db, SCHOOL, [first, Timer("case", "nina/pm", NOW - HOUR)])
        await timers.put(db, SCHOOL, [])
        assert [one.key for one in await timers.due(db, SCHOOL, NOW)] == ["nina/pm", "mo/am"]
        assert [one.key for one in await timers.due(db, SCHOOL, NOW, limit=1)] == ["nina/pm"]
        await timers.put(db, SCHOOL, [moved])
        assert not await timers.take(db, SCHOOL, first)
        assert await timers.get(db, SCHOOL, "case", "mo/am") == moved
        assert not await timers.take(db, OTHER_SCHOOL, moved)
        assert [await timers.any_of(db, SCHOOL, kind) for kind in ("case", "close")] == [True, False]
        assert not await timers.any_of(db, OTHER_SCHOOL, "case")
        assert await timers.take(db, SCHOOL, moved)
        assert not await timers.take(db, SCHOOL, moved)
        await timers.drop(db, SCHOOL, [("close", "nina/pm")])
        await timers.drop(db, SCHOOL, [])
        assert [one.key for one in await timers.due(db, SCHOOL, NOW + HOUR)] == ["nina/pm"]
        await timers.drop(db, SCHOOL, [("case", "nina/pm"), ("case", "nobody/pm")])
        assert await timers.due(db, SCHOOL, NOW + HOUR) == []


async def test_all_that_is_due_is_taken_at_once_and_the_oldest_first(database: Database) -> None:
    due = [Timer("case", "mo/am", NOW, {"why": "round"}), Timer("alert", "mo/am", NOW - HOUR), Timer("case", "a", NOW)]
    async with database.begin() as db:
        await timers.put(db, SCHOOL, [*due, Timer("case", "nina/pm", NOW + HOUR)])
        await timers.put(db, OTHER_SCHOOL, due[:1])
        assert await timers.take_due(db, SCHOOL, NOW, limit=2) == [due[1], due[2]]
        assert await timers.take_due(db, SCHOOL, NOW) == [due[0]]
        assert await timers.take_due(db, SCHOOL, NOW) == []
        assert [one.key for one in await timers.due(db, SCHOOL, NOW + HOUR)] == ["nina/pm"]
        assert await timers.due(db, OTHER_SCHOOL, NOW) == due[:1]


async def test_of_four_workers_one_gets_each_timer(url: str, database: Database) -> None:
    async with database.begin() as db:
        await timers.put(db, SCHOOL, [Timer("case", str(number), NOW) for number in range(60)])

    async def worker(own: Database) -> int:
        async with own.read() as db:
            due = await timers.due(db, SCHOOL, NOW)
        taken = 0
        for one in due:
            async with own.begin() as db:
                taken += await timers.take(db, SCHOOL, one)
        return taken

    workers = [open_database(url) for _ in range(4)]
    try:
        assert sum(await asyncio.gather(*(worker(own) for own in workers))) == 60
    finally:
        for own in workers:
            await own.close()


async def test_schools_with_a_timer_are_found_without_asking_each(database: Database) -> None:
    async with database.begin() as db:
        assert (await look(db)).timers_at is None
        await timers.put(db, SCHOOL, [Timer("case", "mo", NOW), Timer("case", "nina", NOW + HOUR)])
        await timers.put(db, OTHER_SCHOOL, [Timer("close", "am", NOW - HOUR)])
        assert await timers.schools_due(db, NOW - 2 * HOUR) == []
        assert await timers.schools_due(db, NOW) == [OTHER_SCHOOL, SCHOOL]
        assert (await look(db)).timers_at == NOW - HOUR


async def test_a_thread_is_begun_once_and_saved_on_the_version_that_was_seen(database: Database) -> None:
    new = ThreadRow("+447700900900", "sms", "+447700900001", {"asked": {"kind": "reason"}})
    async with database.begin() as db:
        assert await threads.get(db, new.our_address, "sms", new.their_address) is None
        assert await threads.save(db, [new]) == []
        assert len(await threads.save(db, [replace(new, state={})])) == 1  # another worker began it
        stored = await threads.get(db, new.our_address, "sms", new.their_address)
        assert stored == replace(new, version=1)
        assert await threads.owned(db) == []
        assert await threads.save(db, [replace(stored, owner="officer", state={})]) == []
        assert len(await threads.save(db, [replace(stored, owner="head")])) == 1
        assert await threads.owned(db) == [replace(new, owner="officer", state={}, version=2)]


@pytest.mark.parametrize("lost", ["commit", "error"])
async def test_a_decision_and_its_effects_are_one(peopled: Database, lost: str) -> None:
    task = Task("case/mo/am/ring", "ring", "office", NOW)

    async def decide() -> None:
        async with peopled.begin() as db:
            await cases.add(db, SCHOOL, [MO])
            await alerts.add(db, SCHOOL, [ALERT])
            await tasks.add(db, SCHOOL, [task], NOW)
            await timers.put(db, SCHOOL, [Timer("case", MO.key, NOW)])
            if lost == "error":
                raise ConnectionError("lost")

    if lost == "error":
        with pytest.raises(ConnectionError):
            await decide()
    else:
        await decide()
    async with peopled.read() as db:
        found = (
            await cases.of_day(db, SCHOOL, AM.day),
            await alerts.live(db, SCHOOL),
            await tasks.open(db, SCHOOL),
            await timers.due(db, SCHOOL, NOW),
        )
    assert [len(rows) for rows in found] == [0 if lost == "error" else 1] * 4

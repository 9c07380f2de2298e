"""Queue lengths and ages: what is due counts its age from when it became due, what is not has none."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from storage import outbox, queue_lengths, timers
from storage.engine import Database
from storage.queue_lengths import Line
from storage.timers import Timer
from tests.storage.conftest import SCHOOL
from tests.storage.test_outbox import MINUTE, NOW, words


async def test_an_empty_database_has_no_queue(database: Database) -> None:
    async with database.read() as db:
        found = await queue_lengths.look(db, NOW)
    assert (found.inbox, found.outbox, found.timers) == ({}, {}, Line(0))
    assert found.timers.age(NOW) == 0


async def test_words_for_later_wait_without_an_age(database: Database) -> None:
    rows = [
        replace(words(1), try_at=NOW - 3 * MINUTE),
        replace(words(2), try_at=NOW - MINUTE),
        replace(words(3), try_at=NOW + timedelta(hours=9)),
        replace(words(4), channel="email", try_at=NOW + MINUTE),
    ]
    async with database.begin() as db:
        await outbox.add(db, SCHOOL, [replace(words(5), channel="email", try_at=NOW - 9 * MINUTE)])
        await outbox.claim_due(db, SCHOOL, NOW, MINUTE)
        await outbox.add(db, SCHOOL, rows)
        await outbox.record(db, SCHOOL, "m005", "unknown")
        found = await queue_lengths.look(db, NOW)
    assert found.outbox == {
        ("sms", "queued"): Line(3, NOW - 3 * MINUTE),
        ("email", "queued"): Line(1),
        ("email", "unknown"): Line(1, NOW - 9 * MINUTE),
    }
    assert found.outbox["sms", "queued"].age(NOW) == 180


async def test_words_that_have_left_wait_no_more(database: Database) -> None:
    async with database.begin() as db:
        await outbox.add(db, SCHOOL, [words(1)])
        await outbox.accept(db, SCHOOL, {"m001": "SM1"}, NOW)
        assert (await queue_lengths.look(db, NOW)).outbox == {}


async def test_deadlines_that_have_passed_are_counted(database: Database) -> None:
    async with database.begin() as db:
        await timers.put(db, SCHOOL, [Timer("case", "one", NOW - MINUTE), Timer("case", "two", NOW + MINUTE)])
        assert (await queue_lengths.look(db, NOW)).timers == Line(1, NOW - MINUTE)

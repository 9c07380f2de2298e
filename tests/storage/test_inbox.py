"""The inbox: stored once, whatever the provider repeats; handled once, whoever is quicker (promise 4)."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from storage import inbox, queue_lengths
from storage.engine import Database, open_database
from storage.inbox import InboxRow
from storage.queue_lengths import Line
from tests.storage.conftest import SCHOOL

NOW = datetime(2026, 9, 10, 7, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
US, THEM = "+447700900900", "+447700900001"

ROW = InboxRow("i1", "sms", "SM1", US, THEM, "Mo is ill", NOW, {"Body": "Mo is ill", "MediaUrl": ""})


async def test_a_repeated_webhook_is_one_message(database: Database) -> None:
    async with database.begin() as db:
        assert await inbox.put(db, ROW)
        assert not await inbox.put(db, replace(ROW, inbox_id="i2", text="changed"))
        assert await inbox.waiting(db) == [ROW]
        assert await inbox.put(db, replace(ROW, inbox_id="i3", channel="telegram"))  # another provider's id
        assert (await queue_lengths.look(db, NOW)).inbox == {"sms": Line(1, NOW), "telegram": Line(1, NOW)}


async def test_of_webhooks_that_come_at_once_one_is_stored(url: str, database: Database) -> None:
    async def webhook(own: Database, number: int) -> bool:
        async with own.begin() as db:
            return await inbox.put(db, replace(ROW, inbox_id=f"i{number}"))

    processes = [open_database(url) for _ in range(4)]
    try:
        stored = await asyncio.gather(*(webhook(own, number) for number, own in enumerate(processes)))
    finally:
        for own in processes:
            await own.close()
    assert sum(stored) == 1


async def test_messages_wait_in_the_order_in_which_they_came(database: Database) -> None:
    rows = [replace(ROW, inbox_id=f"i{n}", provider_id=f"SM{n}", received_at=NOW - n * MINUTE) for n in range(3)]
    async with database.begin() as db:
        for row in rows:
            await inbox.put(db, row)
        assert await inbox.waiting(db, 2) == [rows[2], rows[1]]
        assert (await queue_lengths.look(db, NOW)).inbox == {"sms": Line(3, NOW - 2 * MINUTE)}


async def test_a_message_is_handled_once(database: Database) -> None:
    understood = {"intent": "absence", "reports": []}
    async with database.begin() as db:
        await inbox.put(db, ROW)
        assert await inbox.done(db, "i1", SCHOOL, "mo-mum", understood, NOW + MINUTE)
        assert not await inbox.done(db, "i1", None, None, None, NOW + MINUTE)
        assert not await inbox.done(db, "nothing", None, None, None, NOW)
        handled = replace(
            ROW,
            state="done",
            school_id=SCHOOL,
            contact_id="mo-mum",
            understood=understood,
            handled_at=NOW + MINUTE,
        )
        assert await inbox.get(db, "i1") == handled
        assert (await inbox.waiting(db), (await queue_lengths.look(db, NOW)).inbox) == ([], {})


async def test_ten_thousand_characters_and_nothing_at_all_are_stored(database: Database) -> None:
    async with database.begin() as db:
        for number, text in enumerate(("", "😀" * 10_000, "\x00\x01\x02")):
            assert await inbox.put(db, replace(ROW, inbox_id=f"i{number}", provider_id=f"SM{number}", text=text))
        assert [len(row.text) for row in await inbox.waiting(db)] == [0, 10_000, 3]

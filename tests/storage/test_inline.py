"""A rehearsal's database works in the caller's own thread, and keeps what the other one keeps."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
import sqlalchemy as sa

from storage import migrate, schools
from storage.engine import Database, Inline, NestedTransaction, open_database
from storage.schools import SchoolRow


async def opened(folder: Path) -> Database:
    return open_database(await migrate.new_file(folder / "one.db"), inline="all")


async def test_what_is_committed_is_read_by_the_other_kind_of_database_too(tmp_path: Path) -> None:
    async with await opened(tmp_path) as database:
        async with database.begin() as db:
            await schools.add(db, SchoolRow("a", "A", "looe", {}, None))
        async with database.read() as db:
            assert await schools.ids(db) == ["a"]
    async with open_database(f"sqlite:///{tmp_path / 'one.db'}") as database:
        assert await migrate.is_current(database)
        async with database.read() as db:
            assert await schools.ids(db) == ["a"]


async def test_an_error_undoes_the_transaction(tmp_path: Path) -> None:
    async def fails_after_writing(database: Database) -> None:
        async with database.begin() as db:
            await schools.add(db, SchoolRow("a", "A", "looe", {}, None))
            raise ZeroDivisionError

    async with await opened(tmp_path) as database:
        with pytest.raises(ZeroDivisionError):
            await fails_after_writing(database)
        async with database.read() as db:
            assert await schools.ids(db) == []


async def test_a_reader_cannot_write(tmp_path: Path) -> None:
    async with await opened(tmp_path) as database, database.read() as db:
        with pytest.raises(sa.exc.OperationalError):
            await schools.add(db, SchoolRow("a", "A", "looe", {}, None))


async def test_a_second_transaction_in_one_task_is_refused_and_in_two_tasks_waits(tmp_path: Path) -> None:
    async with await opened(tmp_path) as database:

        async def add(school_id: str) -> None:
            async with database.begin() as db:
                before = len(await schools.ids(db))
                await asyncio.sleep(0)
                await schools.add(db, SchoolRow(school_id, school_id, "looe", {}, None))
                assert len(await schools.ids(db)) == before + 1

        await asyncio.gather(*(add(school_id) for school_id in "abcd"))
        async with database.begin():
            with pytest.raises(NestedTransaction):
                await add("e")


async def test_each_new_file_is_a_database_of_its_own(tmp_path: Path) -> None:
    first, second = [await migrate.new_file(tmp_path / name) for name in ("first.db", "second.db")]
    async with open_database(first) as database, database.begin() as db:
        await schools.add(db, SchoolRow("a", "A", "looe", {}, None))
    async with open_database(second) as database, database.read() as db:
        assert await schools.ids(db) == []
    async with open_database(second) as database:
        assert await migrate.differences(database) == []


@pytest.mark.parametrize("inline", ["all", "writes", ""])
async def test_who_waits_for_another_process_goes_on_with_its_other_tasks(tmp_path: Path, inline: Inline) -> None:
    """As two processes do: each with connections of its own."""
    url = await migrate.new_file(tmp_path / "one.db")
    async with open_database(url) as first, open_database(url, inline=inline) as second:
        async with first.begin() as db:
            await schools.add(db, SchoolRow("a", "A", "looe", {}, None))
            waiting = asyncio.create_task(_add(second, "b"))
            for _ in range(20):
                await asyncio.sleep(0.005)
            assert not waiting.done()
        await waiting
        async with first.read() as db:
            assert await schools.ids(db) == ["a", "b"]


async def test_a_process_that_writes_without_pause_lets_another_in_after_each_transaction(tmp_path: Path) -> None:
    url = await migrate.new_file(tmp_path / "one.db")
    written, stopping = 0, False
    async with open_database(url, inline="all") as first, open_database(url, inline="writes") as second:

        async def without_pause() -> None:
            nonlocal written
            while not stopping:
                async with first.begin() as db:
                    await schools.touch_people(db, "a")
                    await asyncio.sleep(0.01)
                written += 1

        await _add(first, "a")
        busy = asyncio.create_task(without_pause())
        for _ in range(5):
            await asyncio.sleep(0.03)
            before = written
            async with second.begin():
                assert written - before <= 1
        stopping = True
        await busy


async def _add(database: Database, school_id: str) -> None:
    async with database.begin() as db:
        await schools.add(db, SchoolRow(school_id, school_id, "looe", {}, None))


async def test_what_is_kept_is_on_disk_before_it_is_acknowledged(tmp_path: Path) -> None:
    url = await migrate.new_file(tmp_path / "one.db")
    for kept, synchronous in ((True, 2), (False, 0)):
        async with open_database(url, inline="all", kept=kept) as database, database.begin() as db:
            assert (await db.execute(sa.text("PRAGMA synchronous"))).scalar_one() == synchronous

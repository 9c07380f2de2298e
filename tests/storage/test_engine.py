"""Opening the database: writers wait in line, readers only read, and the process ends when it is told to."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from storage import inbox, migrate, schools
from storage.columns import Instant, NaiveInstant
from storage.engine import Database, DatabaseAddressFault, NestedTransaction, normal_url, open_database
from storage.inbox import InboxRow
from tests.storage.conftest import SCHOOL

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 9, 10, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("sqlite:///firstcall.db", "sqlite+aiosqlite:///firstcall.db"),
        ("sqlite:////var/lib/firstcall.db", "sqlite+aiosqlite:////var/lib/firstcall.db"),
        ("sqlite+aiosqlite:///a.db", "sqlite+aiosqlite:///a.db"),
        ("postgresql://u:p@h:5433/d", "postgresql+asyncpg://u:p@h:5433/d"),
        ("postgres://u@h/d", "postgresql+asyncpg://u@h/d"),
        ("postgresql://u@h/d?sslmode=require", "postgresql+asyncpg://u@h/d?ssl=require"),
    ],
)
def test_an_address_is_taken_as_people_write_it(written: str, used: str) -> None:
    assert normal_url(written).render_as_string(hide_password=False) == used


@pytest.mark.parametrize("wrong", ["", "firstcall.db", "mysql://u:secret@h/d", "postgresql+psycopg://u:secret@h/d"])
def test_an_address_that_cannot_be_used_says_what_to_write(wrong: str) -> None:
    with pytest.raises(DatabaseAddressFault, match="FIRSTCALL_DATABASE_URL") as fault:
        open_database(wrong)
    assert "secret" not in str(fault.value)


async def test_sqlite_keeps_what_was_acknowledged(tmp_path: Path) -> None:
    async with open_database(f"sqlite:///{tmp_path}/a.db") as database, database.begin() as db:
        settings = {
            name: (await db.exec_driver_sql(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


async def test_an_error_takes_everything_back(database: Database) -> None:
    async def fails_after_writing() -> None:
        async with database.begin() as db:
            await schools.touch_people(db, SCHOOL)
            raise RuntimeError("stop here")

    with pytest.raises(RuntimeError, match="stop here"):
        await fails_after_writing()
    async with database.read() as db:
        row = await schools.get(db, SCHOOL)
    assert row is not None
    assert row.people_version == 0


async def test_a_cancelled_task_takes_everything_back_and_lets_the_next_writer_in(database: Database) -> None:
    inside = asyncio.Event()

    async def slow() -> None:
        async with database.begin() as db:
            await schools.touch_people(db, SCHOOL)
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(slow())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with asyncio.timeout(30):
        async with database.begin() as db:
            await schools.touch_people(db, SCHOOL)
            row = await schools.get(db, SCHOOL)
    assert row is not None
    assert row.people_version == 1


async def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(sa.exc.DBAPIError, match=r"read-?only"):
        async with database.read() as db:
            await schools.touch_people(db, SCHOOL)
    async with database.begin() as db:  # and its connection is no burden to the next writer
        await schools.touch_people(db, SCHOOL)


async def test_a_reader_sees_one_moment_while_others_write(database: Database) -> None:
    async with database.read() as db:
        before = await schools.get(db, SCHOOL)
        async with database.begin() as writer:
            await schools.touch_people(writer, SCHOOL)
        assert await schools.get(db, SCHOOL) == before
    async with database.read() as db:
        assert await schools.get(db, SCHOOL) != before


async def test_a_transaction_inside_a_transaction_is_an_error_and_no_deadlock(database: Database) -> None:
    async with database.begin():
        with pytest.raises(NestedTransaction):
            async with database.begin():
                pass
    async with database.begin() as db:
        assert await schools.ids(db) == ["blue-coat", "looe"]


async def test_no_read_modify_write_is_lost_between_processes(url: str, database: Database) -> None:
    async def add_twenty(own: Database) -> None:
        for _ in range(20):
            async with own.begin() as db:
                row = await schools.lock(db, SCHOOL)
                await schools.set_policy(db, SCHOOL, row.policy_key, {"n": row.policy_override.get("n", 0) + 1})

    others = [open_database(url) for _ in range(4)]
    try:
        await asyncio.gather(*(add_twenty(own) for own in (*others, database)))
    finally:
        for own in others:
            await own.close()
    async with database.read() as db:
        row = await schools.get(db, SCHOOL)
    assert row is not None
    assert row.policy_override == {"n": 100}


async def test_an_unknown_school_cannot_be_locked(database: Database) -> None:
    async with database.begin() as db:
        with pytest.raises(schools.UnknownSchool, match="firstcall init"):
            await schools.lock(db, "nowhere")


async def test_instants_are_aware_and_keep_their_order(database: Database) -> None:
    london, india = ZoneInfo("Europe/London"), timezone(timedelta(hours=5, minutes=30))
    moments = [
        datetime(2026, 10, 25, 1, 30, tzinfo=london, fold=1),
        datetime(2026, 10, 25, 1, 30, tzinfo=london, fold=0),
        datetime(2026, 10, 25, 6, 15, tzinfo=india),
        datetime(2026, 10, 25, 0, 45, 0, 1, tzinfo=UTC),
        datetime(1999, 12, 31, 23, 59, tzinfo=UTC),
    ]
    async with database.begin() as db:
        for number, moment in enumerate(moments):
            await inbox.put(db, InboxRow(f"i{number}", "sms", f"SM{number}", "us", "them", "", moment))
        found = [row.received_at for row in await inbox.waiting(db)]
    assert found == sorted(moment.astimezone(UTC) for moment in moments)
    assert {moment.tzinfo for moment in found} == {UTC}


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(NaiveInstant):
        Instant().process_bind_param(NOW.replace(tzinfo=None), sqlite.dialect())


async def test_words_that_no_database_can_hold_do_not_lose_a_message(database: Database) -> None:
    awkward = "nul \x00 half \ud83d whole 😀 ł"
    raw = {"Body": awkward, "b": 1, "a": ["ł"]}
    row = InboxRow("i1", "sms", "SM1", "us", "them", awkward, datetime(2026, 9, 10, tzinfo=UTC), raw)
    async with database.begin() as db:
        assert await inbox.put(db, row)
        stored = await inbox.get(db, "i1")
    assert stored is not None
    assert stored.text == "nul � half � whole 😀 ł"
    assert stored.raw == raw
    assert list(stored.raw) == ["Body", "b", "a"]


async def test_a_database_in_memory_works_with_one_connection() -> None:
    async with open_database("sqlite://") as database:
        await migrate.upgrade(database)
        async with database.begin() as db:
            await schools.add(db, schools.SchoolRow(SCHOOL, "Blue Coat", "blue-coat"))
        async with database.read() as db:
            assert await schools.ids(db) == [SCHOOL]


@pytest.mark.parametrize("closes", [True, False])
def test_a_process_ends_after_its_work(tmp_path: Path, closes: bool) -> None:
    """aiosqlite from 0.22 on keeps a thread alive; a process that forgot to close must end all the same."""
    script = f"""
import asyncio
from storage import migrate
from storage.engine import open_database

async def main():
    database = open_database("sqlite:///{tmp_path}/a.db")
    await migrate.upgrade(database)
    async with database.read() as db:
        assert await migrate.is_current(database)
    {"await database.close()" if closes else ""}

asyncio.run(main())
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, timeout=30, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


async def test_what_is_committed_survives_a_process_that_is_killed(tmp_path: Path) -> None:
    script = f"""
import asyncio, os, signal
from storage import migrate, schools
from storage.engine import open_database

async def main():
    database = open_database("sqlite:///{tmp_path}/a.db")
    await migrate.upgrade(database)
    async with database.begin() as db:
        await schools.add(db, schools.SchoolRow("kept", "Kept", "blue-coat"))
    async with database.begin() as db:
        await schools.add(db, schools.SchoolRow("lost", "Lost", "blue-coat"))
        os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""
    done = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", script], cwd=ROOT, timeout=30, capture_output=True, check=False
    )
    assert done.returncode == -9, done.stderr.decode()
    async with open_database(f"sqlite:///{tmp_path}/a.db") as database, database.read() as db:
        assert await schools.ids(db) == ["kept"]

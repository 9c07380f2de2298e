"""Every storage test runs on both databases: a copy of a migrated SQLite file, an emptied PostgreSQL database."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]  # it has no types
import pytest

from attendance.people import Contact, Link, Pupil
from storage import migrate, people, schools
from storage.engine import Database, open_database
from storage.schools import SchoolRow
from storage.tables import APPEND_ONLY, metadata
from tests.support import pg_server

SCHOOL = "blue-coat"
OTHER_SCHOOL = "looe"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server."""
    with pg_server.server() as url:
        yield url


@pytest.fixture(scope="session")
def postgresql_template(postgresql: str) -> Iterator[str]:
    """A migrated database that tests copy."""
    url = asyncio.run(pg_server.create(postgresql))
    asyncio.run(migrate.upgrade(url))
    yield url
    asyncio.run(pg_server.drop(postgresql, url))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file that tests copy."""
    file = tmp_path_factory.mktemp("storage") / "template.db"
    asyncio.run(migrate.upgrade(f"sqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def postgresql_copy(postgresql: str, postgresql_template: str) -> Iterator[str]:
    """A copy that tests use one after the other, each emptying it: a copy for each takes half a second."""
    url = asyncio.run(pg_server.create(postgresql, postgresql_template))
    yield url
    asyncio.run(pg_server.drop(postgresql, url))


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated, empty database. Leave its tables as they are; `own_url` may be changed."""
    if request.param == "sqlite":
        yield sqlite_copy(request, tmp_path)
        return
    copy = request.getfixturevalue("postgresql_copy")
    asyncio.run(empty_tables(copy))  # before, not after: a test that failed may have left anything
    yield copy


@pytest.fixture(params=["sqlite", "postgresql"])
def own_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated database whose very tables this test may change."""
    if request.param == "sqlite":
        yield sqlite_copy(request, tmp_path)
        return
    server = request.getfixturevalue("postgresql")
    copy = asyncio.run(pg_server.create(server, request.getfixturevalue("postgresql_template")))
    yield copy
    asyncio.run(pg_server.drop(server, copy))


def sqlite_copy(request: pytest.FixtureRequest, folder: Path) -> str:
    """A copy of the migrated file, in this test's folder."""
    file = folder / "firstcall.db"
    shutil.copy(request.getfixturevalue("sqlite_template"), file)
    return f"sqlite:///{file}"


async def empty_tables(url: str) -> None:
    """Delete every row, those of append-only tables too: the test owns the database and may switch triggers off."""
    script = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in APPEND_ONLY]
    script += [f"DELETE FROM {table.name}" for table in reversed(metadata.sorted_tables)]
    script += [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in APPEND_ONLY]
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("; ".join(["BEGIN", "SET LOCAL lock_timeout = '10s'", *script, "COMMIT"]))
    finally:
        await connection.close()


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """An open database with two schools and nobody in them."""
    async with open_database(url) as opened:
        async with opened.begin() as db:
            await schools.add(db, SchoolRow(SCHOOL, "Blue Coat", "blue-coat"))
            await schools.add(db, SchoolRow(OTHER_SCHOOL, "Looe", "looe"))
        yield opened


PUPILS = (Pupil("mo", "Mohammed", "Ali", 8, "8B", ("Mo",)), Pupil("nina", "Nina", "Kowalska", 7, "7A"))
CONTACTS = (
    Contact("mo-mum", "Sana Ali", "+447700900001", "Sana@example.com"),
    Contact("mo-dad", "Imran Ali", "+447700900002"),
    Contact("nina-mum", "Ewa Kowalska", "+447700900003"),
)
LINKS = (
    Link("mo", "mo-mum", 1, "mother"),
    Link("mo", "mo-dad", 2, "father"),
    Link("nina", "nina-mum", 1, "mother"),
)


@pytest.fixture
async def peopled(database: Database) -> Database:
    """The first school with two pupils and their parents."""
    async with database.begin() as db:
        await people.save_people(db, SCHOOL, PUPILS, CONTACTS, LINKS)
    return database

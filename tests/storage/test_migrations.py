"""Migrations: from nothing to the tables as they are written down, on both databases, however many processes start."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import ReflectedIndex

from storage import migrate
from storage.engine import Database, open_database
from storage.tables import APPEND_ONLY, metadata
from tests.support import pg_server

WITHOUT_A_SCHOOL = {"inbox", "thread", "attachment", "mailbox"}


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with nothing in it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/100%.db"
        return
    server = request.getfixturevalue("postgresql")
    url = asyncio.run(pg_server.create(server))
    yield url
    asyncio.run(pg_server.drop(server, url))


@pytest.fixture
async def own(own_url: str) -> AsyncIterator[Database]:
    """An open, migrated database whose very tables this test may change."""
    async with open_database(own_url) as database:
        yield database


async def test_the_migrations_make_the_tables_that_are_written_down(empty: str) -> None:
    await migrate.upgrade(empty)
    async with open_database(empty) as database:
        assert await migrate.differences(database) == []
        assert await migrate.is_current(database)


async def test_a_difference_would_be_seen(own: Database) -> None:
    async with own.begin() as db:
        await db.execute(sa.text("ALTER TABLE school ADD COLUMN forgotten TEXT"))
        await db.execute(sa.text("DROP INDEX ix_timer_due_at"))
    assert len(await migrate.differences(own)) == 2


async def test_checks_and_columns_are_those_of_the_tables_file(own: Database) -> None:
    """Alembic does not compare checks, nor the conditions of partial indexes: here both databases are asked."""

    def index_facts(index: ReflectedIndex) -> tuple[str, str, bool, str]:
        options = index.get("dialect_options", {})
        where = next((str(value) for name, value in options.items() if name.endswith("_where")), "")
        return index["name"] or "", str(index["column_names"]), index["unique"], where

    def facts(connection: Connection) -> dict[str, object]:
        inspector = sa.inspect(connection)
        return {
            table: (
                sorted((check["name"] or "", check["sqltext"]) for check in inspector.get_check_constraints(table)),
                sorted(map(index_facts, inspector.get_indexes(table))),
                sorted((key["name"] or "", str(key)) for key in inspector.get_foreign_keys(table)),
                [(column["name"], str(column["type"]), column["nullable"]) for column in inspector.get_columns(table)],
            )
            for table in inspector.get_table_names()
            if table != "alembic_version"
        }

    async with own.begin() as db:
        migrated = await db.run_sync(facts)
        for table in migrated:
            await db.execute(sa.text(f"DROP TABLE {table}" + ("" if own.is_sqlite else " CASCADE")))
        await db.run_sync(metadata.create_all)
        assert await db.run_sync(facts) == migrated


async def test_upgrading_twice_changes_nothing(empty: str) -> None:
    async with open_database(empty) as database:
        await migrate.upgrade(database)
        await migrate.upgrade(database)
        assert await migrate.is_current(database)


async def test_processes_that_start_together_migrate_once(empty: str) -> None:
    await asyncio.gather(*(migrate.upgrade(empty) for _ in range(4)))
    async with open_database(empty) as database:
        assert await migrate.is_current(database)


async def test_a_database_that_was_never_migrated_is_not_current(empty: str) -> None:
    async with open_database(empty) as database:
        assert not await migrate.is_current(database)


async def test_a_migration_that_fails_leaves_nothing_behind(empty: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks_at_the_end(config: Config, revision: str) -> None:
        upgrade(config, revision)
        raise RuntimeError("the disk is full")

    upgrade = command.upgrade
    monkeypatch.setattr(command, "upgrade", breaks_at_the_end)
    async with open_database(empty) as database:
        with pytest.raises(RuntimeError, match="disk is full"):
            await migrate.upgrade(database)
        async with database.read() as db:
            assert await db.run_sync(lambda sync: sa.inspect(sync).get_table_names()) == []


async def test_every_append_only_table_has_its_trigger(database: Database) -> None:
    source = (
        "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'"
        if database.is_sqlite
        else "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
    )
    async with database.read() as db:
        assert set((await db.execute(sa.text(source))).scalars()) == set(APPEND_ONLY)


def test_the_school_leads_every_key() -> None:
    for table in metadata.sorted_tables:
        if table.name in WITHOUT_A_SCHOOL:
            continue
        for key in table.constraints:
            if isinstance(key, sa.PrimaryKeyConstraint | sa.UniqueConstraint | sa.ForeignKeyConstraint):
                names = [column.name for column in key.columns]
                assert names[0] == "school_id", f"{table.name}: put school_id first in {names}"


async def test_the_next_migration_is_drafted_with_its_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    for file in (*migrate.MIGRATIONS.glob("*.*"), *migrate.MIGRATIONS.glob("versions/*.py")):
        (folder / file.relative_to(migrate.MIGRATIONS)).write_text(file.read_text())
    monkeypatch.setattr(migrate, "MIGRATIONS", folder)
    later = sa.Table("later", sa.MetaData(), sa.Column("school_id", sa.Text, primary_key=True)).to_metadata(metadata)
    try:
        await migrate.draft("Keep what comes later")
    finally:
        metadata.remove(later)
    newest = max(path.name[:4] for path in migrate.MIGRATIONS.glob("versions/*.py") if "later" not in path.name)
    drafted = (folder / "versions" / f"{int(newest) + 1:04d}_keep_what_comes_later.py").read_text()
    assert "create_table" in drafted
    assert f"down_revision = '{newest}'" in drafted
    assert "storage." not in drafted

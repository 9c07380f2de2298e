"""Bringing a database to the newest tables, from code: the service does it on start, commands when they need it.

Two processes that start together do it once: SQLite's writer lock and an advisory lock of PostgreSQL see to that.

For a developer: `python -m storage.migrate "what it adds"` drafts the next migration from what tables.py has new.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

from storage.engine import Database, open_database
from storage.tables import metadata

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 7_120_409  # any number that is ours alone
_empty: list[bytes] = []
"""The bytes of an empty database, once `new_file` has made one."""


async def upgrade(target: str | Database, revision: str = "head") -> None:
    """Apply every migration that is missing, all in one transaction. `target` is an address or an open database."""
    if isinstance(target, Database):
        async with target.begin() as connection:
            await connection.run_sync(_upgrade, revision)
        return
    async with open_database(target) as database:
        await upgrade(database, revision)


async def new_file(path: Path) -> str:
    """Make an empty SQLite database with the newest tables at `path`; answers its address.

    The migrations run once a process; every further file is a copy of the first. For rehearsals and tests.
    """
    if not _empty:
        with TemporaryDirectory() as folder:
            file = Path(folder) / "empty.db"
            await upgrade(f"sqlite:///{file}")
            _empty.append(file.read_bytes())
    path.write_bytes(_empty[0])  # noqa: ASYNC240  a few hundred kilobytes, in a process that has nobody waiting
    return f"sqlite:///{path}"


async def is_current(database: Database) -> bool:
    """True when no migration is missing."""
    async with database.read() as connection:
        return await connection.run_sync(lambda sync: _context(sync).get_current_revision() == newest_revision())


def newest_revision() -> str | None:
    """The revision that `upgrade` ends at."""
    return ScriptDirectory.from_config(_config()).get_current_head()


async def differences(database: Database) -> list[object]:
    """What the migrated database and storage/tables.py disagree about, as `alembic check` finds it."""
    async with database.read() as connection:
        return list(await connection.run_sync(lambda sync: compare_metadata(_context(sync), metadata)))


async def draft(what: str) -> None:
    """Write the next migration file, numbered, with what tables.py has and the newest revision has not."""
    with TemporaryDirectory() as folder:
        async with open_database(f"sqlite:///{folder}/draft.db") as database:
            await upgrade(database)
            number = f"{int(newest_revision() or 0) + 1:04}"
            async with database.begin() as connection:
                await connection.run_sync(
                    lambda sync: command.revision(_config(sync), what, autogenerate=True, rev_id=number)
                )


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _context(connection: Connection) -> MigrationContext:
    return MigrationContext.configure(connection, opts={"target_metadata": metadata, "compare_type": True})


def _upgrade(connection: Connection, revision: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    command.upgrade(_config(connection), revision)


if __name__ == "__main__":
    asyncio.run(draft(" ".join(sys.argv[1:])))

"""Opening the database: one address for SQLite and PostgreSQL, and transactions that begin as writers or as readers.

SQLite is in WAL with synchronous=FULL: what was acknowledged is on disk. All writers of a process share one connection
and wait in line; each transaction of a writer is BEGIN IMMEDIATE, so two read-modify-writes never overlap.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Self, cast

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from storage.inline import READERS, InlineEngine
from storage.threaded import ThreadedConnection

BUSY_SECONDS = 30
POSTGRESQL_CONNECTIONS = 8

DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
}


class DatabaseAddressFault(ValueError):
    """FIRSTCALL_DATABASE_URL cannot be used; the message says what to write instead."""


class NestedTransaction(RuntimeError):
    """One task asked for a second writing transaction inside its first: on SQLite it would wait for itself."""


def normal_url(url: str) -> URL:
    """`sqlite:///file` or `postgresql://…` (as libpq writes it) with the async driver. Raises DatabaseAddressFault."""
    try:
        address = make_url(url)
    except sa.exc.ArgumentError as error:
        raise DatabaseAddressFault(
            "FIRSTCALL_DATABASE_URL is not a database address; write sqlite:///firstcall.db or "
            "postgresql://user:password@host/name."
        ) from error
    driver = DRIVERS.get(address.drivername, address.drivername)
    if driver not in DRIVERS.values():
        raise DatabaseAddressFault(
            f"FIRSTCALL_DATABASE_URL begins with {address.drivername}, which is not supported; use sqlite:/// or "
            "postgresql://."
        )
    address = address.set(drivername=driver)
    if "sslmode" in address.query:  # libpq's name, in every hosted database's address; asyncpg calls it ssl
        query = dict(address.query)
        query["ssl"] = query.pop("sslmode")
        address = address.set(query=query)
    return address


class Database:
    """One open database. Close it, or the process may not end."""

    def __init__(self, url: str, *, inline: bool = False) -> None:
        self.url = normal_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.is_inline = inline and self.is_sqlite
        self._writing: set[asyncio.Task[Any] | None] = set()
        self._in_line = asyncio.Lock()
        if self.is_inline:
            self._inline_writer = _inline_engine(self.url, read_only=False)
            self._inline_reader = _inline_engine(self.url, read_only=True)
        elif self.is_sqlite:
            in_memory = self.url.database in (None, "", ":memory:")
            self._writer = _sqlite_engine(self.url, connections=1, read_only=False)
            self._reader = self._writer if in_memory else _sqlite_engine(self.url, connections=READERS, read_only=True)
        else:
            self._writer = create_async_engine(
                self.url,
                pool_size=POSTGRESQL_CONNECTIONS,
                max_overflow=POSTGRESQL_CONNECTIONS,
                pool_pre_ping=True,
                connect_args={"server_settings": {"application_name": "firstcall", "timezone": "UTC"}},
            )
            self._reader = self._writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """One writing transaction: committed at the end, rolled back by any error. Raises NestedTransaction."""
        task = asyncio.current_task()
        if task in self._writing:
            raise NestedTransaction("Finish the transaction that is open before you begin another in the same task.")
        self._writing.add(task)
        try:
            if self.is_inline:
                async with self._in_line, self._inline_writer.transaction() as connection:
                    yield connection
            else:
                async with self._writer.begin() as connection:
                    yield await self._begun(connection, read_only=False)
        finally:
            self._writing.discard(task)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """One consistent view for reading only; a write in it is an error (SQLite in memory cannot refuse it)."""
        if self.is_inline:
            async with self._inline_reader.transaction() as connection:
                yield connection
        else:
            async with self._reader.begin() as connection:
                yield await self._begun(connection, read_only=True)

    async def _begun(self, connection: AsyncConnection, *, read_only: bool) -> AsyncConnection:
        if not self.is_sqlite:
            return connection
        return cast(AsyncConnection, await ThreadedConnection.begun(connection, _begin(read_only)))

    async def close(self) -> None:
        """Let go of every connection; nothing may be running on them."""
        if self.is_inline:
            self._inline_writer.dispose()
            self._inline_reader.dispose()
            return
        await self._writer.dispose()
        if self.is_sqlite and self._reader is not self._writer:
            await self._reader.dispose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


def open_database(url: str, *, inline: bool = False) -> Database:
    """Open `url` (no connection is made yet). Raises DatabaseAddressFault.

    `inline` is for a rehearsal, which has the process to itself: an SQLite file that is thrown away at the end, in the
    caller's own thread, and nobody waits for the disk.
    """
    return Database(url, inline=inline)


def _sqlite_engine(url: URL, *, connections: int, read_only: bool) -> AsyncEngine:
    engine = create_async_engine(
        url, poolclass=AsyncAdaptedQueuePool, pool_size=connections, max_overflow=0, pool_timeout=2 * BUSY_SECONDS
    )
    _prepared(engine.sync_engine, read_only, "FULL")
    return engine


def _inline_engine(url: URL, *, read_only: bool) -> InlineEngine:
    opened = InlineEngine(url.set(drivername="sqlite+pysqlite"), READERS if read_only else 1, _begin(read_only))
    _prepared(opened.engine, read_only, "OFF")
    return opened


def _begin(read_only: bool) -> str:
    return "BEGIN" if read_only else "BEGIN IMMEDIATE"


def _prepared(engine: sa.Engine, read_only: bool, synchronous: str) -> None:
    """Every connection as this project needs it."""

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # sqlite3 must not begin by itself; each transaction does
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        cursor.execute("PRAGMA foreign_keys = ON")
        if read_only:
            cursor.execute("PRAGMA query_only = ON")
        else:
            _keep_a_write_ahead_log(cursor)
            cursor.execute(f"PRAGMA synchronous = {synchronous}")
        cursor.close()


def _keep_a_write_ahead_log(cursor: Any) -> None:
    """Change to a write-ahead log, once a file. SQLite does not wait by itself while another process changes it."""
    ends = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > ends:
                raise
            time.sleep(0.01)

"""Opening the database: one address for SQLite and PostgreSQL, and transactions that begin as writers or as readers.

SQLite is in WAL with synchronous=FULL: what was acknowledged is on disk. All writers of a process share one connection
and wait in line; each transaction of a writer is BEGIN IMMEDIATE, so two read-modify-writes never overlap. Processes
that write to one file take turns (`storage/line.py`).
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any, Literal, Self, cast

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from storage.inline import READERS, InlineEngine, is_busy
from storage.one_writer import Line
from storage.threaded import ThreadedConnection

Synchronous = Literal["FULL", "OFF"]
Inline = Literal["", "writes", "all"]

BUSY_SECONDS = 30
SQLITE_WAITS = 3
"""Milliseconds that SQLite itself waits for another process that writes; after that a transaction asks again."""
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

    def __init__(self, url: str, *, inline: Inline = "", synchronous: Synchronous = "FULL") -> None:
        self.url = normal_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        in_memory = self.is_sqlite and self.url.database in (None, "", ":memory:")
        self._reads_inline = inline == "all" and self.is_sqlite
        self._writes_inline = self._reads_inline or (inline == "writes" and self.is_sqlite and not in_memory)
        self._writing: set[asyncio.Task[Any] | None] = set()
        self._in_line = asyncio.Lock()
        file = self.url.database if self.is_sqlite and not in_memory and synchronous == "FULL" else None
        self._line: AbstractAsyncContextManager[object] = Line(Path(f"{file}-line")) if file else nullcontext()
        if self._writes_inline:
            self._inline_writer = _inline_engine(self.url, False, synchronous)
        elif self.is_sqlite:
            self._writer = _sqlite_engine(self.url, connections=1, read_only=False)
        else:
            self._writer = create_async_engine(
                self.url,
                pool_size=POSTGRESQL_CONNECTIONS,
                max_overflow=POSTGRESQL_CONNECTIONS,
                pool_pre_ping=True,
                connect_args={"server_settings": {"application_name": "firstcall", "timezone": "UTC"}},
            )
        if self._reads_inline:
            self._inline_reader = _inline_engine(self.url, True, synchronous)
        elif in_memory:
            self._reader = self._writer
        elif self.is_sqlite:
            self._reader = _sqlite_engine(self.url, connections=READERS, read_only=True)
        else:
            self._reader = self._writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """One writing transaction: committed at the end, rolled back by any error. Raises NestedTransaction."""
        task = asyncio.current_task()
        if task in self._writing:
            raise NestedTransaction("Finish the transaction that is open before you begin another in the same task.")
        self._writing.add(task)
        try:
            if not self.is_sqlite:
                async with self._writer.begin() as connection:
                    yield connection
                return
            async with self._in_line, AsyncExitStack() as stack:
                async with self._line:
                    connection = await stack.enter_async_context(self._written())
                yield connection
        finally:
            self._writing.discard(task)

    @property
    def writes(self) -> bool:
        """Whether a writing transaction is open here."""
        return bool(self._writing)

    @asynccontextmanager
    async def _written(self) -> AsyncIterator[AsyncConnection]:
        """A writing transaction of SQLite, begun."""
        if self._writes_inline:
            async with self._inline_writer.transaction() as connection:
                yield connection
        else:
            async with self._writer.begin() as connection:
                yield await _begun(connection, read_only=False)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """One consistent view for reading only; a write in it is an error (SQLite in memory cannot refuse it)."""
        if self._reads_inline:
            async with self._inline_reader.transaction() as connection:
                yield connection
        else:
            async with self._reader.begin() as connection:
                yield await _begun(connection, read_only=True) if self.is_sqlite else connection

    async def close(self) -> None:
        """Let go of every connection; nothing may be running on them."""
        if isinstance(self._line, Line):
            self._line.close()
        if self._writes_inline:
            self._inline_writer.dispose()
        else:
            await self._writer.dispose()
        if self._reads_inline:
            self._inline_reader.dispose()
        elif self.is_sqlite and (self._writes_inline or self._reader is not self._writer):
            await self._reader.dispose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


def open_database(url: str, *, inline: Inline = "", kept: bool = True) -> Database:
    """Open `url` (no connection is made yet). Raises DatabaseAddressFault.

    `inline`: what is done with an SQLite file in the caller's own thread, which costs less of the processor and keeps
    the process from everything else meanwhile; on PostgreSQL it changes nothing. `kept` False is for a rehearsal, whose
    file is thrown away at the end: nobody waits for the disk.
    """
    return Database(url, inline=inline, synchronous="FULL" if kept else "OFF")


async def _begun(connection: AsyncConnection, *, read_only: bool) -> AsyncConnection:
    return cast(AsyncConnection, await ThreadedConnection.begun(connection, _begin(read_only), BUSY_SECONDS))


def _sqlite_engine(url: URL, *, connections: int, read_only: bool) -> AsyncEngine:
    engine = create_async_engine(
        url, poolclass=AsyncAdaptedQueuePool, pool_size=connections, max_overflow=0, pool_timeout=2 * BUSY_SECONDS
    )
    _prepared(engine.sync_engine, read_only, "FULL")
    return engine


def _inline_engine(url: URL, read_only: bool, synchronous: Synchronous) -> InlineEngine:
    address, connections = url.set(drivername="sqlite+pysqlite"), READERS if read_only else 1
    opened = InlineEngine(address, connections, _begin(read_only), BUSY_SECONDS)
    _prepared(opened.engine, read_only, synchronous)
    return opened


def _begin(read_only: bool) -> str:
    return "BEGIN" if read_only else "BEGIN IMMEDIATE"


def _prepared(engine: sa.Engine, read_only: bool, synchronous: str) -> None:
    """Every connection as this project needs it."""

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # sqlite3 must not begin by itself; each transaction does
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000 if read_only else SQLITE_WAITS}")
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
            if not is_busy(error) or time.monotonic() > ends:
                raise
            time.sleep(0.01)

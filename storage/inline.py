"""SQLite in the thread that asks: for a rehearsal, and where nobody waits for a service's process meanwhile.

The same statements on the same files, without the two changes of thread a statement that let a process answer others
meanwhile: they cost more than most statements. A second writer waits in line; while another process writes, this one
goes on with its other tasks.

A test run opens hundreds of such files. They share one dialect, and with it every statement that was compiled once.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.pool import QueuePool

from storage.ready import ready, refused, sqlite_dialect

P = ParamSpec("P")
T = TypeVar("T")

READERS = 4
TRY_AGAIN = 0.001
"""Seconds between two tries to become the writer. SQLite's own waiting sleeps up to a tenth of a second at a time."""
_compiled: dict[Any, Any] = {}
"""Statements by cache key; as many as storage/ has."""


class InlineConnection:
    """What the queries of storage/ ask of an AsyncConnection; every call is done when it returns."""

    def __init__(self, connection: sa.Connection) -> None:
        self.sync_connection = connection
        self.dialect = connection.dialect
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        self._driver = driver
        self._cursor = driver.cursor()

    async def begin(self, begin: str, patience: float) -> None:
        """Begin a transaction by the driver, and wait so many seconds for another process that writes."""
        ends = time.monotonic() + patience
        while True:
            try:
                self._cursor.execute(begin)
                return
            except sqlite3.OperationalError as error:
                if not is_busy(error) or time.monotonic() > ends:
                    raise refused(error, begin) from error
            await asyncio.sleep(TRY_AGAIN)

    def commit(self) -> None:
        """Keep what was done; by SQLAlchemy where a statement that it ran has made it believe in a transaction."""
        (self.sync_connection if self.sync_connection.in_transaction() else self._driver).commit()

    def rollback(self) -> None:
        """Undo what was done."""
        (self.sync_connection if self.sync_connection.in_transaction() else self._driver).rollback()

    async def execute(self, statement: sa.Executable, parameters: Any = None) -> sa.CursorResult[Any]:
        """Run one statement."""
        known = ready(statement, parameters)
        if known is None:
            return self.sync_connection.execute(statement, parameters)
        return cast("sa.CursorResult[Any]", known.by(self._cursor))

    async def run_sync(self, fn: Callable[Concatenate[sa.Connection, P], T], *args: P.args, **named: P.kwargs) -> T:
        """Call a function that is handed the connection."""
        return fn(self.sync_connection, *args, **named)


class InlineEngine:
    """One file, to read or to write. A connection stays open for the transactions that follow each other.

    `patience`: seconds for which a transaction waits for another process that writes.
    """

    def __init__(self, url: URL, connections: int, begin: str, patience: float) -> None:
        dialect = sqlite_dialect()
        self._begin = begin
        self._patience = patience
        arguments, named = dialect.create_connect_args(url)
        pool = QueuePool(lambda: dialect.connect(*arguments, **named), pool_size=connections, max_overflow=-1)
        self.engine = sa.Engine(pool, dialect, url)
        self.engine.update_execution_options(compiled_cache=_compiled)
        self._kept: InlineConnection | None = None
        self._in_use = False

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """One transaction: committed at the end, rolled back by any error."""
        if self._in_use:  # somebody reads while they read
            with self.engine.connect() as connection:
                async with self._transaction(InlineConnection(connection)) as other:
                    yield other
            return
        self._in_use = True
        try:
            self._kept = self._kept or InlineConnection(self.engine.connect())
            async with self._transaction(self._kept) as kept:
                yield kept
        finally:
            self._in_use = False

    @asynccontextmanager
    async def _transaction(self, connection: InlineConnection) -> AsyncIterator[AsyncConnection]:
        """Past SQLAlchemy's own bookkeeping of it, which takes longer than the transaction."""
        await connection.begin(self._begin, self._patience)
        try:
            yield cast(AsyncConnection, connection)
            connection.commit()
        except BaseException:
            connection.rollback()
            raise

    def dispose(self) -> None:
        """Let go of the file."""
        if self._kept is not None:
            self._kept.sync_connection.close()
            self._kept = None
        self.engine.dispose()


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another process holds the file, and will let go of it."""
    return "locked" in str(error)

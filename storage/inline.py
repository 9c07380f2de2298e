"""SQLite in the thread that asks, for a rehearsal: it has the process to itself, and nobody waits while the disk works.

The same statements on the same files, without the two changes of thread a statement that a service needs so that it
can answer others meanwhile, and that would be most of a rehearsed day. Only for one task at a time that reads or
writes; a second writer waits in line as it does in a service.

A test run opens hundreds of such files. They share one dialect, and with it every statement that was compiled once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.pool import QueuePool

from storage.ready import ready, sqlite_dialect

P = ParamSpec("P")
T = TypeVar("T")

READERS = 4
_compiled: dict[Any, Any] = {}
"""Statements by cache key; as many as storage/ has."""


class InlineConnection:
    """What the queries of storage/ ask of an AsyncConnection; every call is done when it returns."""

    def __init__(self, connection: sa.Connection) -> None:
        self.sync_connection = connection
        self.dialect = connection.dialect
        self._cursor = cast(sqlite3.Cursor, connection.connection.cursor())

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
    """One file, to read or to write. A connection stays open for the transactions that follow each other."""

    def __init__(self, url: URL, connections: int, begin: str) -> None:
        dialect = sqlite_dialect()
        self._begin = begin
        arguments, named = dialect.create_connect_args(url)
        pool = QueuePool(lambda: dialect.connect(*arguments, **named), pool_size=connections, max_overflow=0)
        self.engine = sa.Engine(pool, dialect, url)
        self.engine.update_execution_options(compiled_cache=_compiled)
        self._kept: sa.Connection | None = None

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """One transaction: committed at the end, rolled back by any error."""
        if self._kept is None:
            self._kept = self.engine.connect()
        if not self._kept.in_transaction():
            with self._kept.begin():
                yield self._begun(self._kept)
            return
        with self.engine.begin() as connection:  # somebody reads while they read
            yield self._begun(connection)

    def _begun(self, connection: sa.Connection) -> AsyncConnection:
        """Not by SQLAlchemy's event for it: one listener makes each statement ask for listeners."""
        cursor = connection.connection.cursor()
        cursor.execute(self._begin)
        cursor.close()
        return cast(AsyncConnection, InlineConnection(connection))

    def dispose(self) -> None:
        """Let go of the file."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None
        self.engine.dispose()

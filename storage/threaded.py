"""SQLite in a thread of its own, as a service needs it: others are answered while it works.

One call to that thread a statement. By SQLAlchemy's own way there are four: to open a cursor, run, fetch and close.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, Self, TypeVar, cast

import aiosqlite
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncTransaction

from storage.inline import TRY_AGAIN, is_busy
from storage.ready import Run, ready, refused

P = ParamSpec("P")
T = TypeVar("T")

FEW = 8
"""More rows that answer something (RETURNING) go in one statement of SQLAlchemy's, with many rows."""


class ThreadedConnection:
    """What the queries of storage/ ask of an AsyncConnection, in the transaction that is open on it."""

    def __init__(self, connection: AsyncConnection, driver: aiosqlite.Connection) -> None:
        self.connection = connection
        self.dialect = connection.dialect
        self.sync_connection = connection.sync_connection
        self._driver = driver

    @classmethod
    async def begun(cls, connection: AsyncConnection, begin: str, patience: float) -> Self:
        """Begin the transaction by the driver: sqlite3 is told not to begin any by itself.

        `patience`: seconds for which it waits for another process that writes.
        """
        raw = await connection.get_raw_connection()
        driver = raw.driver_connection
        assert isinstance(driver, aiosqlite.Connection)
        ends = time.monotonic() + patience
        while True:
            try:
                await driver.execute_fetchall(begin)
                return cls(connection, driver)
            except sqlite3.Error as error:
                if not is_busy(error) or time.monotonic() > ends:
                    raise refused(error, begin) from error
            await asyncio.sleep(TRY_AGAIN)

    async def execute(self, statement: sa.Executable, parameters: Any = None) -> sa.CursorResult[Any]:
        """Run one statement."""
        run = ready(statement, parameters)
        if run is None or (run.of.keys and len(run.rows) > FEW):
            return await self.connection.execute(statement, parameters)
        return cast("sa.CursorResult[Any]", await self._run(run))

    async def _run(self, run: Run) -> object:
        if run.of.keys:
            answers = [await _asked(self._driver.execute_fetchall(run.sql, values), run.sql) for values in run.rows]
            return run.of.found([row for found in answers for row in found], -1)
        if len(run.rows) == 1:
            cursor = await _asked(self._driver.execute(run.sql, run.rows[0]), run.sql)
        else:
            cursor = await _asked(self._driver.executemany(run.sql, run.rows), run.sql)
        return run.of.found([], cursor.rowcount)  # a cursor that answers no rows holds nothing that must be closed

    async def exec_driver_sql(self, statement: str) -> sa.CursorResult[Any]:
        """Run text as it stands."""
        return await self.connection.exec_driver_sql(statement)

    def begin_nested(self) -> AsyncTransaction:
        """A part that can be undone by itself."""
        return self.connection.begin_nested()

    async def run_sync(self, fn: Callable[Concatenate[sa.Connection, P], T], *args: P.args, **named: P.kwargs) -> T:
        """Call a function that is handed the connection."""
        return await self.connection.run_sync(fn, *args, **named)


async def _asked(answer: Any, sql: str) -> Any:
    """What the driver answers. Raises what SQLAlchemy would raise."""
    try:
        return await answer
    except sqlite3.Error as error:
        raise refused(error, sql) from error

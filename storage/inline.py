"""SQLite in the thread that asks, for a rehearsal: it has the process to itself, and nobody waits while the disk works.

The same statements on the same files, without the two changes of thread a statement that a service needs so that it
can answer others meanwhile, and that would be most of a rehearsed day. Only for one task at a time that reads or
writes; a second writer waits in line as it does in a service.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

P = ParamSpec("P")
T = TypeVar("T")


class InlineConnection:
    """What the queries of storage/ ask of an AsyncConnection; every call is done when it returns."""

    def __init__(self, connection: sa.Connection) -> None:
        self.sync_connection = connection
        self.dialect = connection.dialect

    async def execute(self, statement: sa.Executable, parameters: Any = None) -> sa.CursorResult[Any]:
        """Run one statement."""
        return self.sync_connection.execute(statement, parameters)

    async def run_sync(self, fn: Callable[Concatenate[sa.Connection, P], T], *args: P.args, **named: P.kwargs) -> T:
        """Call a function that is handed the connection."""
        return fn(self.sync_connection, *args, **named)


@asynccontextmanager
async def transaction(engine: sa.Engine) -> AsyncIterator[AsyncConnection]:
    """One transaction: committed at the end, rolled back by any error."""
    with engine.begin() as connection:
        yield cast(AsyncConnection, InlineConnection(connection))

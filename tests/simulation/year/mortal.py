"""A database in which the process dies: just before or just after one of its commits."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import Database


class Died(BaseException):
    """The process is gone. No `except Exception` may outlive it."""


class Fate:
    """When the process dies next: at the commit that counts `left` down to zero. It outlives the database's closing."""

    def __init__(self) -> None:
        self.left: int | None = None
        self.kept = True
        """Whether the commit at which it dies is kept (it dies just after it) or not (just before)."""
        self.commits = 0

    def arm(self, commits: int, kept: bool) -> None:
        """Die at the commit after so many more."""
        self.left, self.kept = commits, kept

    def strikes(self) -> bool:
        """True at the commit at which the process dies."""
        if self.left is None:
            return False
        self.left -= 1
        if self.left > 0:
            return False
        self.left = None
        return True

    def opens(self, url: str) -> Database:
        """The database, as a world opens it."""
        return MortalDatabase(url, self)


class MortalDatabase(Database):
    """A database whose commits are counted."""

    def __init__(self, url: str, fate: Fate) -> None:
        super().__init__(url, inline="all", synchronous="OFF")
        self._fate = fate

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """One writing transaction, at whose end the process may die."""
        strikes = False
        async with super().begin() as connection:
            yield connection
            strikes = self._fate.strikes()
            if strikes and not self._fate.kept:
                raise Died
        self._fate.commits += 1
        if strikes:
            raise Died

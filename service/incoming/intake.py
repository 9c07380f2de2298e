"""Storing what comes in: messages, or receipts, that wait at one moment are stored in one transaction.

Each webhook is answered only when its own message is on disk; that many of them share one write is what keeps them
quick while answers are being decided on (one writer, and every write waits for the disk).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

MOST_AT_ONCE = 200

T = TypeVar("T")


class Intake(Generic[T]):
    """`store` keeps what came in one transaction and says of each whether it is new; `told` hears of new ones."""

    def __init__(self, store: Callable[[Sequence[T]], Awaitable[list[bool]]], told: Callable[[], None]) -> None:
        self._store = store
        self._told = told
        self._waiting: list[tuple[T, asyncio.Future[bool]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def take(self, message: T) -> bool:
        """Store one. False when it was here before. Raises what the database raises.

        Whoever stops waiting does not undo it: then it may be stored all the same, and a repeat is a no-op.
        """
        future: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((message, future))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write(), name="firstcall intake")
        return await future

    async def close(self) -> None:
        """Let what is being written end."""
        if self._writing is not None:
            await asyncio.gather(self._writing, return_exceptions=True)

    async def _write(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
            if not await self._stored(batch) and len(batch) > 1:
                for one in batch:  # what cannot be stored must not hold up its neighbours
                    await self._stored([one])

    async def _stored(self, batch: Sequence[tuple[T, asyncio.Future[bool]]]) -> bool:
        """Store these together. A single one that fails raises where it is waited for."""
        try:
            new = await self._store([message for message, _ in batch])
        except Exception as error:  # noqa: BLE001  whoever waits for it raises it
            if len(batch) == 1 and not batch[0][1].done():
                batch[0][1].set_exception(error)
            return False
        for (_, future), is_new in zip(batch, new, strict=True):
            if not future.done():
                future.set_result(is_new)
        if any(new):
            self._told()
        return True

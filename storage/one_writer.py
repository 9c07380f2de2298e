"""Where processes that write to one SQLite file wait in line, because SQLite has no line: whoever asks often wins.

A writer stands at the head of the line until its transaction has begun, and then lets the next one stand there. So a
process that writes without pause lets another in after each of its transactions. Source: flock(2); a lock ends with
its process.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
from pathlib import Path
from typing import Self

LOOK_AGAIN = 0.001
"""Seconds between two looks whether the head of the line is free."""


class Line:
    """One process's place. `file` is made beside the database, and stays empty."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._open: int | None = None

    async def __aenter__(self) -> Self:
        """Wait until the head of the line is free, and stand there."""
        while not self._stands_first():  # noqa: ASYNC110  what is waited for is another process
            await asyncio.sleep(LOOK_AGAIN)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Let the next one stand there."""
        if self._open is not None:
            fcntl.flock(self._open, fcntl.LOCK_UN)

    def _stands_first(self) -> bool:
        if self._open is None:
            self._open = os.open(self._file, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._open, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        """Let go of the file."""
        if self._open is not None:
            os.close(self._open)
            self._open = None

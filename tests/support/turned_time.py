"""An event loop whose time stands still while there is work, and goes on to the next timer when there is none.

What waits for seconds can be tested to the millisecond, on a machine of any load, and at once. Only for what asks
nothing of a network: whoever waits for an answer would see every time limit pass.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from typing import TypeVar

T = TypeVar("T")


class _Turned(selectors.DefaultSelector):
    """Waits for nothing: `seconds` goes on by what would have been waited."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is not None and timeout > 0:
            self.seconds += timeout
            timeout = 0
        return super().select(timeout)


class _TurnedLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._turned = _Turned()
        super().__init__(self._turned)

    def time(self) -> float:
        return self._turned.seconds


def lived(what: Callable[[Callable[[], float]], Coroutine[None, None, T]]) -> T:
    """What `what` returns; it is handed the clock of its loop, in seconds from 0."""
    with asyncio.Runner(loop_factory=_TurnedLoop) as runner:
        return runner.run(what(runner.get_loop().time))

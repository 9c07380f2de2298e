"""What a user can put right: said in one clear line each, never as a traceback."""

from __future__ import annotations

from collections.abc import Iterable


class UserFault(Exception):
    """The command cannot do what was asked. `lines`: what is wrong and what to do; `status` to exit with."""

    def __init__(self, lines: str | Iterable[str], status: int = 2) -> None:
        self.lines = (lines,) if isinstance(lines, str) else tuple(lines)
        self.status = status
        super().__init__("\n".join(self.lines))

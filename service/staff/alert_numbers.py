"""The short numbers by which staff name an alert when they answer it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from zlib import crc32

FIRST, MANY = 11, 989


class AlertNumbers:
    """A number belongs to what one message is about: its copies on all channels and to everybody share it, and repeats.

    Numbers go round from 11 to 999, so that an old text does not name a new alert.
    """

    def __init__(self, newest: Sequence[Mapping[str, Any]], school: str) -> None:
        """`newest`: what the last messages to staff were about, the newest first. Schools begin apart."""
        numbered = [about for about in newest if about.get("number")]
        self._known = {tuple(about["alerts"]): str(about["number"]) for about in reversed(numbered)}
        self._last = int(numbered[0]["number"]) if numbered else FIRST - 1 + crc32(school.encode()) % MANY

    def of(self, alerts: tuple[str, ...]) -> str:
        """The number of these alerts; a new one where they have none yet."""
        if alerts not in self._known:
            self._last = FIRST + (self._last + 1 - FIRST) % MANY
            self._known[alerts] = str(self._last)
        return self._known[alerts]

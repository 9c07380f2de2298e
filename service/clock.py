"""The one clock. Only the runner holds it; everything below is handed `now` (aware UTC)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Where `now` comes from."""

    def now(self) -> datetime:
        """The present instant, aware UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present instant, aware UTC."""
        return datetime.now(UTC)


class HandClock:
    """A clock that is turned by hand: demo, rehearsal and tests. It never goes backwards."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """The instant it was last turned to."""
        return self._now

    def turn_to(self, moment: datetime) -> None:
        """Turn it forward to `moment`; an earlier moment leaves it where it is."""
        self._now = max(self._now, moment.astimezone(UTC))

    def turn_by(self, span: timedelta) -> None:
        """Turn it forward by `span`."""
        self.turn_to(self._now + span)

"""When a loop looks again at something outside: every so often, and sooner after a look that failed."""

from __future__ import annotations

from datetime import datetime, timedelta

from service.clock import Clock

SHORTEST = 0.01
"""Seconds: a look whose time has come does not keep the loop from everything else."""


class NextLook:
    """The time of a loop's next look. Due at once until it is first put off."""

    def __init__(self, clock: Clock, usual: timedelta) -> None:
        self._clock = clock
        self._usual = usual
        self._at: datetime | None = None

    @property
    def is_due(self) -> bool:
        """Whether it is time to look."""
        return self._at is None or self._at <= self._clock.now()

    def put_off(self, now: datetime, wait: timedelta) -> None:
        """Look again `wait` after `now`, and not before."""
        self._at = now + wait

    def seconds(self) -> float:
        """Seconds until it is time to look again."""
        if self._at is None:
            return self._usual.total_seconds()
        return max(SHORTEST, (self._at - self._clock.now()).total_seconds())

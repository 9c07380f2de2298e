"""How fast words may leave from each of our senders, counted in segments. One process knows only what it sends itself.

A text above a number's rate is not refused by Twilio but queued there, for up to ten hours, out of our sight and
beyond our recall; so it waits here, where it can still be cancelled.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

Sender = tuple[str, str]
"""(channel, our address on it)."""


class Pace:
    """`rates`: segments a second for one sender of a channel; a channel that is not named has no limit here.

    `clock` gives seconds; the service hands in its own clock, so that a rehearsal's minutes count.
    """

    def __init__(self, rates: Mapping[str, float], clock: Callable[[], float] = time.monotonic) -> None:
        self._rates = dict(rates)
        self._clock = clock
        self._free_at: dict[Sender, float] = {}
        self._held_until: dict[Sender, float] = {}

    def book(self, sender: Sender, segments: int, at_most: float) -> float | None:
        """Seconds to wait before so many segments may leave, which are then ours; None: more than `at_most`."""
        wait = self.backlog(sender)
        if wait > at_most:
            return None
        if rate := self._rates.get(sender[0]):
            self._free_at[sender] = self._clock() + wait + max(1, segments) / rate
        return wait

    def backlog(self, sender: Sender) -> float:
        """Seconds until the next words may leave."""
        return max(0.0, self._free_at.get(sender, 0.0) - self._clock(), self.held(sender))

    def hold(self, sender: Sender, seconds: float) -> None:
        """The provider asked this sender to wait: nothing more leaves by it until then."""
        self._held_until[sender] = max(self._held_until.get(sender, 0.0), self._clock() + seconds)

    def held(self, sender: Sender) -> float:
        """Seconds for which the provider asked this sender to wait."""
        return max(0.0, self._held_until.get(sender, 0.0) - self._clock())

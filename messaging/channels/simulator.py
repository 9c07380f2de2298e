"""A channel that delivers to nobody: it keeps every message, and fails in the ways that real providers fail.

The demo's phones, rehearsals (`firstcall simulate`) and tests run on it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from messaging.channel import Accepted, Outgoing, Refused, SendResult, Unknown


class Simulator:
    """Keeps what it is handed in `sent`, in order, a repeat too (so that a test sees a second text).

    `now` gives the simulated time; it is needed only for `down_until`. Faults, each to be set at any time:
    - `down_until`: until then the provider takes nothing, and cannot be asked. With `down_as = "unknown"` it answers
      as a real 503 does, where nobody can be sure;
    - `lost_until`, or the next `lost_answers` sends: taken, but the answer never arrives (Unknown; `find` knows it);
    - the next `lost_sends` sends: not taken, and no answer either (Unknown; `find` says None);
    - `refusals`: what to say to an address instead of taking its message.
    """

    def __init__(self, name: str = "sms", now: Callable[[], datetime] | None = None) -> None:
        self._name = name
        self._now = now
        self.sent: list[Outgoing] = []
        self.attempts = 0
        self.down_until: datetime | None = None
        self.down_as: str = "refused"
        self.lost_until: datetime | None = None
        self.lost_answers = 0
        self.lost_sends = 0
        self.refusals: dict[str, Refused] = {}
        self._ids: dict[str, str] = {}

    @property
    def name(self) -> str:
        """The channel that it plays."""
        return self._name

    async def send(self, message: Outgoing) -> SendResult:
        """Keep the message, or fail as told."""
        self.attempts += 1
        if self._before(self.down_until):
            if self.down_as == "unknown":
                return Unknown("the provider answered 503")
            return Refused("down", "The provider is down; it is tried again by itself.", "503", timedelta(minutes=1))
        if message.to in self.refusals:
            return self.refusals[message.to]
        if self.lost_sends:
            self.lost_sends -= 1
            return Unknown("the connection was lost before the answer")
        self.sent.append(message)
        provider_id = self._ids.setdefault(message.message_id, f"SIM-{message.message_id}")
        if self.lost_answers or self._before(self.lost_until):
            self.lost_answers = max(0, self.lost_answers - 1)
            return Unknown("the answer was lost")
        return Accepted(provider_id)

    async def find(self, message: Outgoing, since: datetime) -> Accepted | Unknown | None:
        """Whether it was kept; Unknown while the provider is down."""
        if self._before(self.down_until):
            return Unknown("the provider is down and cannot be asked")
        provider_id = self._ids.get(message.message_id)
        return None if provider_id is None else Accepted(provider_id)

    async def close(self) -> None:
        """Nothing to give back."""

    def texts_to(self, address: str) -> list[str]:
        """The words that this address was sent, in order."""
        return [message.text for message in self.sent if message.to == address]

    def _before(self, moment: datetime | None) -> bool:
        if moment is None:
            return False
        if self._now is None:
            raise ValueError("A simulator with down_until or lost_until needs `now`; hand it the clock.")
        return self._now() < moment

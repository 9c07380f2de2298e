"""What a running service tells about itself in numbers: `/metrics` for Prometheus, and the channels that count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest

from messaging.channel import Accepted, Channel, Outgoing, Refused, SendResult, Unknown
from service.loops import Loop
from storage import inbox
from storage.engine import Database
from storage.tables import outbox

WAITING = ("queued", "sending", "unknown")
_outbox = (
    sa.select(outbox.c.channel, outbox.c.state, sa.func.count())
    .where(outbox.c.state.in_(WAITING))
    .group_by(outbox.c.channel, outbox.c.state)
)


class Meters:
    """The numbers of one process. Those about the database are read when somebody asks."""

    def __init__(self, channels: Sequence[str]) -> None:
        self.registry = CollectorRegistry()
        self._channels = tuple(channels)
        self.sends = Counter(
            "firstcall_sends", "Messages handed to a provider, by its answer", ["channel", "result"],
            registry=self.registry,
        )  # fmt: skip
        self.webhooks = Counter(
            "firstcall_webhooks", "Webhook calls, by what became of them", ["path", "result"], registry=self.registry
        )
        self._inbox = Gauge("firstcall_inbox_waiting", "Messages stored and not yet handled", registry=self.registry)
        self._oldest = Gauge(
            "firstcall_inbox_oldest_seconds", "How long the oldest of them has waited", registry=self.registry
        )
        self._outbox = Gauge(
            "firstcall_outbox", "Messages that have not left or are in doubt", ["channel", "state"],
            registry=self.registry,
        )  # fmt: skip
        self._step_age = Gauge(
            "firstcall_loop_step_age_seconds", "Since a step of the loop ended well; -1 before the first", ["loop"],
            registry=self.registry,
        )  # fmt: skip
        self._step_failures = Gauge(
            "firstcall_loop_failed_steps", "Steps that failed since the start", ["loop"], registry=self.registry
        )

    async def text(self, database: Database, now: datetime, loops: Sequence[Loop]) -> bytes:
        """Everything in Prometheus's text form. Raises what the database raises."""
        async with database.read() as db:
            waiting = await inbox.unread_count(db)
            oldest = await inbox.oldest_waiting(db)
            counts = {(channel, state): number for channel, state, number in await db.execute(_outbox)}
        self._inbox.set(waiting)
        self._oldest.set(max(0.0, (now - oldest).total_seconds()) if oldest else 0.0)
        self._outbox.clear()
        for channel in {*self._channels, *(channel for channel, _ in counts)}:
            for state in WAITING:
                self._outbox.labels(channel, state).set(counts.get((channel, state), 0))
        for loop in loops:
            age = loop.age()
            self._step_age.labels(loop.name).set(-1 if age is None else age)
            self._step_failures.labels(loop.name).set(loop.failed_ever)
        return generate_latest(self.registry)


class Counted:
    """A channel that counts what its provider answers."""

    def __init__(self, channel: Channel, meters: Meters) -> None:
        self._channel = channel
        self._sends = meters.sends

    @property
    def name(self) -> str:
        """The channel's own."""
        return self._channel.name

    async def send(self, message: Outgoing) -> SendResult:
        """Hand over, and count the answer by its kind."""
        result = await self._channel.send(without_service(message))
        self._sends.labels(self.name, _kind(result)).inc()
        return result

    async def find(self, message: Outgoing, since: datetime) -> Accepted | Unknown | None:
        """Ask the provider."""
        return await self._channel.find(without_service(message), since)

    async def close(self) -> None:
        """Give back connections."""
        await self._channel.close()


def counted(channels: Mapping[str, Channel], meters: Meters) -> dict[str, Channel]:
    """Every channel with its counter."""
    return {name: Counted(channel, meters) for name, channel in channels.items()}


def without_service(message: Outgoing) -> Outgoing:
    """A Messaging Service is our side of a thread, but no number to send from: the account's setting names it."""
    is_service = message.from_ is not None and message.from_.startswith("MG")
    return replace(message, from_=None) if is_service else message


def _kind(result: SendResult) -> str:
    match result:
        case Accepted():
            return "accepted"
        case Refused(kind=kind):
            return kind
        case Unknown():
            return "unknown"

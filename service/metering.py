"""What a running service tells about itself in numbers: `/metrics` for Prometheus, and the channels that count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal, Protocol

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest

from messaging.channel import Accepted, Channel, Outgoing, Receipt, Refused, SendResult, Unknown
from messaging.failures import FAILURES, OF_REFUSAL, Failure
from messaging.receipts import meaning
from storage import queue_lengths
from storage.engine import Database
from storage.queue_lengths import UNSETTLED, Line, Queues

Way = Literal["out", "in"]
Counts = Mapping[tuple[str, tuple[str, ...]], float]
"""What was counted, by the counter's name and its labels."""


class Measured(Protocol):
    """A loop, here or in another process, as far as it is measured."""

    @property
    def name(self) -> str:
        """Its name."""
        ...

    @property
    def failed_ever(self) -> int:
        """Steps that failed since the start."""
        ...

    def age(self) -> float | None:
        """Seconds since a step ended well; None before the first."""
        ...


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
        self._failures = Counter(
            "firstcall_failures", "What did not go out or could not come in, by what it means",
            ["channel", "way", "meaning"], registry=self.registry,
        )  # fmt: skip
        for channel, way, meant in (
            (one, way, meant) for one in channels for way in ("out", "in") for meant in FAILURES
        ):
            self._failures.labels(channel, way, meant)
        self._inbox = Gauge(
            "firstcall_inbox_waiting", "Messages stored and not yet handled", ["channel"], registry=self.registry
        )
        self._inbox_oldest = Gauge(
            "firstcall_inbox_oldest_seconds", "How long the oldest of them has waited", ["channel"],
            registry=self.registry,
        )  # fmt: skip
        self._outbox = Gauge(
            "firstcall_outbox", "Messages that have not left or are in doubt", ["channel", "state"],
            registry=self.registry,
        )  # fmt: skip
        self._outbox_oldest = Gauge(
            "firstcall_outbox_oldest_seconds", "How long the oldest of them that is due has waited",
            ["channel", "state"], registry=self.registry,
        )  # fmt: skip
        self._timers = Gauge(
            "firstcall_timers_due", "Deadlines that have passed and are not done", registry=self.registry
        )
        self._timers_oldest = Gauge(
            "firstcall_timers_oldest_seconds", "How long ago the oldest of them passed", registry=self.registry
        )
        self._step_age = Gauge(
            "firstcall_loop_step_age_seconds", "Since a step of the loop ended well; -1 before the first", ["loop"],
            registry=self.registry,
        )  # fmt: skip
        self._step_failures = Gauge(
            "firstcall_loop_failed_steps", "Steps that failed since the start", ["loop"], registry=self.registry
        )

        self._counters = {"sends": self.sends, "webhooks": self.webhooks, "failures": self._failures}

    def failed(self, channel: str, way: Way, meant: Failure) -> None:
        """Count one failure."""
        self._failures.labels(channel, way, meant).inc()

    def receipt_failed(self, receipt: Receipt) -> None:
        """Count what a receipt says did not arrive."""
        self.failed(receipt.channel, "out", OF_REFUSAL[meaning(receipt.error_code).kind])

    def counts(self) -> Counts:
        """What this process has counted so far."""
        return {
            (name, tuple(sample.labels.values())): sample.value
            for name, counter in self._counters.items()
            for family in counter.collect()
            for sample in family.samples
            if sample.name.endswith("_total") and sample.value
        }

    def add_what_is_new(self, counts: Counts, before: Counts) -> None:
        """Count what another process has counted since it told of `before`; less than before: it has begun anew."""
        for key, value in counts.items():
            told = before.get(key, 0)
            name, labels = key
            self._counters[name].labels(*labels).inc(value - told if value >= told else value)

    async def text(self, database: Database, now: datetime, loops: Sequence[Measured]) -> bytes:
        """Everything in Prometheus's text form. Raises what the database raises."""
        async with database.read() as db:
            found = await queue_lengths.look(db, now)
        self._set_queues(found, now)
        for loop in loops:
            age = loop.age()
            self._step_age.labels(loop.name).set(-1 if age is None else age)
            self._step_failures.labels(loop.name).set(loop.failed_ever)
        return generate_latest(self.registry)

    def _set_queues(self, found: Queues, now: datetime) -> None:
        empty = Line(0)
        for gauge in (self._inbox, self._inbox_oldest, self._outbox, self._outbox_oldest):
            gauge.clear()
        for channel in {*self._channels, *found.inbox, *(channel for channel, _ in found.outbox)}:
            coming = found.inbox.get(channel, empty)
            self._inbox.labels(channel).set(coming.waiting)
            self._inbox_oldest.labels(channel).set(coming.age(now))
            for state in UNSETTLED:
                leaving = found.outbox.get((channel, state), empty)
                self._outbox.labels(channel, state).set(leaving.waiting)
                self._outbox_oldest.labels(channel, state).set(leaving.age(now))
        self._timers.set(found.timers.waiting)
        self._timers_oldest.set(found.timers.age(now))


def said(found: Queues, now: datetime) -> dict[str, Any]:
    """The queues as `/ready` says them: rows that wait, and seconds that the oldest due one has waited."""

    def line(one: Line) -> dict[str, float]:
        return {"waiting": one.waiting, "oldest_seconds": round(one.age(now), 1)}

    leaving: dict[str, dict[str, Any]] = {}
    for (channel, state), one in sorted(found.outbox.items()):
        leaving.setdefault(channel, {})[state] = line(one)
    coming = {channel: line(one) for channel, one in sorted(found.inbox.items())}
    return {"inbox": coming, "outbox": leaving, "timers": line(found.timers)}


class Counted:
    """A channel that counts what its provider answers."""

    def __init__(self, channel: Channel, meters: Meters) -> None:
        self._channel = channel
        self._meters = meters

    @property
    def name(self) -> str:
        """The channel's own."""
        return self._channel.name

    async def send(self, message: Outgoing) -> SendResult:
        """Hand over, and count the answer by its kind."""
        result = await self._channel.send(without_service(message))
        self._meters.sends.labels(self.name, _kind(result)).inc()
        if isinstance(result, Refused):
            self._meters.failed(self.name, "out", OF_REFUSAL[result.kind])
        elif isinstance(result, Unknown):
            self._meters.failed(self.name, "out", "unknown")
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

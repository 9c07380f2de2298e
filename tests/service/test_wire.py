"""The two parts of a service hear of each other: the bell rings over there, and over here it is known how loops are."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import pytest

from service.loops import Clockwork, Loop
from service.metering import Meters
from service.wire import FarClockwork, Reporter, pair


async def for_an_hour() -> float:
    return 3600


@dataclass
class Parts:
    """Both parts in one process. `steps` counts what the acting one did."""

    here: FarClockwork
    there: Clockwork
    counts: Meters
    reporter: Reporter
    steps: list[int]


@pytest.fixture
async def parts() -> AsyncIterator[Parts]:
    answers, acts = pair()
    steps: list[int] = []

    async def step() -> int:
        steps.append(1)
        return 0

    counts, there = Meters(("sms",)), Clockwork([Loop("inbox", step, for_an_hour)])
    here, reporter = FarClockwork(answers, Meters(("sms",))), Reporter(acts, there, counts)
    there.start()
    here.start()
    yield Parts(here, there, counts, reporter, steps)
    await reporter.stop()
    await here.stop()
    await there.stop()
    answers.close()
    acts.close()


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(30):
        while not condition():
            await asyncio.sleep(0.01)


async def test_nothing_moves_until_the_other_part_has_told(parts: Parts) -> None:
    assert parts.here.moving(60) == {"loops": False}
    parts.reporter.start()
    await until(lambda: parts.here.moving(60) == {"inbox": True})
    age = parts.here.loops[0].age()
    assert age is not None
    assert 0 <= age < 10


async def test_the_bell_wakes_the_other_part_however_often_it_rang_before(parts: Parts) -> None:
    for _ in range(10_000):  # nobody listens yet: the line is full, and nobody waits
        parts.here.bell.ring()
    await until(lambda: len(parts.steps) == 1)
    parts.reporter.start()
    await until(lambda: len(parts.steps) == 2)
    parts.here.bell.ring()
    await until(lambda: len(parts.steps) == 3)


async def test_a_part_that_tells_nothing_any_more_stops_moving(parts: Parts) -> None:
    parts.reporter.start()
    await until(lambda: parts.here.loops)
    await parts.reporter.stop()
    await asyncio.sleep(0.3)
    assert parts.here.moving(0.2) == {"inbox": False}


async def test_what_is_counted_there_is_counted_here_once_and_on_after_a_restart(parts: Parts) -> None:
    parts.counts.sends.labels("sms", "accepted").inc(3)
    parts.counts.failed("sms", "out", "bad_number")
    parts.here.meters.sends.labels("sms", "accepted").inc()
    parts.reporter.start()
    await until(lambda: total(parts, "sends", "sms", "accepted") == 4)
    await asyncio.sleep(0.7)  # told once more
    assert total(parts, "sends", "sms", "accepted") == 4
    assert total(parts, "failures", "sms", "out", "bad_number") == 1

    await parts.reporter.stop()
    again = Meters(("sms",))
    again.sends.labels("sms", "accepted").inc(2)
    parts.reporter = Reporter(parts.reporter._end, parts.there, again)
    parts.reporter.start()
    await until(lambda: total(parts, "sends", "sms", "accepted") == 6)


def total(parts: Parts, name: str, *labels: str) -> float:
    return parts.here.meters.counts().get((name, labels), 0)

"""Loops that go on whatever happens, wake at once, and stop when they are told."""

from __future__ import annotations

import asyncio
import time

import pytest

from service import loops
from service.loops import Clockwork, Loop


async def until(condition: object, seconds: float = 30.0) -> None:
    assert callable(condition)
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends, "it did not come to pass"
        await asyncio.sleep(0.005)


def pausing(seconds: float) -> object:
    async def wait() -> float:
        return seconds

    return wait


async def test_a_step_that_fails_is_counted_and_tried_again() -> None:
    calls = 0

    async def step() -> int:
        nonlocal calls
        calls += 1
        if calls < 3:
            raise RuntimeError("the database is away")
        return 0

    loop = Loop("inbox", step, pausing(0.01))
    clockwork = Clockwork([loop])
    clockwork.start()
    await until(lambda: calls >= 4)
    await clockwork.stop()

    assert (loop.failed_ever, loop.failures) == (2, 0)
    assert loop.age() is not None


async def test_one_loop_that_fails_does_not_stop_the_others() -> None:
    calls = 0

    async def bad() -> int:
        raise RuntimeError("always")

    async def good() -> int:
        nonlocal calls
        calls += 1
        return 0

    clockwork = Clockwork([Loop("inbox", bad, pausing(60)), Loop("relay", good, pausing(0.01))])
    clockwork.start()
    await until(lambda: calls > 5)

    assert clockwork.moving(60) == {"inbox": False, "relay": True}
    await clockwork.stop()


async def test_the_bell_wakes_a_loop_that_would_wait_for_long() -> None:
    calls = 0

    async def step() -> int:
        nonlocal calls
        calls += 1
        return 0

    clockwork = Clockwork([Loop("inbox", step, pausing(3600))])
    clockwork.start()
    await until(lambda: calls == 1)
    clockwork.bell.ring()
    await until(lambda: calls == 2)
    await clockwork.stop()


async def test_a_bell_that_rings_during_a_step_is_not_missed() -> None:
    calls = 0
    clockwork = Clockwork([])

    async def step() -> int:
        nonlocal calls
        calls += 1
        if calls == 1:
            clockwork.bell.ring()
        return 0

    clockwork.loops.append(Loop("inbox", step, pausing(3600)))
    clockwork.start()
    await until(lambda: calls == 2)
    await clockwork.stop()


async def test_work_that_is_never_done_does_not_spin() -> None:
    calls = 0

    async def step() -> int:
        nonlocal calls
        calls += 1
        return 1

    clockwork = Clockwork([Loop("inbox", step, pausing(3600))])
    clockwork.start()
    await until(lambda: calls == loops.BUSY_FOR + 1)
    await asyncio.sleep(0.1)

    assert calls == loops.BUSY_FOR + 1
    await clockwork.stop()


async def test_a_step_under_way_may_end_and_one_that_hangs_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loops, "STOP_WITHIN", 0.2)
    ended = False

    async def slow() -> int:
        nonlocal ended
        await asyncio.sleep(0.05)
        ended = True
        return 0

    async def hangs() -> int:
        await asyncio.sleep(3600)
        return 0

    clockwork = Clockwork([Loop("relay", slow, pausing(60)), Loop("inbox", hangs, pausing(60))])
    clockwork.start()
    await asyncio.sleep(0.01)
    began = time.monotonic()
    await clockwork.stop()

    assert ended
    assert time.monotonic() - began < 60
    assert clockwork.moving(60) == {"relay": False, "inbox": False}

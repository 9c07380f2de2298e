"""The channel that delivers to nobody, and its ways of failing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from messaging.channel import Accepted, Channel, Outgoing, Refused, Unknown
from messaging.channels.simulator import Simulator

NOON = datetime(2026, 11, 11, 12, tzinfo=UTC)
MESSAGE = Outgoing("m1", "sms", "+447700900001", "Hello")


async def test_it_keeps_what_it_is_handed_a_repeat_too() -> None:
    simulator = Simulator()
    channel: Channel = simulator
    first = await channel.send(MESSAGE)
    assert await channel.send(MESSAGE) == first == Accepted("SIM-m1")
    assert simulator.texts_to("+447700900001") == ["Hello", "Hello"]


async def test_down_until_it_is_up_again() -> None:
    now = NOON
    simulator = Simulator(now=lambda: now)
    simulator.down_until = NOON + timedelta(minutes=5)
    answer = await simulator.send(MESSAGE)
    assert isinstance(answer, Refused)
    assert (answer.kind, answer.retry_in) == ("down", timedelta(minutes=1))
    assert isinstance(await simulator.find(MESSAGE, NOON), Unknown)
    simulator.down_as = "unknown"
    assert isinstance(await simulator.send(MESSAGE), Unknown)
    now = NOON + timedelta(minutes=5)
    assert await simulator.find(MESSAGE, NOON) is None
    assert isinstance(await simulator.send(MESSAGE), Accepted)


async def test_a_lost_answer_is_found_and_a_lost_send_is_not() -> None:
    simulator = Simulator()
    simulator.lost_answers = simulator.lost_sends = 1
    assert isinstance(await simulator.send(MESSAGE), Unknown)
    assert await simulator.find(MESSAGE, NOON) is None
    assert simulator.sent == []
    assert isinstance(await simulator.send(MESSAGE), Unknown)
    assert await simulator.find(MESSAGE, NOON) == Accepted("SIM-m1")
    assert isinstance(await simulator.send(MESSAGE), Accepted)


async def test_answers_are_lost_for_a_while() -> None:
    now = NOON
    simulator = Simulator(now=lambda: now)
    simulator.lost_until = NOON + timedelta(minutes=1)
    assert isinstance(await simulator.send(MESSAGE), Unknown)
    assert await simulator.find(MESSAGE, NOON) == Accepted("SIM-m1")
    now += timedelta(minutes=1)
    assert isinstance(await simulator.send(MESSAGE), Accepted)


async def test_an_address_can_be_refused() -> None:
    simulator = Simulator()
    simulator.refusals[MESSAGE.to] = dead = Refused("bad_number", "Ask the office to correct it.", "21211")
    assert await simulator.send(MESSAGE) == dead
    assert simulator.sent == []


async def test_a_time_without_a_clock_is_said_plainly() -> None:
    simulator = Simulator()
    simulator.down_until = NOON
    with pytest.raises(ValueError, match="hand it the clock"):
        await simulator.send(MESSAGE)

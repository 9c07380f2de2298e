"""Receipts that no webhook brought are asked for: the whole service, with a Twilio that tells nobody anything."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from service.outgoing import missed_receipts
from service.outgoing.missed_receipts import MissedReceipts
from tests.support.telegram_school import TelegramSchool, open_telegram_school


@pytest.fixture
async def school(tmp_path: Path) -> AsyncIterator[TelegramSchool]:
    async with open_telegram_school(tmp_path) as opened:
        opened.twilio.silent = True
        yield opened


async def asks(school: TelegramSchool) -> MissedReceipts:
    """The loop of a process that has just started; the service's own stands still."""
    await school.service.clockwork.stop()
    sms: Any = school.service.channels["sms"]
    return MissedReceipts(school.service.runner, sms._channel, school.clock)


async def states(school: TelegramSchool) -> list[tuple[Any, ...]]:
    return await school.rows("SELECT state, error_code FROM outbox WHERE contact_id IS NOT NULL ORDER BY address")


async def a_morning(school: TelegramSchool) -> None:
    """Both mothers are asked; one text arrives, the other number does not exist any more."""
    school.twilio.plan("+447700900002", (0.0, "sent", None), (0.0, "undelivered", 30005))
    await school.at("09:15")
    await school.marks(amina="N", callum="N")
    await school.twilio.settled()
    assert await states(school) == [("accepted", None), ("accepted", None)]


def asked_about(school: TelegramSchool, number: int) -> int:
    """How often Twilio was asked about a text to +447700900000 + number."""
    to = f"+447700900{number:03d}"
    return sum(school.twilio.messages.get(sid, {}).get("to") == to for sid in school.twilio.fetched)


async def test_the_service_asks_by_itself(school: TelegramSchool) -> None:
    await a_morning(school)
    school.clock.turn_by(timedelta(minutes=6))
    async with asyncio.timeout(60):
        while await states(school) != [("delivered", None), ("undelivered", "30005"), ("accepted", None)]:
            school.service.clockwork.bell.ring()
            await asyncio.sleep(0.01)
    assert await school.rows("SELECT reason FROM alert WHERE reason = 'number_bad'") == [("number_bad",)]
    assert school.texts(3)  # his grandmother is asked at once
    assert "receipts" in {loop.name for loop in school.service.clockwork.loops}


async def test_nobody_is_asked_about_before_five_minutes(school: TelegramSchool) -> None:
    await a_morning(school)
    loop = await asks(school)
    school.clock.turn_by(timedelta(minutes=4))
    await loop.step()
    assert (asked_about(school, 1), asked_about(school, 2)) == (0, 0)


async def test_a_text_without_an_end_is_asked_about_less_and_less_and_not_for_ever(school: TelegramSchool) -> None:
    school.twilio.plan("+447700900001", (0.0, "sent", None))
    await school.at("09:15")
    await school.marks(amina="N")
    await school.twilio.settled()
    loop = await asks(school)
    asked = []
    for minute in range(0, 8 * 60, 2):
        before = asked_about(school, 1)
        await loop.step()
        asked += [minute] * (asked_about(school, 1) - before)
        school.clock.turn_by(timedelta(minutes=2))
    assert asked == [6, 12, 24, 48, 96, 192]
    assert await states(school) == [("sent", None)]


async def test_a_restart_asks_once_more_and_changes_nothing(school: TelegramSchool) -> None:
    await a_morning(school)
    loop = await asks(school)
    school.clock.turn_by(timedelta(minutes=6))
    assert await loop.step() >= 2
    receipts = await school.rows("SELECT count(*) FROM receipt")
    assert await (await asks(school)).step() == 0
    assert await school.rows("SELECT count(*) FROM receipt") == receipts


async def test_trouble_is_a_pause_and_a_text_that_twilio_lost_holds_up_nobody(school: TelegramSchool) -> None:
    await a_morning(school)
    loop = await asks(school)
    school.clock.turn_by(timedelta(minutes=6))
    school.twilio.faults.append("fetch_500")
    assert await loop.step() == 0
    assert await loop.wait() == 30
    lost = next(sid for sid, row in school.twilio.messages.items() if row["to"] == "+447700900001")
    del school.twilio.messages[lost]
    school.clock.turn_by(timedelta(seconds=31))
    assert await loop.step() >= 1
    assert [state for state, _ in await states(school)][:2] == ["accepted", "undelivered"]
    asked = school.twilio.fetched.count(lost)
    school.clock.turn_by(timedelta(hours=1))
    await loop.step()
    assert school.twilio.fetched.count(lost) == asked


async def test_one_look_is_bounded(school: TelegramSchool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(missed_receipts, "AT_ONCE", 1)
    await a_morning(school)
    loop = await asks(school)
    school.clock.turn_by(timedelta(minutes=6))
    before = len(school.twilio.fetched)
    await loop.step()
    assert len(school.twilio.fetched) == before + 1
    assert await loop.wait() == 0.01

"""A text of which nobody knows whether Twilio has it: Twilio is asked before it is sent again (promise 4).

The whole service with its own loops, over HTTP.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from messaging.channel import Receipt
from storage import outbox
from storage.outbox import OutboxRow
from tests.serving.running import at_rest
from tests.serving.test_webhooks_in_process import client, settings
from tests.support.fake_twilio import FakeTwilio

NOW = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
TO = "+447700900010"
TAKEN = ("accept_then_cut", "500_taken", "nonsense")
NOT_TAKEN = ("cut", "500", "html")


@dataclass
class Handing:
    """One text to hand over, and the Twilio that it is handed to."""

    twilio: FakeTwilio
    service: Any

    async def hand_over(self) -> None:
        async with self.service.database.begin() as db:
            await outbox.add(db, "school", [OutboxRow("m1", "m1", "sms", TO, "absence.ask", "Where is she?", NOW, NOW)])
        self.service.clockwork.bell.ring()

    async def is_(self, state: str) -> None:
        async with asyncio.timeout(60):
            while await self.state() != state:
                await asyncio.sleep(0.02)

    async def state(self) -> str:
        async with self.service.database.read() as db:
            row = await outbox.find(db, "m1")
        assert row is not None
        return row.state

    async def later(self, span: timedelta) -> None:
        """Let the loops look, that much later, until they have nothing left to do."""
        self.service.clock.turn_by(span)
        await at_rest(self.service.clockwork)

    def sends(self) -> int:
        return sum(one["To"] == TO for one in self.twilio.requests)

    def looks(self) -> int:
        return sum(one.get("To") == TO for one in self.twilio.queries)


@pytest.fixture
async def handing(tmp_path: Path) -> AsyncIterator[Handing]:
    async with FakeTwilio() as twilio, client(settings(tmp_path, TWILIO_API_URL=twilio.url)) as (_, service):
        twilio.silent = True
        yield Handing(twilio, service)


@pytest.mark.parametrize("fault", TAKEN)
async def test_what_twilio_has_is_found_and_not_sent_again(handing: Handing, fault: str) -> None:
    handing.twilio.faults.append(fault)
    await handing.hand_over()
    await handing.is_("unknown")
    await handing.later(timedelta(seconds=20))
    assert (handing.sends(), handing.looks()) == (1, 0), "too soon to ask: it may still be on its way"

    await handing.later(timedelta(seconds=11))
    await handing.is_("accepted")
    await handing.later(timedelta(minutes=5))
    assert handing.sends() == 1
    assert handing.looks() >= 1
    assert [row["to"] for row in handing.twilio.messages.values()] == [TO]


@pytest.mark.parametrize("fault", NOT_TAKEN)
async def test_what_twilio_has_not_is_sent_once_more_after_it_was_asked(handing: Handing, fault: str) -> None:
    handing.twilio.faults.append(fault)
    await handing.hand_over()
    await handing.is_("unknown")
    assert (handing.sends(), handing.looks()) == (1, 0)

    await handing.later(timedelta(seconds=31))
    await handing.is_("accepted")
    await handing.later(timedelta(minutes=5))
    assert handing.sends() == 2
    assert handing.looks() == 2, "by the time of sending, and without it: a text that still waits has none"
    assert [row["to"] for row in handing.twilio.messages.values()] == [TO]


@pytest.mark.parametrize("taken", [True, False])
async def test_as_long_as_twilio_cannot_be_asked_nothing_is_sent(handing: Handing, taken: bool) -> None:
    handing.twilio.faults += ["accept_then_cut" if taken else "cut", "list_500", "list_500"]
    await handing.hand_over()
    await handing.is_("unknown")
    for _ in range(2):
        await handing.later(timedelta(seconds=31))
        assert (await handing.state(), handing.sends()) == ("unknown", 1)

    await handing.later(timedelta(seconds=31))
    await handing.is_("accepted")
    assert handing.sends() == (1 if taken else 2)
    assert len(handing.twilio.messages) == 1


async def test_a_receipt_that_comes_meanwhile_says_it_too(handing: Handing) -> None:
    """The callback's address has our id, so that a receipt is known although Twilio's id never reached us."""
    handing.twilio.faults.append("accept_then_cut")
    await handing.hand_over()
    await handing.is_("unknown")
    (sid,) = handing.twilio.messages
    await handing.service.runner.receipt(Receipt("sms", "m1", sid, "sent"))
    assert await handing.state() == "sent"
    await handing.later(timedelta(minutes=5))
    assert handing.sends() == 1

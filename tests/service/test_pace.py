"""No sender sends faster than it may, and a provider that asks one to wait is obeyed by all words of that sender."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messaging.channel import Accepted, Outgoing, Refused, SendResult
from messaging.channels.simulator import Simulator
from messaging.channels.sms import TwilioAccount, TwilioSms
from service.outgoing import relay
from service.outgoing.pace import Pace
from service.outgoing.relay import Later, Tried, hand_over
from storage.outbox import OutboxRow
from tests.support.fake_twilio import SID, TOKEN, FakeTwilio
from tests.support.turned_time import lived

NOW = datetime(2026, 11, 16, 9, 15, tzinfo=UTC)
OURS = {"sms": "+447700900000", "email": "absence@school.example"}


def row(number: int, segments: int = 1, channel: str = "sms") -> OutboxRow:
    to = f"+4477009001{number:02}"
    return OutboxRow(
        f"m{number}", f"k{number}", channel, to, "absence.ask", f"Words {number}", NOW, NOW, segments=segments
    )


class Timed(Simulator):
    """Keeps when it was handed each message."""

    def __init__(self, clock: Callable[[], float], name: str = "sms", busy_at: int | None = None) -> None:
        super().__init__(name)
        self.at: list[float] = []
        self._clock, self._busy_at = clock, busy_at

    async def send(self, message: Outgoing) -> SendResult:
        self.at.append(self._clock())
        if len(self.at) - 1 == self._busy_at:
            return Refused("too_many", "Slow down.", "20429", timedelta(seconds=7))
        return await super().send(message)


@given(
    st.integers(1, 50),
    st.lists(st.tuples(st.integers(1, 6), st.floats(0, 2)), min_size=2, max_size=40),
)
def test_in_no_stretch_of_time_does_a_sender_send_more_than_its_rate(rate: int, asked: list[tuple[int, float]]) -> None:
    now = 0.0
    pace = Pace({"sms": float(rate)}, lambda: now)
    left: list[tuple[float, int]] = []
    for segments, gap in asked:
        wait = pace.book(("sms", "+44"), segments, at_most=10**9)
        assert wait is not None
        left.append((now + wait, segments))
        now += gap
    for first in range(len(left)):
        for last in range(first + 1, len(left)):
            between = sum(segments for _, segments in left[first:last])
            assert left[last][0] - left[first][0] >= between / rate - 1e-6


def test_senders_and_channels_do_not_wait_for_each_other() -> None:
    pace = Pace({"sms": 1.0}, lambda: 0.0)
    assert pace.book(("sms", "one"), 5, 10) == 0
    assert pace.book(("sms", "two"), 1, 10) == 0
    assert pace.book(("email", "one"), 900, 10) == pace.book(("email", "one"), 1, 10) == 0
    assert pace.book(("sms", "one"), 1, 10) == 5
    assert pace.book(("sms", "one"), 1, 5) is None
    assert pace.book(("sms", "one"), 1, 6) == 6, "what was not booked takes no room"


def test_a_batch_leaves_at_the_rate_of_the_number_and_mail_does_not_wait_for_it() -> None:
    async def batch(clock: Callable[[], float]) -> None:
        texts, mail = Timed(clock), Timed(clock, "email")
        rows = [*(row(number, segments=2) for number in range(6)), row(9, channel="email")]
        tried = await hand_over(rows, {"sms": texts, "email": mail}, OURS, None, Pace({"sms": 20.0}, clock))
        assert [type(one.result) for one in tried] == [Accepted] * 7
        assert texts.at == pytest.approx([0.0, 0.1, 0.2, 0.3, 0.4, 0.5])
        assert mail.at == [0.0]
        assert [message.text for message in texts.sent] == [f"Words {number}" for number in range(6)]

    lived(batch)


def test_more_than_can_leave_soon_is_put_back_untried() -> None:
    async def batch(clock: Callable[[], float]) -> None:
        texts, pace = Timed(clock), Pace({"sms": 0.5}, clock)
        tried = await hand_over([row(number) for number in range(20)], {"sms": texts}, OURS, None, pace)
        assert [type(one.result) for one in tried] == [Accepted] * 6 + [Later] * 14
        assert texts.at == pytest.approx([0.0, 2.0, 4.0, 6.0, 8.0, relay.MAY_WAIT])

    lived(batch)


def test_after_a_429_nothing_of_that_sender_is_tried() -> None:
    async def batch(clock: Callable[[], float]) -> None:
        texts, pace = Timed(clock, busy_at=2), Pace({"sms": 50.0}, clock)
        tried = await hand_over([row(number) for number in range(8)], {"sms": texts}, OURS, None, pace)
        kinds = [type(one.result) for one in tried]
        assert kinds == [Accepted, Accepted, Refused, *[Later] * 5]
        assert len(texts.at) == 3
        waits = {one.result.wait.total_seconds() for one in tried if isinstance(one.result, Later)}
        assert all(6.5 < wait <= 7 for wait in waits)
        assert pace.book(("sms", OURS["sms"]), 1, 5) is None
        assert pace.book(("sms", "+447700900555"), 1, 5) == 0, "another number of ours may go on"

    lived(batch)


async def test_twilios_retry_after_holds_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relay, "MAY_WAIT", 1.0)
    async with FakeTwilio() as twilio:
        twilio.faults.append("429")
        account = TwilioAccount(SID, TOKEN, OURS["sms"], api_url=twilio.url)
        texts = TwilioSms(account, lambda: NOW)
        pace = Pace({"sms": 1000.0})
        first = await hand_over([row(1)], {"sms": texts}, OURS, None, pace)
        second = await hand_over([row(2)], {"sms": texts}, OURS, None, pace)
        await texts.close()
    assert _kind(first[0]) == "too_many"
    assert isinstance(second[0].result, Later)
    assert 6 < second[0].result.wait.total_seconds() <= 7
    assert len(twilio.requests) == 1


def _kind(tried: Tried) -> str:
    return tried.result.kind if isinstance(tried.result, Refused) else type(tried.result).__name__

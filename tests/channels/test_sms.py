"""The Twilio channel against a Twilio that misbehaves, over real HTTP on the loopback."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from aiohttp import web

from messaging.channel import Accepted, Outgoing, Receipt, Refused, Unknown
from messaging.channels.sms import CannotList, TwilioAccount, TwilioSms
from messaging.webhooks import form_pairs, parse_sms, parse_status, verify
from tests.support.fake_twilio import SID, TOKEN, FakeTwilio

OURS = "+447700900999"
PARENT = "+447700900123"
MESSAGE = Outgoing("m-1", "sms", PARENT, "Looe: Mo was not in registration this morning.")


def now() -> datetime:
    return datetime.now(UTC)


def channel(twilio: FakeTwilio, **changes: Any) -> TwilioSms:
    known: dict[str, Any] = {"sid": SID, "token": TOKEN, "sender": OURS, "api_url": twilio.url, "time_limit": 0.4}
    return TwilioSms(TwilioAccount(**(known | changes)), now)


@pytest.fixture
async def twilio() -> AsyncIterator[FakeTwilio]:
    async with FakeTwilio() as fake:
        yield fake


@pytest.fixture
async def sms(twilio: FakeTwilio) -> AsyncIterator[TwilioSms]:
    made = channel(twilio)
    yield made
    await made.close()


async def test_a_text_is_handed_over_once_with_our_words_as_they_are(twilio: FakeTwilio, sms: TwilioSms) -> None:
    answer = await sms.send(MESSAGE)
    assert isinstance(answer, Accepted)
    assert answer.provider_id in twilio.messages
    assert twilio.requests == [{"To": PARENT, "From": OURS, "Body": MESSAGE.text, "SmartEncoded": "false"}]


async def test_the_callback_carries_our_id_and_asks_for_retries(twilio: FakeTwilio) -> None:
    sms = channel(twilio, public_url="https://school.example/", messaging_service="MG1", sender=None)
    await sms.send(Outgoing("a/b 1", "sms", PARENT, "Hello"))
    await sms.close()
    form = twilio.requests[0]
    assert form["StatusCallback"] == "https://school.example/twilio/status?m=a%2Fb+1#rc=5&rp=all&rt=3000"
    assert form["MessagingServiceSid"] == "MG1"
    assert "From" not in form


@pytest.mark.parametrize(("left", "seconds"), [(90.5, 90), (0.9, 1), (99_999, 36_000)])
async def test_a_text_may_wait_at_twilio_only_as_long_as_it_is_worth(
    twilio: FakeTwilio, left: float, seconds: int
) -> None:
    moment = now()
    sms = TwilioSms(TwilioAccount(SID, TOKEN, OURS, api_url=twilio.url), lambda: moment)
    await sms.send(Outgoing("m", "sms", PARENT, "Hello", not_after=moment + timedelta(seconds=left)))
    await sms.close()
    assert twilio.requests[0]["ValidityPeriod"] == str(seconds)


async def test_a_text_past_its_time_and_a_landline_never_leave(twilio: FakeTwilio, sms: TwilioSms) -> None:
    late = await sms.send(Outgoing("m", "sms", PARENT, "Hello", not_after=now() - timedelta(seconds=1)))
    landline = await sms.send(Outgoing("m", "sms", "+441632960123", "Hello"))
    assert isinstance(late, Refused)
    assert isinstance(landline, Refused)
    assert (late.kind, late.retry_in, landline.kind) == ("content", None, "not_a_mobile")
    assert twilio.requests == []


@pytest.mark.parametrize(
    "fault", ["hang", "500", "html", "500_taken", "accept_then_drop", "accept_then_cut", "cut", "nonsense"]
)
async def test_every_way_of_not_knowing_is_unknown_and_is_tried_only_once(
    twilio: FakeTwilio, sms: TwilioSms, fault: str
) -> None:
    twilio.faults = [fault]
    before = now()
    started = time.monotonic()
    answer = await sms.send(MESSAGE)
    assert time.monotonic() - started < 30  # the time limit holds: the stand-in hangs for 30 s
    assert isinstance(answer, Unknown)
    assert PARENT not in answer.why
    assert not answer.may_repeat
    assert len(twilio.requests) == 1  # no hidden second text
    taken = fault in ("500_taken", "accept_then_drop", "accept_then_cut", "nonsense")
    found = await sms.find(MESSAGE, before)
    assert found == (Accepted(next(iter(twilio.messages))) if taken else None)


async def test_no_connection_means_that_nothing_was_sent(twilio: FakeTwilio) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, and nobody listens
        sms = channel(twilio, api_url=f"http://127.0.0.1:{taken.getsockname()[1]}")
        answer = await sms.send(MESSAGE)
        found = await sms.find(MESSAGE, now())
        await sms.close()
    assert isinstance(answer, Refused)
    assert answer.kind == "down"
    assert answer.retry_in
    assert isinstance(found, Unknown)  # nobody can be asked: never "surely not"


async def test_too_many_waits_as_long_as_twilio_says(twilio: FakeTwilio, sms: TwilioSms) -> None:
    twilio.faults = ["429"]
    answer = await sms.send(MESSAGE)
    assert isinstance(answer, Refused)
    assert (answer.kind, answer.retry_in) == ("too_many", timedelta(seconds=7))
    assert twilio.messages == {}


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (400, 21211, "bad_number"),
        (400, 21217, "bad_number"),
        (400, 21214, "blocked"),
        (400, 21612, "blocked"),
        (400, 21614, "not_a_mobile"),
        (400, 21635, "not_a_mobile"),
        (400, 21610, "opted_out"),
        (403, 21408, "ours_to_fix"),
        (400, 21611, "too_many"),
        (400, 21617, "content"),
        (403, 30002, "ours_to_fix"),
        (403, 20005, "ours_to_fix"),
        (400, 55555, "ours_to_fix"),
    ],
)
async def test_every_refusal_has_its_meaning(
    twilio: FakeTwilio, sms: TwilioSms, status: int, code: int, kind: str
) -> None:
    twilio.codes = [(code, status)]
    answer = await sms.send(MESSAGE)
    assert isinstance(answer, Refused)
    assert (answer.kind, answer.provider_code) == (kind, str(code))
    assert (answer.retry_in is not None) == (kind == "too_many")


@pytest.mark.parametrize(
    ("to", "kind"),
    [
        ("+447700900801", "bad_number"),
        ("+447700900804", "opted_out"),
        ("+447700900809", "not_a_mobile"),
        ("07700", "bad_number"),
    ],
)
async def test_numbers_that_twilio_refuses(twilio: FakeTwilio, sms: TwilioSms, to: str, kind: str) -> None:
    answer = await sms.send(Outgoing("m", "sms", to, "Hello"))
    assert isinstance(answer, Refused)
    assert answer.kind == kind


async def test_a_wrong_token_stops_everything_and_is_ours(twilio: FakeTwilio) -> None:
    sms = channel(twilio, token="wrong")
    answer = await sms.send(MESSAGE)
    await sms.close()
    assert isinstance(answer, Refused)
    assert (answer.kind, answer.provider_code) == ("ours_to_fix", "20003")


async def test_a_text_that_still_waits_is_found_though_it_has_no_time_of_sending(
    twilio: FakeTwilio, sms: TwilioSms
) -> None:
    twilio.plan(PARENT, (30, "sent", None))
    twilio.faults = ["accept_then_cut"]
    before = now()
    assert isinstance(await sms.send(MESSAGE), Unknown)
    assert await sms.find(MESSAGE, before) == Accepted(next(iter(twilio.messages)))


async def test_only_our_own_words_of_that_time_to_that_number_are_found(twilio: FakeTwilio, sms: TwilioSms) -> None:
    await sms.send(MESSAGE)
    await twilio.inbound(PARENT, OURS, "Something else")
    await twilio.inbound(OURS, PARENT, "An echo")
    before = now()
    assert await sms.find(Outgoing("m", "sms", PARENT, "Other words"), before) is None
    assert await sms.find(Outgoing("m", "sms", "+447700900124", MESSAGE.text), before) is None
    assert await sms.find(Outgoing("m", "sms", PARENT, "An echo"), before) is None  # that one came in
    assert await sms.find(MESSAGE, before + timedelta(minutes=10)) is None  # yesterday's text is not today's
    assert isinstance(await sms.find(MESSAGE, before), Accepted)


async def test_twilio_is_asked_in_utc(twilio: FakeTwilio, sms: TwilioSms) -> None:
    summer = datetime(2026, 7, 1, 10, 0, tzinfo=ZoneInfo("Europe/London"))
    await sms.find(MESSAGE, summer)
    [row async for row in sms.list_since(summer)]
    assert twilio.queries[0]["DateSent>"] == "2026-07-01T08:58:00Z"  # two minutes before, as clocks differ
    assert twilio.queries[-1]["DateSent>"] == "2026-07-01T09:00:00Z"


async def test_when_the_listing_fails_nobody_knows(twilio: FakeTwilio, sms: TwilioSms) -> None:
    twilio.faults = ["list_500"]
    assert isinstance(await sms.find(MESSAGE, now()), Unknown)


async def test_a_number_with_more_texts_than_a_look_takes_in_is_unknown(twilio: FakeTwilio, sms: TwilioSms) -> None:
    twilio.plan(PARENT)  # they stay queued
    for place in range(200):
        twilio._take({"To": PARENT, "From": OURS, "Body": f"text {place}"})
    assert isinstance(await sms.find(MESSAGE, now() - timedelta(hours=1)), Unknown)
    assert await sms.find(MESSAGE, now() + timedelta(hours=1)) is None


async def test_discarded_content_is_asked_for_and_then_cannot_be_looked_up(twilio: FakeTwilio) -> None:
    sms = channel(twilio, discard_content=True)
    await sms.send(MESSAGE)
    found = await sms.find(MESSAGE, now())
    await sms.close()
    assert twilio.requests[0]["ContentRetention"] == "discard"
    assert twilio.requests[0]["AddressRetention"] == "obfuscate"
    assert isinstance(found, Unknown)


async def test_what_came_in_while_we_were_down_is_listed_as_the_webhook_would_tell_it(
    twilio: FakeTwilio, sms: TwilioSms
) -> None:
    await twilio.inbound(PARENT, OURS, "Mo is poorly")
    await twilio.inbound(PARENT, "+447700900998", "To another school's number")
    await twilio.inbound(PARENT, OURS, "Cancel")
    await sms.send(MESSAGE)
    rows = [row async for row in sms.list_since(now() - timedelta(minutes=1))]
    assert [(row.text, row.opt_out) for row in rows] == [("Cancel", "STOP"), ("Mo is poorly", None)]
    assert all((row.their_address, row.our_address) == (PARENT, OURS) for row in rows)
    assert {row.provider_id for row in rows} <= set(twilio.messages)
    assert all(row.sent_at and row.sent_at.tzinfo for row in rows)


async def test_with_a_messaging_service_only_what_came_in_is_listed(twilio: FakeTwilio) -> None:
    sms = channel(twilio, sender=None, messaging_service="MG1")
    await sms.send(MESSAGE)
    await twilio.settled()
    await twilio.inbound(PARENT, OURS, "Mo is poorly")
    await twilio.inbound(PARENT, "+447700900998", "To our second number")
    rows = [row async for row in sms.list_since(now() - timedelta(minutes=1))]
    await sms.close()
    assert [row.text for row in rows] == ["To our second number", "Mo is poorly"]


async def test_a_listing_that_fails_says_so(twilio: FakeTwilio, sms: TwilioSms) -> None:
    twilio.faults = ["list_500"]
    with pytest.raises(CannotList):
        [row async for row in sms.list_since(now())]


async def test_a_text_without_receipts_can_be_asked_for_and_blanked(twilio: FakeTwilio, sms: TwilioSms) -> None:
    twilio.plan(PARENT, (0, "undelivered", 30005))
    sent = await sms.send(MESSAGE)
    assert isinstance(sent, Accepted)
    await twilio.settled()
    expected = Receipt("sms", "m-1", sent.provider_id, "undelivered", "30005", "undelivered")
    assert await sms.receipt_of("m-1", sent.provider_id) == expected
    assert await sms.receipt_of("m-1", "SM" + "0" * 32) is None
    await sms.blank(sent.provider_id)
    assert twilio.messages[sent.provider_id]["body"] == ""


async def test_signed_webhooks_arrive_verify_and_parse(twilio: FakeTwilio) -> None:
    """The whole way: our text, its receipts under our id in reverse and doubled, and an answer."""
    seen: list[tuple[str, bool, Any]] = []
    public = ""

    async def take(request: web.Request) -> web.Response:
        pairs = form_pairs(await request.read())
        good = verify(public, request.path_qs, pairs, request.headers.get("X-Twilio-Signature"), [TOKEN])
        told = parse_status(request.query_string, pairs) if request.path.endswith("status") else parse_sms(pairs)
        seen.append((request.path, good, told))
        return web.Response(text="<Response/>", content_type="text/xml")

    app = web.Application()
    app.add_routes([web.post("/twilio/{what}", take)])
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    public = f"http://127.0.0.1:{runner.addresses[0][1]}"
    sms = channel(twilio, public_url=public)
    twilio.numbers[OURS] = {"sms_url": f"{public}/twilio/sms?s=1"}
    twilio.plan(PARENT, (0, "sent", None), (0, "delivered", None), shuffle=True, duplicate=1)
    await sms.send(MESSAGE)
    await asyncio.wait_for(twilio.settled(), 5)
    await twilio.inbound(PARENT, OURS, "Mo is poorly")
    await sms.close()
    await runner.cleanup()
    assert all(good for _, good, _ in seen)
    receipts = [told for path, _, told in seen if path.endswith("status")]
    assert [(told.message_id, told.status) for told in receipts] == [
        ("m-1", "delivered"), ("m-1", "delivered"), ("m-1", "sent"), ("m-1", "sent"),
    ]  # fmt: skip
    assert seen[-1][2].text == "Mo is poorly"


def test_a_channel_without_a_sender_says_which_setting_is_missing() -> None:
    with pytest.raises(ValueError, match="TWILIO_FROM"):
        TwilioSms(TwilioAccount(SID, TOKEN), now)

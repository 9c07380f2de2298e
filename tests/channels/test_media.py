"""Photographs of texts and chats: what is announced, and fetching it over real HTTP with credentials and a limit."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web

from messaging.channels.sms import TwilioAccount, TwilioSms
from messaging.channels.telegram import TelegramAccount, TelegramChats
from messaging.media import Announced, CannotFetch, TooLarge, announced
from messaging.telegram_updates import RAW, parse_update
from messaging.twilio_http import TwilioHttp
from messaging.webhooks import parse_sms, received_from_listing
from tests.support.fake_telegram import BOT, TOKEN, chat_of, user_of

SID = "AC" + "0" * 32
MEDIA = f"https://api.twilio.com/2010-04-01/Accounts/{SID}/Messages/MM1/Media/ME1"
JPEG = b"\xff\xd8\xff\xe0" + bytes(2_000)
NOW = datetime(2026, 11, 17, 9, 15, tzinfo=UTC)
PHOTO = [{"file_id": name, "file_unique_id": name, "width": 9, "height": 9} for name in ("small", "large")]


def of_twilio(*pairs: tuple[str, str]) -> tuple[Announced, ...]:
    message = parse_sms([("MessageSid", "MM1"), ("From", "+447700900001"), ("To", "+447700900000"), *pairs])
    return announced(message.channel, message.raw)


def of_telegram(**body: Any) -> tuple[Announced, ...]:
    known = {"message_id": 5, "date": 1_780_000_000, "chat": chat_of(77), "from": user_of(77)}
    message = parse_update(json.dumps({"update_id": 1, "message": known | body}).encode(), BOT)
    assert RAW in message.raw
    return announced(message.channel, message.raw)


def test_what_twilio_announces() -> None:
    assert of_twilio(("NumMedia", "0")) == of_twilio() == ()
    assert of_twilio(("NumMedia", "1"), ("MediaUrl0", MEDIA)) == (Announced(1, MEDIA, "photo 1"),)
    assert [one.source for one in of_twilio(("NumMedia", "2"), ("MediaUrl0", MEDIA))] == [MEDIA, ""]
    assert len(of_twilio(("NumMedia", "99"))) == 10
    assert of_twilio(("NumMedia", "9999999999999999999")) == of_twilio(("NumMedia", "-1")) == ()


def test_a_text_that_is_only_listed_says_that_there_is_a_picture() -> None:
    listed = received_from_listing("MM1", "+447700900001", "+447700900000", "", None, 1)
    assert announced(listed.channel, listed.raw) == (Announced(1, "", "photo 1"),)


def test_what_telegram_announces() -> None:
    assert of_telegram(text="hello") == ()
    assert of_telegram(photo=PHOTO) == (Announced(1, "large", "photo"),)
    assert of_telegram(photo=PHOTO, caption="the tickets") == (Announced(1, "large", "photo"),)
    document = {"file_id": "doc", "file_unique_id": "d", "file_name": "../../tickets\n<x>.pdf"}
    assert of_telegram(document=document) == (Announced(1, "doc", "tickets x .pdf"),)
    assert of_telegram(sticker={"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1,
                                "is_animated": False, "is_video": False}) == ()  # fmt: skip
    assert announced("email", {"anything": 1}) == ()


class Place:
    """A provider's API and the place where its files lie."""

    def __init__(self) -> None:
        self.url = ""
        self.asked: list[tuple[str, str]] = []
        self.status = 307
        self.location = "/lies/here"
        self.body = JPEG

    async def api(self, request: web.Request) -> web.StreamResponse:
        self.asked.append((request.path, request.headers.get("Authorization", "")))
        if self.status != 307:
            return web.Response(status=self.status)
        return web.Response(status=307, headers={"Location": self.location})

    async def file(self, request: web.Request) -> web.StreamResponse:
        self.asked.append((request.path, request.headers.get("Authorization", "")))
        answer = web.StreamResponse()  # chunked: no length is said
        await answer.prepare(request)
        await answer.write(self.body)
        return answer

    async def bot(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()
        if form["file_id"] == "gone":
            body = {"ok": False, "error_code": 400, "description": "Bad Request: wrong file_id"}
            return web.json_response(body, status=400)
        found = {"file_id": "large", "file_unique_id": "u", "file_size": len(self.body), "file_path": "photos/1.jpg"}
        return web.json_response({"ok": True, "result": found})


@asynccontextmanager
async def serving() -> AsyncIterator[Place]:
    place, app = Place(), web.Application()
    app.add_routes(
        [
            web.get("/2010-04-01/{rest:.*}", place.api),
            web.get("/lies/here", place.file),
            web.post("/bot{token}/getFile", place.bot),
            web.get("/file/bot{token}/photos/1.jpg", place.file),
        ]
    )
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    place.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield place
    finally:
        await runner.cleanup()


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    async with serving() as found:
        yield found


@pytest.fixture
async def sms(place: Place) -> AsyncIterator[TwilioSms]:
    made = TwilioSms(TwilioAccount(SID, "secret", "+447700900000", api_url=place.url, time_limit=2), lambda: NOW)
    yield made
    await made.close()


async def test_our_credentials_go_to_twilio_and_not_where_the_file_lies(place: Place, sms: TwilioSms) -> None:
    assert await sms.fetch(MEDIA, 5_000) == JPEG
    basic = "Basic " + base64.b64encode(f"{SID}:secret".encode()).decode()
    assert place.asked == [(MEDIA.removeprefix("https://api.twilio.com"), basic), ("/lies/here", "")]


async def test_no_more_than_the_limit_is_read(sms: TwilioSms) -> None:
    with pytest.raises(TooLarge):
        await sms.fetch(MEDIA, 1_999)


@pytest.mark.parametrize(
    "source",
    [
        "http://api.twilio.com/2010-04-01/Accounts/" + SID + "/Messages/MM1/Media/ME1",
        "https://evil.example/2010-04-01/Accounts/" + SID + "/Messages/MM1/Media/ME1",
        "https://api.twilio.com.evil.example/2010-04-01/Accounts/" + SID + "/x",
        "https://api.twilio.com/2010-04-01/Accounts/AC" + "1" * 32 + "/Messages/MM1/Media/ME1",
        "file:///etc/passwd",
        "",
    ],
)
async def test_nothing_is_asked_of_anybody_but_our_account(place: Place, sms: TwilioSms, source: str) -> None:
    with pytest.raises(CannotFetch) as refused:
        await sms.fetch(source, 5_000)
    assert (place.asked, refused.value.again) == ([], False)


@pytest.mark.parametrize("there", ["http://127.0.0.1:9/x", "https://evil.example/x", "file:///etc/passwd", ""])
async def test_twilio_sends_on_to_its_own_places_only(place: Place, sms: TwilioSms, there: str) -> None:
    place.location = there
    if there:
        with pytest.raises(CannotFetch, match="not its own"):
            await sms.fetch(MEDIA, 5_000)
    assert not any(path == "/lies/here" for path, _ in place.asked)


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://mms.twiliocdn.com/a", True),
        ("https://s3-external-1.amazonaws.com/media.twiliocdn.com/a", True),
        ("http://mms.twiliocdn.com/a", False),
        ("https://twiliocdn.com.evil.example/a", False),
        ("https://eviltwilio.com/a", False),
    ],
)
def test_where_twilio_keeps_files(url: str, good: bool) -> None:
    assert TwilioHttp()._keeps_files(url) is good


@pytest.mark.parametrize(("status", "again"), [(500, True), (404, True), (429, True), (401, False), (403, False)])
async def test_what_may_come_yet_is_tried_again(place: Place, sms: TwilioSms, status: int, again: bool) -> None:
    place.status = status
    with pytest.raises(CannotFetch) as refused:
        await sms.fetch(MEDIA, 5_000)
    assert refused.value.again is again


async def test_nobody_there_is_tried_again() -> None:
    made = TwilioSms(
        TwilioAccount(SID, "secret", "+447700900000", api_url="http://127.0.0.1:9", time_limit=1), lambda: NOW
    )
    with pytest.raises(CannotFetch) as refused:
        await made.fetch(MEDIA, 5_000)
    assert refused.value.again
    await made.close()


async def test_a_photo_of_telegram(place: Place) -> None:
    made = TelegramChats(TelegramAccount(TOKEN, place.url, 2), lambda: NOW)
    assert await made.fetch("large", 5_000) == JPEG
    assert place.asked[0][0] == f"/file/bot{TOKEN}/photos/1.jpg"
    with pytest.raises(TooLarge):
        await made.fetch("large", 100)
    with pytest.raises(CannotFetch) as refused:
        await made.fetch("gone", 5_000)
    assert not refused.value.again
    assert TOKEN not in str(refused.value)
    await made.close()

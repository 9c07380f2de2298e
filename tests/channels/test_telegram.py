"""The Telegram channel against a Bot API that misbehaves, over real HTTP on the loopback."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from messaging.channel import Accepted, Button, Outgoing, Refused, Unknown
from messaging.channels.telegram import UPDATES, CannotAsk, TelegramAccount, TelegramChats
from tests.support.fake_telegram import SECRET, TOKEN, USERNAME, FakeTelegram

MUM = 77
NOW = datetime(2026, 11, 17, 9, 15, tzinfo=UTC)
MESSAGE = Outgoing("m-1", "telegram", str(MUM), "Looe: Mo was not in registration this morning.")
LIMIT, STAND_IN_HANGS = 0.4, 30


def chats(url: str, token: str = TOKEN, limit: float = LIMIT) -> TelegramChats:
    return TelegramChats(TelegramAccount(token, url, limit), lambda: NOW)


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as fake:
        yield fake


@pytest.fixture
async def channel(telegram: FakeTelegram) -> AsyncIterator[TelegramChats]:
    made = chats(telegram.url)
    yield made
    await made.close()


def times(telegram: FakeTelegram, method: str) -> int:
    return sum(called == method for called, _ in telegram.calls)


async def test_words_are_handed_over_once_as_they_are(telegram: FakeTelegram, channel: TelegramChats) -> None:
    answer = await channel.send(MESSAGE)
    assert answer == Accepted(f"{MUM}/{telegram.last(MUM)}")
    assert telegram.texts(MUM) == [MESSAGE.text]
    assert times(telegram, "sendmessage") == 1


async def test_buttons_come_along_and_an_edit_replaces_them(telegram: FakeTelegram, channel: TelegramChats) -> None:
    asked = replace(MESSAGE, buttons=(Button("I have it", "ack:m-1"), Button("I ring", "ring:m-1")))
    sent = await channel.send(asked)
    assert isinstance(sent, Accepted)
    assert telegram.buttons(MUM, telegram.last(MUM)) == {"I have it": "ack:m-1", "I ring": "ring:m-1"}
    edit = Outgoing("m-2", "telegram", str(MUM), "Ms Reed has it.", edits=sent.provider_id)
    assert await channel.send(edit) == sent
    assert await channel.send(edit) == sent  # "not modified" is what was wanted
    assert telegram.texts(MUM) == ["Ms Reed has it."]
    assert telegram.buttons(MUM, telegram.last(MUM)) == {}


async def test_a_button_asks_for_the_readers_own_number(telegram: FakeTelegram, channel: TelegramChats) -> None:
    await channel.send(replace(MESSAGE, share="Share my number"))
    markup = json.loads(telegram.calls[-1][1]["reply_markup"])
    assert markup["keyboard"] == [[{"text": "Share my number", "request_contact": True}]]


async def test_words_that_want_an_answer_open_one_to_themselves(telegram: FakeTelegram, channel: TelegramChats) -> None:
    await channel.send(replace(MESSAGE, wants_answer=True))
    assert json.loads(telegram.calls[-1][1]["reply_markup"]) == {"force_reply": True}


async def test_data_beyond_64_bytes_never_leaves(telegram: FakeTelegram, channel: TelegramChats) -> None:
    fits, long = "ä" * 32, "ä" * 33
    assert isinstance(await channel.send(replace(MESSAGE, buttons=(Button("x", fits),))), Accepted)
    assert isinstance(await channel.send(replace(MESSAGE, buttons=(Button("x", long),))), Unknown)
    assert times(telegram, "sendmessage") == 1


@pytest.mark.parametrize(
    ("fault", "kind"),
    [("blocked", "opted_out"), ("unknown", "not_linked"), ("migrate", "not_linked"), ("429", "too_many")],
)
async def test_what_telegram_surely_did_not_take(
    telegram: FakeTelegram, channel: TelegramChats, fault: str, kind: str
) -> None:
    if fault in ("blocked", "unknown"):
        getattr(telegram, fault).add(MUM)
    else:
        telegram.faults["sendmessage"] = [fault]
    answer = await channel.send(MESSAGE)
    assert isinstance(answer, Refused)
    assert answer.kind == kind
    assert answer.retry_in == (timedelta(seconds=7) if fault == "429" else None)
    assert times(telegram, "sendmessage") == 1
    assert telegram.texts(MUM) == []


@pytest.mark.parametrize("nonsense", [None, "soon", -3, 10**9])
async def test_a_wait_that_makes_no_sense_is_bounded(
    telegram: FakeTelegram, channel: TelegramChats, nonsense: Any
) -> None:
    telegram.retry_after, telegram.faults["sendmessage"] = nonsense, ["429"]
    answer = await channel.send(MESSAGE)
    assert isinstance(answer, Refused)
    assert answer.retry_in is not None
    assert timedelta(seconds=1) <= answer.retry_in <= timedelta(minutes=15)


@pytest.mark.parametrize("fault", ["hang", "taken_then_hang", "502", "502_taken", "nonsense", "cut"])
async def test_what_telegram_may_have_taken_is_unknown_for_ever_and_never_repeated(
    telegram: FakeTelegram, channel: TelegramChats, fault: str
) -> None:
    telegram.faults["sendmessage"] = [fault]
    began = time.monotonic()
    answer = await channel.send(MESSAGE)
    assert time.monotonic() - began < STAND_IN_HANGS
    assert isinstance(answer, Unknown)
    assert answer.for_ever
    assert not answer.may_repeat
    assert times(telegram, "sendmessage") == 1
    found = await channel.find(MESSAGE, NOW)
    assert isinstance(found, Unknown)
    assert found.for_ever


async def test_an_edit_whose_answer_is_lost_is_made_again(telegram: FakeTelegram, channel: TelegramChats) -> None:
    sent = await channel.send(MESSAGE)
    assert isinstance(sent, Accepted)
    telegram.faults["editmessagetext"] = ["taken_then_hang"]
    edit = Outgoing("m-2", "telegram", str(MUM), "Ms Reed has it.", edits=sent.provider_id)
    lost = await channel.send(edit)
    assert isinstance(lost, Refused)
    assert lost.retry_in is not None
    assert await channel.send(edit) == sent


async def test_nobody_there_is_surely_not_sent() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    channel = chats(f"http://127.0.0.1:{port}")
    answer = await channel.send(MESSAGE)
    await channel.close()
    assert isinstance(answer, Refused)
    assert (answer.kind, answer.retry_in) == ("down", timedelta(seconds=30))


async def test_a_wrong_token_is_ours_to_fix_and_is_never_told(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    wrong = chats(telegram.url, "123456:AAAA-not-the-token")
    answer = await wrong.send(MESSAGE)
    with pytest.raises(CannotAsk, match="BotFather") as told:
        await wrong.username()
    await wrong.close()
    assert isinstance(answer, Refused)
    assert answer.kind == "ours_to_fix"
    assert "AAAA" not in repr(answer) + str(told.value) + caplog.text


@pytest.mark.parametrize("token", ["", "nonsense", "12:ab cd", "123456"])
def test_what_is_no_token_is_said_at_once(token: str) -> None:
    with pytest.raises(ValueError, match="TELEGRAM_BOT_TOKEN"):
        chats("http://127.0.0.1:9", token)


async def test_words_past_their_time_do_not_leave(telegram: FakeTelegram, channel: TelegramChats) -> None:
    answer = await channel.send(replace(MESSAGE, not_after=NOW))
    assert isinstance(answer, Refused)
    assert answer.kind == "content"
    assert telegram.calls == []


async def test_one_chat_keeps_its_order_and_a_slow_one_holds_up_no_other(telegram: FakeTelegram) -> None:
    channel = chats(telegram.url, limit=10)
    telegram.delay[MUM] = 0.7
    words = [replace(MESSAGE, message_id=f"m-{n}", text=f"number {n}") for n in range(3)]
    others = [replace(MESSAGE, to=str(chat)) for chat in range(100, 106)]
    sent = asyncio.gather(*(channel.send(one) for one in words))
    await asyncio.gather(*(channel.send(one) for one in others))
    assert len(telegram.texts(MUM)) < len(words)
    await sent
    await channel.close()
    assert telegram.texts(MUM) == ["number 0", "number 1", "number 2"]
    assert telegram.together > 1


async def test_so_many_a_second_and_no_more(telegram: FakeTelegram, channel: TelegramChats) -> None:
    began = time.monotonic()
    await asyncio.gather(*(channel.send(replace(MESSAGE, to=str(chat))) for chat in range(100, 126)))
    assert time.monotonic() - began >= 1.0


async def test_the_webhook_is_set_with_the_secret_and_the_updates_that_we_need(
    telegram: FakeTelegram, channel: TelegramChats
) -> None:
    await channel.listen_at("https://school.example/telegram", SECRET)
    assert telegram.hook["secret_token"] == SECRET
    assert json.loads(telegram.hook["allowed_updates"]) == list(UPDATES)
    assert "drop_pending_updates" not in telegram.hook  # what came while we were down is not thrown away
    info = await channel.webhook()
    assert info.url == "https://school.example/telegram"
    assert await channel.username() == USERNAME
    with pytest.raises(CannotAsk, match="unallowed"):
        await channel.listen_at("https://school.example/telegram", "not allowed!")

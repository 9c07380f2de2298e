"""Telegram's updates asked for instead of sent: the whole service, with a Bot API that misbehaves."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from messaging.channels.telegram import CannotAsk, TelegramAccount, TelegramChats
from messaging.telegram_updates import SECRET_HEADER
from service.incoming.telegram_poller import Poller
from service.settings_faults import check_for_serve
from storage import mailboxes
from tests.support.fake_telegram import BOT, SECRET, TOKEN, FakeTelegram
from tests.support.telegram_school import NGOZI, REED, TelegramSchool, label, open_telegram_school, settings_of

POLLING = {"TELEGRAM_UPDATES": "polling", "TELEGRAM_WEBHOOK_SECRET": ""}


@pytest.fixture
async def school(tmp_path: Path) -> AsyncIterator[TelegramSchool]:
    async with open_telegram_school(tmp_path, **POLLING) as opened:
        yield opened


def poller(school: TelegramSchool, take: Any = None) -> Poller:
    """The loop of a process that has just started."""
    service = school.service
    chats: Any = service.channels["telegram"]
    chats = chats._channel
    return Poller(chats, BOT, service.database, take or service.receive, service.clock)


async def place(school: TelegramSchool) -> tuple[int, int] | None:
    async with school.service.database.read() as db:
        return await mailboxes.get(db, f"telegram/{BOT}")


async def test_a_morning_by_polling(school: TelegramSchool) -> None:
    await school.link("ngozi", NGOZI)
    await school.link("reed", REED)
    await school.at("09:15")
    await school.marks(amina="N", callum="N")
    school.telegram.says(NGOZI, "she has a temperature, back tomorrow")
    await school.quiet()
    assert await school.rows("SELECT pupil_id, code FROM absence") == [("amina", "I")]
    await school.at("12:00")
    message = school.telegram.last(REED)
    school.telegram.presses(REED, message, label(school.telegram.buttons(REED, message), "ack"))
    await school.quiet()
    assert school.telegram.texts(REED)[-1].endswith("12:00: Ms Reed (Attendance officer) has it.")
    assert any(method == "answercallbackquery" for method, _ in school.telegram.calls)
    assert not any(method == "setwebhook" for method, _ in school.telegram.calls)


async def test_the_webhook_is_closed(school: TelegramSchool) -> None:
    url = f"{school.service.settings.public_url}/telegram"
    headers = {SECRET_HEADER: SECRET}
    async with aiohttp.ClientSession() as http, http.post(url, json={"update_id": 1}, headers=headers) as answer:
        assert answer.status == 404


async def test_an_update_is_confirmed_only_after_it_is_stored(school: TelegramSchool) -> None:
    await school.link("ngozi", NGOZI)
    await school.service.clockwork.stop()

    async def no_power(_: Any) -> bool:
        raise OSError("the power goes")

    school.telegram.says(NGOZI, "Amina is ill today, back tomorrow")
    before = await place(school)
    with pytest.raises(OSError, match="the power goes"):
        await poller(school, no_power).step()
    assert await place(school) == before
    started = poller(school)
    assert await started.step() == 1
    assert len(school.telegram.waiting) == 1  # stored, and not yet confirmed
    await started.step()
    assert school.telegram.waiting == []
    assert await poller(school).step() == 0
    assert await school.rows("SELECT count(*) FROM inbox WHERE text LIKE 'Amina%'") == [(1,)]


async def test_what_was_stored_before_the_place_was_kept_is_one_message(school: TelegramSchool) -> None:
    await school.link("ngozi", NGOZI)
    await school.service.clockwork.stop()
    number = school.telegram.says(NGOZI, "Amina is ill today, back tomorrow")
    await poller(school).step()
    async with school.service.database.begin() as db:
        await mailboxes.put(db, f"telegram/{BOT}", int(school.clock.now().timestamp()), number - 1)
    assert await poller(school).step() == 0
    assert await school.rows("SELECT count(*) FROM inbox WHERE text LIKE 'Amina%'") == [(1,)]


async def test_after_a_quiet_week_lower_numbers_are_taken_too(school: TelegramSchool) -> None:
    await school.link("ngozi", NGOZI)
    await school.service.clockwork.stop()
    school.telegram._number = 5
    school.clock.turn_by(timedelta(days=8))
    school.telegram.says(NGOZI, "Amina is ill today, back tomorrow")
    started = poller(school)
    assert await started.step() == 1
    assert (await place(school) or (0, 0))[1] == 6
    await started.step()
    assert school.telegram.waiting == []


async def test_an_update_that_nobody_can_read_holds_up_no_other(school: TelegramSchool) -> None:
    await school.link("ngozi", NGOZI)
    await school.service.clockwork.stop()
    deep: Any = []
    for _ in range(60):
        deep = [deep]
    odd = school.telegram._number + 1
    school.telegram.waiting += [
        {"update_id": odd, "message": {"chat": 7, "text": deep}},
        {"update_id": odd + 1, "shiny_new_kind": {"a": [1]}},
    ]
    school.telegram._number += 2
    school.telegram.says(NGOZI, "Amina is ill today, back tomorrow")
    assert await poller(school).step() == 3
    assert (await place(school) or (0, 0))[1] == odd + 2


@pytest.mark.parametrize("fault", ["429", "502", "cut", "nonsense"])
async def test_trouble_at_telegram_is_a_pause_and_nothing_is_lost(school: TelegramSchool, fault: str) -> None:
    await school.link("ngozi", NGOZI)
    await school.service.clockwork.stop()
    school.telegram.faults["getupdates"] = [fault]
    school.telegram.says(NGOZI, "Amina is ill today, back tomorrow")
    started = poller(school)
    assert await started.step() == 0
    assert await started.wait() == 10
    assert await started.step() == 0  # not asked again before its time
    school.clock.turn_by(timedelta(seconds=11))
    assert await started.step() == 1


async def test_two_who_ask_and_a_wrong_token_are_said() -> None:
    async with FakeTelegram() as telegram:
        telegram.hook = {"url": "https://elsewhere.example/telegram"}
        for token, why in ((TOKEN, "only one may"), ("1:wrong", "does not know the token")):
            chats = TelegramChats(TelegramAccount(token, telegram.url), lambda: None)  # type: ignore[arg-type,return-value]  # it is not asked for
            with pytest.raises(CannotAsk, match=why):
                await chats.updates(None, 0)
            await chats.close()
        asked_for = ["message", "edited_message", "callback_query", "my_chat_member"]
        assert json.loads(telegram.calls[0][1]["allowed_updates"]) == asked_for


@pytest.mark.parametrize(
    ("more", "faults"),
    [
        (POLLING, []),
        ({"TELEGRAM_UPDATES": "webhook", "TELEGRAM_WEBHOOK_SECRET": ""}, ["TELEGRAM_WEBHOOK_SECRET is missing"]),
        ({"TELEGRAM_UPDATES": "pull"}, ["TELEGRAM_UPDATES must be webhook or polling"]),
    ],
)
def test_settings_choose(tmp_path: Path, more: dict[str, str], faults: list[str]) -> None:
    said = check_for_serve(settings_of(tmp_path, 8000, "http://127.0.0.1:1", "http://127.0.0.1:2", **more))
    assert len(said) == len(faults)
    assert all(line.startswith(fault) for line, fault in zip(said, faults, strict=True))

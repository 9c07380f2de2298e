"""`firstcall channels check` against providers that are well, and against each one set up or behaving wrongly."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from service import channel_checks
from service.channel_checks import Found, check_channels
from service.settings import Settings
from tests.serving.running import firstcall
from tests.serving.test_mail_in_process import set_up, settings
from tests.support import fake_telegram
from tests.support.fake_imap import FakeImap
from tests.support.fake_sign_in import FakeSignIn
from tests.support.fake_telegram import FakeTelegram
from tests.support.fake_twilio import SID, TOKEN, FakeTwilio
from tests.support.smtp_sink import Sink

OURS = "+447700900000"
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
SERVICE = "MG" + "1" * 32
PUBLIC = "https://absence.school.example"
HOOK = f"{PUBLIC}/twilio/sms#rc=5&rp=all&rt=3000"


@dataclass
class World:
    """Every provider, and the settings that name them."""

    twilio: FakeTwilio
    telegram: FakeTelegram
    imap: FakeImap
    sink: Sink
    settings: Settings

    def but(self, **changed: Any) -> Settings:
        given = {
            str(field.validation_alias): getattr(self.settings, name) for name, field in Settings.model_fields.items()
        }
        return Settings.model_validate({**given, **changed})


@pytest.fixture
async def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    monkeypatch.setattr(channel_checks, "EACH_WITHIN", 1.0)
    monkeypatch.setattr(channel_checks, "_address", _alive)
    async with FakeTwilio() as twilio, FakeTelegram() as telegram, FakeImap() as imap, Sink(password="p") as sink:
        twilio.numbers[OURS] = {"sms_url": HOOK}
        telegram.hook = {"url": f"{PUBLIC}/telegram", "allowed_updates": "[]"}
        of = settings(
            tmp_path, TWILIO_API_URL=twilio.url, IMAP_URL=imap.url, SMTP_URL=f"smtp://me:p@127.0.0.1:{sink.port}",
            TELEGRAM_BOT_TOKEN=fake_telegram.TOKEN, TELEGRAM_WEBHOOK_SECRET=fake_telegram.SECRET,
            TELEGRAM_API_URL=telegram.url,
        )  # fmt: skip
        await set_up(of)
        yield World(twilio, telegram, imap, sink, of)


async def _alive(_: Settings) -> str:
    return "answers"


async def faults(of: Settings) -> list[Found]:
    return [one for one in await check_channels(of) if not one.good]


async def test_everything_that_is_well_is_said_so_and_nothing_is_sent(world: World) -> None:
    found = await check_channels(world.settings)
    assert [(one.channel, one.good) for one in found] == [
        ("address", True), ("sms", True), ("email out", True), ("email in", True), ("telegram", True)
    ]  # fmt: skip
    assert not world.twilio.requests
    assert not world.sink.box
    assert {method for method, _ in world.telegram.calls} == {"getme", "getwebhookinfo"}
    said = " ".join(one.says for one in found)
    assert TOKEN not in said
    assert fake_telegram.TOKEN not in said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ({}, "nowhere; set its webhook for incoming messages to " + HOOK),
        (
            {"sms_url": "https://demo.twilio.com/welcome"},
            "another place, at demo.twilio.com; set its webhook to " + HOOK,
        ),
        ({"sms_url": HOOK.replace("https", "http")}, "another place"),
        ({"sms_url": HOOK, "sms_method": "GET"}, "choose HTTP POST"),
        ({"sms_url": f"{PUBLIC}/twilio/sms"}, "tries its webhook only twice"),
        ({"sms_url": HOOK, "sms_application_sid": "AP1"}, "TwiML App"),
        ({"sms_url": HOOK, "capabilities": {"sms": False}}, "cannot text"),
    ],
)
async def test_a_number_that_is_set_up_wrongly(world: World, number: dict[str, Any], said: str) -> None:
    world.twilio.numbers[OURS] = number
    (found,) = await faults(world.settings)
    assert found.channel == "sms"
    assert said in found.says


@pytest.mark.parametrize(
    ("account", "said"), [({"status": "suspended"}, "suspended"), ({"type": "Trial"}, "trial account")]
)
async def test_an_account_that_cannot_send(world: World, account: dict[str, str], said: str) -> None:
    world.twilio.account |= account
    (found,) = await faults(world.settings)
    assert said in found.says


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("hang", "did not answer within 1 s"),
        ("500", "has trouble (500)"),
        ("429", "asks to wait"),
        ("nonsense", "could not be read"),
    ],
)
async def test_a_twilio_that_misbehaves(world: World, fault: str, said: str) -> None:
    world.twilio.setup_fault = fault
    began = time.monotonic()
    (found,) = await faults(world.settings)
    assert time.monotonic() - began < 30  # for so long the stand-in hangs
    assert found.channel == "sms"
    assert said in found.says


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"TWILIO_AUTH_TOKEN": "another"}, "TWILIO_AUTH_TOKEN again"),
        ({"TWILIO_ACCOUNT_SID": "AC" + "1" * 32}, "again from its console"),
        ({"TWILIO_FROM": "+447700900555"}, "no number like TWILIO_FROM"),
        ({"TWILIO_API_URL": "http://127.0.0.1:9"}, "cannot be reached at 127.0.0.1"),
        ({"SMTP_URL": "smtp://127.0.0.1:9"}, "127.0.0.1:9: The mail server cannot be reached"),
        ({"IMAP_URL": "imap://a:b@127.0.0.1:9/INBOX"}, "cannot be reached"),
        ({"TELEGRAM_BOT_TOKEN": "123456:WRONG-token"}, "does not know the token"),
        ({"TELEGRAM_API_URL": "http://127.0.0.1:9"}, "Telegram could not be asked"),
    ],
)
async def test_credentials_and_places_that_are_wrong(world: World, changed: dict[str, str], said: str) -> None:
    (found,) = await faults(world.but(**changed))
    assert said in found.says
    assert "\n" not in found.says


async def test_mail_that_is_refused(world: World) -> None:
    wrong = world.settings.smtp_url.get_secret_value().replace("me:p@", "me:q@")
    world.imap.refuse_login = True
    out, box = await faults(world.but(SMTP_URL=wrong))
    assert (out.channel, box.channel) == ("email out", "email in")
    assert "refuses our sign-in" in out.says
    assert "check IMAP_URL and its password" in box.says


async def test_a_folder_that_is_not_there(world: World) -> None:
    wrong = world.settings.imap_url.get_secret_value().replace("/INBOX", "/Absence")
    (found,) = await faults(world.but(IMAP_URL=wrong))
    assert "there is no folder Absence" in found.says


async def test_a_mail_server_that_says_nothing_is_not_waited_for(world: World) -> None:
    world.imap.silent = 3
    (found,) = await faults(world.settings)
    assert found.channel == "email in"


async def test_a_bot_whose_updates_go_elsewhere_or_wait(world: World) -> None:
    world.telegram.hook = {}
    (nowhere,) = await faults(world.settings)
    assert "go nowhere" in nowhere.says
    world.telegram.hook = {"url": f"{PUBLIC}/telegram", "allowed_updates": "[]"}
    world.telegram.last_error = "Wrong response from the webhook: 502 Bad Gateway"
    world.telegram.waiting = [{"update_id": 1}, {"update_id": 2}]
    (waiting,) = await faults(world.settings)
    assert "2 updates wait at Telegram: Wrong response" in waiting.says


async def test_a_messaging_service_is_asked_where_its_texts_go(world: World) -> None:
    of = world.but(TWILIO_FROM="", TWILIO_MESSAGING_SERVICE_SID=SERVICE)
    (unknown,) = await faults(of)
    assert "no such account or Messaging Service" in unknown.says
    world.twilio.services[SERVICE] = {"inbound_request_url": HOOK, "use_inbound_webhook_on_number": True}
    (defers,) = await faults(of)
    assert "defers to each number" in defers.says
    world.twilio.services[SERVICE] = {"inbound_request_url": HOOK, "inbound_method": "POST"}
    assert await faults(of) == []


async def test_our_own_address_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {"alive": web.json_response({"status": "alive"})}
    app = web.Application()
    app.add_routes([web.get("/health", _answer(answers))])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    async with FakeTwilio() as twilio:
        of = settings(tmp_path, FIRSTCALL_PUBLIC_URL=url, TWILIO_API_URL=twilio.url)
        twilio.numbers[OURS] = {"sms_url": f"{url}/twilio/sms#rc=5&rp=all&rt=3000"}
        works, plain = await check_channels(of)
        assert (works.channel, works.good) == ("address", True)
        assert "not https" in plain.says
        await runner.cleanup()
        nobody = (await check_channels(of))[0]
        assert "nobody answers at" in nobody.says
        assert "firstcall serve" in nobody.says


def _answer(answers: dict[str, web.Response]) -> Any:
    async def answer(_: web.Request) -> web.Response:
        return answers["alive"]

    return answer


async def test_the_command_says_each_line_and_ends_with_one(tmp_path: Path) -> None:
    async with FakeTwilio() as twilio:
        asked = await asyncio.to_thread(
            firstcall, tmp_path, "channels", "check", FIRSTCALL_PUBLIC_URL="http://127.0.0.1:9",
            FIRSTCALL_SECRET_KEY="k" * 40, TWILIO_ACCOUNT_SID=SID, TWILIO_AUTH_TOKEN=TOKEN, TWILIO_FROM=OURS,
            TWILIO_API_URL=twilio.url,
        )  # fmt: skip
    assert asked.returncode == 1
    assert asked.stderr == ""
    lines = asked.stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["address", "sms", "sms"]
    assert all(" WRONG  " in line for line in lines)


async def test_settings_that_cannot_be_right_are_said_and_nobody_is_asked(world: World) -> None:
    found = await check_channels(world.but(TWILIO_FROM="School"))
    assert [one.channel for one in found] == ["settings"]
    assert not world.telegram.calls


async def test_mail_boxes_that_are_signed_in_to_by_oauth(world: World) -> None:
    async with Sink(bearer="one") as sink, FakeSignIn(always="one") as sign_in:
        world.imap.bearer = "one"
        user = world.imap.user.replace("@", "%40")
        of = world.but(
            IMAP_URL=f"imap://{user}@127.0.0.1:{world.imap.port}/INBOX",
            SMTP_URL=f"smtp://{user}@127.0.0.1:{sink.port}",
            MAIL_OAUTH=sign_in.url,
            MAIL_OAUTH_CLIENT_ID="app",
            MAIL_OAUTH_REFRESH_TOKEN="refresh-1",
        )
        assert await faults(of) == []
        sign_in.answer = [(400, {"error": "invalid_grant"})] * 2
        assert [(one.channel, "sign in again" in one.says) for one in await faults(of)] == [
            ("email out", True),
            ("email in", True),
        ]


async def test_a_bot_that_is_polled_needs_no_webhook(world: World) -> None:
    of = world.but(TELEGRAM_UPDATES="polling", TELEGRAM_WEBHOOK_SECRET="")
    world.telegram.hook = {}
    assert await faults(of) == []
    world.telegram.hook = {"url": f"{PUBLIC}/telegram", "allowed_updates": "[]"}
    (found,) = await faults(of)
    assert "is polled and its updates go to" in found.says

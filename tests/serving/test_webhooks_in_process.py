"""The webhooks' edges: when nothing can be stored, when the token changes, behind which address, by which sender."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx2
import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from twilio.request_validator import RequestValidator

from service import channels, web
from service.clock import HandClock
from service.composition import running
from service.preparing import prepare
from service.settings import Settings
from service.web import create_app
from storage import accounts, inbox, migrate, outbox, schools
from storage.accounts import Account
from storage.engine import open_database
from storage.schools import SchoolRow
from tests.serving.running import NGOZI, OURS, inbound
from tests.support.fake_twilio import SID, TOKEN

URL = "https://absence.school.example"
SERVICE = "MG" + "1" * 32


def settings(folder: Path, **more: str) -> Settings:
    values = {
        "FIRSTCALL_DATABASE_URL": f"sqlite:///{folder / 'school.db'}",
        "FIRSTCALL_PUBLIC_URL": URL,
        "FIRSTCALL_SECRET_KEY": "k" * 40,
        "TWILIO_ACCOUNT_SID": SID,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_FROM": OURS,
        "TWILIO_API_URL": "http://127.0.0.1:9",
    }
    return Settings.model_validate({**values, **more})


@asynccontextmanager
async def client(of: Settings) -> AsyncIterator[tuple[httpx2.AsyncClient, Any]]:
    """The app, started, with a school in its database; and the service that it runs."""
    file = Path(of.database_url.removeprefix("sqlite:///"))
    if not file.exists():
        async with open_database(await migrate.new_file(file)) as database, database.begin() as db:
            await schools.add(db, SchoolRow("school", "Blue Coat", "blue-coat"))
    await prepare(of)
    app = create_app(lambda: running(of, HandClock(datetime(2026, 11, 16, 8, 0, tzinfo=UTC))))
    async with app.router.lifespan_context(app):
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://inside") as http:
            yield http, app.state.service


async def post(
    http: httpx2.AsyncClient, path: str, form: Mapping[str, str], token: str = TOKEN, public: str = URL
) -> httpx2.Response:
    """A form signed as Twilio does, for the address that Twilio was given."""
    signature = RequestValidator(token).compute_signature(public + path, form)
    headers = {"X-Twilio-Signature": signature, "Content-Type": "application/x-www-form-urlencoded"}
    return await http.post(path, content=urlencode(form).encode(), headers=headers)


async def stored(service: Any) -> list[tuple[str, str]]:
    async with service.database.read() as db:
        return [tuple(row) for row in await db.execute(sa.text("SELECT provider_id, our_address FROM inbox"))]


async def test_when_it_cannot_store_twilio_hears_503_and_the_retry_is_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with client(settings(tmp_path)) as (http, service):
        monkeypatch.setattr(web, "STORE_WITHIN", 0.2)
        async with service.database.begin():  # another writer holds the database
            refused = await asyncio.create_task(post(http, "/twilio/sms", inbound("SM1", "Amina is ill")))
        accepted = await post(http, "/twilio/sms", inbound("SM1", "Amina is ill"))

        assert (refused.status_code, accepted.status_code) == (503, 200)
        assert await stored(service) == [("SM1", OURS)]


async def test_an_error_of_the_database_is_503_for_both_webhooks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object, **__: object) -> bool:
        raise sa.exc.OperationalError("INSERT", {"text": "Amina is ill"}, OSError("disk I/O error"))

    async with client(settings(tmp_path)) as (http, _service):
        monkeypatch.setattr(inbox, "put_all", broken)
        monkeypatch.setattr(outbox, "of_ids", broken)
        status = {"MessageSid": "SM1", "MessageStatus": "sent", "From": OURS}

        assert (await post(http, "/twilio/sms", inbound("SM1", "Amina is ill"))).status_code == 503
        assert (await post(http, "/twilio/status?m=1", status)).status_code == 503


async def test_the_previous_token_still_counts_and_an_older_one_does_not(tmp_path: Path) -> None:
    both = settings(tmp_path, TWILIO_AUTH_TOKEN="new-token", TWILIO_AUTH_TOKEN_PREVIOUS="old-token")
    async with client(both) as (http, service):
        answers = [
            (await post(http, "/twilio/sms", inbound(f"SM-{token}", "hello"), token)).status_code
            for token in ("new-token", "old-token", "oldest-token", "")
        ]

        assert answers == [200, 200, 403, 403]
        assert len(await stored(service)) == 2


@pytest.mark.parametrize("public", [URL, f"{URL}/", f"{URL}:443", f"{URL}/firstcall"])
async def test_signatures_are_checked_against_the_public_address_not_the_one_inside(
    tmp_path: Path, public: str
) -> None:
    async with client(settings(tmp_path, FIRSTCALL_PUBLIC_URL=public)) as (http, _):
        good = await post(http, "/twilio/sms", inbound("SM1", "hello"), public=public.rstrip("/"))
        wrong = await post(http, "/twilio/sms", inbound("SM2", "hello"), public="http://inside")

        assert (good.status_code, wrong.status_code) == (200, 403)


async def test_the_query_of_a_receipt_is_signed_too(tmp_path: Path) -> None:
    form = {"MessageSid": "SM1", "MessageStatus": "delivered", "From": OURS, "To": NGOZI}
    async with client(settings(tmp_path)) as (http, _):
        signature = RequestValidator(TOKEN).compute_signature(f"{URL}/twilio/status?m=one", form)
        headers = {"X-Twilio-Signature": signature, "Content-Type": "application/x-www-form-urlencoded"}
        changed = await http.post("/twilio/status?m=two", content=urlencode(form).encode(), headers=headers)

        assert changed.status_code == 403
        assert (await post(http, "/twilio/status?m=of-nobody", form)).status_code == 204
        assert (await post(http, "/twilio/status?m=one", {"MessageSid": "SM1"})).status_code == 400


async def test_all_numbers_of_a_messaging_service_are_one_side_of_a_thread(tmp_path: Path) -> None:
    """Our texts leave by whichever number the service picks, so the answer belongs to the service's thread."""
    by_service = settings(tmp_path, TWILIO_FROM="", TWILIO_MESSAGING_SERVICE_SID=SERVICE)
    async with client(by_service) as (http, service):
        await post(http, "/twilio/sms", inbound("SM1", "hello"))
        async with service.database.read() as db:
            sender = await schools.sender_of(db, "school", "sms")

        assert await stored(service) == [("SM1", SERVICE)]
        assert sender == SERVICE


async def test_ready_is_503_when_a_loop_stands_still_or_tables_are_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with client(settings(tmp_path)) as (http, service):
        while (await http.get("/ready")).status_code != 200:
            await asyncio.sleep(0.02)
        relay = next(loop for loop in service.clockwork.loops if loop.name == "relay")
        monkeypatch.setattr(relay, "age", lambda: 61.0)
        stuck = await http.get("/ready")
        monkeypatch.undo()

        async with service.database.begin() as db:
            await db.execute(sa.text("UPDATE alembic_version SET version_num = '0000'"))
        old = await http.get("/ready")

    assert (stuck.status_code, stuck.json()["loops"]["relay"]) == (503, False)
    assert (old.status_code, old.json()["database"]) == (503, False)


async def test_the_office_asks_who_is_there_and_lets_the_administrator_in(tmp_path: Path) -> None:
    async with client(settings(tmp_path)) as (http, service):
        now = service.clock.now()
        async with service.database.begin() as db:
            await accounts.add(db, "school", Account("admin", PasswordHasher().hash("four words in a row"), now))
        closed = await http.get("/office/")
        page = await http.get("/office/sign-in")

        assert (closed.status_code, closed.headers["location"].startswith("/office/sign-in")) == (303, True)
        assert page.status_code == 200
        assert (await http.get("/")).headers["location"] == "/office/"
        assert (await http.get("/office/static/office.css")).status_code == 200


async def test_a_changed_number_of_the_only_school_is_its_sender_from_then_on(tmp_path: Path) -> None:
    async with client(settings(tmp_path)):
        pass
    changed = settings(tmp_path, TWILIO_FROM="+447700900010")
    async with client(changed) as (_, service), service.database.read() as db:
        assert await schools.sender_of(db, "school", "sms") == "+447700900010"
        assert await schools.schools_at(db, "sms", OURS) == ["school"]


def test_without_an_account_there_is_no_channel_for_texts(tmp_path: Path) -> None:
    none = settings(tmp_path, TWILIO_ACCOUNT_SID="")

    assert channels.make_channels(none, HandClock(datetime(2026, 11, 16, tzinfo=UTC)), None) == {}

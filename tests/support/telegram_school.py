"""A whole service on loopback, with stand-ins for Twilio and Telegram, on a clock that is turned by hand.

The school is Blue Coat with plain rules: one contact after another, by text first and then by Telegram, so that a chat
is used before the phone only where its owner chose it.
"""

from __future__ import annotations

import asyncio
import json
import re
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import aiohttp
import sqlalchemy as sa
import uvicorn
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]  # it has no type information

from attendance.calendar import Session, instant
from attendance.people import Contact, Link, Pupil, StaffMember
from service.clock import HandClock
from service.composition import running
from service.day import registers
from service.incoming import linking
from service.preparing import prepare
from service.service import Service
from service.settings import Settings
from service.turns.turn import Turn
from service.web import create_app
from storage import journal, migrate, people, schools
from storage.columns import Instant
from storage.engine import open_database
from storage.schools import SchoolRow
from tests.serving.running import free_port, inbound
from tests.support.fake_telegram import SECRET, TOKEN, USERNAME, FakeTelegram
from tests.support.fake_twilio import SID, FakeTwilio
from tests.support.fake_twilio import TOKEN as TWILIO_TOKEN

OURS = "+447700900000"
DATABASE = "school.db"
DAY = date(2026, 11, 17)
NGOZI, FIONA, NAN, DAD, REED, OKORO = 71, 72, 73, 74, 81, 82
"""Chats."""
RULES = {
    "firstday.rounds": [
        {"after": "0m", "to": [1], "by": ["sms", "telegram"]},
        {"after": "30m", "to": [2], "by": ["sms", "telegram"]},
    ],
    "firstday.deadline": "12:00",
    "firstday.ladder": [{"role": "attendance_officer", "minutes": 15}, {"role": "safeguarding_lead", "minutes": 15}],
}
PUPILS = [Pupil("amina", "Amina", "Okafor", 7, "7M"), Pupil("callum", "Callum", "Haddow", 7, "7M")]
CONTACTS = [
    Contact("ngozi", "Ngozi Okafor", "+447700900001"),
    Contact("fiona", "Fiona Haddow", "+447700900002"),
    Contact("nan", "Moira Haddow", "+447700900003"),
    Contact("dad", "Rab Haddow", "+447700900004"),
]
LINKS = [
    Link("amina", "ngozi", 1, "mother"),
    Link("callum", "fiona", 1, "mother"),
    Link("callum", "nan", 2, "grandmother"),
    Link("callum", "dad", 3, "father", barred=True),
]
STAFF = [
    StaffMember("reed", "Ms Reed", "Attendance officer", ("attendance_officer",), "+447700900900"),
    StaffMember("okoro", "Mrs Okoro", "Safeguarding lead", ("safeguarding_lead",), "+447700900901"),
]

_BUSY = """
    SELECT 1 FROM outbox WHERE state = 'sending' OR (state IN ('queued', 'unknown') AND try_at <= :now)
    UNION ALL SELECT 1 FROM inbox WHERE state = 'new'
    UNION ALL SELECT 1 FROM timer WHERE due_at <= :now"""
"""One statement, so that nothing moves from one table to the next while it looks."""


@dataclass
class TelegramSchool:
    """One morning. `at` turns the clock; the service's own loops do what falls due."""

    service: Service
    clock: HandClock
    telegram: FakeTelegram
    twilio: FakeTwilio

    async def at(self, clock: str) -> None:
        """Turn the clock to this minute of the school's day, and let everything happen."""
        self.clock.turn_to(instant(DAY, time.fromisoformat(clock)))
        await self.quiet()

    async def quiet(self) -> None:
        """Wait until nothing is due at this moment and everything was told."""
        await self.telegram.settled()
        async with asyncio.timeout(60):
            while True:
                self.service.clockwork.bell.ring()
                await asyncio.sleep(0.01)
                (busy,) = await self.rows(f"{_BUSY} LIMIT 1", now=self.clock.now()) or (None,)
                if busy is None:
                    return

    async def marks(self, **marks: str) -> None:
        """The register of every class comes in."""
        known = {pupil.id: "/" for pupil in PUPILS} | marks

        async def work(turn: Turn) -> None:
            await registers.marks_came(turn, Session(DAY, "am"), known, ["7M"])

        await self.service.runner.turn("school", work)
        await self.quiet()

    async def invite(self, who: str) -> str:
        """Invite somebody, and find the token in the text that their phone got."""
        token = secrets.token_urlsafe(24)
        await self.service.runner.turn("school", lambda turn: linking.invite(turn, who, USERNAME, token))
        await self.quiet()
        found = [re.search(rf"t\.me/{USERNAME}\?start=([\w-]+)", row["body"]) for row in self.twilio.messages.values()]
        assert token in {one[1] for one in found if one}
        return token

    async def link(self, who: str, chat: int) -> None:
        """Invite somebody, who opens the link."""
        self.telegram.says(chat, f"/start {await self.invite(who)}")
        await self.quiet()

    async def hears(self, number: int, body: str) -> None:
        """A text from +447700900000 + number."""
        form = inbound(f"SM{secrets.token_hex(16)}", body, f"+447700900{number:03d}")
        url = f"{self.service.settings.public_url}/twilio/sms"
        signed = {"X-Twilio-Signature": RequestValidator(TWILIO_TOKEN).compute_signature(url, form)}
        async with aiohttp.ClientSession() as http, http.post(url, data=form, headers=signed) as answer:
            assert answer.status == 200
        await self.quiet()

    def texts(self, number: int) -> list[str]:
        """What Twilio took for +447700900000 + number."""
        to = f"+447700900{number:03d}"
        return [row["body"] for row in self.twilio.messages.values() if row["to"] == to and row["from"] == OURS]

    async def rows(self, statement: str, **values: Any) -> list[tuple[Any, ...]]:
        """What the database holds."""
        times = [sa.bindparam(name, type_=Instant) for name in values]
        async with self.service.database.read() as db:
            return [tuple(row) for row in await db.execute(sa.text(statement).bindparams(*times), values)]

    async def journal(self, kind: str) -> list[dict[str, Any]]:
        """What was written down."""
        async with self.service.database.read() as db:
            return [dict(line.data) for line in await journal.since(db, "school", 0) if line.kind == kind]

    async def chat_of(self, who: str) -> str | None:
        """The chat of a contact or member of staff."""
        roll = (await self.service.runner.school("school")).roll
        person = roll.contacts.get(who) or roll.staff_member(who)
        return person.telegram if person else None


def settings_of(folder: Path, port: int, twilio: str, telegram: str, **more: str) -> Settings:
    """Settings of a service with a bot."""
    values = {
        "FIRSTCALL_DATABASE_URL": f"sqlite:///{folder / DATABASE}",
        "FIRSTCALL_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "FIRSTCALL_SECRET_KEY": "k" * 40,
        "TWILIO_ACCOUNT_SID": SID,
        "TWILIO_AUTH_TOKEN": TWILIO_TOKEN,
        "TWILIO_FROM": OURS,
        "TWILIO_API_URL": twilio,
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_WEBHOOK_SECRET": SECRET,
        "TELEGRAM_API_URL": telegram,
    }
    return Settings.model_validate({**values, **more})


@asynccontextmanager
async def open_telegram_school(
    folder: Path, changes: Callable[[dict[str, Sequence[Any]]], None] | None = None, **more: str
) -> AsyncIterator[TelegramSchool]:
    """Open it at eight in the morning; `changes` may replace the people, `more` the settings."""
    port = free_port()
    lists: dict[str, Sequence[Any]] = {"pupils": PUPILS, "contacts": CONTACTS, "links": LINKS, "staff": STAFF}
    if changes is not None:
        changes(lists)
    async with FakeTwilio(TWILIO_TOKEN) as twilio, FakeTelegram() as telegram:
        settings = settings_of(folder, port, twilio.url, telegram.url, **more)
        async with open_database(await migrate.new_file(folder / DATABASE)) as database, database.begin() as db:
            await schools.add(db, SchoolRow("school", "Blue Coat", "blue-coat", RULES))
            await people.save_people(db, "school", lists["pupils"], lists["contacts"], lists["links"])
            await people.save_staff(db, "school", lists["staff"])
        await prepare(settings)
        clock = HandClock(datetime(2026, 11, 17, 8, 0, tzinfo=UTC))
        app = create_app(lambda: running(settings, clock))
        server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None, access_log=False))
        serving = asyncio.create_task(server.serve())
        while not (server.started and (telegram.hook or settings.telegram_is_polled)):
            assert not serving.done(), serving
            await asyncio.sleep(0.01)
        try:
            yield TelegramSchool(app.state.service, clock, telegram, twilio)
        finally:
            server.should_exit = True
            await serving


def label(of: dict[str, str], act: str) -> str:
    """The data of the button that does this."""
    return next(data for data in of.values() if json.dumps(data).startswith(f'"{act}:'))

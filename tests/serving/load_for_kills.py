"""A school whose families write on every channel without pause, and providers that know what they were given.

Used by the test that kills the service. What a provider got a 2xx for is kept here: that must never be lost.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp

from tests.serving.running import Served, firstcall, own_policies
from tests.support import fake_telegram
from tests.support.fake_imap import FakeImap
from tests.support.fake_telegram import FakeTelegram
from tests.support.fake_twilio import SID, TOKEN, FakeTwilio
from tests.support.mails import SERVER, US, mail
from tests.support.smtp_sink import Sink

FAMILIES = 60
STAFF = """\
staff_id,name,position,roles,email
reed,Ms Reed,Attendance officer,attendance_officer; office; safeguarding_lead; headteacher,reed@school.example
"""


def phone(number: int) -> str:
    """A family's mobile number."""
    return f"+447700900{100 + number}"


def chat(number: int) -> int:
    """A family's Telegram chat."""
    return 7000 + number


def people() -> str:
    """The import: one child and one contact for each family."""
    head = "pupil_id,given,family,year,group,contact_id,contact_name,relation,priority,mobile,email\n"
    return head + "".join(
        f"p{n},Kid{n},Fam{n},7,7M,c{n},Adult Fam{n},mother,1,{phone(n)},c{n}@family.example\n" for n in range(FAMILIES)
    )


def set_up(folder: Path, twilio: FakeTwilio, telegram: FakeTelegram, imap: FakeImap, sink: Sink) -> None:
    """What an operator does once; then the chats are linked."""
    made = firstcall(
        folder, "init", "--yes", "--policy", "blue-coat", "--policies", str(own_policies(folder)),
        "--public-url", "http://127.0.0.1:8000", "--twilio-account-sid", SID, "--twilio-from", "+447700900000",
        "--smtp-url", f"smtp://127.0.0.1:{sink.port}", "--email-from", US, TWILIO_AUTH_TOKEN=TOKEN,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    env = (folder / ".env").read_text("utf-8")
    for name, value in {
        "TELEGRAM_BOT_TOKEN": fake_telegram.TOKEN, "TELEGRAM_WEBHOOK_SECRET": fake_telegram.SECRET,
        "TELEGRAM_API_URL": telegram.url, "IMAP_URL": imap.url, "IMAP_AUTHSERV_ID": SERVER,
        "TWILIO_SEGMENTS_PER_SECOND": "1000",
    }.items():  # fmt: skip
        env = re.sub(rf"(?m)^{name}=.*$", f"{name}='{value}'" if "%" in value else f"{name}={value}", env)
    (folder / ".env").write_text(env, "utf-8")
    for kind, text in (("people", people()), ("staff", STAFF)):
        imported = firstcall(folder, "import", kind, "-", given=text)
        assert imported.returncode == 0, imported.stderr
    served = Served(folder, twilio.url)
    for number in range(0, FAMILIES, 2):
        served.rows("UPDATE contact SET telegram = ? WHERE contact_id = ?", str(chat(number)), f"c{number}")


@dataclass
class Load:
    """Writes on all three channels until it is stopped."""

    served: Served
    telegram: FakeTelegram
    imap: FakeImap
    dice: random.Random
    taken: set[str] = field(default_factory=set)
    """Ids of texts that got their 2xx."""
    told: set[int] = field(default_factory=set)
    mails: int = 0
    stopping: bool = False

    async def run(self) -> None:
        """One message after the other, about thirty a second."""
        texts: set[asyncio.Task[None]] = set()
        number = 0
        while not self.stopping:
            number += 1
            match number % 3:
                case 0:
                    texts.add(asyncio.create_task(self._text(number)))
                case 1:
                    who = chat(2 * self.dice.randrange(FAMILIES // 2))
                    self.told.add(self.telegram.says(who, f"Kid{who - 7000} is ill today, back tomorrow ({number})"))
                case _ if number % 12 == 2:
                    self._mail(number)
                case _:
                    pass
            await asyncio.sleep(0.03)
        await asyncio.gather(*texts)

    async def _text(self, number: int) -> None:
        """As Twilio does it: tried again until it is taken, and sometimes once more although it was."""
        sid, who = f"SM{number:032x}", 1 + 2 * self.dice.randrange(FAMILIES // 2)
        for _ in range(60):
            try:
                async with asyncio.timeout(3):
                    status, _body = await self.served.text(sid, f"Kid{who} is ill today, back tomorrow", phone(who))
            except (aiohttp.ClientError, TimeoutError, OSError):
                status = 0
            if status == 200:
                self.taken.add(sid)
                if self.dice.random() < 0.8:
                    return
            await asyncio.sleep(0.5)

    def _mail(self, number: int) -> None:
        who = f"c{self.dice.randrange(FAMILIES)}@family.example"
        headers = {"Message-ID": f"<{number}@family.example>", "Subject": "Absence", "From": f"Adult <{who}>"}
        child = who.partition("@")[0].removeprefix("c")
        self.imap.put(mail(f"Kid{child} is ill today.", headers, sender=who), datetime.now(UTC))
        self.mails += 1


def texts_by_our_id(twilio: FakeTwilio) -> Counter[str]:
    """How often Twilio took each message of ours, by our own id of it."""
    found: Counter[str] = Counter()
    for row in twilio.messages.values():
        if row["direction"] == "outbound-api":
            found[parse_qs(urlsplit(row["callback"]).query)["m"][0]] += 1
    return found


def mails_by_our_id(sink: Sink) -> Counter[str]:
    """How often the mail server took each message of ours."""
    return Counter(str(letter["Message-ID"]).strip("<>").partition("@")[0] for _, _, letter in sink.box)


def chats_by_text(telegram: FakeTelegram) -> Counter[tuple[str, str]]:
    """How often each text stands in each chat."""
    return Counter((str(chat_id), one["text"]) for (chat_id, _), one in telegram.messages.items())


def outbox(served: Served, channel: str) -> list[dict[str, Any]]:
    """Our rows of one channel."""
    names = ("message_id", "address", "text", "state", "attempts", "provider_id", "key")
    found = served.rows(f"SELECT {', '.join(names)} FROM outbox WHERE channel = ?", channel)
    return [dict(zip(names, row, strict=True)) for row in found]

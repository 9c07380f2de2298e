"""`firstcall serve` as a real process: set up by `firstcall init` and imports, in a folder of its own, on loopback."""

from __future__ import annotations

import asyncio
import io
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
from twilio.request_validator import RequestValidator

from attendance.paths import data_root
from service.clock import SystemClock
from service.loops import Clockwork
from service.settings import names
from tests.support.fake_twilio import SID, TOKEN

ROOT = Path(__file__).resolve().parents[2]
OURS = "+447700900000"
NGOZI = "+447700900001"
FIONA = "+447700900002"
STRANGER = "+447700900099"
PEOPLE = """\
pupil_id,given,family,year,group,contact_id,contact_name,relation,priority,mobile
amina,Amina,Okafor,7,7M,ngozi,Ngozi Okafor,mother,1,07700 900001
callum,Callum,Haddow,7,7M,fiona,Fiona Haddow,mother,1,07700 900002
"""
STAFF = """\
staff_id,name,position,roles,phone
reed,Ms Reed,Attendance officer,attendance_officer; office; safeguarding_lead; headteacher,07700 900900
"""
PRIVATE = ("Amina", "Okafor", "Ngozi", "Callum", "Haddow", "Fiona", "Reed", "9000", "ill today", "dentist", TOKEN)
"""Names, numbers, words and secrets of this school: none of them may ever be in its log."""


def environment(**more: str) -> dict[str, str]:
    """This process's environment without settings of ours, and with the tree on the path."""
    kept = {name: value for name, value in os.environ.items() if name not in names()}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def firstcall(folder: Path, *arguments: str, given: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    """One command, run in `folder`."""
    return subprocess.run(
        [sys.executable, "-m", "service.cli", *arguments],
        cwd=folder, env=environment(**more), input=given, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def own_policies(folder: Path) -> Path:
    """The Blue Coat policy with a calendar in which every weekday of this year and the next is a school day."""
    root = folder / "policies"
    (root / "schools").mkdir(parents=True)
    (root / "calendars").mkdir()
    shutil.copy(data_root() / "schools" / "blue-coat.toml", root / "schools")
    calendar = json.loads((data_root() / "calendars" / "blue-coat.json").read_text("utf-8"))
    today = SystemClock().now().date()
    ends = {"first_day": f"{today - timedelta(days=300)}", "last_day": f"{today + timedelta(days=300)}"}
    calendar |= {"terms": [{"name": "all", **ends}], "closed_days": []}
    (root / "calendars" / "blue-coat.json").write_text(json.dumps(calendar), "utf-8")
    return root / "schools"


def free_port() -> int:
    """A port of the loopback that nobody uses at this moment."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def set_up(folder: Path) -> None:
    """What an operator does once. Each service started in a copy of the folder has its own addresses."""
    made = firstcall(
        folder, "init", "--yes", "--policy", "blue-coat", "--policies", str(own_policies(folder)),
        "--public-url", "http://127.0.0.1:8000", "--twilio-account-sid", SID, "--twilio-from", OURS,
        TWILIO_AUTH_TOKEN=TOKEN,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    for kind, text in (("people", PEOPLE), ("staff", STAFF)):
        imported = firstcall(folder, "import", kind, "-", given=text)
        assert imported.returncode == 0, imported.stderr


START_WITHIN = 180.0
"""Seconds: on a machine that others keep busy it has taken a minute and a half, with thousands of messages waiting."""


@dataclass
class Served:
    """One school's service. Start, kill and start it again; send it webhooks as Twilio would."""

    folder: Path
    twilio_url: str
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its public address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        """Everything that it has logged, in all its lives."""
        return (self.folder / "log").read_text("utf-8")

    def told(self, *private: str) -> list[str]:
        """Which of these words, or of the school's own, its log holds. Times are left out: their digits tell nobody."""
        log = re.sub(r'"timestamp": "[^"]*"|"port": \d+|process \[\d+\]', "", self.log)
        return [word for word in (*PRIVATE, *private) if word in log]

    def spawn(self) -> None:
        """Start the process."""
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "service.cli", "serve", "--port", str(self.port)],
                cwd=self.folder, env=environment(FIRSTCALL_PUBLIC_URL=self.url, TWILIO_API_URL=self.twilio_url),
                stdout=log, stderr=log,
            )  # fmt: skip

    async def start(self) -> None:
        """Start the process and wait until it is ready."""
        self.spawn()
        assert self.process is not None
        ends = time.monotonic() + START_WITHIN
        while (said := await self.get("/ready"))[0] != 200:
            assert self.process.poll() is None, self.log
            assert time.monotonic() < ends, f"{said}\n{self.log}"
            await asyncio.sleep(0.05)

    async def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End it and wait. Returns its exit status."""
        assert self.process is not None
        self.process.send_signal(how)
        return await asyncio.to_thread(self.process.wait, 30)

    async def get(self, path: str) -> tuple[int, str]:
        """(status, body); status 0 when nobody listens."""
        try:
            async with aiohttp.ClientSession() as http, http.get(self.url + path, allow_redirects=False) as answer:
                return answer.status, await answer.text()
        except aiohttp.ClientError:
            return 0, ""

    async def post(
        self, path: str, form: dict[str, str], token: str | None = TOKEN, body: bytes | None = None
    ) -> tuple[int, str]:
        """A webhook signed with `token`; None leaves the signature out. (status, body)"""
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        if token is not None:
            headers["X-Twilio-Signature"] = RequestValidator(token).compute_signature(self.url + path, form)
        data = io.BytesIO(urlencode(form).encode() if body is None else body)
        async with aiohttp.ClientSession() as http, http.post(self.url + path, data=data, headers=headers) as answer:
            return answer.status, await answer.text()

    async def text(self, sid: str, body: str, sender: str = NGOZI, token: str | None = TOKEN) -> tuple[int, str]:
        """A parent's text."""
        return await self.post("/twilio/sms", inbound(sid, body, sender), token)

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """What its database holds."""
        with closing(sqlite3.connect(self.folder / "firstcall.db", timeout=30)) as db:
            found = db.execute(statement, values).fetchall()
            db.commit()
            return found


def inbound(sid: str, body: str, sender: str = NGOZI) -> dict[str, str]:
    """A form as Twilio posts it, blank fields included."""
    return {
        "ToCountry": "GB", "ToCity": "", "SmsMessageSid": sid, "NumMedia": "0", "SmsSid": sid,
        "SmsStatus": "received", "FromCity": "", "Body": body, "To": OURS, "NumSegments": "1",
        "MessageSid": sid, "AccountSid": SID, "From": sender, "ApiVersion": "2010-04-01",
    }  # fmt: skip


async def until(condition: Any, seconds: float = 60.0, why: str = "it did not come to pass") -> None:
    """Wait until `condition()` is true."""
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends, why
        await asyncio.sleep(0.05)


async def at_rest(clockwork: Clockwork) -> None:
    """Wait until every loop has looked again, and once more after what the others may have stored meanwhile."""
    for _ in range(3):
        asked = time.monotonic()
        clockwork.bell.ring()
        await until(lambda asked=asked: all((loop.last_ended or 0) > asked for loop in clockwork.loops))

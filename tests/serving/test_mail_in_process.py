"""The service with a mailbox and a mail server, over sockets: from settings to the answer in the parent's thread."""

from __future__ import annotations

import asyncio
import json
import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import sqlalchemy as sa

from attendance.people import Contact, Link, Pupil
from service.clock import HandClock
from service.composition import running
from service.faults import UserFault
from service.mail_sign_in import takes_plus_addresses
from service.preparing import prepare
from service.settings import Settings
from service.settings_faults import check_for_serve
from storage import migrate, people, schools
from storage.engine import open_database
from storage.schools import SchoolRow
from tests.support.fake_imap import FakeImap
from tests.support.fake_sign_in import FakeSignIn
from tests.support.fake_twilio import SID, TOKEN
from tests.support.mails import NGOZI, SERVER, US, mail, vouched_by_microsoft
from tests.support.smtp_sink import Sink

OAUTH = {
    "IMAP_URL": "imaps://a@host",
    "SMTP_URL": "smtps://a@host",
    "MAIL_OAUTH": "google",
    "MAIL_OAUTH_CLIENT_ID": "app",
    "MAIL_OAUTH_REFRESH_TOKEN": "1//x",
}
APP = {
    "MAIL_OAUTH": "microsoft",
    "MAIL_OAUTH_TENANT": "school.example",
    "MAIL_OAUTH_REFRESH_TOKEN": "",
    "MAIL_OAUTH_CLIENT_SECRET": "s3cret",
}
NOW = datetime(2026, 11, 17, 8, 12, tzinfo=UTC)


def settings(folder: Path, **more: Any) -> Settings:
    values = {
        "FIRSTCALL_DATABASE_URL": f"sqlite:///{folder / 'school.db'}",
        "FIRSTCALL_PUBLIC_URL": "https://absence.school.example",
        "FIRSTCALL_SECRET_KEY": "k" * 40,
        "TWILIO_ACCOUNT_SID": SID,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_FROM": "+447700900000",
        "TWILIO_API_URL": "http://127.0.0.1:9",
        "IMAP_AUTHSERV_ID": SERVER,
    }
    return Settings.model_validate({**values, **more})


async def set_up(of: Settings, sender: str | None = US) -> None:
    file = Path(of.database_url.removeprefix("sqlite:///"))
    async with open_database(await migrate.new_file(file)) as database, database.begin() as db:
        await schools.add(db, SchoolRow("school", "West Coventry", "west-coventry"))
        if sender:
            await schools.add_sender(db, "school", "email", sender)
        await people.save_people(
            db,
            "school",
            [Pupil("amina", "Amina", "Okafor", 7, "7M")],
            [Contact("ngozi", "Ngozi Okafor", email="Ngozi@Family.Example")],
            [Link("amina", "ngozi", 1, "mother")],
        )


async def until(condition: Any) -> None:
    ends = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < ends
        await asyncio.sleep(0.05)


async def test_a_parents_mail_is_answered_in_its_own_thread(tmp_path: Path) -> None:
    async with FakeImap() as imap, Sink() as sink:
        of = settings(tmp_path, IMAP_URL=imap.url, SMTP_URL=f"smtp://127.0.0.1:{sink.port}")
        await set_up(of)
        await prepare(of)
        assert check_for_serve(of) == []
        imap.put(mail("She has a temperature.", {"Subject": "Amina is ill today", "References": "<x@y.example>"}), NOW)
        async with running(of, HandClock(NOW)):
            await until(lambda: sink.box and imap.seen())
    ((envelope, to, answer),) = sink.box
    assert (envelope, to) == (US, [NGOZI])
    assert answer["Subject"] == "Re: Amina is ill today"
    assert answer["In-Reply-To"] == "<CAF-one@mail.family.example>"
    assert answer["References"] == "<x@y.example> <CAF-one@mail.family.example>"
    assert answer["Auto-Submitted"] == "auto-replied"
    assert "Amina" in answer.get_content()  # type: ignore[attr-defined]  # the sink reads with the newer policy


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
async def test_a_morning_at_a_mail_box_that_takes_no_password(tmp_path: Path) -> None:
    """Signed in by OAuth both ways; answers come back to an address that carries our id, and need no subject."""
    async with FakeImap() as imap, Sink(bearer="access-1") as sink, FakeSignIn() as sign_in:
        imap.bearer = "access-1"
        user = quote(imap.user, safe="")
        of = settings(
            tmp_path,
            IMAP_URL=f"imap://{user}@127.0.0.1:{imap.port}/INBOX",
            SMTP_URL=f"smtp://{user}@127.0.0.1:{sink.port}",
            IMAP_PLUS_ADDRESSES="yes",
            IMAP_AUTHSERV_ID="microsoft-365",
            MAIL_OAUTH=sign_in.url,
            MAIL_OAUTH_CLIENT_ID="app",
            MAIL_OAUTH_REFRESH_TOKEN="refresh-1",
        )
        await set_up(of)
        await prepare(of)
        assert check_for_serve(of) == []
        clock = HandClock(NOW)
        microsoft = {"Authentication-Results": vouched_by_microsoft(NGOZI)}
        async with running(of, clock) as service:
            imap.put(mail("She is away today.", {**microsoft, "Subject": "Amina"}), NOW)
            await until(lambda: sink.box)
            tagged = sink.box[0][2]["Reply-To"]
            assert re.fullmatch(r"Firstcall <absence\+[0-9a-f]{32}@school\.example>", tagged)
            bare = {"Subject": "Antwort", "To": tagged, "Delivered-To": tagged, "Message-ID": "<two@x.example>"}
            imap.put(mail("She has a temperature, back tomorrow", {**microsoft, **bare}), NOW)
            clock.turn_by(timedelta(seconds=31))
            service.clockwork.bell.ring()
            await until(lambda: len(sink.box) == 2)
            async with service.database.read() as db:
                found = (await db.execute(sa.text("SELECT raw FROM inbox ORDER BY received_at"))).scalars().all()
        assert json.loads(found[1])["firstcall.mail"]["answers"] == [tagged.partition("+")[2].partition("@")[0]]
        assert len(sign_in.asked) == 1


async def test_after_a_restart_on_a_busy_morning_the_newest_mail_is_taken_too(tmp_path: Path) -> None:
    async with FakeImap() as imap, Sink() as sink:
        of = settings(tmp_path, IMAP_URL=imap.url, SMTP_URL=f"smtp://127.0.0.1:{sink.port}")
        await set_up(of)
        await prepare(of)
        for number in range(45):
            imap.put(mail("Thank you.", {"Message-ID": f"<{number}@mail.family.example>"}), NOW)
        for more in (0, 3):
            for number in range(more):
                imap.put(mail("Thank you.", {"Message-ID": f"<new{number}@mail.family.example>"}), NOW)
            async with running(of, HandClock(NOW)) as service:
                await until(lambda: len(imap.seen()) == len(imap.mails))
                async with service.database.read() as db:
                    kept = (await db.execute(sa.text("SELECT count(*) FROM inbox"))).scalar_one()
            assert kept == 45 + more


async def test_a_mailbox_without_an_address_to_answer_from_does_not_start(tmp_path: Path) -> None:
    of = settings(tmp_path, IMAP_URL="imap://a:b@127.0.0.1", SMTP_URL="smtp://127.0.0.1")
    await set_up(of, sender=None)
    with pytest.raises(UserFault, match="no address to answer e-mails from"):
        await prepare(of)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"IMAP_URL": "pop3://a:b@host"}, "IMAP_URL"),
        ({"SMTP_URL": ""}, "SMTP_URL is missing"),
        ({"IMAP_AUTHSERV_ID": ""}, "IMAP_AUTHSERV_ID"),
        ({"IMAP_AUTHSERV_ID": "mx.school.example; dmarc=pass"}, "IMAP_AUTHSERV_ID"),
        ({"IMAP_FILE_KINDS": "pdf docx"}, "docx"),
        ({"IMAP_FILE_MEGABYTES": 900}, "IMAP_FILE_MEGABYTES"),
        ({"IMAP_PLUS_ADDRESSES": "maybe"}, "IMAP_PLUS_ADDRESSES"),
        ({**OAUTH, "SMTP_URL": "smtps://a:b@host"}, "SMTP_URL needs the user and no password"),
        ({**OAUTH, "IMAP_URL": "imaps://a:b@host"}, "IMAP_URL needs the user and no password"),
        ({**OAUTH, "MAIL_OAUTH_CLIENT_ID": ""}, "MAIL_OAUTH_CLIENT_ID is missing"),
        ({**OAUTH, "MAIL_OAUTH_REFRESH_TOKEN": ""}, "MAIL_OAUTH_REFRESH_TOKEN is missing"),
        ({**OAUTH, "MAIL_OAUTH": "microsoft"}, "MAIL_OAUTH_TENANT is missing"),
        ({**OAUTH, **APP, "MAIL_OAUTH_CLIENT_SECRET": ""}, "MAIL_OAUTH_CLIENT_SECRET is missing"),
        ({**OAUTH, "MAIL_OAUTH": "http://sign-in.example/token"}, "MAIL_OAUTH must be microsoft, google"),
        ({**OAUTH, "MAIL_OAUTH_TOKEN_FILE": "/nowhere/token"}, "MAIL_OAUTH_TOKEN_FILE"),
    ],
)
def test_settings_that_cannot_be_right_are_said(tmp_path: Path, changed: dict[str, Any], said: str) -> None:
    good = {"IMAP_URL": "imaps://a:b@host", "SMTP_URL": "smtps://a:b@host"}
    assert check_for_serve(settings(tmp_path, **good)) == []
    assert any(said in line for line in check_for_serve(settings(tmp_path, **{**good, **changed})))


@pytest.mark.parametrize("oauth", [OAUTH, {**OAUTH, **APP}])
def test_settings_for_oauth_can_be_right(tmp_path: Path, oauth: dict[str, Any]) -> None:
    assert check_for_serve(settings(tmp_path, **oauth)) == []


@pytest.mark.parametrize(
    ("host", "said", "takes"),
    [
        ("imap.gmail.com", "auto", True),
        ("outlook.office365.com", "auto", True),
        ("mail.yourhost.example", "auto", False),
        ("mail.yourhost.example", "yes", True),
        ("imap.gmail.com", "no", False),
    ],
)
def test_answers_go_to_a_plus_address_only_where_the_mailbox_takes_it(
    tmp_path: Path, host: str, said: str, takes: bool
) -> None:
    of = settings(tmp_path, IMAP_URL=f"imaps://a:b@{host}", IMAP_PLUS_ADDRESSES=said)
    assert takes_plus_addresses(of) is takes
    assert not takes_plus_addresses(settings(tmp_path, IMAP_PLUS_ADDRESSES="yes"))  # nobody reads answers

"""The service with a mailbox and a mail server, over sockets: from settings to the answer in the parent's thread."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from attendance.people import Contact, Link, Pupil
from service.clock import HandClock
from service.composition import prepare, running
from service.faults import UserFault
from service.settings import Settings, check_for_serve
from storage import migrate, people, schools
from storage.engine import open_database
from storage.schools import SchoolRow
from tests.support.fake_imap import FakeImap
from tests.support.fake_twilio import SID, TOKEN
from tests.support.mails import NGOZI, SERVER, US, mail
from tests.support.smtp_sink import Sink

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
    async with open_database(of.database_url) as database:
        await migrate.upgrade(database)
        async with database.begin() as db:
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
    ends = time.monotonic() + 10
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
    ],
)
def test_settings_that_cannot_be_right_are_said(tmp_path: Path, changed: dict[str, Any], said: str) -> None:
    good = {"IMAP_URL": "imaps://a:b@host", "SMTP_URL": "smtps://a:b@host"}
    assert check_for_serve(settings(tmp_path, **good)) == []
    assert any(said in line for line in check_for_serve(settings(tmp_path, **{**good, **changed})))

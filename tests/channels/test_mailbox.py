"""A mailbox against a server that refuses, falls silent, hangs up and renumbers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from messaging.incoming_mail import mailbox as module
from messaging.incoming_mail.mailbox import CannotLook, ImapMailbox, MailboxFault, MailboxPlace, Place
from tests.support.fake_imap import NOON, FakeImap

MAIL = "From: ngozi@family.example\nSubject: Amina\n\nAmina is ill today.\n"


@pytest.fixture
async def imap() -> AsyncIterator[FakeImap]:
    async with FakeImap() as server:
        yield server


def box(imap: FakeImap, limit: float = 2.0) -> ImapMailbox:
    return ImapMailbox(MailboxPlace.from_url(imap.url), time_limit=limit)


def uids(look: module.Look) -> list[int]:
    return [one.uid for one in look.mails]


async def test_the_first_look_takes_what_came_since_yesterday_evening_and_no_years_of_letters(imap: FakeImap) -> None:
    imap.put(MAIL, NOON - timedelta(days=400))
    imap.put(MAIL, NOON - timedelta(hours=13))
    new = imap.put(MAIL, NOON - timedelta(hours=3))
    look = await box(imap).look(None, NOON)
    assert uids(look) == [new]
    assert look.place == Place(imap.uidvalidity, new)
    assert look.mails[0].arrived == NOON - timedelta(hours=3)
    assert b"Amina is ill today." in look.mails[0].raw


async def test_later_looks_take_what_is_new_although_the_server_repeats_its_last_mail(imap: FakeImap) -> None:
    imap.put(MAIL)
    looked = await box(imap).look(None, NOON)
    assert uids(await box(imap).look(looked.place, NOON)) == []
    new = imap.put(MAIL)
    assert uids(await box(imap).look(looked.place, NOON)) == [new]


async def test_looking_marks_nothing_and_a_mail_that_staff_have_opened_is_new_all_the_same(imap: FakeImap) -> None:
    first = await box(imap).look(None, NOON)
    uid = imap.put(MAIL)
    imap.mails[0].flags.add("\\Seen")
    look = await box(imap).look(first.place, NOON)
    assert uids(look) == [uid]
    imap.mails[0].flags.clear()
    await box(imap).look(first.place, NOON)
    assert imap.seen() == []
    await box(imap).mark_read(look.place, [uid])
    assert imap.seen() == [uid]


async def test_marking_expunges_nothing(imap: FakeImap) -> None:
    """imap-tools' own `flag` does: what staff had marked for deletion would be gone for good."""
    uid = imap.put(MAIL)
    imap.mails[0].flags.add("\\Deleted")
    await box(imap).mark_read(Place(imap.uidvalidity, uid), [uid])
    assert len(imap.mails) == 1
    assert "EXPUNGE" not in imap.commands


async def test_a_mailbox_with_new_numbers_is_read_again_for_a_week(imap: FakeImap) -> None:
    imap.put(MAIL, NOON - timedelta(days=9))
    imap.put(MAIL, NOON - timedelta(days=2))
    place = (await box(imap).look(None, NOON)).place
    imap.made_anew()
    look = await box(imap).look(place, NOON)
    assert len(look.mails) == 1
    assert look.place == Place(imap.uidvalidity, imap.next_uid - 1)
    await box(imap).mark_read(place, [imap.mails[0].uid])
    assert imap.seen() == [], "an old number may be another mail's now"


async def test_many_mails_come_in_portions_and_in_order(imap: FakeImap, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "AT_ONCE", 3)
    place, found, more = None, [], True
    for _ in range(7):
        imap.put(MAIL)
    while more:
        look = await box(imap).look(place, NOON)
        place, more = look.place, look.more
        found += uids(look)
    assert found == [1, 2, 3, 4, 5, 6, 7]


async def test_of_a_huge_mail_only_the_beginning_is_fetched(imap: FakeImap, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 1000)
    monkeypatch.setattr(module, "BEGINNING", 100)
    imap.put(MAIL + "x" * 2000)
    (mail,) = (await box(imap).look(None, NOON)).mails
    assert (len(mail.raw), mail.whole) == (100, False)


@pytest.mark.parametrize("fault", ["unreadable", "garbled"])
async def test_one_mail_that_the_server_cannot_give_holds_up_no_other(imap: FakeImap, fault: str) -> None:
    bad, good = imap.put(MAIL), imap.put(MAIL)
    getattr(imap, fault).add(bad)
    look = await box(imap).look(None, NOON)
    assert [(one.uid, bool(one.raw)) for one in look.mails] == [(bad, False), (good, True)]


async def test_an_archived_mail_that_is_moved_here_is_passed_over(imap: FakeImap) -> None:
    place = (await box(imap).look(None, NOON)).place
    uid = imap.put(MAIL, NOON - timedelta(days=30))
    look = await box(imap).look(place, NOON)
    assert (look.mails, look.too_old, look.place.uid) == ((), 1, uid)


async def test_a_server_that_is_away_silent_or_refuses_is_said_in_words_without_the_password(imap: FakeImap) -> None:
    imap.put(MAIL)
    for fault, value in (("refuse_login", True), ("silent", 2.0), ("cut_at", "fetch"), ("folder", "Elsewhere")):
        before = getattr(imap, fault)
        setattr(imap, fault, value)
        with pytest.raises(CannotLook) as refused:
            await box(imap, limit=0.3).look(None, NOON)
        assert imap.password not in str(refused.value)
        setattr(imap, fault, before)
    assert len((await box(imap).look(None, NOON)).mails) == 1
    away = MailboxPlace.from_url("imap://a:b@127.0.0.1:9/INBOX")
    with pytest.raises(CannotLook, match="cannot be reached"):
        await ImapMailbox(away).look(None, NOON)


@pytest.mark.parametrize(
    ("url", "tls", "starttls", "folder"),
    [
        ("imaps://a%40b:c@host", True, False, "INBOX"),
        ("imap://a:c@host/Parents%20mail", False, True, "Parents mail"),
        ("imap://a:c@host?starttls=no", False, False, "INBOX"),
        ("imap://a:c@127.0.0.1", False, False, "INBOX"),
        ("imap://a:c@127.0.0.1?starttls=required", False, True, "INBOX"),
    ],
)
def test_a_password_goes_over_tls_unless_that_is_said_outright(
    url: str, tls: bool, starttls: bool, folder: str
) -> None:
    place = MailboxPlace.from_url(url)
    assert (place.tls, place.starttls, place.folder) == (tls, starttls, folder)


@pytest.mark.parametrize(
    "url",
    ["pop3://a:b@host", "imaps://host", "imaps://a:b@host:x", "imaps://a:b@host?x=1", "imap://a:b@h?starttls=maybe",
     "imaps://a:p%C3%A4ss@host"],
)  # fmt: skip
def test_an_address_that_cannot_be_used_says_what_is_wrong(url: str) -> None:
    with pytest.raises(MailboxFault, match="IMAP_URL"):
        MailboxPlace.from_url(url)


def test_certificates_are_checked() -> None:
    """imaplib alone takes any certificate, and whoever has the line reads the password."""
    context = module._checked()
    assert context.check_hostname
    assert context.verify_mode.name == "CERT_REQUIRED"


async def test_a_look_at_what_came_before_goes_on_where_the_last_one_ended(imap: FakeImap) -> None:
    """A busy morning and a restart: the first twenty mails must not come again and again, and hold up the others."""
    known = [imap.put(MAIL) for _ in range(45)]
    stored = Place(imap.uidvalidity, known[-1])
    new = [imap.put(MAIL) for _ in range(3)]
    seen: list[int] = []
    reached = 0
    for _ in range(3):
        look = await box(imap).look(stored, NOON, timedelta(hours=24), reached)
        seen += uids(look)
        stored, reached = look.place, look.reached
    assert seen == [*known, *new]
    assert not look.more
    assert stored == Place(imap.uidvalidity, new[-1])

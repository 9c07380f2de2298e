"""Signing in to mail boxes that take no password: tokens are asked for, kept, rotated and refused."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from messaging.channel import Accepted, Outgoing, Refused
from messaging.channels.mail import MailServer, SmtpMail
from messaging.incoming_mail.mailbox import CannotLook, ImapMailbox, MailboxFault, MailboxPlace
from messaging.mail_tokens import AccessTokens, CannotSignIn, OAuthClient
from tests.support.fake_imap import NOON, FakeImap
from tests.support.fake_sign_in import FakeSignIn
from tests.support.mails import US, mail
from tests.support.smtp_sink import Sink

IN_THE_CLEAR = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


class Hand:
    """A clock that is turned by hand."""

    at = datetime(2026, 11, 17, 8, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at


@pytest.fixture
async def sign_in() -> AsyncIterator[FakeSignIn]:
    async with FakeSignIn() as fake:
        yield fake


def tokens(sign_in: FakeSignIn, clock: Hand | None = None, **more: Any) -> AccessTokens:
    given = {"client_id": "app", "client_secret": "s3cret", "refresh_token": "refresh-1", **more}
    return AccessTokens(OAuthClient(sign_in.url, **given), (clock or Hand()).now)


async def test_one_token_is_asked_for_and_used_until_shortly_before_its_end(sign_in: FakeSignIn) -> None:
    clock = Hand()
    made = tokens(sign_in, clock)
    assert await asyncio.gather(*(made.get() for _ in range(5))) == ["access-1"] * 5
    clock.at += timedelta(minutes=54)
    assert await made.get() == "access-1"
    clock.at += timedelta(minutes=1)
    assert await made.get() == "access-2"
    made.forget()
    assert await made.get() == "access-3"
    first = {"client_id": "app", "client_secret": "s3cret", "grant_type": "refresh_token", "refresh_token": "refresh-1"}
    assert sign_in.asked == [first] * 3


async def test_without_a_refresh_token_the_application_asks_for_itself(sign_in: FakeSignIn) -> None:
    made = tokens(sign_in, refresh_token="", app_scope="mail/.default", user_scope="never")
    assert await made.get() == "access-1"
    (asked,) = sign_in.asked
    assert (asked["grant_type"], asked["scope"]) == ("client_credentials", "mail/.default")


def test_the_providers_own_addresses() -> None:
    microsoft = OAuthClient.of("microsoft", "school.example", client_id="a")
    assert microsoft.token_url == "https://login.microsoftonline.com/school.example/oauth2/v2.0/token"
    assert "IMAP.AccessAsUser.All" in microsoft.user_scope
    assert microsoft.app_scope == "https://outlook.office365.com/.default"
    assert OAuthClient.of("google", "", client_id="a").token_url == "https://oauth2.googleapis.com/token"
    assert "s3cret" not in repr(OAuthClient.of("google", "", client_id="a", client_secret="s3cret"))


async def test_a_new_refresh_token_is_written_back_for_nobody_else_to_read(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("refresh-1\n")
    async with FakeSignIn(rotates=True) as sign_in:
        assert await tokens(sign_in, refresh_token="old", file=file).get() == "access-1"
        assert file.read_text() == "refresh-2\n"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert [one.name for one in tmp_path.iterdir()] == ["token"]
        assert await tokens(sign_in, refresh_token="old", file=file).get() == "access-2"  # a restart
        unkept = tokens(sign_in, refresh_token="refresh-3")
        assert await unkept.get() == "access-3"
        unkept.forget()
        assert await unkept.get() == "access-4"  # without a file, the newest is kept in memory


@pytest.mark.parametrize(
    ("answer", "why", "passes"),
    [
        ((400, {"error": "invalid_grant", "error_description": "refresh-1 s3cret"}), "sign in again", False),
        ((401, {"error": "invalid_client"}), "client id or its secret", False),
        ((400, {"error": "AADSTS <script>"}), "no error code", False),
        ((200, {"token": "x"}), "no error code", False),
        ((200, {"access_token": ""}), "no error code", False),
        ((503, None), "503", True),
        ((429, {"error": "slow_down"}), "429", True),
        ((200, None), "cannot be reached|answered 200", True),
    ],
)
async def test_what_is_wrong_is_said_without_secrets(
    sign_in: FakeSignIn, answer: tuple[int, Any], why: str, passes: bool
) -> None:
    sign_in.answer = [answer]
    made = tokens(sign_in)
    with pytest.raises(CannotSignIn, match=why) as said:
        await made.get()
    assert said.value.passes is passes
    assert "s3cret" not in str(said.value)
    assert "refresh-1" not in str(said.value)
    assert await made.get() == "access-1"


async def test_a_sign_in_server_that_is_not_there() -> None:
    made = AccessTokens(OAuthClient("http://127.0.0.1:9/token", "app"), Hand().now)
    with pytest.raises(CannotSignIn, match="cannot be reached"):
        await made.get()


# -- SMTP --------------------------------------------------------------------------------------------------------------

MESSAGE = Outgoing("0123456789abcdef0123456789abcdef", "email", "ngozi@family.example", "Hello", "A word")


def smtp(sink: Sink, signs: AccessTokens, **more: Any) -> SmtpMail:
    server = MailServer.from_url(f"smtp://absence%40school.example@127.0.0.1:{sink.port}")
    return SmtpMail(server, US, Hand().now, tokens=signs, time_limit=3, **more)


@IN_THE_CLEAR
async def test_mail_leaves_by_a_token_and_a_refused_one_is_asked_for_again(sign_in: FakeSignIn) -> None:
    async with Sink(bearer="access-2") as sink:
        channel = smtp(sink, tokens(sign_in))
        refused = await channel.send(MESSAGE)
        assert isinstance(refused, Refused)
        assert (refused.kind, bool(refused.retry_in)) == ("ours_to_fix", True)
        assert "OAuth" in refused.advice
        assert isinstance(await channel.send(MESSAGE), Accepted)
        assert sink.logins == [US, US]
        assert len(sink.box) == 1


@IN_THE_CLEAR
async def test_words_wait_while_nobody_can_sign_in(sign_in: FakeSignIn) -> None:
    async with Sink(bearer="x") as sink:
        sign_in.answer = [(503, None), (400, {"error": "invalid_grant"})]
        channel = smtp(sink, tokens(sign_in))
        down, ours = await channel.send(MESSAGE), await channel.send(MESSAGE)
        assert isinstance(down, Refused)
        assert isinstance(ours, Refused)
        assert (down.kind, ours.kind) == ("down", "ours_to_fix")
        assert down.retry_in is not None
        assert ours.retry_in is not None
        assert "sign in again" in ours.advice
        assert sink.box == []


@IN_THE_CLEAR
async def test_answers_go_to_an_address_that_carries_our_id(sign_in: FakeSignIn) -> None:
    async with Sink(bearer="access-1") as sink:
        await smtp(sink, tokens(sign_in), reply_tags=True, sender_name="Blue Coat").send(MESSAGE)
        await smtp(sink, tokens(sign_in, refresh_token=""), reply_tags=False).send(MESSAGE)
    assert sink.box[0][2]["Reply-To"] == f"Blue Coat <absence+{MESSAGE.message_id}@school.example>"
    assert sink.box[0][2]["From"] == f"Blue Coat <{US}>"
    assert len(sink.box) == 1  # the second token was not taken


# -- IMAP --------------------------------------------------------------------------------------------------------------


async def test_the_mailbox_is_read_by_a_token_and_a_refused_one_is_asked_for_again(sign_in: FakeSignIn) -> None:
    async with FakeImap() as imap:
        imap.bearer = "access-2"
        imap.put(mail())
        place = MailboxPlace.from_url(f"imap://absence%40school.example@127.0.0.1:{imap.port}/INBOX", by_token=True)
        box = ImapMailbox(place, time_limit=3, tokens=tokens(sign_in))
        with pytest.raises(CannotLook, match="refuses our OAuth sign-in"):
            await box.look(None, NOON)
        found = await box.look(None, NOON)
        assert len(found.mails) == 1
        await box.mark_read(found.place, [found.mails[0].uid])
        assert imap.seen() == [1]
        assert "LOGIN" not in imap.commands


async def test_a_mailbox_that_nobody_can_sign_in_to_says_why(sign_in: FakeSignIn) -> None:
    async with FakeImap() as imap:
        sign_in.answer = [(400, {"error": "invalid_grant"})]
        place = MailboxPlace.from_url(f"imap://a@127.0.0.1:{imap.port}", by_token=True)
        with pytest.raises(CannotLook, match="sign in again"):
            await ImapMailbox(place, tokens=tokens(sign_in)).look(None, NOON)
        assert imap.commands == []


@pytest.mark.parametrize("url", ["imaps://a:b@host", "imaps://host"])
def test_with_a_token_the_address_has_a_user_and_no_password(url: str) -> None:
    with pytest.raises(MailboxFault, match="no password with MAIL_OAUTH"):
        MailboxPlace.from_url(url, by_token=True)

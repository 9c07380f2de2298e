"""E-mail against a server that refuses and dies on demand."""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from messaging.channel import Accepted, Outgoing, Refused, Unknown
from messaging.channels.mail import MailFault, MailServer, SmtpMail
from tests.support.smtp_sink import Sink

NOW = datetime(2026, 11, 11, 9, 20, tzinfo=UTC)
SENDER = "absence@school.example"


# The sink takes passwords without TLS, and aiosmtpd warns of it; that it can happen is what is tested.
IN_THE_CLEAR = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


def letter(to: str = "reed@school.example", **changes: object) -> Outgoing:
    values: dict[str, object] = {"message_id": "m-1", "channel": "email", "to": to, "text": "Call sheet, please."}
    return Outgoing(**(values | changes))  # type: ignore[arg-type]  # the tests change one value at a time


def mail(sink: Sink, url: str = "smtp://127.0.0.1:{port}", limit: float = 2) -> SmtpMail:
    server = MailServer.from_url(url.format(port=sink.port))
    return SmtpMail(server, SENDER, lambda: NOW, sender_name="Looe school", time_limit=limit)


async def test_a_letter_leaves_with_our_id_in_its_message_id() -> None:
    async with Sink() as sink:
        answer = await mail(sink).send(letter(subject="URGENT Looe: Łukasz", text="Zażółć.\n.\nLine"))
        assert answer == Accepted("<m-1@school.example>")
    ((sender, recipients, message),) = sink.box
    assert (sender, recipients) == (SENDER, ["reed@school.example"])
    assert message["Message-ID"] == "<m-1@school.example>"
    assert message["From"] == f"Looe school <{SENDER}>"
    assert message["Subject"] == "URGENT Looe: Łukasz"
    assert message["Date"] == "Wed, 11 Nov 2026 09:20:00 +0000"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().splitlines() == ["Zażółć.", ".", "Line"]  # type: ignore[attr-defined]


async def test_no_value_can_break_out_of_its_header() -> None:
    async with Sink() as sink:
        odd = letter(subject="Hello\r\nBcc: all@school.example", message_id="a b\r\n<c>@d")
        assert isinstance(await mail(sink).send(odd), Accepted)
    ((_, recipients, message),) = sink.box
    assert recipients == ["reed@school.example"]
    assert message["Bcc"] is None
    assert message["Message-ID"] == "<a-b---c--d@school.example>"


@pytest.mark.parametrize(
    ("to", "kind", "again"),
    [
        ("nouser@x.example", "bad_number", False),
        ("full@x.example", "blocked", True),
        ("full5@x.example", "blocked", False),
        ("grey@x.example", "blocked", True),
        ("policy@x.example", "blocked", False),
        ("two words@x.example", "bad_number", False),
        ("a@b.example\r\nRCPT TO:<c@d.example>", "bad_number", False),
        ("a@b,c@d.example", "bad_number", False),
        ("łukasz@x.example", "bad_number", False),
        ("nowhere", "bad_number", False),
    ],
)
async def test_addresses_that_are_refused(to: str, kind: str, again: bool) -> None:
    async with Sink() as sink:
        answer = await mail(sink).send(letter(to))
    assert isinstance(answer, Refused)
    assert (answer.kind, answer.retry_in is not None) == (kind, again)
    assert sink.box == []


@pytest.mark.parametrize(
    ("words", "kind", "again"),
    [("554 5.7.1 spam", "content", False), ("451 4.3.0 busy", "down", True), ("421 4.3.2 closing", "down", True)],
)
async def test_words_that_are_refused(words: str, kind: str, again: bool) -> None:
    async with Sink(data_answer=words) as sink:
        answer = await mail(sink).send(letter())
    assert isinstance(answer, Refused)
    assert (answer.kind, answer.retry_in is not None) == (kind, again)


@pytest.mark.parametrize(("words", "kind"), [("550 5.7.1 not you", "ours_to_fix"), ("451 4.3.0 later", "down")])
async def test_a_sender_that_is_refused(words: str, kind: str) -> None:
    async with Sink(sender_answer=words) as sink:
        answer = await mail(sink).send(letter())
    assert isinstance(answer, Refused)
    assert answer.kind == kind


async def test_a_server_that_dies_before_the_words_has_nothing_of_them() -> None:
    async with Sink(dies="rcpt") as sink:
        answer = await mail(sink).send(letter())
    assert isinstance(answer, Refused)
    assert (answer.kind, answer.retry_in) == ("down", timedelta(minutes=1))


async def test_a_server_that_dies_or_falls_silent_after_the_words_may_have_them() -> None:
    async with Sink(dies="data") as dying, Sink(silent=3) as silent:
        answers = [await mail(dying).send(letter()), await mail(silent, limit=0.3).send(letter())]
    assert len(dying.box) == len(silent.box) == 1
    for answer in answers:
        assert isinstance(answer, Unknown)
        assert answer.may_repeat  # under the same Message-ID
    assert isinstance(await mail(dying).find(letter(), NOW), Unknown)


async def test_nobody_listens() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        server = MailServer("127.0.0.1", taken.getsockname()[1])
        answer = await SmtpMail(server, SENDER, lambda: NOW, time_limit=1).send(letter())
    assert isinstance(answer, Refused)
    assert answer.kind == "down"


@IN_THE_CLEAR
async def test_signing_in_with_a_right_and_a_wrong_password() -> None:
    async with Sink(password="p@ss/w:rd") as sink:
        right = await mail(sink, "smtp://office%40school:p%40ss%2Fw%3Ard@127.0.0.1:{port}").send(letter())
        wrong = await mail(sink, "smtp://office:nope@127.0.0.1:{port}").send(letter())
    assert isinstance(right, Accepted)
    assert sink.logins[0] == "office@school"
    assert isinstance(wrong, Refused)
    assert (wrong.kind, wrong.provider_code) == ("ours_to_fix", "535")


async def test_a_server_that_knows_no_sign_in_is_ours_to_fix_and_not_tried_for_ever() -> None:
    async with Sink() as sink:
        answer = await mail(sink, "smtp://office:secret@127.0.0.1:{port}").send(letter())
    assert isinstance(answer, Refused)
    assert (answer.kind, answer.provider_code, answer.retry_in) == ("ours_to_fix", "auth", None)


@IN_THE_CLEAR
async def test_a_password_never_goes_in_the_clear_where_tls_is_required() -> None:
    async with Sink(password="secret") as sink:
        answer = await mail(sink, "smtp://office:secret@127.0.0.1:{port}?starttls=required").send(letter())
    assert isinstance(answer, Refused)
    assert (answer.kind, answer.provider_code) == ("ours_to_fix", "starttls")
    assert sink.logins == []


async def talk_without_tls(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A server that offers STARTTLS, and answers the handshake with something else."""
    answers = {b"EHLO": b"250-x\r\n250 STARTTLS", b"STARTTLS": b"220 go", b"DATA": b"354 go", b".": b"250 taken"}
    writer.write(b"220 hello\r\n")
    in_words = False
    while line := await reader.readline():
        word = line.split(b" ")[0].strip()
        if in_words and word != b".":
            continue
        in_words = word == b"DATA"
        writer.write(answers.get(word, b"250 ok") + b"\r\n")
        if word == b"STARTTLS":
            await reader.read(1)  # the client's greeting begins
            writer.write(b"this is no TLS\r\n")
            break
    writer.close()


@pytest.mark.parametrize(("option", "sent"), [("no", True), ("offered", False), ("required", False)])
async def test_a_server_whose_tls_is_not_sound_hears_nothing(option: str, sent: bool) -> None:
    ended = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            await talk_without_tls(reader, writer)
            await writer.wait_closed()
        ended.set()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    address = MailServer.from_url(f"smtp://127.0.0.1:{port}?starttls={option}")
    answer = await SmtpMail(address, SENDER, lambda: NOW, time_limit=2).send(letter())
    await asyncio.wait_for(ended.wait(), 5)
    server.close()
    await server.wait_closed()
    if sent:
        assert isinstance(answer, Accepted)
    else:
        assert isinstance(answer, Refused)
        assert (answer.kind, answer.retry_in) == ("ours_to_fix", timedelta(minutes=1))


async def test_a_letter_past_its_time_does_not_leave() -> None:
    async with Sink() as sink:
        answer = await mail(sink).send(letter(not_after=NOW))
    assert isinstance(answer, Refused)
    assert sink.box == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.school.example", MailServer("mail.school.example", 587)),
        ("smtp://localhost:25", MailServer("localhost", 25)),
        ("smtps://u:p%40@m.example", MailServer("m.example", 465, "u", "p@", tls=True, starttls="required")),
        ("smtp://u:p@m.example:2525", MailServer("m.example", 2525, "u", "p", starttls="required")),
        ("smtp://u:p@127.0.0.1", MailServer("127.0.0.1", 587, "u", "p", starttls="offered")),
        ("smtp://u:p@m.example?starttls=no", MailServer("m.example", 587, "u", "p", starttls="no")),
        ("smtp://m.example?starttls=true", MailServer("m.example", 587, starttls="required")),
    ],
)
def test_the_servers_address(url: str, expected: MailServer) -> None:
    assert MailServer.from_url(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mail.example",
        "http://m.example",
        "smtp://",
        "smtp://u:secret@m:x",
        "smtp://m?starttls=perhaps",
        "smtp://m?tls=1",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(MailFault) as fault:
        MailServer.from_url(url)
    assert "SMTP_URL" in str(fault.value)
    assert "secret" not in str(fault.value)


def test_a_sender_must_be_an_address() -> None:
    with pytest.raises(MailFault):
        SmtpMail(MailServer("localhost", 25), "the office", lambda: NOW)

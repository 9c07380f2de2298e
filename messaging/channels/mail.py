"""E-mail by SMTP: staff alerts that do not depend on the texts' provider, and parents who prefer it.

SMTP says yes or no at each step, so only a connection lost while the words themselves were going over is unknown.
"""

from __future__ import annotations

import asyncio
import email.policy
import re
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, formataddr, parseaddr
from typing import Final, Literal
from urllib.parse import parse_qs, unquote, urlsplit

import aiosmtplib

from messaging.channel import Accepted, Outgoing, Refused, SendResult, Unknown
from messaging.mail_tokens import AccessTokens, CannotSignIn

StartTls = Literal["required", "offered", "no"]

_ADDRESS: Final = re.compile(r"^[^\s@<>,;:\"()\[\]\\]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$")
_OUR_ID: Final = re.compile(r"[0-9a-f]{32}")
_ID: Final = re.compile(r"<[!-;=?-~]{1,250}>")
_MOST_REFERENCES: Final = 20
_LOOPBACK: Final = frozenset(("127.0.0.1", "::1", "localhost"))
_WAIT: Final = timedelta(minutes=1)
_GREY_WAIT: Final = timedelta(minutes=5)  # greylisting asks for a few minutes, and a full mailbox for longer


class MailFault(ValueError):
    """SMTP_URL or the sender cannot be used; the message says what is wrong and never repeats the password."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail leaves. `tls`: from the first byte (smtps). `starttls`: for smtp."""

    host: str
    port: int
    user: str | None = None
    password: str | None = None
    tls: bool = False
    starttls: StartTls = "offered"

    @classmethod
    def from_url(cls, url: str) -> MailServer:
        """Read `smtp://user:pass@host:port?starttls=required|offered|no` or `smtps://…`. Raises MailFault.

        A password is sent only over TLS, unless the server is this machine or `starttls=no` is said outright.
        """
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise MailFault("SMTP_URL has a port that is no number; write smtp://host:587.") from error
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise MailFault("SMTP_URL must look like smtp://user:password@host:587 or smtps://user:password@host:465.")
        options = parse_qs(parts.query)
        if strange := sorted(set(options) - {"starttls"}):
            raise MailFault(f"SMTP_URL knows no option {strange[0]}; only starttls=required, offered or no.")
        safe_by_default: StartTls = "required" if parts.username and parts.hostname not in _LOOPBACK else "offered"
        tls = parts.scheme == "smtps"
        return cls(
            parts.hostname,
            port or (465 if tls else 587),
            unquote(parts.username) if parts.username else None,
            unquote(parts.password) if parts.password else None,
            tls,
            _starttls(options["starttls"][0]) if "starttls" in options else safe_by_default,
        )


def _starttls(said: str) -> StartTls:
    match said.lower():
        case "required" | "true" | "yes" | "1":
            return "required"
        case "offered" | "auto":
            return "offered"
        case "no" | "false" | "0":
            return "no"
        case _:
            raise MailFault("SMTP_URL's starttls must be required, offered or no.")


class SmtpMail:
    """The channel `email`. One connection for each message: mail is few, and a kept connection hides a dead server.

    `sender` is the address that answers go to; `sender_name` stands before it. `now` gives aware UTC for the Date.
    `time_limit` (seconds) holds for the talk before the words, and again for the words. `tokens` sign in instead of a
    password. `reply_tags`: the mailbox takes name+anything, so that answers go to an address that carries our id.
    """

    def __init__(
        self,
        server: MailServer,
        sender: str,
        now: Callable[[], datetime],
        *,
        sender_name: str = "",
        time_limit: float = 20.0,
        tokens: AccessTokens | None = None,
        reply_tags: bool = False,
    ) -> None:
        if not _ADDRESS.match(sender):
            raise MailFault("The sender of e-mails must be one plain address, such as absence@school.example.")
        self._server = server
        self._sender = sender
        self._sender_name = sender_name
        self._now = now
        self._limit = time_limit
        self._tokens = tokens
        self._reply_tags = reply_tags

    @property
    def name(self) -> str:
        """`email`."""
        return "email"

    async def send(self, message: Outgoing) -> SendResult:
        """Hand over one e-mail. Refusals before the words went over are certain."""
        now = self._now()
        if message.not_after is not None and message.not_after <= now:
            return Refused("content", "Its time had passed before it could leave; nothing was sent.", "not_after")
        if not (message.to.isascii() and _ADDRESS.match(message.to)):
            return Refused("bad_number", "This is not an e-mail address that can be used; correct it.", "address")
        letter = self.letter(message, now)
        client = self._client()
        try:
            return await self._hand_over(client, letter, message)
        finally:
            client.close()

    def _client(self) -> aiosmtplib.SMTP:
        return aiosmtplib.SMTP(
            hostname=self._server.host,
            port=self._server.port,
            use_tls=self._server.tls,
            start_tls=False,
            timeout=self._limit,
            local_hostname=self._sender.rpartition("@")[2],  # else it asks DNS, and waits, for this machine's name
        )

    async def _hand_over(self, client: aiosmtplib.SMTP, letter: EmailMessage, message: Outgoing) -> SendResult:
        sender = parseaddr(message.from_ or self._sender)[1]
        try:
            token = await self._tokens.get() if self._tokens else None
            async with asyncio.timeout(self._limit):
                await self._greet(client, token)
                await client.mail(sender)
                await client.rcpt(message.to)
        except CannotSignIn as error:
            return _not_signed_in(error)
        except (aiosmtplib.SMTPException, OSError) as error:
            return self._refused(error)
        try:
            async with asyncio.timeout(self._limit):
                await client.data(letter.as_bytes(policy=email.policy.SMTP))
        except aiosmtplib.SMTPResponseException as error:
            if error.code == -1:
                return Unknown("the mail server's answer could not be read", may_repeat=True)
            return self._refused(error)
        except (aiosmtplib.SMTPException, OSError) as error:
            return Unknown(
                f"the mail server went away while it took the words ({type(error).__name__})", may_repeat=True
            )
        with suppress(aiosmtplib.SMTPException, OSError):  # it has taken the words; how it says goodbye is its affair
            await client.quit(timeout=2)
        return Accepted(str(letter["Message-ID"]))

    async def _greet(self, client: aiosmtplib.SMTP, token: str | None) -> None:
        await client.connect()
        if not self._server.tls and self._server.starttls != "no":
            await client.ehlo()
            if client.supports_extension("starttls"):
                await client.starttls()
            elif self._server.starttls == "required":
                raise aiosmtplib.SMTPNotSupported("STARTTLS")
        if token is not None:
            await client.auth_xoauth2(self._server.user or self._sender, token)
        elif self._server.user is not None:
            await client.login(self._server.user, self._server.password or "")

    async def try_sign_in(self) -> Refused | None:
        """Greet the server and sign in as for a message, and send none. None: it works."""
        client = self._client()
        try:
            token = await self._tokens.get() if self._tokens else None
            async with asyncio.timeout(self._limit):
                await self._greet(client, token)
        except CannotSignIn as error:
            return _not_signed_in(error)
        except (aiosmtplib.SMTPException, OSError) as error:
            return self._refused(error)
        finally:
            client.close()
        return None

    def letter(self, message: Outgoing, now: datetime) -> EmailMessage:
        """The e-mail itself. Its Message-ID carries our id; headers cannot be broken by what is put in them."""
        sender = parseaddr(message.from_ or self._sender)[1]
        letter = EmailMessage()
        letter["From"] = formataddr((" ".join(self._sender_name.split()), sender))
        letter["To"] = message.to
        if self._reply_tags and _OUR_ID.fullmatch(message.message_id) and "+" not in sender:
            mailbox, _, domain = sender.rpartition("@")
            tagged = f"{mailbox}+{message.message_id}@{domain}"
            letter["Reply-To"] = formataddr((" ".join(self._sender_name.split()), tagged))
        letter["Subject"] = " ".join((message.subject or "A message from the school").split())
        letter["Date"] = format_datetime(now)
        letter["Message-ID"] = message_id(message.message_id, sender)
        # so that out-of-office programs do not answer (RFC 3834, and what Exchange goes by)
        letter["Auto-Submitted"] = "auto-generated" if message.answers is None else "auto-replied"
        letter["X-Auto-Response-Suppress"] = "All"
        if message.answers is not None and _ID.fullmatch(message.answers.message_id):
            before = [one for one in message.answers.references if _ID.fullmatch(one)][-_MOST_REFERENCES:]
            letter["In-Reply-To"] = message.answers.message_id
            letter["References"] = " ".join(dict.fromkeys((*before, message.answers.message_id)))
        letter.set_content(message.text)
        for one in message.files:
            main, _, kind = one.media_type.partition("/")
            letter.add_attachment(one.data, maintype=main, subtype=kind, filename=one.name)
        return letter

    def _refused(self, error: Exception) -> Refused:
        """What a refusal means. Codes as RFC 5321 4.2 and RFC 3463 have them; the server's words are not kept."""
        match error:
            case aiosmtplib.SMTPAuthenticationError(code=code) if self._tokens is not None:
                self._tokens.forget()
                advice = "The mail server refuses our OAuth sign-in; see that this mailbox allows SMTP for it."
                return Refused("ours_to_fix", advice, str(code), _WAIT)
            case aiosmtplib.SMTPAuthenticationError(code=code):
                return Refused("ours_to_fix", "The mail server refuses our sign-in; check SMTP_URL.", str(code))
            case aiosmtplib.SMTPException() if type(error) is aiosmtplib.SMTPException:
                # the library has no name of its own for a server that knows no sign-in
                return Refused("ours_to_fix", "The mail server has no sign-in, and SMTP_URL asks for it.", "auth")
            case ssl.SSLError():
                advice = "The mail server's certificate or TLS is not sound, so nothing was said to it; see SMTP_URL."
                return Refused("ours_to_fix", advice, type(error).__name__, _WAIT)
            case aiosmtplib.SMTPNotSupported():
                advice = "The mail server offers no TLS, and SMTP_URL asks for it."
                return Refused("ours_to_fix", advice, "starttls")
            case aiosmtplib.SMTPRecipientRefused(code=code, message=words):
                return _of_recipient(code, words)
            case aiosmtplib.SMTPSenderRefused(code=code) if code >= 500:
                return Refused("ours_to_fix", "The mail server does not take our sender's address.", str(code))
            case aiosmtplib.SMTPDataError(code=code) if code >= 500:
                advice = "The mail server took this message for spam or does not like it; look at wording and sender."
                return Refused("content", advice, str(code))
            case aiosmtplib.SMTPResponseException(code=code) if code >= 400:
                return Refused("down", "The mail server is busy; it is tried again by itself.", str(code), _WAIT)
            case _:
                advice = "The mail server cannot be reached; it is tried again by itself."
                return Refused("down", advice, type(error).__name__, _WAIT)

    async def find(self, message: Outgoing, since: datetime) -> Accepted | Unknown | None:
        """SMTP cannot be asked. A repeat carries the same Message-ID, which most mailboxes show once."""
        return Unknown("a mail server cannot be asked what it took", may_repeat=True)

    async def close(self) -> None:
        """Nothing is kept open."""


def message_id(ours: str, sender: str) -> str:
    """The Message-ID that carries our id back in replies and bounces: `<id@domain>`."""
    return f"<{re.sub(r'[^A-Za-z0-9._-]', '-', ours)}@{sender.rpartition('@')[2]}>"


def _not_signed_in(error: CannotSignIn) -> Refused:
    """Words wait until the sign-in works again, and staff are told."""
    return Refused("down" if error.passes else "ours_to_fix", f"No e-mail can leave: {error}.", "oauth", _WAIT)


def _of_recipient(code: int, words: str) -> Refused:
    """A refused address: 5.1.x no such mailbox, 4.2.2 and 452 full, 450 and 451 greylisted, 5.7.x not from us."""
    enhanced = found.group(0) if (found := re.search(r"\b[45]\.\d{1,3}\.\d{1,3}\b", words)) else ""
    shown = f"{code} {enhanced}".strip()
    if code < 500:
        return Refused(
            "blocked", "The mailbox is full or the server asks to wait; it is tried again.", shown, _GREY_WAIT
        )
    if enhanced.startswith("5.7"):
        return Refused("blocked", "The mail server does not let our messages through to this address.", shown)
    if enhanced.startswith("5.2.2"):
        return Refused("blocked", "The mailbox is full; ring, or use another channel.", shown)
    return Refused("bad_number", "There is no such e-mail address; ask the family for the right one.", shown)

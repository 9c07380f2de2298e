"""A mailbox by IMAP: what is new in it, in the order in which it came. Nothing is marked before we say so.

New is what has a higher UID than the last one that was stored, whether somebody has opened it meanwhile or not: staff
look into this mailbox too. A mailbox that was made anew (another UIDVALIDITY) is read again for a week; who stores the
mail knows what it has. Every look is a connection of its own, with a time limit on each step: a connection that is kept
hides a server that is gone.
"""

from __future__ import annotations

import asyncio
import imaplib
import re
import ssl
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar
from urllib.parse import parse_qs, unquote, urlsplit

from imap_tools.errors import ImapToolsError
from imap_tools.mailbox import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted

from messaging.mail_tokens import AccessTokens, CannotSignIn

FIRST_LOOK_BACK: Final = timedelta(hours=12)
"""What a mailbox holds that we never looked into: reports of this morning, not years of letters."""
LOOK_BACK: Final = timedelta(days=7)
MOST_BYTES: Final = 30_000_000
BEGINNING: Final = 400_000
"""Bytes. Of a larger mail only so much is read: the words stand first."""
AT_ONCE: Final = 20

T = TypeVar("T")
_LOOPBACK: Final = frozenset(("127.0.0.1", "::1", "localhost"))
_ARRIVED: Final = re.compile(rb'INTERNALDATE "([^"]+)"')
_SIZE: Final = re.compile(rb"RFC822\.SIZE (\d+)")
_MONTHS: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


class MailboxFault(ValueError):
    """IMAP_URL cannot be used; the message says what is wrong and never repeats the password."""


class CannotLook(Exception):
    """The mailbox cannot be read now. The message is for the log and for staff: no address, no words of anybody."""


@dataclass(frozen=True, slots=True)
class MailboxPlace:
    """Where mail comes in. `tls`: from the first byte (imaps). `starttls`: for imap."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    tls: bool = True
    starttls: bool = False

    @property
    def key(self) -> str:
        """What its place in the database is kept under."""
        return f"{self.user}@{self.host}/{self.folder}"

    @classmethod
    def from_url(cls, url: str, *, by_token: bool = False) -> MailboxPlace:
        """Read `imaps://user:password@host/INBOX` or `imap://…?starttls=required|no`. Raises MailboxFault.

        `by_token`: the sign-in is by OAuth, and there is no password.

        A password is sent only over TLS, unless the server is this machine or `starttls=no` is said outright.
        """
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise MailboxFault(
                "IMAP_URL has a port that is no number; write imaps://user:password@host/INBOX."
            ) from error
        if parts.scheme not in ("imap", "imaps") or not parts.hostname:
            raise MailboxFault("IMAP_URL must look like imaps://user:password@host/INBOX.")
        if by_token and (not parts.username or parts.password):
            raise MailboxFault("IMAP_URL needs the user and no password with MAIL_OAUTH: imaps://user@host/INBOX.")
        if not by_token and (not parts.username or not parts.password):
            raise MailboxFault("IMAP_URL has no user or password; write % signs for odd letters (@ is %40).")
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        if not (user + password).isascii():
            raise MailboxFault("IMAP_URL's user and password may hold only plain letters, digits and signs (ASCII).")
        options = parse_qs(parts.query)
        said = options.pop("starttls", [""])[0]
        if options or said not in ("", "required", "no"):
            raise MailboxFault("IMAP_URL knows only the option starttls=required or starttls=no.")
        tls = parts.scheme == "imaps"
        plain = said == "no" or (not said and parts.hostname in _LOOPBACK)
        folder = unquote(parts.path.strip("/")) or "INBOX"
        return cls(parts.hostname, port or (993 if tls else 143), user, password, folder, tls, not tls and not plain)


@dataclass(frozen=True, slots=True)
class Place:
    """Up to where a mailbox was stored: valid while the server keeps this UIDVALIDITY."""

    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True)
class Fetched:
    """One mail. `whole` is False when only its beginning was fetched; `raw` is empty when the server cannot give it."""

    uid: int
    raw: bytes = field(repr=False)
    arrived: datetime
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Look:
    """What one look found: mails in order of arrival, and the place to remember when all of them are stored.

    `reached` is the highest number that was looked at: where the next look goes on, when there is `more`.
    `too_old` counts mails that were passed over: moved here from an archive, nobody waits for an answer to them.
    """

    mails: tuple[Fetched, ...]
    place: Place
    more: bool = False
    too_old: int = 0
    reached: int = 0


class ImapMailbox:
    """One folder of one account, read in a thread. `time_limit`: seconds for each step of the talk."""

    def __init__(self, place: MailboxPlace, *, time_limit: float = 20.0, tokens: AccessTokens | None = None) -> None:
        self.key = place.key
        self._place = place
        self._limit = time_limit
        self._tokens = tokens

    async def look(
        self, stored: Place | None, now: datetime, again: timedelta = timedelta(0), reached: int = 0
    ) -> Look:
        """What came after `stored`, and what came in the last `again` with a number after `reached`; at most AT_ONCE.

        Raises CannotLook.
        """
        return await self._signed_in(lambda box: _look(box, self._place.folder, stored, now, again, reached))

    async def mark_read(self, place: Place, uids: Sequence[int]) -> None:
        """Show staff who open the mailbox what Firstcall has. Raises CannotLook."""
        if uids:
            await self._signed_in(lambda box: _mark(box, self._place.folder, place, uids))

    async def try_folder(self) -> None:
        """Sign in and open the folder as every look does, and read nothing. Raises CannotLook."""
        folder = self._place.folder
        await self._signed_in(lambda box: box.folder.set(folder, readonly=True))

    async def _signed_in(self, say: Callable[[BaseMailBox], T]) -> T:
        try:
            token = await self._tokens.get() if self._tokens else None
        except CannotSignIn as error:
            raise CannotLook(str(error)) from error
        return await asyncio.to_thread(self._talk, say, token)

    def _sign_in(self, box: BaseMailBox, token: str | None) -> None:
        if self._tokens is None or token is None:
            box.login(self._place.user, self._place.password, initial_folder=None)
            return
        try:
            box.xoauth2(self._place.user, token, initial_folder=None)
        except imaplib.IMAP4.abort:
            raise
        except (imaplib.IMAP4.error, ImapToolsError) as error:
            self._tokens.forget()
            raise CannotLook(
                "the mail server refuses our OAuth sign-in; see that this mailbox allows IMAP for it"
            ) from error

    def _talk(self, say: Callable[[BaseMailBox], T], token: str | None) -> T:
        try:
            box = self._connect()
            try:
                self._sign_in(box, token)
                return say(box)
            finally:
                _hang_up(box)
        except imaplib.IMAP4.abort as error:
            raise CannotLook("the mail server broke off") from error
        except (imaplib.IMAP4.error, ImapToolsError) as error:
            raise CannotLook(
                f"the mail server refuses ({type(error).__name__}); check IMAP_URL and its password"
            ) from error
        except (OSError, EOFError) as error:
            raise CannotLook(f"the mail server cannot be reached ({type(error).__name__})") from error

    def _connect(self) -> BaseMailBox:
        place = self._place
        if place.tls:
            return MailBox(place.host, place.port, timeout=self._limit, ssl_context=_checked())
        if place.starttls:
            return MailBoxStartTls(place.host, place.port, timeout=self._limit, ssl_context=_checked())
        return MailBoxUnencrypted(place.host, place.port, timeout=self._limit)


def _checked() -> ssl.SSLContext:
    """imaplib by itself believes any certificate (until Python 3.12)."""
    return ssl.create_default_context()


def _hang_up(box: BaseMailBox) -> None:
    try:
        box.logout()
    except (imaplib.IMAP4.error, ImapToolsError, OSError, EOFError):
        box.client.shutdown()


def _look(box: BaseMailBox, folder: str, stored: Place | None, now: datetime, again: timedelta, reached: int) -> Look:
    box.folder.set(folder, readonly=True)
    status = box.folder.status(folder, ["UIDVALIDITY", "UIDNEXT"])
    validity = int(status["UIDVALIDITY"])
    same = stored is not None and stored.uidvalidity == validity
    after = stored.uid if stored is not None and same else 0
    span = FIRST_LOOK_BACK if stored is None else LOOK_BACK
    wanted = {uid for uid in _uids(box, f"UID {after + 1}:*") if uid > after} if same else set()
    if not same:
        wanted |= set(_uids(box, _since(now - span)))
    elif again:
        wanted |= {uid for uid in _uids(box, _since(now - again)) if uid > reached}
    order = sorted(wanted)
    mails, too_old, last = [], 0, after
    for uid in order[:AT_ONCE]:
        fetched = _fetch(box, uid, now)
        last = max(last, uid)
        if fetched is None:
            continue
        if now - fetched.arrived > span:
            too_old += 1
        else:
            mails.append(fetched)
    more = len(order) > AT_ONCE
    if not more:
        last = max(last, int(status.get("UIDNEXT", 1)) - 1 if stored is None or not same else last)
    return Look(tuple(mails), Place(validity, last), more, too_old, max(order[:AT_ONCE], default=0))


def _since(moment: datetime) -> str:
    """The server's days are in its own zone: one more day, and each mail is looked at."""
    day = (moment - timedelta(days=1)).date()
    return f"SINCE {day.day}-{_MONTHS[day.month - 1]}-{day.year}"


def _uids(box: BaseMailBox, criteria: str) -> Iterable[int]:
    return (int(uid) for uid in box.uids(criteria, charset=None))  # some servers refuse to hear of a charset


def _fetch(box: BaseMailBox, uid: int, now: datetime) -> Fetched | None:
    """One mail without marking it; None when it has been deleted meanwhile."""
    try:
        kind, found = box.client.uid("fetch", str(uid), "(INTERNALDATE RFC822.SIZE)")
        about = b" ".join(part if isinstance(part, bytes) else part[0] for part in found if part)
        size = _SIZE.search(about)
        if kind != "OK" or size is None:
            return None
        whole = int(size.group(1)) <= MOST_BYTES
        kind, found = box.client.uid("fetch", str(uid), "(BODY.PEEK[])" if whole else f"(BODY.PEEK[]<0.{BEGINNING}>)")
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error:
        return Fetched(uid, b"", now, whole=False)
    raw = next((part[1] for part in found if isinstance(part, tuple)), None)
    if kind != "OK":
        return Fetched(uid, b"", _arrived(about, now), whole=False)
    return None if raw is None else Fetched(uid, raw, _arrived(about, now), whole)


def _arrived(about: bytes, now: datetime) -> datetime:
    found = _ARRIVED.search(about)
    try:
        said = found.group(1).decode("ascii").strip() if found else ""
        day, month, rest = said.split("-", 2)
        at = datetime.strptime(f"{day.strip()} {_MONTHS.index(month) + 1} {rest}", "%d %m %Y %H:%M:%S %z")
    except (ValueError, UnicodeError):
        return now
    return min(at.astimezone(UTC), now)


def _mark(box: BaseMailBox, folder: str, place: Place, uids: Sequence[int]) -> None:
    box.folder.set(folder)
    if int(box.folder.status(folder, ["UIDVALIDITY"])["UIDVALIDITY"]) == place.uidvalidity:
        # not `box.flag`: it also expunges, and what staff have only marked for deletion would be gone
        box.client.uid("store", ",".join(str(uid) for uid in uids), "+FLAGS", "(\\Seen)")

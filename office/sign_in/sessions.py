"""Who is signed in: one signed cookie, and a token in every form that only this cookie's pages know.

The cookie holds no secret and nothing about a child; it is signed, HttpOnly and SameSite=Lax. Whether the account is
still good is asked of the database on every request.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from itsdangerous import BadSignature, URLSafeSerializer

COOKIE = "firstcall_office"
IDLE = timedelta(minutes=10)
"""Without a press a browser is locked after this; a setting chooses another span."""
LONGEST = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Session:
    """One browser. `seen` and `began` are seconds since 1970, in the service's own time."""

    csrf: str
    began: int
    seen: int
    school: str = ""
    username: str = ""
    account: str = ""
    """A print of the account's password hash: a new password signs every older session out."""
    step: str = ""
    """What is still asked before anybody is signed in: a code, after the right password."""
    how: str = ""
    """Who vouched: empty for a password, else the provider at whose place this person signed in."""
    wanted: str = ""
    """Where to go after the next step."""
    locked: bool = False
    """Left alone too long, or locked by a press: whoever is there must prove who they are."""
    staff: str = ""
    """Demo only: who the visitor plays."""
    note: str = ""
    note_kind: str = ""
    """Said once, on the next page."""

    def with_note(self, kind: str, text: str) -> Session:
        """The same session with something to say on its next page."""
        return replace(self, note=text[:300], note_kind=kind)

    def without_note(self) -> Session:
        """It was said."""
        return replace(self, note="", note_kind="")


class Sessions:
    """Signs cookies and reads them back. `secret` is FIRSTCALL_SECRET_KEY.

    `idle` is the time after which a browser that was left alone is locked; None: never locked and never too old.
    """

    def __init__(self, secret: str, idle: timedelta | None = IDLE, longest: timedelta = LONGEST) -> None:
        if len(secret) < 32:
            raise ValueError("FIRSTCALL_SECRET_KEY needs at least 32 random characters; `firstcall init` makes one.")
        self._signer = URLSafeSerializer(secret, salt="firstcall office session")
        self.idle = idle
        self._longest = longest

    def new(self, now: datetime) -> Session:
        """A browser that nobody has signed in with."""
        at = int(now.timestamp())
        return Session(secrets.token_urlsafe(24), at, at)

    def signed_in(self, now: datetime, school: str, username: str, account: str) -> Session:
        """A fresh session for this account: nothing of the one before it stays."""
        return replace(self.new(now), school=school, username=username, account=account)

    def dump(self, session: Session) -> str:
        """The cookie's value."""
        kept = {key: value for key, value in asdict(session).items() if value not in ("", None, False)}
        return str(self._signer.dumps(kept))

    def load(self, cookie: str | None, now: datetime) -> Session | None:
        """The session of a cookie; None when it is forged, torn or too old."""
        if not cookie:
            return None
        try:
            session = Session(**self._signer.loads(cookie))
        except (BadSignature, TypeError):
            return None
        if self.idle is None:
            return session
        if int(now.timestamp()) - session.began > self._longest.total_seconds():
            return None
        left_alone = session.username and not session.step and self.left(session, now) <= 0
        return replace(session, locked=True) if left_alone else session

    def left(self, session: Session, now: datetime) -> int:
        """Seconds until this browser is locked, if nobody does anything."""
        idle = self.idle.total_seconds() if self.idle else self._longest.total_seconds()
        return int(session.seen + idle - now.timestamp())

    def touched(self, session: Session, now: datetime) -> Session:
        """The session after a person did something; a page that refreshes itself does not count, nor a locked one."""
        return session if session.locked else replace(session, seen=int(now.timestamp()))


def same_token(session: Session, token: str | None) -> bool:
    """Whether a form came from a page of this session."""
    return bool(token) and hmac.compare_digest(session.csrf.encode(), (token or "").encode())


def account_print(password_hash: str) -> str:
    """A short print of a password hash."""
    return sha256(password_hash.encode()).hexdigest()[:16]

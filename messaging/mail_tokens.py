"""Access tokens for mail boxes that take no password: Microsoft 365 and Google, by OAuth 2 (RFC 6749) and XOAUTH2.

A refresh token says for years that we may ask; or, where the provider knows that, the application itself may (client
credentials). The access token that it gives lives an hour, is kept in memory, and is asked for again before it ends.
A provider that hands out a new refresh token (Microsoft does each time) has it written back to the secret file.

Sources: learn.microsoft.com "Authenticate an IMAP, POP or SMTP connection using OAuth"; developers.google.com "XOAUTH2
Mechanism".
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Final

import aiohttp

EARLY: Final = timedelta(minutes=5)
_USUAL_LIFE: Final = 3600
_LIMIT: Final = aiohttp.ClientTimeout(total=15, sock_connect=5)
_MICROSOFT_USER: Final = (
    "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access"
)
_MICROSOFT_APP: Final = "https://outlook.office365.com/.default"
_ADVICE: Final[Mapping[str, str]] = {
    "invalid_grant": "the refresh token was revoked, ran out or belongs to another client; sign in again for a new one",
    "invalid_client": "the client id or its secret is wrong, or the secret has run out; make a new one",
    "unauthorized_client": "this client may not ask in this way; grant it the mail permissions, as an administrator",
    "invalid_scope": "this client was not granted IMAP and SMTP; add the permissions and consent as an administrator",
    "access_denied": "an administrator has blocked this client; ask them",
}


class CannotSignIn(ConnectionError):
    """There is no access token now. The message says what to do and carries no secret. `passes`: it may by itself."""

    def __init__(self, why: str, passes: bool) -> None:
        super().__init__(why)
        self.passes = passes


@dataclass(frozen=True, slots=True)
class OAuthClient:
    """Who asks, and where. Without a refresh token (here or in `file`) the application asks for itself."""

    token_url: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)
    file: Path | None = None
    user_scope: str = ""
    app_scope: str = ""

    @classmethod
    def of(cls, provider: str, tenant: str, **more: Any) -> OAuthClient:
        """`provider`: microsoft (with the tenant's id or domain), google, or the address of another token endpoint."""
        match provider:
            case "microsoft":
                url = f"https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"
                return cls(url, user_scope=_MICROSOFT_USER, app_scope=_MICROSOFT_APP, **more)
            case "google":
                return cls("https://oauth2.googleapis.com/token", **more)
        return cls(provider, **more)

    def refresh(self) -> str:
        """The newest refresh token. Raises CannotSignIn when its file cannot be read."""
        if self.file is None:
            return self.refresh_token
        try:
            return self.file.read_text("ascii").strip() or self.refresh_token
        except FileNotFoundError:
            return self.refresh_token
        except (OSError, UnicodeDecodeError) as error:
            why = f"MAIL_OAUTH_TOKEN_FILE cannot be read ({type(error).__name__})"
            raise CannotSignIn(why, passes=False) from error


class AccessTokens:
    """The access token of one client, asked for when it is needed. `now` gives aware UTC."""

    def __init__(self, client: OAuthClient, now: Callable[[], datetime]) -> None:
        self._client = client
        self._now = now
        self._lock = asyncio.Lock()
        self._token = ""
        self._good_until: datetime | None = None
        self._rotated = ""

    async def get(self) -> str:
        """A token that is good for some minutes yet. Raises CannotSignIn."""
        async with self._lock:
            if not self._token or self._good_until is None or self._now() >= self._good_until:
                await self._ask()
            return self._token

    def forget(self) -> None:
        """A server did not take it: the next time another one is asked for."""
        self._token = ""

    async def _ask(self) -> None:
        form = self._form()
        try:
            async with (
                aiohttp.ClientSession(timeout=_LIMIT) as http,
                http.post(self._client.token_url, data=form) as got,
            ):
                status, said = got.status, await got.json(content_type=None)
        except (aiohttp.ClientError, TimeoutError, ValueError, OSError) as error:
            raise CannotSignIn(f"the sign-in server cannot be reached ({type(error).__name__})", passes=True) from error
        if status >= 500 or status == 429 or not isinstance(said, dict):
            raise CannotSignIn(f"the sign-in server answered {status}", passes=True)
        if not isinstance(said.get("access_token"), str) or not said["access_token"]:
            raise CannotSignIn(_why(status, said), passes=False)
        self._token = said["access_token"]
        self._good_until = self._now() + max(timedelta(seconds=_life(said)) - EARLY, timedelta(seconds=30))
        if isinstance(new := said.get("refresh_token"), str) and new:
            self._keep(new)

    def _form(self) -> dict[str, str]:
        client = self._client
        form = {"client_id": client.client_id}
        if client.client_secret:
            form["client_secret"] = client.client_secret
        refresh = client.refresh() if client.file is not None else (self._rotated or client.refresh_token)
        if refresh:
            form |= {"grant_type": "refresh_token", "refresh_token": refresh}
        else:
            form |= {"grant_type": "client_credentials"}
        if scope := client.user_scope if refresh else client.app_scope:
            form["scope"] = scope
        return form

    def _keep(self, refresh: str) -> None:
        """The newest one, in the file if there is one: whole or not at all, and for nobody else to read."""
        self._rotated = refresh
        file = self._client.file
        if file is None:
            return
        try:
            with NamedTemporaryFile("w", dir=file.parent, delete=False, encoding="ascii") as new:  # mode 0600
                new.write(f"{refresh}\n")
                new.flush()
                os.fsync(new.fileno())
            Path(new.name).replace(file)
        except OSError as error:
            why = f"MAIL_OAUTH_TOKEN_FILE cannot be written ({type(error).__name__}); the folder must be ours"
            raise CannotSignIn(why, passes=True) from error


def _life(said: Mapping[str, Any]) -> int:
    try:
        return int(said.get("expires_in", _USUAL_LIFE))
    except (TypeError, ValueError):
        return _USUAL_LIFE


def _why(status: int, said: Mapping[str, Any]) -> str:
    """The provider's own word, and what to do about it. Its description is left out: it may repeat what we sent."""
    error = str(said.get("error", ""))[:40]
    known = error if error.replace("_", "").isalnum() else "no error code"
    return f"the sign-in server says {known} ({status}): {_ADVICE.get(error, 'look at MAIL_OAUTH in .env')}"

"""The conversation with Google or Microsoft: where they are, one way there and back, and their signature.

Authorization code with PKCE (RFC 7636), `state` and `nonce`; the identity token is checked with the provider's own keys
(RS256 only). Nothing is asked of the provider but who this is.
"""

from __future__ import annotations

import secrets
import ssl
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from office.sign_in.vouched import NotVouched, Provider, Unreachable, Vouched, vouched_for

SCOPE = "openid email profile"
WITHIN = 10.0
"""Seconds that one question to the provider may take."""
KEPT = timedelta(hours=6)
"""How long the provider's addresses and keys are taken for what they were; an unknown key asks again at once."""
NOT_OAUTH = (AuthlibBaseError, httpx2.HTTPError, httpx2.InvalidURL, ValueError, KeyError, TypeError)


class Client:
    """One provider. `back` is our address to which it sends the browser."""

    def __init__(self, provider: Provider, back: str) -> None:
        self.provider = provider
        self.back = back
        self._places: Mapping[str, Any] | None = None
        self._keys: KeySet | None = None
        self._asked_at: datetime | None = None

    async def way_there(self, now: datetime) -> tuple[str, str, str, str]:
        """(address to send the browser to, state, nonce, verifier). Raises Unreachable."""
        places = await self._known(now)
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        async with self._client() as client:
            address, _ = client.create_authorization_url(
                places["authorization_endpoint"], state=state, nonce=nonce, code_verifier=verifier,
                prompt="select_account", **self._hint(),
            )  # fmt: skip
        return address, state, nonce, verifier

    def _hint(self) -> dict[str, str]:
        """Google shows the accounts of one domain first; it is a hint, and what comes back is checked all the same."""
        one = self.provider.kind == "google" and len(self.provider.allowed) == 1
        return {"hd": next(iter(self.provider.allowed))} if one else {}

    async def who(self, code: str, verifier: str, nonce: str, now: datetime) -> Vouched:
        """Whom the provider vouches for. Raises NotVouched, Unreachable."""
        places = await self._known(now)
        try:
            async with self._client() as client:
                token = await client.fetch_token(places["token_endpoint"], code=code, code_verifier=verifier)
        except httpx2.HTTPError as error:
            raise Unreachable(type(error).__name__) from error
        except NOT_OAUTH as error:
            raise NotVouched("code") from error
        claims = await self._claims(str(token.get("id_token", "")), now)
        return vouched_for(self.provider, claims, nonce, now)

    def _client(self) -> AsyncOAuth2Client:
        return AsyncOAuth2Client(
            self.provider.client_id, self.provider.client_secret, scope=SCOPE, redirect_uri=self.back,
            code_challenge_method="S256", timeout=WITHIN, verify=_authorities(),
        )  # fmt: skip

    async def _claims(self, token: str, now: datetime) -> Mapping[str, Any]:
        """What the token says, if the provider signed it. An unknown key may be a new one: the keys are read again."""
        for again in (False, True):
            keys = await self._signing_keys(now, again)
            try:
                return jwt.decode(token, keys, algorithms=["RS256"]).claims
            except (JoseError, ValueError, TypeError) as error:
                if again:
                    raise NotVouched("signature") from error
        raise NotVouched("signature")

    async def _known(self, now: datetime) -> Mapping[str, Any]:
        if self._places is None or self._asked_at is None or not timedelta(0) <= now - self._asked_at < KEPT:
            places = await self._read(self.provider.discovery)
            wanted = ("authorization_endpoint", "token_endpoint", "jwks_uri")
            if places.get("issuer") != self.provider.issuer or not all(is_safe(places.get(name)) for name in wanted):
                raise Unreachable("discovery")
            self._places, self._keys, self._asked_at = places, None, now
        return self._places

    async def _signing_keys(self, now: datetime, again: bool) -> KeySet:
        if self._keys is None or again:
            found = await self._read((await self._known(now))["jwks_uri"])
            try:
                self._keys = KeySet.import_key_set(found)  # type: ignore[arg-type]  # checked by joserfc itself
            except (JoseError, *NOT_OAUTH) as error:
                raise Unreachable("keys") from error
        return self._keys

    async def _read(self, address: str) -> Mapping[str, Any]:
        try:
            async with httpx2.AsyncClient(timeout=WITHIN, verify=_authorities()) as client:
                answer = await client.get(address)
                answer.raise_for_status()
                found = answer.json()
        except NOT_OAUTH as error:
            raise Unreachable(type(error).__name__) from error
        if not isinstance(found, dict):
            raise Unreachable("no_object")
        return found


@cache
def _authorities() -> ssl.SSLContext:
    """Whose certificates count. Read once: it takes longer than all else in a sign-in, and nobody else is served."""
    return httpx2.create_ssl_context()


def is_safe(address: object) -> bool:
    """Whether an address is https, or on this very computer (a stand-in)."""
    if not isinstance(address, str):
        return False
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost"))

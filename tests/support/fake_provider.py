"""A stand-in for Google's and Microsoft's sign-in, over real HTTP on the loopback. It misbehaves on demand.

    async with FakeProvider("google") as google:            # in the test's own loop
        google.now = clock.now                              # the time of the test
        google.person = {"sub": "1", "email": …}            # who sits before the browser
        google.claims = {"nonce": "another"}                # what the next tokens say instead
        google.faults = ["other_key"]                       # of the next: other_key, none, hs256, no_token, error

It checks PKCE, the redirect address and the client's secret as a provider does, and takes each code once.
"""

from __future__ import annotations

import hmac
import json
import secrets
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from typing import Any
from urllib.parse import unquote_plus, urlencode

from aiohttp import web
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from office.sign_in.vouched import TENANT, Kind, Provider

CLIENT, SECRET = "firstcall-client", "a secret of the stand-in"
TENANT_ID = "8a2f1c34-5b6d-4e7f-8091-a2b3c4d5e6f7"
DOMAIN = "stpauls.example"


@cache
def key(whose: str) -> RSAKey:
    """A key to sign with, made once: it takes longer than a whole sign-in. All are called the first."""
    return RSAKey.generate_key(2048, {"kid": "first", "use": "sig", "alg": "RS256"})


class FakeProvider:
    """One provider."""

    def __init__(self, kind: Kind, tenants: frozenset[str] = frozenset({TENANT_ID})) -> None:
        self.kind = kind
        self.now: Callable[[], datetime] = lambda: datetime.fromtimestamp(0, UTC)
        self.tenants = tenants
        self.person: dict[str, Any] = {}
        self.claims: dict[str, Any] = {}
        self.faults: list[str] = []
        self.asked: list[dict[str, str]] = []
        self.key = key("own")
        self._codes: dict[str, dict[str, str]] = {}

    async def __aenter__(self) -> FakeProvider:
        app = web.Application()
        app.add_routes(
            [
                web.get("/{tail:.*}.well-known/openid-configuration", self._discovery),
                web.get("/authorize", self._authorize),
                web.post("/token", self._token),
                web.get("/keys", self._keys),
            ]
        )
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    @property
    def provider(self) -> Provider:
        """What the office's settings say of it."""
        if self.kind == "google":
            return Provider(
                "google", self.url, f"{self.url}/.well-known/openid-configuration", CLIENT, SECRET, frozenset({DOMAIN})
            )
        where = next(iter(self.tenants)) if len(self.tenants) == 1 else "organizations"
        issuer = f"{self.url}/{where if len(self.tenants) == 1 else TENANT}/v2.0"
        discovery = f"{self.url}/{where}/v2.0/.well-known/openid-configuration"
        return Provider("microsoft", issuer, discovery, CLIENT, SECRET, self.tenants)

    async def _discovery(self, _: web.Request) -> web.Response:
        return web.json_response(
            {
                "issuer": self.provider.issuer,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/keys",
            }
        )

    async def _keys(self, _: web.Request) -> web.Response:
        return web.json_response({"keys": [self.key.as_dict(private=False)]})

    async def _authorize(self, request: web.Request) -> web.Response:
        """The person presses "Yes" at once."""
        asked = dict(request.query)
        self.asked.append(asked)
        assert asked["client_id"] == CLIENT
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self._codes[code] = asked
        back = urlencode({"code": code, "state": asked["state"]})
        return web.Response(status=302, headers={"Location": f"{asked['redirect_uri']}?{back}"})

    async def _token(self, request: web.Request) -> web.Response:
        form = await request.post()
        asked = self._codes.pop(str(form.get("code", "")), None)
        challenge = (
            urlsafe_b64encode(sha256(str(form.get("code_verifier", "")).encode()).digest()).rstrip(b"=").decode()
        )
        good = (
            asked is not None
            and hmac.compare_digest(asked["code_challenge"], challenge)
            and form.get("redirect_uri") == asked["redirect_uri"]
            and _client_of(request) == (CLIENT, SECRET)
        )
        fault = self.faults.pop(0) if self.faults else ""
        if not good or asked is None or fault == "error":
            return web.json_response({"error": "invalid_grant"}, status=400)
        answer = {"access_token": "x", "token_type": "Bearer", "expires_in": 3600}
        if fault != "no_token":
            answer["id_token"] = self._signed(asked["nonce"], fault)
        return web.json_response(answer)

    def _signed(self, nonce: str, fault: str) -> str:
        now = int(self.now().timestamp())
        issuer = self.provider.issuer.replace(TENANT, str(self.person.get("tid", "")))
        claims = {"iss": issuer, "aud": CLIENT, "iat": now, "exp": now + 3600, "nonce": nonce, **self.person}
        claims = {key: value for key, value in {**claims, **self.claims}.items() if value is not None}
        if fault == "none":
            parts = (urlsafe_b64encode(text).rstrip(b"=").decode() for text in (b'{"alg":"none"}', _json(claims)))
            return ".".join((*parts, ""))
        if fault == "hs256":
            shared = OctKey.import_key(SECRET * 2)
            return jwt.encode({"alg": "HS256", "kid": "first"}, claims, shared, algorithms=["HS256"])
        signs = key("somebody else's") if fault == "other_key" else self.key
        return jwt.encode({"alg": "RS256", "kid": str(signs.kid)}, claims, signs)


def _json(claims: dict[str, Any]) -> bytes:
    return json.dumps(claims).encode()


def _client_of(request: web.Request) -> tuple[str, str]:
    kind, _, value = request.headers.get("Authorization", "").partition(" ")
    if kind.casefold() != "basic":
        return "", ""
    name, _, secret = b64decode(value).decode().partition(":")
    return unquote_plus(name), unquote_plus(secret)

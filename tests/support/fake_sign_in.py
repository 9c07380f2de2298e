"""A token endpoint (RFC 6749) for tests, over HTTP: it gives tokens, rotates them, and refuses on demand.

    async with FakeSignIn() as sign_in:      # sign_in.url is what MAIL_OAUTH should be

`answer` replaces the next answers: (status, body).
"""

from __future__ import annotations

from typing import Any

from aiohttp import web


class FakeSignIn:
    """One client with one refresh token."""

    def __init__(self, refresh: str = "refresh-1", rotates: bool = False, always: str = "") -> None:
        self.refresh, self.rotates = refresh, rotates
        self.always = always
        self.given = 0
        self.asked: list[dict[str, str]] = []
        self.answer: list[tuple[int, Any]] = []
        self.port = 0

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}/token"

    async def __aenter__(self) -> FakeSignIn:
        app = web.Application()
        app.add_routes([web.post("/token", self._token)])
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self._runner.cleanup()

    async def _token(self, request: web.Request) -> web.Response:
        form = {key: str(value) for key, value in (await request.post()).items()}
        self.asked.append(form)
        if self.answer:
            status, body = self.answer.pop(0)
            return web.json_response(body, status=status) if isinstance(body, dict) else web.Response(status=status)
        if form["grant_type"] == "refresh_token" and form["refresh_token"] != self.refresh:
            return web.json_response({"error": "invalid_grant", "error_description": "secret words"}, status=400)
        self.given += 1
        said: dict[str, Any] = {
            "access_token": self.always or f"access-{self.given}",
            "token_type": "Bearer",
            "expires_in": 3599,
        }
        if self.rotates:
            self.refresh = f"refresh-{self.given + 1}"
            said["refresh_token"] = self.refresh
        return web.json_response(said)

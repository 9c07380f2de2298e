"""Pages compressed on their way, where that gives nothing away.

Whoever makes somebody's browser ask for a page again and again, and sees how long the answers are, can guess a secret
on it when letters of their own stand on the same compressed page (BREACH: Gluck, Harris and Prado, 2013). So a page is
compressed only for a browser that says that its user or a page of ours asked (`Sec-Fetch-Site`, W3C Fetch Metadata).
What another site asks for goes as it is, and so does what a browser asks for that does not say. Files without a secret
are always compressed.
"""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

OURS = frozenset({"same-origin", "none"})
LEVEL = 5
"""Of zlib; benchmarks/board.py says what it costs and saves."""
SMALLEST = 1_000
"""Bytes; less fits into one packet anyway."""


class Compressed:
    """Around an application. Streams of events are left alone: Starlette knows their type."""

    def __init__(self, app: ASGIApp) -> None:
        self._plain = app
        self._compressing = GZipMiddleware(app, minimum_size=SMALLEST, compresslevel=LEVEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        harmless = scope["type"] == "http" and (
            Headers(scope=scope).get("sec-fetch-site") in OURS or "/static/" in str(scope["path"])
        )
        await (self._compressing if harmless else self._plain)(scope, receive, send)

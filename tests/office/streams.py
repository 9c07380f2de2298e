"""What an open board hears, without a server between."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

from fastapi import Request
from sse_starlette import ServerSentEvent

from office.board.board_page import _drawn
from office.pages import live
from office.pages.feed import feed_of
from office.sign_in.sessions import COOKIE
from office.visit import enter
from tests.office.browsing import Browser, OpenOffice


async def stream_of_the_board(
    office: OpenOffice, browser: Browser, ending: asyncio.Event | None = None
) -> AsyncGenerator[ServerSentEvent, None]:
    """The events that this browser's board hears."""
    inner = _inner(office)
    cookie = f"{COOKIE}={browser.client.cookies[COOKIE]}".encode()
    headers = [(b"cookie", cookie), (b"accept", b"text/event-stream")]
    scope: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "path": "/board/live",
        "query_string": b"",
        "headers": headers,
    }
    scope |= {"headers": headers, "app": inner}
    return live.events(await enter(Request(scope)), _drawn, ending or asyncio.Event())


def nudge(office: OpenOffice) -> None:
    """Something was done: open pages look at once."""
    for desk in _inner(office).state.office.desks.values():
        feed_of(desk).nudge()


def _inner(office: OpenOffice) -> Any:
    routes: Any = office.app.routes
    return next(route.app for route in routes if getattr(route, "path", "") == "/office")

"""An open page hears of changes: server-sent events that carry the parts which differ, never a page that is drawn anew.

A stream ends by itself after a while, and the browser asks for it again with the session of that moment: so whoever
signed out, or was idle too long, stops hearing.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing

from sse_starlette import EventSourceResponse, ServerSentEvent

from office.pages.feed import Moment, feed_of
from office.pages.parts import PageParts, for_reader, stamp_of
from office.visit import Forbidden, NotHere, NotSignedIn, Visit, enter

LONGEST = 120.0
"""Seconds after which a stream ends and is asked for again."""
CHECK_EVERY = 15.0
"""Seconds between two looks whether the account is still good."""
RETRY = 1000
"""Milliseconds after which a browser asks again."""
PING = 15
GRACE = 3.0
"""Seconds that a stream has to end by itself when the server stops."""

Drawn = tuple[PageParts, tuple[int, str]]
"""A page, and (number of the moment before, the patch from there to here) where one is at hand; else (0, "")."""
Draw = Callable[[Visit, Moment], Awaitable[Drawn]]


def stream_of(visit: Visit, draw: Draw) -> EventSourceResponse:
    """The events of one page; `draw` draws it as it is at a moment."""
    ending = asyncio.Event()
    return EventSourceResponse(
        events(visit, draw, ending),
        ping=PING,
        headers={"X-Accel-Buffering": "no"},
        shutdown_event=ending,  # type: ignore[arg-type]  # it is only set; anyio's own is the same on this loop
        shutdown_grace_period=GRACE,
    )


async def events(visit: Visit, draw: Draw, ending: asyncio.Event) -> AsyncGenerator[ServerSentEvent, None]:
    """What a page hears, until whoever looks may not any more, or the server stops (`ending`)."""
    began = checked = time.monotonic()
    number = 0
    order: dict[str, list[str]] | None = None
    have: dict[str, str] = {}
    async with aclosing(feed_of(visit.desk).moments(ending)) as moments:
        async for moment in moments:
            try:
                if time.monotonic() - checked > CHECK_EVERY:
                    visit, checked = await enter(visit.request), time.monotonic()
                visit = visit.at(moment.school)
                page, (before, patch) = await draw(visit, moment)
            except (NotSignedIn, NotHere, Forbidden):
                return
            now = moment.snapshot.now
            if order == page.order:
                yield ServerSentEvent(str(stamp_of(now)), event="now")
            else:
                # The first event says only what should be there; the browser asks for what it has not.
                text = patch if number and before == number else page.patch(have or page.prints(), now)
                yield ServerSentEvent(for_reader(text, visit.session.csrf), event="page", retry=RETRY)
            number, order, have = moment.number, page.order, page.prints()
            if time.monotonic() - began > LONGEST:
                return

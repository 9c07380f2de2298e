"""What goes over the wire: compressed where that gives nothing away, and a full board under 100 kB."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx2
import pytest
from sse_starlette import EventSourceResponse
from starlette.types import Receive, Scope, Send

from office.pages.compressed import Compressed
from tests.office.browsing import Browser, Opener
from tests.support.families import AMINA, child

OWN = {"Sec-Fetch-Site": "same-origin"}
FREE = {"brake.usual": 900, "brake.more_than": 999}
HEAVIEST = 100_000
MANY = 200


async def _encoding(browser: Browser, path: str, **headers: str) -> str:
    browser.answer = await browser.client.get(path, headers=headers)
    assert browser.status == 200
    return str(browser.answer.headers.get("content-encoding", ""))


@pytest.mark.parametrize(
    ("site", "encoding"), [("same-origin", "gzip"), ("none", "gzip"), ("cross-site", ""), ("same-site", "")]
)
async def test_a_page_is_compressed_only_for_a_wish_of_our_own_pages_or_of_the_user(
    open_office: Opener, site: str, encoding: str
) -> None:
    office = await open_office(AMINA)
    reed = await office.sign_in("reed")
    assert await _encoding(reed, "/office/", **{"Sec-Fetch-Site": site}) == encoding
    assert "The board" in reed.text
    assert await _encoding(reed, "/office/") == ""


async def test_files_without_a_secret_always_are_and_keep_their_headers(open_office: Opener) -> None:
    office = await open_office(AMINA)
    browser = await office.browser()
    assert await _encoding(browser, "/office/static/office.css") == "gzip"
    assert browser.answer.headers["x-content-type-options"] == "nosniff"
    assert "Accept-Encoding" in browser.answer.headers["vary"]


async def test_a_stream_of_events_is_never_held_back_by_compressing_it() -> None:
    async def stream(scope: Scope, receive: Receive, send: Send) -> None:
        await EventSourceResponse(_events())(scope, receive, send)

    client = httpx2.AsyncClient(transport=httpx2.ASGITransport(app=Compressed(stream)), base_url="http://office.test")
    async with client:
        answer = await client.get("/office/board/live", headers=OWN)
    assert "content-encoding" not in answer.headers
    assert answer.text.count("data:") == MANY


async def _events() -> AsyncIterator[str]:
    for number in range(MANY):
        yield f"{number} of many"


async def test_a_board_of_three_hundred_rows_is_under_100_kb_on_the_wire(open_office: Opener) -> None:
    children = [child(f"p{n}", f"Given{n} Family{n}", "ngozi", group=f"{7 + n % 5}A") for n in range(300)]
    office = await open_office(*children, rules=FREE)
    await office.school.at("09:15").register_closes(without_reason=[one["id"] for one in children])
    reed = await office.sign_in("reed")
    async with reed.client.stream("GET", "/office/", headers=OWN) as answer:
        sent = sum([len(part) async for part in answer.aiter_raw()])
    assert sent < HEAVIEST / 3

"""A page that was left alone covers itself in a real browser, and what was half typed is there afterwards."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.async_api import Page, async_playwright

from office.app import create_office
from office.visit import OfficeSettings
from storage import accounts
from storage.accounts import Account
from tests.browser.pictures import CHROMIUM, FLAGS
from tests.office.browsing import HASH, PASSWORD, SECRET, SettlingDesk
from tests.support.families import AMINA
from tests.support.school import School

ALONE = timedelta(seconds=3)
WORDS = "Rang twice, nobody at home"


@asynccontextmanager
async def _served(school: School) -> AsyncIterator[str]:
    """The office of a school on a free port of this computer; a browser is locked after three seconds."""
    world = school.world
    async with world.database.begin() as db:
        await accounts.add(db, world.school_id, Account("reed", HASH, world.clock.now(), "reed"))
    app = FastAPI()
    app.mount("/office", create_office(SettlingDesk(school), OfficeSettings(SECRET, lock_after=ALONE)))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
    serving = asyncio.create_task(server.serve())
    try:
        while not server.started:
            await asyncio.sleep(0.05)
        yield f"http://127.0.0.1:{port}/office"
    finally:
        server.should_exit = True
        await serving


async def _typing(page: Page, base: str) -> None:
    """Somebody signs in, opens a child and begins a note."""
    await page.goto(f"{base}/child/amina")
    await page.fill("#name", "reed")
    await page.fill("#password", PASSWORD)
    await page.click("button.main")
    await page.locator("details", has=page.locator("#note-text")).locator("summary").click()
    await page.fill("#note-text", WORDS)


async def test_a_page_covers_itself_and_gives_back_what_was_half_typed() -> None:
    if not CHROMIUM.exists():
        pytest.skip("Debian's Chromium is not installed here (apt-get install chromium); nothing looks at the pages")
    school = await School.open((AMINA,))
    faults: list[str] = []
    async with _served(school) as base, async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        page = await browser.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        await _typing(page, base)
        school.world.clock.turn_by(ALONE)
        await page.wait_for_selector("#cover[open]", timeout=20_000)
        assert not await page.is_visible("main")
        await page.keyboard.press("Escape")
        assert await page.is_visible("#cover")
        await page.fill("#cover-proof", "wrong")
        await page.keyboard.press("Enter")
        await page.get_by_text("neither your password nor a code").wait_for()
        await page.fill("#cover-proof", PASSWORD)
        await page.keyboard.press("Enter")
        await page.wait_for_selector("#cover", state="hidden")
        assert await page.input_value("#note-text") == WORDS
        await page.click("button:has-text('Keep the note')")
        await page.get_by_text("The note is in the story.").wait_for()
        await page.locator("#story-moments").get_by_text(WORDS).wait_for()
        await browser.close()
    assert faults == []
    await school.close()

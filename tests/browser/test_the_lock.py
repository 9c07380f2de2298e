"""A page that was left alone covers itself in a real browser, and what was half typed is there afterwards."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from fastapi import FastAPI
from playwright.async_api import Browser, Page

from office.app import create_office
from office.visit import OfficeSettings
from storage import accounts
from storage.accounts import Account
from tests.browser.listening import listening
from tests.office.browsing import HASH, PASSWORD, SECRET, SettlingDesk
from tests.support.families import AMINA
from tests.support.school import School

pytestmark = pytest.mark.asyncio(loop_scope="session")

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
    async with listening(app) as base:
        yield f"{base}/office"


async def _typing(page: Page, base: str) -> None:
    """Somebody signs in, opens a child and begins a note."""
    await page.goto(f"{base}/child/amina")
    await page.fill("#name", "reed")
    await page.fill("#password", PASSWORD)
    await page.click("button.main")
    await page.locator("details", has=page.locator("#note-text")).locator("summary").click()
    await page.fill("#note-text", WORDS)


async def test_a_page_covers_itself_and_gives_back_what_was_half_typed(browser: Browser) -> None:
    school = await School.open((AMINA,))
    faults: list[str] = []
    async with _served(school) as base, await browser.new_context() as context:
        page = await context.new_page()
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
    assert faults == []
    await school.close()

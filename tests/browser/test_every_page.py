"""Every page in a real browser: axe-core finds nothing, nothing is cut off at 360 pixels, and no page is heavy."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.async_api import Browser, BrowserContext

from tests.browser.doors import open_doors, walk
from tests.browser.every_page import served
from tests.browser.looking import faults_of
from tests.browser.pictures import KEPT

WINDOWS: tuple[tuple[int, Literal["light", "dark"]], ...] = ((360, "dark"), (1024, "light"))

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def _window(
    browser: Browser, width: int, scheme: Literal["light", "dark"], *, script: bool = True
) -> BrowserContext:
    return await browser.new_context(
        viewport={"width": width, "height": 768}, color_scheme=scheme, bypass_csp=True, locale="en-GB",
        java_script_enabled=script,
    )  # fmt: skip


async def test_every_page_can_be_used_by_everybody(browser: Browser) -> None:
    found: dict[str, list[str]] = {}
    async with served() as pages:
        for width, scheme in WINDOWS:
            context = await _window(browser, width, scheme)
            for name, url in pages.items():
                if faults := await _faults(context, url):
                    found[f"{name}, {width}, {scheme}"] = faults
            await context.close()
    assert found == {}
    assert {name for name, _, _ in KEPT} <= set(pages)


async def _faults(context: BrowserContext, url: str) -> list[str]:
    """What is wrong with a page, in words."""
    page = await context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    await page.goto(url)
    faults += await faults_of(page)
    await page.close()
    return faults


async def test_no_page_asks_for_anything_elsewhere_or_breaks_the_content_policy(browser: Browser) -> None:
    context, trouble = await browser.new_context(locale="en-GB"), list[str]()
    async with served() as pages:
        here = next(iter(pages.values())).split("/", 3)[2]
        page = await context.new_page()
        page.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("request", lambda one: trouble.append(one.url) if one.url.split("/", 3)[2] != here else None)
        for url in pages.values():
            await page.goto(url)
        await context.close()  # before the server, which open pages ask again and again
    assert trouble == []


@pytest.mark.parametrize(("width", "scheme"), WINDOWS)
async def test_every_page_behind_a_door_can_be_used_by_everybody(
    browser: Browser, width: int, scheme: Literal["light", "dark"]
) -> None:
    found: dict[str, list[str]] = {}
    context = await _window(browser, width, scheme)
    async with open_doors() as doors:
        async for name, page in walk(doors, context):
            if faults := await faults_of(page):
                found[name] = faults
    await context.close()
    assert found == {}


async def test_every_page_is_read_and_the_doors_are_walked_without_a_script(browser: Browser) -> None:
    context = await _window(browser, 1024, "light", script=False)
    async with served() as pages:
        for name, url in pages.items():
            page = await context.new_page()
            answer = await page.goto(url)
            assert answer is not None
            assert answer.ok, name
            assert await page.locator("h1:visible, h1.visually-hidden").count() == 1, name
            assert await page.locator("[data-script-only]:visible").count() == 0, name
            await page.close()
    seen = []
    async with open_doors() as doors:
        async for name, page in walk(doors, context):
            assert await page.locator("h1").count() == 1, name
            seen.append(name)
    await context.close()
    assert "account-recovery-codes" in seen
    assert "board-by-google" in seen

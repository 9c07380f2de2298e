"""Every page in a real browser: axe-core finds nothing, nothing is cut off at 360 pixels, and no page is heavy."""

from __future__ import annotations

from importlib import resources
from typing import Literal

import pytest
from playwright.async_api import Browser, BrowserContext

from tests.browser.pictures import KEPT, served

AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HEAVIEST = 100_000
WINDOWS: tuple[tuple[int, Literal["light", "dark"]], ...] = ((360, "dark"), (1024, "light"))


pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_every_page_can_be_used_by_everybody(browser: Browser) -> None:
    found: dict[str, list[str]] = {}
    async with served() as pages:
        for width, scheme in WINDOWS:
            context = await browser.new_context(
                viewport={"width": width, "height": 768}, color_scheme=scheme, bypass_csp=True, locale="en-GB"
            )
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
    answer = await page.goto(url)
    if answer is None or len(await answer.body()) > HEAVIEST:
        faults.append(f"more than {HEAVIEST} bytes")
    wider = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wider > 0:
        faults.append(f"{wider} pixels are cut off")
    await page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    await page.evaluate(AXE)
    axe = await page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    faults += [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in axe["violations"]]
    await page.close()
    return faults

"""Every page in a real browser: axe-core finds nothing, nothing is cut off at 360 pixels, and no page is heavy."""

from __future__ import annotations

from importlib import resources
from itertools import product
from typing import Any

import pytest
from fastapi import FastAPI
from playwright.async_api import Browser, async_playwright

from office.app import create_office
from office.visit import OfficeSettings
from service.desk import OfficeDesk
from tests.browser.pictures import CHROMIUM, FLAGS, KEPT, PAGES, served
from tests.office.test_who_may_do_what import _flat
from tests.support.families import AMINA
from tests.support.fixtures import OpenSchool, open_school

__all__ = ["open_school"]
AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HEAVIEST = 100_000
WINDOWS = ((360, "dark"), (1024, "light"))
NO_PAGES = {
    "/board", "/board/live", "/child/{pupil}/live", "/child/{pupil}/file/{message}/{number}", "/static/{name}", "/call-sheet.pdf",
    "/figures/days.csv", "/figures/illness.csv",
}  # fmt: skip
"""Parts of pages, and files."""


async def test_every_page_can_be_used_by_everybody() -> None:
    if not CHROMIUM.exists():
        pytest.skip("Debian's Chromium is not installed here (apt-get install chromium); nothing looks at the pages")
    found: dict[str, list[str]] = {}
    async with served() as base, async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        for (width, scheme), name in product(WINDOWS, PAGES):
            if faults := await _faults(browser, base + PAGES[name], width, scheme):
                found[f"{name}, {width}, {scheme}"] = faults
        await browser.close()
    assert found == {}


async def _faults(browser: Browser, url: str, width: int, scheme: Any) -> list[str]:
    """What is wrong with a page, in words."""
    context = await browser.new_context(
        viewport={"width": width, "height": 768}, color_scheme=scheme, bypass_csp=True, locale="en-GB"
    )
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
    await context.close()
    return faults


async def test_every_page_has_its_pictures(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    app: FastAPI = create_office(OfficeDesk(school.world.runner, school.world.school_id), OfficeSettings("x" * 40))
    routes = {route.path for route in _flat(app.routes) if "GET" in route.methods} - NO_PAGES
    shown = {path.split("?")[0].replace("/signed-out/", "/office/").removeprefix("/office") for path in PAGES.values()}
    for route in routes:
        parts = route.split("/")
        assert any(_fits(parts, path.split("/")) for path in shown), (
            f"{route} is in no picture: add an example of it to PAGES in tests/browser/pictures.py, "
            "or to NO_PAGES here where it is no page"
        )
    assert {name for name, _, _ in KEPT} <= set(PAGES)


def _fits(route: list[str], path: list[str]) -> bool:
    return len(route) == len(path) and all(
        one.startswith("{") or one == other for one, other in zip(route, path, strict=True)
    )

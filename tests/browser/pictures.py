"""Pictures of every page, for people to look at: `make screenshots`. A morning of the demo, played to one minute.

Each page whole, at 360, 1024 and 1920 pixels, light and dark, goes to `docs/pictures/all/`, which is not kept. A few as
a screen shows them go to `docs/pictures/`, which is. Nothing leaves this computer.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import secrets
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import time
from itertools import product
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute
from playwright.async_api import Browser, BrowserContext, async_playwright
from starlette.routing import Mount

from office.app import create_office
from office.visit import OfficeSettings
from service.demo_mornings import FIRST, by_hand, morning, open_morning
from service.demo_page import create_demo
from service.desk import OfficeDesk
from service.simulation import World
from storage import leave
from tests.browser.listening import listening

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
)
WIDTHS = {360: 740, 1024: 768, 1920: 1080}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
QUALITY = 75
TALLEST = 4000
"""Pixels of height that a picture of a whole page has at most."""
HEAVIEST = 150_000
"""Bytes of a picture that is kept."""
PLAYED_TO = time(10, 5)
EXAMPLES = {"pupil": "amina", "contact": "ngozi", "group": "7M", "half": "am"}
"""What stands for the parts of a path."""
QUERIES = {"/people": "?list=few", "/messages": "?with=ngozi"}
NAMES = {"/": "board", "/child/{pupil}": "story", "/people/{pupil}": "person"}
OTHERS = {"demo": "/", "sign-in": "/signed-out/sign-in"}
OF_THE_LEAD = "/of-the-lead"
FOR_LEADS = {"/audit"}
"""Pages that the demo's attendance officer may not see: they are seen by the safeguarding lead."""
KEPT = (
    ("demo", 1920, "light"), ("board", 1024, "dark"), ("story", 1024, "light"), ("figures", 1024, "light"),
    ("policy", 1024, "light"), ("people", 360, "light"),
)  # fmt: skip
"""The best ones: (page, width, scheme)."""


def pages_of(office: Any, queries: Mapping[str, str]) -> dict[str, str]:
    """Every page of an office by a short name, with an example in its path: each GET route that answers with HTML."""
    found = dict(OTHERS)
    for route in flat(office.routes):
        is_page = route.endpoint.__annotations__.get("return") in ("HTMLResponse", HTMLResponse)
        if "GET" not in (route.methods or ()) or not is_page:
            continue
        parts = [part for part in route.path.split("/") if part and not part.startswith("{")]
        path = route.path.format_map(EXAMPLES) + queries.get(route.path, "")
        base = OF_THE_LEAD if route.path in FOR_LEADS else "/office"
        found[NAMES.get(route.path, "-".join(parts))] = f"{base}{path}"
    return found


def flat(routes: Iterable[Any]) -> list[APIRoute]:
    """Routes with those of the routers inside."""
    found: list[APIRoute] = []
    for route in routes:
        if isinstance(route, APIRoute):
            found.append(route)
        elif inner := getattr(getattr(route, "original_router", None), "routes", None):
            found += flat(inner)
    return found


async def every_page(world: World) -> FastAPI:
    """The demo, and beside it an office in which nobody is signed in, and the lead's. `state.pages` are all of them."""
    app, demo = FastAPI(), create_demo(world)
    desk = OfficeDesk(world.runner, world.school_id)
    office = next(one.app for one in demo.routes if isinstance(one, Mount) and one.path == "/office")
    async with world.database.read() as db:
        waiting = await leave.open(db, world.school_id)
    queries = {**QUERIES, "/leave-requests/one": f"?id={quote(waiting[0].id)}"}
    app.state.pages = pages_of(office, queries)
    app.mount("/signed-out", create_office(desk, OfficeSettings(secrets.token_urlsafe(48), base="/signed-out")))
    lead = next(member.id for member in world.scenario.staff() if "safeguarding_lead" in member.roles)
    settings = OfficeSettings(secrets.token_urlsafe(48), base=OF_THE_LEAD, plays=lead)
    app.mount(OF_THE_LEAD, create_office(desk, settings))
    app.mount("/", demo)
    return app


@asynccontextmanager
async def served(played_to: time = PLAYED_TO) -> AsyncIterator[dict[str, str]]:
    """Every page on a free port of this computer; gives their addresses by name."""
    world = await open_morning(by_hand(morning(FIRST)))
    try:
        await world.turn_to(world.scenario.moment(played_to))
        app = await every_page(world)
        async with listening(app) as base:
            yield {name: base + path for name, path in app.state.pages.items()}
    finally:
        await world.close()


async def picture(context: BrowserContext, url: str, kind: str, *, whole: bool) -> bytes:
    """A page as "webp" or "png": whole, or what the window shows."""
    page = await context.new_page()
    answer = await page.goto(url, wait_until="load")
    if answer is None or not answer.ok:
        raise SystemExit(f"{url} answered {answer.status if answer else 'nothing'}; there is no picture of it")
    size = page.viewport_size or {"width": 1024, "height": 768}
    if whole:
        wanted = int(await page.evaluate("document.documentElement.scrollHeight"))
        await page.set_viewport_size({"width": size["width"], "height": min(max(size["height"], wanted), TALLEST)})
    chrome = await context.new_cdp_session(page)
    how = {"format": kind} if kind == "png" else {"format": kind, "quality": QUALITY}
    shot = await chrome.send("Page.captureScreenshot", how)
    await page.close()
    return base64.b64decode(shot["data"])


async def _all(browser: Browser, pages: Mapping[str, str], folder: Path, kind: str, widths: Sequence[int]) -> None:
    (folder / "all").mkdir(parents=True, exist_ok=True)
    for width, scheme in product(widths, SCHEMES):
        context = await browser.new_context(
            viewport={"width": width, "height": WIDTHS[width]}, color_scheme=scheme, locale="en-GB"
        )
        for name, url in pages.items():
            data = await picture(context, url, kind, whole=True)
            file = folder / "all" / f"{name}-{width}-{scheme}.{kind}"
            file.write_bytes(data)
            print(f"{file} {len(data) / 1000:.0f} kB")
            if (name, width, scheme) in KEPT and kind == "webp":
                _keep(folder / file.name, await picture(context, url, kind, whole=False))
        await context.close()


def _keep(file: Path, data: bytes) -> None:
    if len(data) > HEAVIEST:
        raise SystemExit(f"{file} would have {len(data)} bytes, more than {HEAVIEST}; lower QUALITY or choose another")
    file.write_bytes(data)
    print(f"{file} {len(data) / 1000:.0f} kB, kept")


async def main(folder: Path, kind: str, names: Sequence[str], widths: Sequence[int]) -> None:
    """Take them. `names` of pages; all where there are none."""
    async with served() as pages, async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        chosen = {name: url for name, url in pages.items() if not names or name in names}
        await _all(browser, chosen, folder, kind, widths)
        await browser.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", nargs="*", default=[], help="names of pages; all where there are none")
    parser.add_argument("--widths", nargs="*", type=int, default=list(WIDTHS), choices=list(WIDTHS))
    parser.add_argument("--kind", default="webp", choices=["webp", "png"])
    given = parser.parse_args()
    asyncio.run(main(given.folder, given.kind, given.pages, given.widths))

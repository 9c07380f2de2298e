"""Pictures of every page, for people to look at: `make screenshots`. A morning of the demo, played to one minute.

Each page whole, at 360, 1024 and 1920 pixels, light and dark, goes to `docs/pictures/all/`, which is not kept. A few as
a screen shows them go to `docs/pictures/`, which is. Nothing leaves this computer.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from tests.browser.doors import open_doors, walk
from tests.browser.every_page import served

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
KEPT = (
    ("demo", 1920, "light"), ("board", 1024, "dark"), ("story", 1024, "light"), ("figures", 1024, "light"),
    ("policy", 1024, "light"), ("people", 360, "light"), ("messages", 1024, "light"),
)  # fmt: skip
"""The best ones: (page, width, scheme)."""


async def picture(context: BrowserContext, url: str, kind: str, *, whole: bool) -> bytes:
    """A page as "webp" or "png": whole, or what the window shows."""
    page = await context.new_page()
    answer = await page.goto(url, wait_until="load")
    if answer is None or not answer.ok:
        raise SystemExit(f"{url} answered {answer.status if answer else 'nothing'}; there is no picture of it")
    shot = await shown(page, kind, whole=whole)
    await page.close()
    return shot


async def shown(page: Page, kind: str, *, whole: bool) -> bytes:
    """The page as it stands; its window is as large afterwards as it was."""
    size = page.viewport_size or {"width": 1024, "height": 768}
    if whole:
        wanted = int(await page.evaluate("document.documentElement.scrollHeight"))
        await page.set_viewport_size({"width": size["width"], "height": min(max(size["height"], wanted), TALLEST)})
    chrome = await page.context.new_cdp_session(page)
    how = {"format": kind} if kind == "png" else {"format": kind, "quality": QUALITY}
    shot = await chrome.send("Page.captureScreenshot", how)
    await page.set_viewport_size(size)
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


async def _behind_doors(browser: Browser, folder: Path, kind: str, widths: Sequence[int], names: Sequence[str]) -> None:
    """The pages of an account and of links, in the order in which somebody meets them."""
    for width, scheme in product(widths, SCHEMES):
        context = await browser.new_context(
            viewport={"width": width, "height": WIDTHS[width]}, color_scheme=scheme, locale="en-GB"
        )
        async with open_doors() as doors:
            async for name, page in walk(doors, context):
                if not names or name in names:
                    (folder / "all" / f"{name}-{width}-{scheme}.{kind}").write_bytes(
                        await shown(page, kind, whole=True)
                    )
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
        await _behind_doors(browser, folder, kind, widths, names)
        await browser.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", nargs="*", default=[], help="names of pages; all where there are none")
    parser.add_argument("--widths", nargs="*", type=int, default=list(WIDTHS), choices=list(WIDTHS))
    parser.add_argument("--kind", default="webp", choices=["webp", "png"])
    given = parser.parse_args()
    asyncio.run(main(given.folder, given.kind, given.pages, given.widths))

"""How soon a page is there on a slow office PC: Chromium at a sixth of this processor, over a slow line, nothing kept.

Aim: the first paint under one second. The board of 20 and of 300 rows, and a child's story; each opened RUNS times in a
fresh window. Needs Debian's Chromium; says so and measures nothing where it is not installed.
"""

from __future__ import annotations

import asyncio
import socket
import statistics
import tempfile
from pathlib import Path

import uvicorn
from board import SECRET, school
from fastapi import FastAPI
from playwright.async_api import Browser, async_playwright

from office.app import create_office
from office.visit import OfficeSettings
from service.staff.desk import OfficeDesk

CHROMIUM = Path("/usr/bin/chromium")
SLOWER = 6
LINE = {"offline": False, "latency": 40, "downloadThroughput": 1_250_000, "uploadThroughput": 250_000}
"""Bytes a second: 10 Mbit/s down, 2 up, 40 ms."""
RUNS = 5
PORT = 8397
PAGES = {"board": "", "story": "child/p7", "call sheet": "call-sheet"}
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1"


class Server(uvicorn.Server):
    """One that says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listens = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, and say so."""
        await super().startup(sockets)
        self.listens.set()


async def painted(browser: Browser, url: str) -> float:
    """Milliseconds from asking for a page to its first contentful paint."""
    context = await browser.new_context(viewport={"width": 1366, "height": 768})
    page = await context.new_page()
    chrome = await context.new_cdp_session(page)
    await chrome.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    await chrome.send("Network.enable")
    await chrome.send("Network.emulateNetworkConditions", LINE)
    await page.goto(url)
    await page.wait_for_function(f"({PAINTED}) > 0")
    took = float(await page.evaluate(PAINTED))
    await context.close()
    return took


async def measure(rows: int) -> None:
    """Print what was measured for a school with so many children on the board."""
    with tempfile.TemporaryDirectory() as folder:
        runner, _ = await school(Path(folder), rows)
        app = FastAPI()
        app.mount("/office", create_office(OfficeDesk(runner, "school"), OfficeSettings(SECRET, plays="s0")))
        server = Server(uvicorn.Config(app, host="127.0.0.1", port=PORT, log_level="error"))
        serving = asyncio.create_task(server.serve())
        await server.listens.wait()
        async with async_playwright() as driver:
            browser = await driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
            for name, path in PAGES.items():
                times = [await painted(browser, f"http://127.0.0.1:{PORT}/office/{path}") for _ in range(RUNS)]
                spread = f"{min(times):.0f} to {max(times):.0f}"
                print(f"{name}, {rows} rows: first paint median {statistics.median(times):.0f} ms ({spread})")
            await browser.close()
        server.should_exit = True
        await serving
        await runner.database.close()


async def main() -> None:
    """A small board, and a large one."""
    print(f"Chromium at 1/{SLOWER} of this processor, {LINE['downloadThroughput'] * 8 // 1_000_000} Mbit/s, 40 ms")
    for rows in (20, 300):
        await measure(rows)


if __name__ == "__main__":
    if CHROMIUM.exists():
        asyncio.run(main())
    else:
        print("Debian's Chromium is not installed here (apt-get install chromium); nothing was measured")

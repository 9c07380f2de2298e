"""The demo as a process and Debian's Chromium to look at it: both start once; each test begins the morning anew."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Page, Request, async_playwright, expect

from service.demo.mornings import FIRST
from tests.browser.listening import free_port
from tests.browser.pictures import CHROMIUM, FLAGS

expect.set_options(timeout=15_000)
REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass
class Demo:
    """One demo school behind one address, and a browser."""

    url: str
    browser: Browser
    trouble: list[str] = field(default_factory=list)
    """What the browser complained of, and every request that went elsewhere."""

    async def page(self, width: int = 1366, height: int = 768, *, script: bool = True) -> Page:
        """A new window on the demo page."""
        context = await self.browser.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=script, locale="en-GB"
        )
        page = await context.new_page()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.trouble.append(str(error)))
        page.on("request", self._request)
        await page.goto(self.url)
        return page

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.trouble.append(message.text)

    def _request(self, request: Request) -> None:
        if not request.url.startswith(self.url):
            self.trouble.append(f"went to {request.url}")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Chromium. Each test opens windows of its own, which share nothing."""
    if not CHROMIUM.exists():
        pytest.skip("Debian's Chromium is not installed here (apt-get install chromium); nothing looks at the pages")
    async with async_playwright() as driver:
        started = await driver.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield started
        await started.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def address() -> AsyncIterator[str]:
    """Where the demo's process answers."""
    port = free_port()
    words = f"from service.demo.showing import serve; serve('127.0.0.1', {port})"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", words, cwd=REPOSITORY, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        await _answers(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        await process.wait()


async def begin(address: str, morning: str) -> None:
    """Another morning of the demo, from its beginning."""
    async with httpx2.AsyncClient(base_url=address, verify=False) as client:
        token = re.search(r'name="csrf" value="([^"]+)"', (await client.get("/")).text)
        assert token is not None
        begun = await client.post("/demo/morning", data={"csrf": token[1], "morning": morning})
        assert begun.status_code == 303, begun.text


@pytest_asyncio.fixture(loop_scope="session")
async def demo(browser: Browser, address: str) -> AsyncIterator[Demo]:
    """A morning of the demo that nobody has touched."""
    await begin(address, FIRST)
    yield Demo(address, browser)
    for context in browser.contexts:
        await context.close()


async def _answers(url: str) -> None:
    async with httpx2.AsyncClient(verify=False) as client:
        for _ in range(150):
            try:
                if (await client.get(url)).status_code == 200:
                    return
            except httpx2.TransportError:
                pass
            await asyncio.sleep(0.2)
    raise AssertionError("the demo did not start within 30 seconds")

"""Each morning of the demo from half past eight to noon, worked off by an officer, by mouse or by keyboard alone.

They take turns here; `make mornings` (EVERY_WAY=1) works each morning off in both ways.
"""

from __future__ import annotations

import os

import pytest
from playwright.async_api import Page, expect

from service.demo.mornings import MORNINGS
from tests.browser.conftest import Demo, begin
from tests.browser.officer import OPEN, Officer, WithKeys, WithMouse

pytestmark = pytest.mark.asyncio(loop_scope="session")

LOOKS = ("09:16", "09:50", "10:45", "12:01")
"""When the officer comes to the board."""
SLOW = 60_000
BY_TURNS = (WithMouse, WithKeys)
WAYS = [
    (morning, hands)
    for number, morning in enumerate(MORNINGS)
    for hands in (BY_TURNS if os.environ.get("EVERY_WAY") else (BY_TURNS[number % 2],))
]


async def _turn_to(clock: Page, wanted: str) -> None:
    shown = clock.locator(".clockwork .time time")
    while (now := await shown.inner_text()) < wanted:
        left = _minutes(wanted) - _minutes(now)
        await clock.click("#to-5" if left >= 5 else "#to-1")
        await expect(shown).not_to_have_text(now, timeout=SLOW)


def _minutes(said: str) -> int:
    hours, minutes = said.split(":")
    return int(hours) * 60 + int(minutes)


@pytest.mark.parametrize(("morning", "hands"), WAYS)
async def test_an_officer_works_a_morning_off_to_an_empty_board(demo: Demo, morning: str, hands: type[Officer]) -> None:
    await begin(demo.url, morning)
    clock, page = await demo.page(), await demo.page()
    await page.goto(demo.url + "office/")
    officer = hands(page)
    for at in LOOKS:
        await _turn_to(clock, at)
        await page.reload()
        await expect(page.locator("#live-state")).to_have_text("Live")
        await officer.works_through()
    await expect(page.locator(OPEN)).to_have_count(0)
    assert officer.pressed > 0
    await expect(page.locator(".band.act")).to_contain_text("Nothing needs you this minute.")
    await expect(page.locator("#board-top > :not(#leave)")).to_have_count(0)  # leave is the head's
    await expect(page.locator("#rows-settled > .row").first).to_be_visible()
    assert demo.trouble == []

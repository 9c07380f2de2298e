"""A child's story by keys: I rang, a note, settle, and back to the row on the board."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Demo

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_call_and_a_note_are_written_down_by_keys_and_b_leads_back_to_the_row(demo: Demo) -> None:
    page = await demo.page(1024, 768)
    await page.get_by_role("button", name="Register closes").click()
    await expect(page.locator(".band.wait .row")).not_to_have_count(0)
    await page.goto(f"{demo.url}office/")
    row = await page.locator(".band.wait .row").first.get_attribute("id")
    await page.keyboard.press("4")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/child/**")
    await expect(page.locator(".hotkeys")).to_be_visible()
    await page.keyboard.press("r")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Tab")
    await page.keyboard.type("sbar")  # letters in a box are letters
    await page.keyboard.press("Enter")
    await expect(page.locator("#note")).to_contain_text("The call is in the story.")
    await page.keyboard.press("n")
    await page.keyboard.type("Gran may know")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator("#note")).to_contain_text("The note is in the story.")
    await page.keyboard.press("s")
    await expect(page.locator("#outcome")).to_be_focused()
    await page.keyboard.press("Tab")
    await page.keyboard.press("b")
    await expect(page.locator(f"#{row}")).to_be_focused()
    assert demo.trouble == []

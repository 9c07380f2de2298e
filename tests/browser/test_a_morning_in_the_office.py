"""The demo's Monday: keys, filters, two officers at once, no script. test_every_morning.py works it off."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Demo

pytestmark = pytest.mark.asyncio(loop_scope="session")

SLOW = 30_000
"""Milliseconds: hours of school are played in seconds, on a machine that is busy with other tests too."""


async def _to_the_deadline(demo: Demo) -> Page:
    """The morning's messages are in, and who did not answer is with staff; then the office."""
    page = await demo.page()
    await page.click("#to-closes")
    await expect(page.locator(".clockwork .time")).to_contain_text("09:15")
    await page.click("#to-deadline")
    await expect(page.locator(".clockwork .time")).to_contain_text("12:00", timeout=SLOW)
    await page.goto(demo.url + "office/")
    await expect(page.locator("#live-state")).to_have_text("Live")
    return page


async def test_the_keys_are_listed_and_can_be_switched_off(demo: Demo) -> None:
    page = await demo.page()
    await page.goto(demo.url + "office/")
    await page.keyboard.press("?")
    await expect(page.locator("#keys")).to_be_visible()
    await page.uncheck("#keys-on")
    await page.keyboard.press("Escape")
    await page.keyboard.press("/")
    await expect(page.locator("#find")).not_to_be_focused()
    await page.reload()
    await page.keyboard.press("?")
    await expect(page.locator("#keys")).not_to_be_visible()
    await page.click("#keys-button")
    await page.check("#keys-on")
    await page.keyboard.press("Escape")
    await page.keyboard.press("/")
    await expect(page.locator("#find")).to_be_focused()
    assert demo.trouble == []


async def test_of_two_officers_the_second_sees_who_was_quicker_and_the_newer_row(demo: Demo) -> None:
    first = await _to_the_deadline(demo)
    second = await demo.page()
    await second.goto(demo.url + "office/")
    row = second.locator("#rows-act > .row:not(.owned)").first
    id = await row.get_attribute("id")
    await second.route("**/board/live", lambda route: route.abort())
    await second.reload()
    await first.locator(f"#{id} [data-key=a]").click()
    await expect(first.locator(f"#{id}")).to_contain_text("Mr Tansley has it")
    await expect(second.locator("#live-state")).to_contain_text("Not live since", timeout=SLOW)
    await second.locator(f"#{id} [data-key=a]").click()
    await expect(second.locator("#note")).to_contain_text("Somebody was quicker.")
    await expect(second.locator(f"#{id}")).to_contain_text("Mr Tansley has it")
    await second.unroute("**/board/live")
    await expect(second.locator("#live-state")).to_have_text("Live", timeout=SLOW)


async def test_what_one_does_the_other_sees_without_losing_focus_or_words(demo: Demo) -> None:
    first = await _to_the_deadline(demo)
    second = await demo.page()
    await second.goto(demo.url + "office/")
    await second.fill("#find", "a")
    await second.keyboard.press("Enter")
    held = await second.evaluate("document.activeElement.id")
    row = first.locator("#rows-act > .row:not(.owned)").last
    id = await row.get_attribute("id")
    await row.locator("[data-key=a]").click()
    await expect(second.locator(f"#{id}.owned")).to_have_count(1)
    assert await second.evaluate("document.activeElement.id") == held
    await expect(second.locator("#find")).to_have_value("a")
    child = str(id).removeprefix("row-")
    await second.goto(f"{demo.url}office/child/{child}")
    await second.click("#add-note summary")
    await second.fill("#note-text", "half a sentence")
    await first.goto(f"{demo.url}office/child/{child}")
    await first.click("button[value=ring]")
    await expect(second.locator("#story-moments")).to_contain_text("Ring the family")
    await expect(second.locator("#story-now .newer-hint")).to_be_visible()
    await expect(second.locator("#note-text")).to_have_value("half a sentence")


async def test_a_filter_finds_by_three_letters_at_once(demo: Demo) -> None:
    page = await _to_the_deadline(demo)
    await page.keyboard.press("/")
    await page.keyboard.type("oka")
    await expect(page.locator(".row:visible h3")).to_have_text("Amina Okafor")
    assert page.url.endswith("?find=oka")
    await page.keyboard.press("Escape")
    await expect(page.locator("#filtered")).not_to_be_visible()
    await page.select_option("#group", "9P")
    for place in await page.locator(".row:visible .who .quiet").all_text_contents():
        assert place.strip().startswith("9P")


async def test_board_story_and_messages_work_without_a_script(demo: Demo) -> None:
    page = await demo.page(script=False)
    await page.click("#to-closes")
    await page.goto(demo.url + "office/?find=ama")
    await page.goto(demo.url + "office/")
    await expect(page.get_by_role("link", name="Reload")).to_be_visible()
    await page.locator("#row-amina h3 a").click()
    await page.click("#add-note summary")
    await page.fill("#note-text", "Seen at the gate")
    await page.click("#add-note button")
    await expect(page.locator("#story-moments")).to_contain_text("Seen at the gate")
    await page.goto(demo.url + "office/messages?with=ngozi")
    await page.fill("#text", "Is she with you?")
    await page.get_by_role("button", name="What does it cost?").click()
    await expect(page.locator("#cost")).to_contain_text("16 letters, one text.")
    await page.click("#send")
    await expect(page.locator("#bubbles")).to_contain_text("Is she with you?")
    await page.click("#take")
    await expect(page.locator("#compose")).to_contain_text("has this thread")

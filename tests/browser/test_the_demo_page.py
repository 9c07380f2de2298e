"""The demo's first two minutes, as a newcomer's browser shows them."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Demo

pytestmark = pytest.mark.asyncio(loop_scope="session")

SLOW = 30_000
"""Milliseconds: hours of school are played in seconds, on a machine that is busy with other tests too."""


async def _no_sideways_scrolling(page: Page) -> None:
    assert await page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


async def test_from_register_close_to_a_parents_answer_on_the_board(demo: Demo) -> None:
    page = await demo.page()
    await expect(page.locator(".clockwork .time")).to_contain_text("08:00")
    await _no_sideways_scrolling(page)

    await page.click("#to-closes")
    await expect(page.locator(".clockwork .time")).to_contain_text("09:15")
    waiting = page.locator(".band.wait")
    await expect(waiting).to_contain_text("Amina Okafor")

    await page.select_option("#pick", "ngozi")
    thread = page.locator(".thread")
    await expect(thread).to_contain_text("Amina was not in registration this morning")
    await page.fill("#text", "Amina is poorly, back tomorrow")
    await page.keyboard.press("Enter")
    await expect(thread).to_contain_text("We have Amina off ill today, back tomorrow")
    await expect(page.locator("#text")).to_have_value("")

    row = page.locator("#row-amina")
    await expect(page.locator(".band.confirm #row-amina")).to_contain_text("Amina is poorly, back tomorrow")
    await expect(waiting).not_to_contain_text("Amina Okafor")
    await row.get_by_role("button", name="Confirm I").click()
    await expect(page.locator(".band.settled #row-amina")).to_be_visible()
    assert demo.trouble == []


TOO_WIDE = """() => [...document.querySelectorAll('#pick, #staff')].flatMap(list => {
  const ink = document.createElement('canvas').getContext('2d'), style = getComputedStyle(list);
  ink.font = style.font;
  const room = list.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - 16;
  return [...list.options].map(one => one.text).filter(text => ink.measureText(text).width > room);
})"""
"""What the lists of parents and staff cut off; 16 pixels are the arrow's."""


@pytest.mark.parametrize("width", [1024, 1300, 1366, 1920])
async def test_the_lists_have_room_for_everybody_in_them(demo: Demo, width: int) -> None:
    page = await demo.page(width)
    assert await page.locator("#pick option").count() > 50
    assert await page.evaluate(TOO_WIDE) == []
    await _no_sideways_scrolling(page)


async def test_a_parent_who_believes_the_child_is_in_school_is_on_top_at_once(demo: Demo) -> None:
    page = await demo.page()
    await page.click("#to-closes")
    await page.select_option("#pick", "ama")
    await expect(page.locator(".phone header")).to_contain_text("Ama Boateng")
    await page.get_by_role("button", name="Left at 8!").click()
    top = page.locator(".band.act .row").first
    await expect(top).to_contain_text("Kofi Boateng")
    await expect(top).to_contain_text("find the child")
    await expect(page.locator(".thread")).to_contain_text("Staff at Blue Coat School are being told now")
    await top.get_by_role("button", name="I have it").click()
    await expect(page.locator("#row-kofi")).to_contain_text("Mr Tansley has it since 09:15")


async def test_the_clock_runs_steps_and_jumps(demo: Demo) -> None:
    page = await demo.page()
    clock = page.locator(".clockwork .time")
    await page.click("#to-5")
    await expect(clock).to_contain_text("08:05")
    await page.click("#to-next")
    await expect(clock).to_contain_text("08:11")
    await page.click("#play-600")
    await expect(page.locator(".clockwork .running")).to_contain_text("running ×600")
    await expect(page.locator(".band.wait")).to_contain_text("Amina Okafor", timeout=SLOW)
    await page.click("#play-0")
    await expect(page.locator(".clockwork .paused")).to_be_visible()
    await page.click("#to-deadline")
    await expect(clock).to_contain_text("12:00", timeout=SLOW)
    await expect(page.locator(".band.act")).to_contain_text("Not reached")


async def test_a_mark_that_is_changed_on_the_page_settles_a_case(demo: Demo) -> None:
    page = await demo.page()
    await page.click("#to-closes")
    await expect(page.locator(".band.wait #row-ravi")).to_be_visible()
    await page.click("#marks summary")
    await page.select_option("#pupil", "ravi")
    await page.select_option("#mark", "L")
    await page.get_by_role("button", name="Put the mark").click()
    await expect(page.locator(".band.settled #row-ravi")).to_contain_text("Arrived late")


async def test_everything_works_without_a_script(demo: Demo) -> None:
    page = await demo.page(script=False)
    await page.click("#to-closes")
    await expect(page.locator(".clockwork .time")).to_contain_text("09:15")
    await page.select_option("#pick", "ngozi")
    await page.locator(".pick button").click()
    await page.fill("#text", "Amina is poorly, back tomorrow")
    await page.click("#say")
    await expect(page.locator(".thread")).to_contain_text("We have Amina off ill today")
    await page.locator("#row-amina").get_by_role("button", name="Confirm I").click()
    await expect(page.locator(".note.done")).to_contain_text("Confirmed for Amina.")
    await expect(page.locator(".band.settled #row-amina")).to_be_visible()
    await page.locator("#row-amina").get_by_role("link", name="Amina Okafor").click()
    await expect(page.locator("h1")).to_have_text("Amina Okafor")


async def test_a_morning_by_keyboard_alone(demo: Demo) -> None:
    page = await demo.page()
    await page.keyboard.press("Tab")
    await expect(page.locator(".skip")).to_be_focused()
    await page.locator("#to-closes").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator(".band.wait")).to_contain_text("Amina Okafor")
    await page.locator("#ack-row-idris").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator(".band.wait #row-idris")).to_contain_text("Asked: Nasreen Rahman")
    await page.locator("#ack-row-tyrell").focus()
    await page.keyboard.press("Space")
    await expect(page.locator(".band.act")).to_contain_text("Nothing needs you this minute.")


async def test_what_somebody_types_is_never_swept_away(demo: Demo) -> None:
    page = await demo.page()
    await page.click("#to-closes")
    await page.select_option("#staff", "mellor")
    reason = page.locator(".leave-form input[name=reason]")
    await reason.fill("Close family, first")
    other = await demo.page()
    await other.click("#to-5")
    await page.wait_for_timeout(4500)
    await expect(reason).to_have_value("Close family, first")
    await page.get_by_role("button", name="Grant").click()
    await expect(page.locator(".note.done")).to_contain_text("Leave granted for Esme")


async def test_it_fits_a_phone_and_a_wide_screen(demo: Demo) -> None:
    page = await demo.page(360, 740)
    await page.click("#to-closes")
    await expect(page.locator(".band.wait")).to_contain_text("Amina Okafor")
    for width, height in ((360, 740), (768, 1024), (1024, 700), (1366, 768), (1920, 1080)):
        await page.set_viewport_size({"width": width, "height": height})
        await _no_sideways_scrolling(page)
    for path in ("office/", "office/child/amina", "office/call-sheet", "office/register/7M/am"):
        await page.goto(demo.url + path)
        for width, height in ((360, 740), (1366, 768)):
            await page.set_viewport_size({"width": width, "height": height})
            await _no_sideways_scrolling(page)
    assert demo.trouble == []

"""Long pages fold: a link opens its section, all open at once, and without a script each opens by itself."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Demo

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_link_opens_the_section_that_it_leads_to(demo: Demo) -> None:
    page = await demo.page(360, 740)
    await page.goto(f"{demo.url}office/policy")
    section = page.locator("#readings")
    await expect(section).not_to_have_attribute("open", "")
    await page.get_by_role("link", name="Readings", exact=True).click()
    await expect(section).to_have_attribute("open", "")
    await page.goto(f"{demo.url}office/policy")
    await page.goto(f"{demo.url}office/policy#t3")
    await expect(page.locator("#t3")).to_have_attribute("open", "")
    await page.get_by_role("button", name="Close all").click()
    assert await page.locator("details.fold[open]").count() == 0
    await page.get_by_role("button", name="Open all").click()
    assert await page.locator("details.fold:not([open])").count() == 0
    assert demo.trouble == []


async def test_without_a_script_each_section_opens_and_links_lead_there(demo: Demo) -> None:
    page = await demo.page(360, 740, script=False)
    for path, last in (("policy", "readings"), ("wording", "g5")):
        await page.goto(f"{demo.url}office/{path}")
        assert await page.evaluate("document.documentElement.scrollHeight") < 5000
        await expect(page.get_by_role("button", name="Open all")).to_be_hidden()
        await page.locator(f"nav.chips a[href='#{last}']").click()
        summary = page.locator(f"#{last} > summary")
        await expect(summary).to_be_in_viewport()
        await summary.click()
        await expect(page.locator(f"#{last} > :nth-child(2)")).to_be_visible()

"""The page behind the link in the headteacher's e-mail, and the family's form, in a real browser.

A decision is made by its button and by nothing else: not by opening the page, not by opening it again, not by a mail
program that looks at the link beforehand, and once only.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from fastapi import FastAPI
from playwright.async_api import Browser, Page

from attendance.leave import LeaveRequest
from office.app import create_office
from office.leave.leave_door import create_leave_door
from office.visit import OfficeSettings
from service.leave.door import LeaveDoor
from service.rehearsal.simulation import LINKS
from service.staff.desk import OfficeDesk
from storage import leave
from tests.browser.listening import listening
from tests.office.browsing import SECRET
from tests.support.families import AMINA
from tests.support.school import School

pytestmark = pytest.mark.asyncio(loop_scope="session")

PLAIN = {"leave.fields": ["dates", "reason"]}
WEDDING = "Please may Amina have leave on 8 and 9 December for her aunt's wedding, back on the 10th"
PHONE = {"width": 375, "height": 740}


@dataclass
class Linked:
    """A school whose links are opened in a browser."""

    school: School
    base: str

    async def only(self) -> LeaveRequest:
        async with self.school.world.database.read() as db:
            (request,) = await leave.recent(db, self.school.world.school_id)
        return request

    def url(self, text: str) -> str:
        found = re.search(r"https://school\.example(/leave/\S+)", text)
        assert found is not None, text
        return self.base + found[1]

    async def decision(self) -> str:
        """What the e-mail to the headteacher brings."""
        await self.school.at("10:00").says("ngozi", WEDDING)
        mails = [one.text for one in self.school.world.simulators["email"].sent if one.to == "hart@school.example"]
        return self.url("\n".join(mails))


@asynccontextmanager
async def linked() -> AsyncIterator[Linked]:
    school = await School.open([AMINA], rules=PLAIN)
    world = school.world

    async def look() -> None:
        await world.runner.settle()
        await school._look()

    desk = OfficeDesk(world.runner, world.school_id)
    door, settings = LeaveDoor(world.runner, {desk.school_id: desk}, LINKS, look), OfficeSettings(SECRET)
    app = FastAPI()
    app.mount("/office", create_office(desk, settings))
    app.mount("/leave", create_leave_door(door, settings))
    try:
        async with listening(app) as base:
            yield Linked(school, base)
    finally:
        await school.close()


async def press(page: Page, button: str) -> None:
    async with page.expect_navigation():
        await page.click(f"button[value={button}]")


@pytest.mark.parametrize("script", [True, False], ids=["with-scripts", "without"])
async def test_opening_the_link_decides_nothing_and_a_button_decides_once(browser: Browser, script: bool) -> None:
    async with linked() as here, await browser.new_context(java_script_enabled=script, viewport=PHONE) as context:
        url, page = await here.decision(), await context.new_page()
        before = await here.only()
        for _ in range(3):
            await page.goto(url)
            await page.reload()
        assert (await context.request.head(url)).status in (200, 405), "a mail program looks at the link"
        assert (await context.request.get(url, headers={"Purpose": "prefetch"})).status == 200
        assert await here.only() == before, "nothing has changed"
        assert not here.school.of_kind("letter")
        await press(page, "refuse")
        assert "A refusal needs its reason" in await page.inner_text("main")
        assert (await here.only()).state == "requested"
        await page.fill("#reason", "The day of the wedding itself")
        await page.uncheck("input[name=day][value='2026-12-09']")
        await press(page, "some")
        assert "Granted for some days" in await page.inner_text("main")
        granted = await here.only()
        assert (granted.state, granted.decided_by) == ("granted_in_part", "Dr Hart, Headteacher")
        await page.goto(url)
        assert await page.locator("button[name=decision]").count() == 0, "it is decided, and the link decides once"


async def test_a_page_that_was_open_meanwhile_does_not_overtake_the_office(browser: Browser) -> None:
    async with linked() as here, await browser.new_context() as context:
        page = await context.new_page()
        await page.goto(await here.decision())
        await here.school.at("10:10").staff("hart").refuses("amina", "An examination")
        await press(page, "grant")
        assert "It is decided already" in await page.inner_text("main")
        assert (await here.only()).state == "refused"


async def test_a_family_fills_in_its_form_on_a_phone(browser: Browser) -> None:
    async with linked() as here, await browser.new_context(viewport=PHONE) as context:
        await here.school.at("10:00").says("ngozi", "leave form please")
        url, page = here.url(here.school.words_to("ngozi")[-1]), await context.new_page()
        await page.goto(url)
        for field, text in {
            "first_day": "2026-12-09",
            "last_day": "2026-12-08",
            "words": "My sister's wedding",
        }.items():
            await page.fill(f"#{field}", text)
        await page.check("#reason-family")
        await page.click(".family-form > button")
        await page.wait_for_selector("#last_day-fault")
        assert await page.input_value("#words") == "My sister's wedding", "what was typed stays"
        await page.fill("#last_day", "2026-12-09")
        await page.click(".family-form > button")
        await page.wait_for_selector("text=We have your leave request for Amina")
        assert (await here.only()).state == "requested"
        await page.goto(url)
        assert "This form is closed" in await page.inner_text("main")

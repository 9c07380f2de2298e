"""The pages that only somebody who signs in sees, and those of links without signing in: walked one after the other.

Used by the tests of every page and by the pictures. The provider is a stand-in on this computer.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import time

from fastapi import FastAPI
from playwright.async_api import BrowserContext, Page

from office.app import create_office
from office.leave.leave_door import create_leave_door
from office.leave.links import DecisionLink, Links
from office.sign_in import totp
from office.sign_in.proving import hash_password
from office.visit import OfficeSettings
from service.demo.mornings import FIRST, by_hand, morning, open_morning
from service.leave.door import LeaveDoor
from service.rehearsal.simulation import World
from service.staff.desk import OfficeDesk
from storage import accounts, leave
from storage.accounts import Account
from tests.browser.listening import free_port, listening
from tests.support.fake_provider import DOMAIN, FakeProvider

SECRET = "only for pages that are looked at, 0123456789"
PASSWORD = "four words in a row"
OFFICER = "tansley"
ASKS_FOR_A_FORM = "lyn"
AT = time(9, 30)


@dataclass(frozen=True)
class Doors:
    """A school behind one address, with an account for its attendance officer; Google is `google`."""

    url: str
    world: World
    google: FakeProvider
    form: str
    decision: str


@asynccontextmanager
async def open_doors() -> AsyncIterator[Doors]:
    """Serve it."""
    world = await open_morning(by_hand(morning(FIRST)))
    try:
        async with FakeProvider("google") as google:
            google.now, port = world.clock.now, free_port()
            google.person = {"sub": "1", "hd": DOMAIN, "email": f"{OFFICER}@{DOMAIN}", "email_verified": True}
            public = f"http://127.0.0.1:{port}"
            world.runner.links = links = Links(SECRET, public)
            await _play(world)
            app = await _app(world, links, OfficeSettings(SECRET, public, providers=(google.provider,)))
            async with listening(app, port) as url:
                yield Doors(url, world, google, await _form_link(world), await _decision_link(world, links))
    finally:
        await world.close()


async def _play(world: World) -> None:
    await world.turn_to(world.scenario.moment(AT))
    await world.say(ASKS_FOR_A_FORM, "leave form please")
    await world.runner.settle()
    async with world.database.begin() as db:
        account = Account(OFFICER, hash_password(PASSWORD), world.clock.now(), OFFICER, email=f"{OFFICER}@{DOMAIN}")
        await accounts.add(db, world.school_id, account)


async def _app(world: World, links: Links, settings: OfficeSettings) -> FastAPI:
    desk = OfficeDesk(world.runner, world.school_id)
    app = FastAPI()
    app.mount("/office", create_office(desk, settings))
    door = LeaveDoor(world.runner, {desk.school_id: desk}, links, world.runner.settle)
    app.mount("/leave", create_leave_door(door, settings))
    return app


async def _form_link(world: World) -> str:
    said = " ".join(str(line.data.get("text", "")) for line in await world.lines() if line.kind == "sent")
    found = re.search(r"(/leave/form/\S+)", said)
    assert found is not None, "whoever asks for a form is sent its link"
    return found[1]


async def _decision_link(world: World, links: Links) -> str:
    async with world.database.read() as db:
        request = (await leave.open(db, world.school_id))[0]
    head = next(one.id for one in world.scenario.staff() if "headteacher" in one.roles)
    return links.decision(DecisionLink(world.school_id, request.id, head), world.clock.now())


async def walk(doors: Doors, context: BrowserContext) -> AsyncIterator[tuple[str, Page]]:
    """Every page behind the doors by its name, as it stands before somebody who goes in, out and in again."""
    page, office = await context.new_page(), f"{doors.url}/office/"
    await page.goto(office + "account")
    yield "sign-in", page
    await _sign_in(page, "not it")
    yield "sign-in-refused", page
    await _sign_in(page, PASSWORD)
    yield "account", page
    await page.fill("#proof-begin", PASSWORD)
    await _press(page, "form[action$='/account/begin'] button")
    yield "account-set-up", page
    secret = (await page.locator(".secret").inner_text()).replace(" ", "")
    await page.fill("#code", totp.code_at(secret, totp.step_of(doors.world.clock.now())))
    await _press(page, "form[action$='/account/confirm'] button")
    yield "account-recovery-codes", page
    kept = (await page.locator(".recovery code").first.inner_text()).strip()
    await _press(page, "form[action$='/sign-out'] button")
    await _sign_in(page, PASSWORD)
    yield "sign-in-code", page
    await page.fill("#code", kept)
    await _press(page, "form[action$='/code'] button")
    await page.goto(office + "account")
    yield "account-with-code", page
    await _press(page, "form[action$='/lock/now'] button")
    yield "locked", page
    await page.goto(office + "sign-in/with/google")
    yield "board-by-google", page
    await page.goto(office + "child/nobody")
    yield "not-here", page
    await page.goto(office + "audit")
    yield "not-for-your-role", page
    await page.goto(doors.url + doors.form)
    yield "leave-form", page
    for field, text in {"first_day": "2026-12-09", "last_day": "2026-12-08", "words": "A wedding"}.items():
        await page.fill(f"#{field}", text)
    await page.locator("#reason input").first.check()
    await _press(page, ".family-form > button")
    yield "leave-form-with-faults", page
    await page.goto(doors.decision)
    yield "leave-decision", page
    await page.goto(f"{doors.url}/leave/form/over")
    yield "leave-form-closed", page


async def _sign_in(page: Page, password: str) -> None:
    await page.fill("#name", OFFICER)
    await page.fill("#password", password)
    await _press(page, "form[action$='/sign-in'] button")


async def _press(page: Page, button: str) -> None:
    """Press it, and wait for the page that comes."""
    async with page.expect_navigation():
        await page.click(button)

"""A browser without JavaScript, the office it looks at, and the staff who sit before it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from html.parser import HTMLParser
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from office.app import create_office
from office.visit import OfficeSettings
from service.staff.desk import BotName, OfficeDesk
from storage import accounts, audit
from storage.accounts import Account
from tests.support.families import STAFF, Person, staff
from tests.support.fixtures import QUICK_HASHER
from tests.support.school import School

SECRET = "0123456789abcdef0123456789abcdef-only-for-tests"
PASSWORD = "correct horse battery staple"
HASH = QUICK_HASHER.hash(PASSWORD)
UNHURRIED: Mapping[str, Any] = {"lock_after": timedelta(hours=1)}
"""Most tests let hours pass between two looks at a page; those of the lock choose their own time."""

EVERYBODY = (
    *STAFF,
    staff("lane", "Mr Lane", "Tutor of 7M", "tutor", 903, group="7M"),
    staff("wood", "Mrs Wood", "Tutor of 9K", "tutor", 904, group="9K"),
    staff("beddoes", "Mrs Beddoes", "Main office", "office", 905),
    staff("pike", "Mr Pike", "Network manager", "it", 906),
    staff("quill", "Mrs Quill", "Head of Calder House", "head_of_house", 907, house="Calder"),
    staff("reid", "Mr Reid", "Head of Ryburn House", "head_of_house", 908, house="Ryburn"),
    staff("noble", "Ms Noble", "Assistant Head of House", "assistant_head_of_house", 909),
    staff("york", "Ms York", "Leader of Year 7", "leader_of_year", 911, years=[7]),
    staff("trent", "Mr Trent", "Trust attendance lead", "trust_attendance_lead", 910),
)


class _Page(HTMLParser):
    """Forms and text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self.text: list[str] = []
        self._buttons: list[tuple[str, str, tuple[str, str] | None]] = []
        self._ids: dict[str, dict[str, Any]] = {}
        self._quiet = False
        self.feed(html)
        self._give_buttons_their_forms()

    def _give_buttons_their_forms(self) -> None:
        """A button that names a form elsewhere and an address of its own is a form of its own to whoever presses it."""
        for form, action, pair in self._buttons:
            if form not in self._ids:  # a piece of a page, without the form that its buttons send
                continue
            fields = [*self._ids[form]["fields"], *([pair] if pair else [])]
            self.forms.append({"action": action, "fields": fields, "method": "post"})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = {name: value or "" for name, value in attrs}
        self._quiet = tag in ("script", "style")
        if tag == "form":
            self.forms.append({"action": of.get("action", ""), "fields": [], "method": of.get("method", "get")})
            self._ids[of.get("id", "")] = self.forms[-1]
        if tag == "button" and "formaction" in of:
            pair = (of["name"], of.get("value", "")) if of.get("name") else None
            self._buttons.append((of["form"], of["formaction"], pair))
        if tag in ("input", "textarea") and self.forms and of.get("name"):
            if of.get("type") in ("radio", "checkbox") and "checked" not in of:
                return
            form = self._ids[of["form"]] if of.get("form") else self.forms[-1]
            form["fields"].append((of["name"], of.get("value", "")))

    def handle_data(self, data: str) -> None:
        if not self._quiet and data.strip():
            self.text.append(data.strip())


@dataclass
class Browser:
    """One browser of one person. It follows redirects, keeps cookies, and runs no script."""

    client: httpx2.AsyncClient
    answer: httpx2.Response = field(default_factory=lambda: httpx2.Response(200))

    @property
    def text(self) -> str:
        """What the page says, on one line."""
        return re.sub(r"\s+", " ", unescape(" ".join(_Page(self.answer.text).text)))

    @property
    def status(self) -> int:
        """The status of the last answer."""
        return self.answer.status_code

    def band(self, name: str) -> str:
        """What one band of the board says; empty where it is not shown."""
        found = re.search(rf'<section class="band {name}"[^>]*?(?<! hidden)>.*?</section>', self.answer.text, re.DOTALL)
        return re.sub(r"\s+", " ", unescape(" ".join(_Page(found.group(0)).text))) if found else ""

    async def see(self, path: str) -> Browser:
        """Open a page."""
        self.answer = await self.client.get(path)
        return self

    async def poll(self, path: str, page: str = "/office/") -> Browser:
        """Ask for a part of a page again, as htmx does."""
        current = {"HX-Request": "true", "HX-Current-URL": f"http://office.test{page}", "X-Firstcall-Poll": "1"}
        self.answer = await self.client.get(path, headers=current)
        return self

    async def parts(self, path: str = "/office/board/parts", have: Mapping[str, str] | None = None) -> dict[str, Any]:
        """What a page's script is told when it says which parts it `have`; {} when nobody is signed in any more.

        The page that this browser shows is left as it is.
        """
        page, had = self.answer, "\n".join(f"{id}:{mark}" for id, mark in (have or {}).items())
        token = re.search(r'name="csrf" value="([^"]+)"', page.text)
        fields = [("csrf", token[1] if token else ""), ("have", had)]
        await self.send(path, fields, **{"X-Firstcall-Poll": "1", "X-Firstcall-Part": "1"})
        if self.status != 200:
            return {}
        found: dict[str, Any] = self.answer.json()
        self.answer = page
        return found

    def form(self, action: str) -> dict[str, Any]:
        """The fields of the form that goes to `action`."""
        for form in _Page(self.answer.text).forms:
            if form["action"] == action:
                return form
        actions = [form["action"] for form in _Page(self.answer.text).forms]
        raise AssertionError(f"No form on the page goes to {action}; there are {actions}")

    def offers(self, action: str) -> bool:
        """Whether the page has a form that goes to `action`."""
        return any(form["action"] == action for form in _Page(self.answer.text).forms)

    async def press(self, action: str, **fill: str) -> Browser:
        """Fill in and send the form that goes to `action`."""
        fields = [(name, value) for name, value in self.form(action)["fields"] if name not in fill]
        return await self.send(action, [*fields, *fill.items()])

    async def send(self, path: str, fields: list[tuple[str, str]], **headers: str) -> Browser:
        """Post these fields."""
        body = httpx2.QueryParams(fields)
        self.answer = await self.client.post(
            path,
            content=str(body),
            headers={"Content-Type": "application/x-www-form-urlencoded", **headers},
        )
        return self


@dataclass
class OpenOffice:
    """An office of one school, and browsers to sit before it."""

    school: School
    app: FastAPI
    stack: AsyncExitStack

    async def browser(self) -> Browser:
        """A browser in which nobody is signed in."""
        client = httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=self.app), base_url="http://office.test", follow_redirects=True
        )
        await self.stack.enter_async_context(client)
        return Browser(client)

    async def sign_in(self, who: str, password: str = PASSWORD) -> Browser:
        """Somebody at their desk."""
        browser = await self.browser()
        await browser.see("/office/sign-in")
        return await browser.press("/office/sign-in", name=who, password=password)

    async def audit(self) -> list[tuple[str | None, str, str]]:
        """(who, what, to what), newest first."""
        async with self.school.world.database.read() as db:
            found = await audit.newest(db, self.school.world.school_id)
        return [(deed.staff_id, deed.action, deed.subject) for deed in found]


Opener = Callable[..., Awaitable[OpenOffice]]


@pytest.fixture
async def open_office() -> AsyncIterator[Opener]:
    """Opens the office of a school with an account for every member of staff (the password is PASSWORD)."""
    async with AsyncExitStack() as stack:

        async def open_one(
            *children: Person,
            public_url: str = "",
            bot: BotName | None = None,
            settings: Mapping[str, Any] | None = None,
            **more: Any,
        ) -> OpenOffice:
            team = more.pop("staff", EVERYBODY)
            school = await School.open(children, staff=team, **more)
            stack.push_async_callback(school.close)
            world = school.world
            async with world.database.begin() as db:
                for one in team:
                    account = Account(one["id"], HASH, world.clock.now(), one["id"])
                    await accounts.add(db, world.school_id, account)
            desk = SettlingDesk(school, bot)
            app = FastAPI()
            app.mount(
                "/office", create_office(desk, OfficeSettings(SECRET, public_url, **{**UNHURRIED, **(settings or {})}))
            )
            return OpenOffice(school, app, stack)

        yield open_one


class SettlingDesk(OfficeDesk):
    """A desk after whose acts everything that is due happens, as the service's loops do."""

    def __init__(self, school: School, bot: BotName | None = None) -> None:
        super().__init__(school.world.runner, school.world.school_id, bot)
        self._school = school

    async def _do(self, work: Any) -> Any:
        came = await super()._do(work)
        await self._school.world.runner.settle()
        await self._school._look()
        return came

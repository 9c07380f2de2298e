"""An attendance officer before the board: what a person does with each row, by mouse or by keyboard alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect

OPEN = "#rows-act > .row, #rows-read > .row, #rows-confirm > .row, #rows-wait > .row"
"""Rows that still need a person."""
OF_OTHERS = "With the safeguarding team"
"""What a row says that waits for somebody else."""
CLOSE = "form[action$='/alert/close'] button"
"""On a child's story: ends what stands apart from the day."""
MANY = 120
"""Steps after which a morning should long be over."""
SETTLED_AS = "Safe, and no reason given"
FOCUSED_ROW = "(document.activeElement.closest('.row') || {id: ''}).id"


@dataclass
class Officer:
    """One at the board. `pressed` counts clicks, or keys."""

    page: Page
    pressed: int = 0

    async def works_through(self) -> None:
        """Until nothing on the board needs a person."""
        await self._above()
        await self._sure_ones()
        for _ in range(MANY):
            row = await self._first()
            if row is None:
                return
            before = await row.get_attribute("data-print")
            id = await row.get_attribute("id")
            await self._one_step(row)
            await expect(self.page.locator(f'#{id}[data-print="{before}"]')).to_have_count(0)
        raise AssertionError("the morning does not end")

    async def _first(self) -> Locator | None:
        rows = self.page.locator(OPEN).filter(has_not_text=OF_OTHERS)
        return rows.first if await rows.count() else None

    async def _above(self) -> None:
        """A held send is released: the marks are right."""
        raise NotImplementedError

    async def _sure_ones(self) -> None:
        raise NotImplementedError

    async def _one_step(self, row: Locator) -> None:
        raise NotImplementedError


class WithMouse(Officer):
    """Clicks, and never a key."""

    async def _click(self, what: Locator) -> None:
        self.pressed += 1
        await what.click()

    async def _above(self) -> None:
        if await self.page.locator("#release").count():
            await self._click(self.page.locator("#release"))
            await expect(self.page.locator("#held")).to_have_count(0)

    async def _sure_ones(self) -> None:
        if await self.page.locator("#confirm-sure").count():
            await self._click(self.page.locator("#confirm-sure"))
            await expect(self.page.locator("#confirm-sure")).to_have_count(0)

    async def _one_step(self, row: Locator) -> None:
        for wanted in (".tasks button", ".do button"):
            if await row.locator(wanted).count():
                await self._click(row.locator(wanted).first)
                return
        await self._click(row.locator("h3 a"))
        await expect(self.page.locator("#outcome")).to_be_visible()
        if await self.page.locator(CLOSE).count():
            await self._click(self.page.locator(CLOSE).first)
        else:
            await self.page.select_option("#outcome", label=SETTLED_AS)
            await self._click(self.page.locator("#settle button"))
        await expect(self.page.locator(".note.done")).to_be_visible()
        await self._click(self.page.locator(".crumb a"))
        await expect(self.page.locator("#live-state")).to_have_text("Live")


class WithKeys(Officer):
    """Keys, and never the mouse; nothing is focused from outside."""

    async def _key(self, name: str) -> None:
        self.pressed += 1
        await self.page.keyboard.press(name)

    async def _tab_to(self, test: str) -> None:
        for _ in range(MANY):
            if await self.page.evaluate(f"document.activeElement.matches({test!r})"):
                return
            await self._key("Tab")
        raise AssertionError(f"Tab does not lead to {test}")

    async def _above(self) -> None:
        if await self.page.locator("#release").count():
            await self._key("0")
            await self._tab_to("#release")
            await self._key("Enter")
            await expect(self.page.locator("#held")).to_have_count(0)

    async def _sure_ones(self) -> None:
        if await self.page.locator("#confirm-sure").count():
            await self._key("Shift+C")
            await expect(self.page.locator("#confirm-sure")).to_have_count(0)

    async def _one_step(self, row: Locator) -> None:
        id = await row.get_attribute("id")
        await self._walk_to(row, str(id))
        keys = await row.locator("[data-key]:is(button)").evaluate_all("some => some.map(one => one.dataset.key)")
        if keys:
            await self._key("d" if "d" in keys else keys[0])
            return
        await self._key("Enter")
        await expect(self.page.locator("#outcome")).to_be_visible()
        if await self.page.locator(CLOSE).count():
            await self._tab_to(CLOSE)
        else:
            await expect(self.page.locator("#live-state")).to_have_text("Live")  # the page's keys are heard by now
            await self._key("s")
            await expect(self.page.locator("#outcome")).to_be_focused()
            await self.page.keyboard.type(SETTLED_AS[:6])
            await self._key("Tab")
        await self._key("Enter")
        await expect(self.page.locator(".note.done")).to_be_visible()
        await self._key("b")
        await expect(self.page.locator("#live-state")).to_have_text("Live")

    async def _walk_to(self, row: Locator, id: str) -> None:
        """By the number of its column, then down; from wherever the focus is."""
        band = await row.evaluate("one => one.closest('.band').className")
        number = ["act", "read", "confirm", "wait"].index(re.sub("band ", "", band)) + 1
        await self._key(str(number))
        for _ in range(MANY):
            if await self.page.evaluate(FOCUSED_ROW) == id:
                return
            await self._key("j")
        raise AssertionError(f"no key leads to {id}")

"""What is wrong with a page that a browser shows: by axe-core, by its width, by its weight."""

from __future__ import annotations

from importlib import resources

from playwright.async_api import Page

AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HEAVIEST = 100_000


async def faults_of(page: Page) -> list[str]:
    """What is wrong with the page as it stands, with all its sections open, in words."""
    faults = []
    if len((await page.content()).encode()) > HEAVIEST:
        faults.append(f"more than {HEAVIEST} bytes")
    wider = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wider > 0:
        faults.append(f"{wider} pixels are cut off")
    await page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    await page.evaluate(AXE)
    axe = await page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    return faults + [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in axe["violations"]]

"""The office's templates and files as a whole: no script or style inside a page, nothing from elsewhere, none idle."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from office.pages import pages

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(path.name for path in (ROOT / "templates/office").glob("*.html"))
STATIC = sorted(path.name for path in (ROOT / "office/static").iterdir() if path.suffix in (".js", ".css", ".svg"))
A_FILE_OF_ITS_OWN = {"call_sheet_file.html"}
"""Written to a file by `firstcall call-sheet`, never served: it carries its style along."""
NOT_ITS_OWN = {
    r"<script(?![^>]*\ssrc=)": "a script inside the page: put it into office/static/",
    r"<style": "a style inside the page: put it into office/static/office.css",
    r"\sstyle\s*=": "a style on an element: give it a class",
    r"\son[a-z]+=[\"']": "a script on an element: listen in office/static/",
    r"javascript:": "a script in a link",
    r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//": "something from elsewhere",
}


@pytest.mark.parametrize("name", [one for one in TEMPLATES if one not in A_FILE_OF_ITS_OWN])
def test_a_page_holds_no_script_or_style_and_asks_for_nothing_elsewhere(name: str) -> None:
    text = (ROOT / "templates/office" / name).read_text(encoding="utf-8")
    for pattern, why in NOT_ITS_OWN.items():
        found = re.search(pattern, text, re.IGNORECASE)
        assert found is None, f"templates/office/{name}: {found[0] if found else ''} is {why}"


@pytest.mark.parametrize("name", STATIC)
def test_a_static_file_asks_for_nothing_elsewhere(name: str) -> None:
    text = (ROOT / "office/static" / name).read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert re.search(r"https?://|@import|url\(", text) is None


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_compiles_and_is_used(name: str) -> None:
    pages.environment().get_template(name)
    places = [
        *(ROOT / "office").rglob("*.py"),
        *(ROOT / "service").rglob("*.py"),
        *(ROOT / "templates/office").glob("*"),
    ]
    used = any(name in path.read_text(encoding="utf-8") for path in places if path.name != name)
    made_of = re.match(r"(board|story)_", name)  # drawn by the name of their part
    assert used or made_of, f"templates/office/{name} is drawn by nothing: take it away"

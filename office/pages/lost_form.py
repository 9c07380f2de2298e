"""A form that does not count, because nobody is signed in any more or somebody signed in again: its words are shown.

They go back to the browser that sent them and nowhere else. Source: WCAG 2.2, success criterion 2.2.5.
"""

from __future__ import annotations

from fastapi import Request
from starlette.requests import ClientDisconnect

from office.pages import pages
from office.visit import LARGEST_FORM, office_of
from office.wording import OUTCOMES

TYPED = ("text", "reason", "note", "said", "why", "question", "outcome")
"""Fields that somebody writes in; a password is never one of them."""


async def came_from(request: Request) -> str:
    """The page that the form was on, as it says itself; the board where it says none, or one elsewhere."""
    return pages.local_path((await _fields(request)).get("back"), office_of(request).settings.base)


async def typed(request: Request) -> list[str]:
    """What was written in the form. Nothing of a form that the browser does not call one of our own pages'."""
    if request.headers.get("sec-fetch-site") != "same-origin":  # said by every browser of the last years, over https
        return []
    fields = await _fields(request)
    written = [fields.get(name, "").strip() for name in TYPED]
    return [words for words in written if words and words not in OUTCOMES]


async def _fields(request: Request) -> dict[str, str]:
    length = request.headers.get("content-length", "")
    if request.method != "POST" or not length.isdigit() or int(length) > LARGEST_FORM:
        return {}
    try:
        form = await request.form()
    except ClientDisconnect:
        return {}
    return {key: value for key, value in form.items() if isinstance(value, str)}

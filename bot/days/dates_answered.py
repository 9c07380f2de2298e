"""The answer to "When do you expect Hal back?", where his days were not sure: the draft, with the days said now.

"Thursday" alone says nothing of an absence that is recorded already, for none is; left to a person, the family that has
told us twice is asked again at the close.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from bot.outcome import Heard
from bot.understanding import Message, Report, Understanding

_TODAY = re.compile(r"\b(?:today|this morning|now)\b", re.IGNORECASE)
A_WHILE = timedelta(days=28)
"""Whoever is back later than that was not meant to be away from today on: a person reads it."""
A_PLAN = frozenset({"absence", "leave"})


def dates_answered(heard: Heard, message: Message, answer: Understanding, plain: Understanding) -> Understanding | None:
    """What was drafted, on the days of the answer: recorded where its first day is plain now, else read back as a
    question. None where the words are no answer to it.
    """
    asked = message.asked
    draft = asked.draft if asked is not None and asked.kind == "return" else None
    if draft is None or not draft.children or draft.first_day is None or answer.urgent or answer.safeguarding:
        return None
    meant = {child for report in answer.reports for child in report.children}
    if meant <= set(draft.children) and (planned := _planned(plain, draft, heard)) is not None:
        return replace(plain, intent="absence", reports=(planned,), ask=())
    if answer.intent != "return" or len(answer.reports) != 1 or "?" in heard.text:
        return None
    back = answer.reports[0].return_day
    if not meant <= set(draft.children) or (
        back is not None and not draft.first_day < back <= draft.first_day + A_WHILE
    ):
        return None
    report = replace(draft, return_day=back)
    plainly = draft.first_day == heard.day and _TODAY.search(heard.text) is not None
    return replace(answer, intent="absence", reports=(report,), ask=() if plainly else ("confirm",))


def _planned(plain: Understanding, draft: Report, heard: Heard) -> Report | None:
    """ "12th January for a week": the days that are said by themselves, and the reason that we have."""
    said = plain.reports[0] if plain.intent in A_PLAN and len(plain.reports) == 1 else None
    if said is None or said.first_day is None or said.first_day <= heard.day:
        return None
    if not set(draft.children) <= set(said.children) or said.code not in (None, "N", draft.code):
        return None
    return replace(said, children=draft.children, code=draft.code)

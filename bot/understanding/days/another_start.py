"""Another first day of several: "yes but her first day off is the 12th", to leave that we read back from the 10th."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot.understanding.children.named import ids_of
from bot.understanding.evidence import Reading
from bot.understanding.values import Report

_BEGINS = re.compile(
    r"\b(?:first day(?: (?:off|away|of it|absent))?|start(?:s|ing)?|begin(?:s|ning)?|leav(?:e|ing|es)|fly(?:ing)?|from)"
    r"(?: (?:is|will be|should be|on|out|the|off|actually|now))* ?$"
)
_DENIED = re.compile(r"\b(?:not|instead of|rather than)(?: (?:on|the|from|this))* ?$")
_DATED = frozenset(("weekday", "date", "ordinal", "tomorrow"))


def another_start(seen: Reading, draft: Report) -> Report | None:
    """The draft from the day on that is said to be its first; None where the words say more."""
    first, back = draft.first_day, draft.return_day
    if first is None or back is None or seen.why.code not in (None, draft.code) or seen.times.roles:
        return None
    if not set(ids_of(seen.who.named)) <= set(draft.children):
        return None
    meant = set[date]()
    for day, role in seen.days.roles:
        before = seen.words.line[: day.start]
        if day.first is None or not day.single or day.form not in _DATED or role == "return":
            return None
        if _DENIED.search(before):
            if day.first != first:
                return None
        elif _BEGINS.search(before):
            meant.add(day.first)
        elif day.first != back:
            return None
    if len(meant) != 1 or first in meant or not min(meant) < back:
        return None
    return replace(draft, first_day=meant.pop())

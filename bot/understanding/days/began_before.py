"""Since before: "he was off yesterday too", "since Monday", to what we read back of today: it began on that day.

Taken for another absence, or for a mere yes, the day before would stay without a reason, or today would be taken back.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.understanding.children.named import ids_of
from bot.understanding.judging import Told, sent_on
from bot.understanding.values import Report

_TOO = frozenset(("too", "also", "well", "both"))
_NEAR = re.compile(r"^ ?(?:too|also|as well|and today|and now|onwards)\b")


def began_before(told: Told, draft: Report) -> Report | None:
    """The draft from a day of school before it on, all else as we read it back; None where the words say more."""
    seen, first = told.seen, draft.first_day
    if first is None or seen.why.code not in (None, draft.code) or seen.times.roles or draft.session != "day":
        return None
    if first > sent_on(told) or not set(ids_of(seen.who.named)) <= set(draft.children):
        return None  # "and the Friday before too", of leave to come: days of their own
    before = [(day, role) for day, role in seen.days.roles if day.first is not None and day.first < first]
    others = [day for day, _ in seen.days.roles if day.first is not None and day.first > first]
    if len(before) != 1 or others:
        return None
    day, role = before[0]
    line = seen.words.line
    too = _NEAR.match(line[day.end :]) or not _TOO.isdisjoint(seen.words.texts)
    if day.first is None or not day.single or not told.calendar.is_school_day(day.first):
        return None
    return replace(draft, first_day=day.first) if role == "since" or too else None

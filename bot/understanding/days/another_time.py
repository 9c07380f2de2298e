"""Another time, in answer to what we read back: "half two sorry", "no, 12pm not 11", "leaving at 1".

The draft had one time; whether the child comes or leaves at the new one, and which half it misses, was told before.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time

from bot.understanding.children.named import ids_of
from bot.understanding.judging import Told, sent_on
from bot.understanding.values import Part, Report
from bot.understanding.words.salutation import without_greeting

_NOT = re.compile(r"\b(?:not|instead of|rather than)(?: (?:at|by|until|till|for|before|about))* ?$")
_DOES = re.compile(
    r"\b(?:back|in|there|arriv\w*|bring\w*|drop\w*|com\w+|return\w*|leav\w*|collect\w*|pick\w*|fetch\w*|go\w*|out|off|get)\b"
)
"""What is done at it is said; "should be 2pm" leaves it at what it was."""
_HALVES = frozenset("morning afternoon lunch lunchtime all whole".split())
_MATTERS = frozenset(("arrives", "leaves", "own", "late"))


def another_time(told: Told, draft: Report) -> Report | None:
    """The draft with the time that the words put in place of its own; None where they say anything else."""
    seen = told.seen
    which = "leaves" if draft.arrives is None else "arrives"
    old: time | None = getattr(draft, which)
    if old is None or (draft.arrives is not None and draft.leaves is not None):
        return None
    if any(day.first not in (None, draft.first_day) for day, _ in seen.days.roles):
        return None
    of_it = any(hit.tag.startswith("why:") for hit in seen.hits)
    if (
        of_it
        or not _HALVES.isdisjoint(without_greeting(seen.words.line).split())
        or not set(ids_of(seen.who.named)) <= set(draft.children)
    ):
        return None
    line, meant = seen.words.line, list[time]()
    for moment, role in seen.times.roles:
        denied = _NOT.search(line[: moment.start]) is not None
        if role not in _MATTERS or (denied and moment.at != old):
            return None
        of_another = role not in (which, "own", "late") and _DOES.search(line[: moment.start]) is not None
        if not denied and of_another:
            return None  # "yes, but he leaves at 2 as well"
        if not denied:
            meant.append(moment.at)
    if len(set(meant)) != 1 or meant[0] == old:
        return None
    if which == "leaves":
        return replace(draft, leaves=meant[0])
    return replace(draft, session="am" if meant[0] < told.calendar.pm.opens else "day", arrives=meant[0])


def comes_later(told: Told, draft: Report) -> Report | None:
    """ "That's right, but he will be in at 10.30": the absence that we read back ends then; it is no mere lateness."""
    seen = told.seen
    said = [moment.at for moment, role in seen.times.roles if role == "arrives"]
    today = draft.first_day == sent_on(told) and draft.session != "pm" and draft.leaves is None
    plain = seen.signals.has("confirm") and not seen.signals.has("reject") and not seen.days.roles
    if not (today and plain) or len(said) != 1 or len(seen.times.roles) != 1:
        return None
    if not set(ids_of(seen.who.named)) <= set(draft.children):
        return None
    session: Part = "am" if said[0] < told.calendar.pm.opens else "day"
    return replace(draft, return_day=draft.first_day, session=session, arrives=said[0])

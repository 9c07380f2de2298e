"""Words about a child of whom we hold nothing, after a report of its sibling: "Ella's got her inhaler in her bag".

What is held of the one says nothing of the other. Without a word of being away, or of being so as well, nothing is
reported of it, and the sibling's report stays as it is.
"""

from __future__ import annotations

import re
from datetime import date

from attendance.calendar import local
from bot.understanding.evidence import Reading

_AS_WELL = re.compile(
    r"^(?:oh |sorry |so )*(?:and|also|plus)\b|\b(?:too|also|as well|both|same|either|neither|meant?|not|instead)\b"
)
_TOLD = ("absent", "late", "not_back", "lost", "missing", "cancel", "reject")
_WELL = frozenset(("fine", "present", "back"))
_STOPS = frozenset((",", ".", "!", "-", "but", "and", "though"))


def of_a_sibling(seen: Reading, kind: str) -> str | None:
    """What such words are: a question for a person, or idle where they only say that the child is well and comes in.

    None where they may report the child, or are about the one that is held as well.
    """
    today = local(seen.message.sent_at).date()
    known = [one for one in seen.message.known if one.first_day is not None and one.first_day >= today]
    held = {child for one in known for child in one.children}
    named = {child for one in seen.who.named for child in one.children}
    if not seen.message.is_unasked or not held or not named or named & held:
        return None
    told = seen.signals.has_any(*_TOLD) or _is_brought(seen)
    if kind == "return":  # whatever else is told, the child that is held is not back by it
        told = seen.signals.has_any(*(name for name in _TOLD if name != "late")) or _is_brought(seen)
        told = told or (seen.signals.has("back") and bool(seen.days.roles))
    else:
        told = told or seen.signals.has_any("other_parent", "with_me") or seen.why.code is not None
        told = told or bool(seen.times.roles or seen.days.roles)
    if told or _AS_WELL.search(seen.words.line) or (kind == "return" and _answers_apart(seen, today)):
        return None
    idle = any(seen.signals.has(one) for one in _WELL) and not seen.signals.has("question")
    return "chat" if idle and "?" not in seen.words.texts else "question"


def _is_brought(seen: Reading) -> bool:
    """Whether the child is said to have gone, or to have been brought, to school."""
    return seen.signals.has("present", "left", "dropped", "went", "got")


def _answers_apart(seen: Reading, today: date) -> bool:
    """ "Tomorrow hopefully, Ella was fine", to when Tom is back: a day to come, apart from the words about Ella."""
    asked, texts = seen.message.asked, seen.words.texts
    if asked is None or asked.kind != "return" or "?" in texts:
        return False
    places = [
        seen.words.word_at(day.start) for day, _ in seen.days.roles if day.first is not None and day.first > today
    ]
    return any(
        not _STOPS.isdisjoint(texts[min(place, one.first) : max(place, one.first)])
        for place in places
        for one in seen.who.named
    )

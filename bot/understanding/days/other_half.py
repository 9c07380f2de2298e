"""The other half of the same day: "it's this afternoon, not this morning", of an appointment that we hold.

Kept in the half that was told first, a child would be missed by nobody in the one and asked about in the other.
"""

from __future__ import annotations

import re
from datetime import date

from attendance.calendar import SchoolCalendar
from bot.understanding.children.named import ids_of
from bot.understanding.days.school_days import after
from bot.understanding.evidence import Reading
from bot.understanding.values import Part, Report
from bot.understanding.words.salutation import without_greeting

_HALF = re.compile(
    r"(?P<no>\b(?:not|instead of|rather than)(?: (?:in|on|the|this|for|tomorrow|until))* )?"
    r"(?<!\d )(?<!good )\b(?P<half>morning|afternoon|am|pm)s?\b"
)
_ATTENDS = re.compile(
    r"\b(?:back|bring\w*|com(?:e|es|ing)|return\w*|there|attend\w*|fine)\b"
    r"|\b(?:he|she|they|will|be|is|are|should|can) (?:\w+ )?in\b(?! (?:the|on) (?:morning|afternoon))"
)
""" "He'll be in this afternoon": the half in which the child is in school."""
_ONLY = frozenset(("only", "just"))


def other_half(seen: Reading, held: Report, calendar: SchoolCalendar) -> Report | None:
    """What we hold, in the half of the day that the words put in place of its own; None where they say more."""
    half, first = another_half_of(seen, held), held.first_day
    if half is None or first is None:
        return None
    return Report(held.children, held.code, first, _back(held, half, first, calendar), half)


def another_half_of(seen: Reading, held: Report) -> Part | None:
    """The half of the same day that the words put in place of the one that we hold."""
    first = held.first_day
    if first is None or seen.why.code not in (None, held.code) or seen.times.roles:
        return None
    if not set(ids_of(seen.who.named)) <= set(held.children) or any(
        day.first not in (None, first) for day, _ in seen.days.roles
    ):
        return None
    meant, denied = _halves(without_greeting(seen.words.line))
    if len(meant) != 1 or meant & denied or _ATTENDS.search(seen.words.line):
        return None
    half = meant.pop()
    plainly = bool(denied) or not _ONLY.isdisjoint(seen.words.texts)
    return None if half == held.session or (held.session == "day" and not plainly) else half


def _back(held: Report, half: Part, first: date, calendar: SchoolCalendar) -> date | None:
    if half == "am":
        return first
    return held.return_day if held.session == "am" else after(first, calendar)


def _halves(line: str) -> tuple[set[Part], set[Part]]:
    """The halves that are meant, and those that are not."""
    meant, denied = set[Part](), set[Part]()
    for found in _HALF.finditer(line):
        half: Part = "am" if found["half"] in ("morning", "am") else "pm"
        (denied if found["no"] else meant).add(half)
    return meant, denied

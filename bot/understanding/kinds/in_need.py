"""Something that a child needs is missing: "his shoes are broke", "no uniform", "washing machine broke, nothing clean".

It is told as why a child is not in, and is neither lateness nor an absence that a machine may call unauthorised: the
school has shoes and a washing machine, or knows who has.
"""

from __future__ import annotations

import re

from bot.understanding.evidence import Reading

_CLOTHES = (
    r"(?:uniforms?|shoes?|trousers?|trainers|shirts?|polos?|jumpers?|blazers?|coats?|tights|skirts?|pinafores?|boots"
    r"|clothes|socks|pants)"
)
_GONE = (
    r"(?:broke|broken|split|ripped|torn|small|tight|fit|apart|holes?|hole y|ruined|wet|soaked|damp|dirty|filthy|shrunk"
    r"|stolen|wash|washed|dry|worn out|knackered|bust)"
)
_NEEDS = re.compile(
    rf"\b(?:no|without|not (?:got|have) (?:any|a)) (?:\w+ ){{0,2}}?{_CLOTHES}\b(?! days?\b)"
    rf"|\b{_CLOTHES}(?: (?!and\b|but\b|so\b)\w+){{0,4}} {_GONE}\b|\b(?:broke|broken|split|ripped|torn) {_CLOTHES}\b"
    r"|\bnothing (?:\w+ )?(?:clean|dry|to wear|washed)\b|\b(?:washing machine|tumble dryer|washer)\b"
    r"|\bno (?:(?:money|cash) for|(?:bus|train|taxi|tram) (?:fare|money))\b|\bno (?:fare|money|cash)\b(?= ?(?:$|[.,!]))"
    r"|\b(?:can|could) not (?:\w+ )?afford\b|\b(?:skint|pay ?day)\b"
)
#: To a child that would not put it on nothing is missing; nor on a day without it.
_NOT_SHORT = re.compile(
    r"\b(?:non ?-? ?uniform|mufti|refus\w+|will not wear|holidays?|flights?|trip|club|lessons?|late for|detention)\b"
)


def in_need(line: str) -> bool:
    """Whether clothes, shoes, the washing or the fare are missing by these words."""
    return _NEEDS.search(line) is not None and _NOT_SHORT.search(line) is None


def told_in_need(seen: Reading) -> str | None:
    """What such words are that were taken for lateness without a word of being late, of a time or of coming: why the
    child is away, where we had asked; else they are for a person. None for any others.
    """
    told = seen.signals.has_any("late", "back", "present") or seen.times.roles
    if told or not in_need(seen.words.line):
        return None
    asked = seen.message.asked
    return "absence" if asked is not None and asked.kind in ("absence", "reason") else "question"

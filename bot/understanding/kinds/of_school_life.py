"""Asked of the school's own business: "can we move parents evening", "when is the trip paid by", "is there club".

A person of the office answers. Beside an open question such words were taken for its answer: an absence for the trip, a
child that "is there". A word of the family's child, or of being away, leaves everything as it was.
"""

from __future__ import annotations

import re

from bot.understanding.evidence import Reading
from bot.understanding.school_life import BUSINESS

_OPENS = (
    r"^(?:(?:hi|hello|hiya|hey|morning|good|ok|okay|thanks|thank|you|also|and|oh|sorry|please|just|quick|one|[-,.]) )*"
    r"(?:(?:question|query|wondering|wanted to ask|to ask|asking|do you know|(?:can|could) you tell (?:me|us)"
    r"|(?:can|could) i ask)(?: ,| :| if| whether)? )?"
)
_ASKS = re.compile(
    _OPENS + r"(?:(?:what|which|how)(?: \w+){0,2}|when|where|who|is|are|was|were|does|do|did|can|could|will|would|has"
    r"|have|should|any (?:news|updates?|word|idea|info|information))\b"
)
#: Words of a child of theirs, of being away, or of a day that is to be missed.
_OF_A_CHILD = frozenset(
    "he she him her his hers son daughter lad boy girl twin twins child off away absent absence leave miss misses"
    " missing missed home ill sick poorly unwell late appointment appointments dentist doctor doctors hospital holiday"
    " cannot not never hurt fell crying scared afraid refuses refusing bullied police lost safe collect collecting"
    " collected pick picking picked fetch fetching".split()
)
#: A trip or a match of this very day may be where the writer believes the child that we miss.
_NOW = re.compile(r"\b(?:today|now|this morning|already|gone|went|left)\b")
_MORE = re.compile(r"[.!?;] \w|\bterm time\b")


def asks_of_school_life(seen: Reading) -> bool:
    """One question, of the school's business alone."""
    line, asked = seen.words.line, seen.message.asked
    if seen.danger.hits or seen.who.named or _MORE.search(line) or not _OF_A_CHILD.isdisjoint(seen.words.texts):
        return False
    if asked is not None and asked.kind in ("absence", "reason") and _NOW.search(line):
        return False
    found = BUSINESS.search(line)
    return found is not None and _ASKS.search(line) is not None and seen.why.code not in ("I", "M")

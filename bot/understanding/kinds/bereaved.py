"""Words of a death: nobody who has just lost somebody is asked on which day the child will be back.

A child of the school that has died is read back to nobody at all.
"""

from __future__ import annotations

import re

from bot.understanding.evidence import Reading

_BETWEEN = frozenset("has have had sadly just suddenly very unfortunately is was , ( )".split())
_DIED = (("passed", "away"), ("passed", "on"), ("died",), ("dead",), ("killed",))
_SHORT = 8
"""Up to this many words, "she died last night" to our question is of the child that we asked about."""


_A_DEATH = re.compile(r"\b(?:passed away|died|bereavement|bereaved|a death)\b")


def tells_of_a_death(seen: Reading) -> bool:
    """True when the words tell of a death, whosever it is."""
    return _A_DEATH.search(seen.words.line) is not None


def child_has_died(seen: Reading) -> bool:
    """True when the words say so of a child that they name, or shortly of the one that we asked about."""
    texts = seen.words.texts
    ends = [one.until for one in seen.who.named]
    if seen.message.asked is not None and len(texts) <= _SHORT and texts[0] in ("he", "she"):
        ends.append(1)
    return any(_died_after(texts, end) for end in ends)


def _died_after(texts: list[str], place: int) -> bool:
    while place < len(texts) and texts[place] in _BETWEEN:
        place += 1
    return any(tuple(texts[place : place + len(words)]) == words for words in _DIED)

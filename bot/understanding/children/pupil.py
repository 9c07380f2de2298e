"""Pupil: whether the child itself writes: "im Ella, mum's at work", "Kit here, I've hurt my foot"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.understanding.children.named import Who

_IT_IS = (["it", "is"], ["this", "is"], ["is", "me"], ["name", "is"])
_HERE = (["here"], ["writing"], ["texting"], ["speaking"])
#: Somebody who speaks of the child as of another one.
_OF_THE_CHILD = frozenset("he she him her his they them their son daughter child boy girl".split())
_PARENT = frozenset("mum mums mam mams dad dads nan nans mother father".split())


def writes_itself(texts: Sequence[str], who: Who, kin: frozenset[str]) -> bool:
    """Whether a child of the list says who it is, and writes as "I"."""
    if "i" not in texts and "my" not in texts:
        return False
    others = _OF_THE_CHILD.isdisjoint(texts) or not _PARENT.isdisjoint(texts)
    for one in who.named:
        behind = list(texts[one.until : one.until + 1])
        if one.how != "name" or behind == ["'s"] or (behind and behind[0] in kin):
            continue
        before = list(texts[max(0, one.first - 2) : one.first])
        if before == ["i", "am"] or (others and (before in _IT_IS or (one.first == 0 and behind in _HERE))):
            return True
    return False

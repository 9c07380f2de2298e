"""In after what is no lateness: "Eid prayers, in by 11", "funeral this morning, here by half ten".

Recorded as late, the register would have the child late without leave for what has a code of its own.
"""

from __future__ import annotations

import re

from bot.understanding.evidence import Reading

_EVENT = re.compile(
    r"\b(?:funerals?|burials?|cremations?|janazah?|wakes?|memorial|prayers?|mosque|masjid|namaz|temple|gurdwara"
    r"|synagogue|church)\b"
)
_OF_ITS_OWN = frozenset(("overslept", "alarm", "bus", "traffic", "train", "car"))


def comes_after_an_event(seen: Reading) -> bool:
    """Whether the words tell of a day set apart or of a funeral, and when the child comes in."""
    told = seen.why.code in ("R", "C") and bool(seen.times.roles)
    return told and _EVENT.search(seen.words.line) is not None and _OF_ITS_OWN.isdisjoint(seen.words.texts)

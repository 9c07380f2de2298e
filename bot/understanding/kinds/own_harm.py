""" "Dad hit me", from a parent's phone: a child writes, and says who harmed it.

No reason follows from such words, and nobody is accounted for by them: a person reads them, and the chase goes on.
"""

from __future__ import annotations

from bot.understanding.evidence import Reading

_ANOTHERS = frozenset(("his", "her", "their", "the", "your", "'s", "childs", "kids"))


def tells_of_own_harm(seen: Reading) -> bool:
    """Whether the writer says that a parent of theirs harmed them; "her dad hit me" is the words of a grown-up."""
    texts = seen.words.texts
    hits = seen.signals.by.get("own_harm", ())
    mine = (hit for hit in hits if hit.first == 0 or texts[hit.first - 1] not in _ANOTHERS)
    named = {number for one in seen.who.named for number in range(one.first, one.until)}
    return any(hit.first - 1 not in named and named.isdisjoint(range(hit.first, hit.until)) for hit in mine)

""" "She has a maths test today", "he'll be with the SENCO", "it's her cello lesson": in answer to why a child is away.

That is what the child does in school at this hour: the writer believes it there, and it is looked for.
"""

from __future__ import annotations

from attendance.calendar import local
from bot.understanding.evidence import Reading

#: With one of these beside it the child is away, or on the way, or somebody else knows.
_AWAY = (
    "kind:absent", "kind:late", "kind:back", "kind:not_back", "kind:missing", "kind:lost", "kind:with_me",
    "kind:other_parent", "kind:cancel", "kind:leaver", "kind:wrong_number", "kind:daunted", "kind:unknown_return",
    "why:",
)  # fmt: skip
#: Whoever is afraid of the test, or keeps out of its way, may not have gone to it; another place is not the school.
_SHUNS = frozenset(
    "not never avoid avoiding avoids dodge dodging scared afraid worried anxious nervous dreading hates hate refuses"
    " refusing panicking stressed revising revise revision study home bed other another college private if because so"
    " theatre hall university academy cathedral driving".split()
)


def is_at_lessons(seen: Reading) -> bool:
    """To our question why a child is away: something that is done in school, today, and nothing else."""
    asked, hits = seen.message.asked, seen.signals.by.get("lessons", ())
    if asked is None or asked.kind not in ("absence", "reason") or asked.only_missed or not hits:
        return False
    today = local(seen.message.sent_at).date()
    other_day = any(mention.first not in (None, today) for mention, _ in seen.days.roles if not mention.modifier)
    beside = (hit for hit in seen.hits if hit.stands_apart(hits))
    away = any(hit.tag.startswith(_AWAY) and not hit.tag.endswith(":weak") for hit in beside)
    return not (away or other_day or seen.times.roles or seen.danger.hits) and _SHUNS.isdisjoint(seen.words.texts)

"""Told anew: "ignore my last message, the dentist is on Monday" takes words back, and not the absence."""

from __future__ import annotations

from bot.understanding.evidence import Reading
from bot.understanding.words.normalise import STOPS

#: The words with which an earlier message is taken back; other words of cancelling say that nothing is left of it.
_TAKES_BACK = ("ignore", "forget", "scrap", "disregard")
_NEEDS = frozenset("need needs needed going have has having happening".split())


def told_anew(seen: Reading) -> bool:
    """Whether a message that takes back an earlier one tells behind it of a reason and a day of being away."""
    back = [hit for hit in seen.hits if hit.tag == "kind:cancel"]
    if not back or not all(hit.phrase.startswith(_TAKES_BACK) for hit in back):
        return False
    texts = seen.words.texts
    end = next((at for at in range(back[0].first, len(texts)) if texts[at] == "," or texts[at] in STOPS), len(texts))
    behind = [hit for hit in seen.hits if hit.first > end]
    if any(hit.tag in ("kind:fine", "kind:present") for hit in behind):
        return False
    if any(
        text == "not" and not _NEEDS.isdisjoint(texts[at + 1 : at + 3]) for at, text in enumerate(texts) if at > end
    ):
        return False
    away = any(hit.tag == "kind:absent" or (hit.tag[:4] == "why:" and hit.tag.endswith(":strong")) for hit in behind)
    return away and any(
        role == "absent" and seen.words.word_at(mention.start) > end for mention, role in seen.days.roles
    )

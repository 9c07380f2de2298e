""" "I signed him out at dinner time", "you rang me to fetch her": the family has the child."""

from __future__ import annotations

from collections.abc import Iterator

from bot.understanding.evidence import Reading

_DENIED, _WONDERS = frozenset(("not", "never", "nobody")), frozenset(("who", "did", "if"))


def is_taken_out(seen: Reading) -> bool:
    """To our question why a child is away: that it was taken out of school, and no word that it is lost."""
    told = any(_DENIED.union(_WONDERS).isdisjoint(before) for before in _before(seen))
    return told and "?" not in seen.words.texts and not seen.signals.has_any("lost", "missing", "present", "late")


def denies_taking_out(seen: Reading) -> bool:
    """ "I haven't signed him out", and no word of why it is away: it was sent to school, and stayed there."""
    before = list(_before(seen))
    return bool(before) and all(not _DENIED.isdisjoint(words) for words in before) and seen.why.code in (None, "N")


def _before(seen: Reading) -> Iterator[list[str]]:
    """The words before each of those that tell of it, in answer to our question."""
    asked = seen.message.asked
    if asked is not None and asked.kind in ("absence", "reason"):
        for hit in seen.signals.by.get("taken_out", ()):
            yield list(seen.words.texts[max(0, hit.first - 3) : hit.first])

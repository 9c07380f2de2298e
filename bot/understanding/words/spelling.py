"""Repair of misspelt words that matter ("sikc", "antibyotics"), with a guard for short and for ordinary words."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.understanding.data import table

#: A word shorter than this is never repaired: too many others are one letter away.
SHORTEST = 4


@lru_cache(maxsize=1)
def targets() -> tuple[str, ...]:
    """The words that a misspelling may be repaired to."""
    return tuple(table("repair.toml")["words"].split())


@lru_cache(maxsize=4096)
def repaired(word: str) -> str | None:
    """The word that was meant, when exactly one target is near enough; else None.

    Up to 5 letters only a swap of neighbours, with the same first letter; from 7 letters two edits.
    """
    if len(word) < SHORTEST or not word.isascii() or not word.isalpha():
        return None
    allowed = 1 if len(word) < 7 else 2
    near = process.extract(word, targets(), scorer=OSA.distance, score_cutoff=allowed, limit=3)
    if not near:
        return None
    best = [row for row in near if row[1] == min(found[1] for found in near)]
    if len({row[0] for row in best}) != 1:
        return None
    target = best[0][0]
    if target[0] != word[0] or (len(word) < 6 and len(target) < 6 and sorted(target) != sorted(word)):
        return None
    return str(target)

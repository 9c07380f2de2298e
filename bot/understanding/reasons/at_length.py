"""Told at length: in a hundred words about a boiler, a car and a dog, why the child is away stands in one sentence.

Weighed as a whole, the words of everything else outweigh it.
"""

from __future__ import annotations

from bot.understanding.children.chosen import AT_LENGTH
from bot.understanding.evidence import Reading
from bot.understanding.reasons.why import read_why
from bot.understanding.words.normalise import STOPS

_PLAIN = 0.8
_OF_THE_CHILD = frozenset(("I", "M"))
_AWAY = ("kind:absent", "kind:not_back")


def told_in_its_sentence(seen: Reading, code: str) -> str:
    """The illness or appointment of the sentence that says the child is away, or `code` where none does."""
    if len(seen.words.texts) < AT_LENGTH or code in _OF_THE_CHILD:
        return code
    named = [one.first for one in seen.who.named if one.how == "name"]
    away = [hit.first for hit in seen.hits if hit.tag in _AWAY]
    return next((told for places in (named, away) if (told := _told_at(seen, places)) in _OF_THE_CHILD), code)


def _told_at(seen: Reading, places: list[int]) -> str:
    """The one plain reason of the sentences in which these places lie."""
    told = (
        read_why(seen.words, seen.who, seen.hits, [(first, until)])
        for first, until in _sentences(seen.words.texts)
        if any(first <= place < until for place in places)
    )
    found = {why.code for why in told if why.code is not None and why.certainty >= _PLAIN}
    return found.pop() if len(found) == 1 else ""


def _sentences(texts: list[str]) -> list[tuple[int, int]]:
    ends = [at for at, text in enumerate(texts) if text in STOPS]
    starts = [0, *(at + 1 for at in ends)]
    return [(first, until) for first, until in zip(starts, [*ends, len(texts)], strict=True) if until > first]

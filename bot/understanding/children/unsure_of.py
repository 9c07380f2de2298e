"""Not sure about one: "Amina is ill. Not sure about Tobi, might send him at lunch".

What may come of him is left open, and neither his noon nor his day is that of the one who is ill.
"""

from __future__ import annotations

from dataclasses import replace

from bot.understanding.children.named import Named
from bot.understanding.evidence import Reading
from bot.understanding.values import Message
from bot.understanding.words.normalise import STOPS

_OPENS = (
    "not sure about", "not sure yet about", "unsure about", "do not know about", "not decided about", "undecided about",
    "not certain about", "see how", "see about", "wait and see how",
)  # fmt: skip
_BEFORE = frozenset((*STOPS, ",", "but", "and", "-"))


def without_the_unsure(seen: Reading) -> Message | None:
    """The message without what is said of a child of whom nothing is sure, where another one is told of; else None."""
    texts = seen.words.texts
    named = [one for one in seen.who.named if len(one.children) == 1]
    for one in named:
        start = _begins(texts, one)
        if start is None or (seen.message.asked is not None and set(one.children) & set(seen.message.asked.about)):
            continue
        until = next((at for at in range(one.until, len(texts)) if texts[at] in STOPS), len(texts))
        others = [other for other in named if not start <= other.first < until]
        inside = [other for other in named if start <= other.first < until]
        if others and {other.children for other in inside} == {one.children} and not _told_again(one, others):
            return replace(seen.message, text=_without(seen, start, until))
    return None


def _begins(texts: list[str], one: Named) -> int | None:
    """Where the words begin that say of the child that nothing is sure."""
    for words in _OPENS:
        opening = words.split()
        first = one.first - len(opening)
        if first >= 0 and texts[first : one.first] == opening:
            while first > 0 and texts[first - 1] not in _BEFORE:
                first -= 1
            return first
    return None


def _told_again(one: Named, others: list[Named]) -> bool:
    return any(other.children == one.children for other in others)


def _without(seen: Reading, first: int, until: int) -> str:
    words, text = seen.words.words, seen.words.original
    end = words[until].start if until < len(words) else len(text)
    return f"{text[: words[first].start].rstrip(' ,-')}{text[end:]}"

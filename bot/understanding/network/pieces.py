"""Words as the pieces that the network knows (WordPiece), and the marks that stand for names, days and times."""

from __future__ import annotations

from collections.abc import Container
from functools import lru_cache

from bot.understanding.data import text_of

#: The pieces of the network, one a line, in the order of their numbers. Marks are written `[so]`.
VOCABULARY = "network/pieces.txt"


@lru_cache(maxsize=1)
def numbers() -> dict[str, int]:
    """Every piece and mark with its number."""
    return {piece: number for number, piece in enumerate(text_of(VOCABULARY).splitlines())}


def mark(name: str) -> int:
    """The number of a mark, without its brackets. Raises KeyError for one that the network does not know."""
    return numbers()[f"[{name}]"]


@lru_cache(maxsize=8192)
def pieces(word: str) -> tuple[int, ...]:
    """One word as the numbers of its pieces; with a letter that no piece has, unknown."""
    known = numbers()
    return tuple(known[piece] for piece in cut(word, known) or ("[UNK]",))


def cut(word: str, known: Container[str]) -> list[str]:
    """The longest of the known pieces that make a word up, from its beginning; none where a letter is in no piece."""
    out: list[str] = []
    start = 0
    while start < len(word):
        end = len(word)
        before = "##" if start else ""
        while end > start and before + word[start:end] not in known:
            end -= 1
        if end == start:
            return []
        out.append(before + word[start:end])
        start = end
    return out

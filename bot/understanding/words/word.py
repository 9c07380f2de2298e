"""One word of a message, and words that are blanked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """One word as the layers read it. `start`, `end`: offsets in the parent's text; `capital` as it was written."""

    text: str
    start: int
    end: int
    capital: bool
    raw: str


def blanked(text: str, start: int, end: int) -> str:
    """The text with blanks from `start` up to `end`, so that every word behind them stays in its place."""
    return f"{text[:start]}{' ' * (end - start)}{text[end:]}"

"""One word of a message."""

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

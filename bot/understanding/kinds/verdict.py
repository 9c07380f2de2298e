"""A kind of message, and what made it so."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind, how sure that is (0 to 1), and the names of the rules of plain words that made it so, in order."""

    name: str
    sure: float
    rules: tuple[str, ...] = ()

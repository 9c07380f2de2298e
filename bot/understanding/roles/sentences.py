"""Where a sentence of the normalised line begins."""

from __future__ import annotations

_ENDS = (" . ", " ! ", " ? ", " ; ")


def end_before(line: str, at: int) -> int:
    """The offset of the mark that ends the sentence before `at`, with the space in front of it; -1 where none does."""
    return max(line.rfind(mark, 0, at) for mark in _ENDS)

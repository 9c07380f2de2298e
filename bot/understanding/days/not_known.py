"""Not known when: "yes, not sure when he'll be back though", to a read-back that has a day of return."""

from __future__ import annotations

from bot.understanding.evidence import Reading

_NOT_KNOWN = ("not sure", "do not know", "not know", "no idea", "unsure", "no clue", "not a clue")


def is_not_known_when(seen: Reading) -> bool:
    """Whether the words say that nobody knows, and name no day."""
    return not seen.days.roles and seen.signals.has("unknown_return", *_NOT_KNOWN)

""" "Tobi overslept and so did Amina": they are late, where no word says that anybody stays away."""

from __future__ import annotations

import re

from bot.understanding.evidence import Reading

_OVERSLEPT = re.compile(
    r"\b(?:over ?slept|slept (?:in|through|past|over)|sleeping in|(?:alarm|alarms) (?:did|does|has|have|was) not)\b"
)
_AWAY = ("kind:absent", "kind:whole_day", "kind:not_back", "kind:with_me")
_FOR_THE_WHOLE_DAY = frozenset(("O", None))
"""Codes that oversleeping has by itself; with any other the words tell more than that."""


def only_overslept(seen: Reading, code: str | None) -> bool:
    """True where oversleeping is all that is told of a child with this code."""
    away = any(hit.tag in _AWAY for hit in seen.hits)
    return code in _FOR_THE_WHOLE_DAY and not away and _OVERSLEPT.search(seen.words.line) is not None

"""How days and names are said in English: shared by the read-back, the wording and the office."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date


def together(names: Sequence[str], word: str = "and") -> str:
    """First names as one says them: "Nina", "Nina and Maja", "Nina, Maja and Olek"."""
    *first, last = names
    return f"{', '.join(first)} {word} {last}" if first else last


def day_words(day: date, today: date) -> str:
    """A day as one says it on `today`: "today", "tomorrow", "Thursday" within six days, else "Thursday 7 May".

    Days gone by carry their date, and days far off their year. Both are school (London) dates.
    """
    ahead = (day - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get(ahead)
    if near is not None:
        return near
    if 1 < ahead <= 6:
        return f"{day:%A}"
    full = f"{day:%A} {day.day} {day:%B}"
    return f"{full} {day.year}" if abs(ahead) > 300 else full

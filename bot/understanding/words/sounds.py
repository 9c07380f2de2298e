"""Arabic in Latin letters, which writes some sounds as digits."""

# ruff: noqa: E501 - a pattern is longer than a line.

from __future__ import annotations

import re

#: Arabic in Latin letters writes some sounds as digits ("7arara", "ma3 3ando"): letters of the same length, so spans stay true.
_SOUNDS = str.maketrans({"2": "q", "3": "a", "5": "x", "6": "t", "7": "h", "8": "g", "9": "s"})
_SOUNDING = re.compile(
    r"(?<![\w.:/])(?=[a-z]*[235679][a-z])[a-z235679]{3,14}(?![\w])|(?<![\w.:/])[a-z]{2,12}[237](?![\w])", re.IGNORECASE
)
_ARABIC_SIGNS = re.compile(
    r"(?<!\w)(?:3a?nd\w*|[37][a-z]{3,}|[a-z]+[37][a-z]+|ra7|sa7|mare+[dy]\w*|mari[dy]a?|salam\w*)(?!\w)", re.IGNORECASE
)
_UNITS = re.compile(
    r"(?:\d+(?:st|nd|rd|th|am|pm|ish|h|hrs?|hours?|mins?|minutes?|days?|dys|weeks?|wks?|yrs?|years?|yo|m|p|x|k|kg|mg|ml|c|f|s|d|pt|xs|on|day|nite|morrow|moro|mos?|mro|much|late|die|i|l|g|y|[a-f])|[a-z]*8r?|(?:y|yr|k|ks|p|s|c|q|b|l|m|w|gr|f|g|r|x)\d[a-z]?|(?:year|yr|class|form|set|room|group|week|covid|ks)\d+)$",
    re.IGNORECASE,
)


def sounded(word: str) -> str:
    """A word of Arabic in Latin letters with its digits as letters."""
    return word.translate(_SOUNDS)


def with_letters(text: str) -> str:
    """A text with letters for the digits of its Arabic words, of the same length; without such words as it is."""
    return _SOUNDING.sub(_sounded, text) if _ARABIC_SIGNS.search(text) else text


def _sounded(match: re.Match[str]) -> str:
    return match.group() if _UNITS.match(match.group()) else sounded(match.group())

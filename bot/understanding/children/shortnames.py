"""Short forms that no list has to know: beginnings (Raff), pet endings (Sammy), endings (Seun of Oluwaseun)."""

from __future__ import annotations

_PETS = ("y", "ie", "ey", "i", "o", "s", "z", "ster", "sy", "zy", "boo", "kins")
_VOWELS = frozenset("aeiouy")


def is_short_for(word: str, name: str) -> bool:
    """True when `word` is made from `name` as families make them; both in small letters without accents."""
    if len(word) < 3 or len(name) < 3 or word == name:
        return False
    if len(word) < len(name) and name.startswith(word):
        return len(word) > 3 or word[-1] not in _VOWELS or len(name) - len(word) < 3
    if len(name) > 5 and len(word) > 3 and len(name) - len(word) > 1 and name.endswith(word):
        return True
    for ending in _PETS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 2:
            continue
        doubled = stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else stem
        if len(doubled) > 2 and name.startswith(doubled) and len(name) - len(doubled) != 1:
            return len(doubled) > 3 or doubled[-1] not in _VOWELS
    return False

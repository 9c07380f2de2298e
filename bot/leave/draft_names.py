"""Which of the writer's children the words name: by a first name, with a slip of the thumb, or all of them."""

from __future__ import annotations

import re
from difflib import get_close_matches

from bot.naming import names_of
from bot.outcome import Situation

_ALL = re.compile(
    r"\b(?:both|all|everyone|everybody|each|two|three|girls|boys|kids|children|them|twins|sisters|brothers)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
ALIKE = 0.75
"""How alike a word and a first name must be (difflib), so that a slip of the thumb is still the name."""
SHORT = 4
"""Letters from which a name may have a slip."""


def children_said(text: str, situation: Situation) -> tuple[str, ...]:
    """The writer's children whom the words name, a slip of the thumb allowed, or all for "both" and its like."""
    roll, mine = situation.school.roll, situation.sender.may_report
    spoken = [one.casefold() for one in _WORD.findall(text)]
    named = []
    for child in mine:
        pupil = roll.pupils[child]
        first_names = [name.split()[0].casefold() for name in names_of(pupil)]
        if any(_is_said(name, spoken) for name in first_names):
            named.append(child)
    if not named and _ALL.search(text):
        return tuple(mine)
    return tuple(named)


def _is_said(name: str, spoken: list[str]) -> bool:
    """Of a short name a slip is another word: "to" is no Tom."""
    close = 1.0 if len(name) < SHORT else ALIKE
    return bool(get_close_matches(name, spoken, 1, close))


def children_exactly(text: str, situation: Situation) -> tuple[str, ...]:
    """The writer's children whose first name stands in the words, letter by letter."""
    spoken = {one.casefold().removesuffix("'s").removesuffix("’s") for one in _WORD.findall(text)}
    pupils = (situation.school.roll.pupils[child] for child in situation.sender.may_report)
    return tuple(pupil.id for pupil in pupils if any(name.split()[0].casefold() in spoken for name in names_of(pupil)))


def means_all(text: str) -> bool:
    """The words are of all of them: "both", "the girls", "they"."""
    return _ALL.search(text) is not None or re.search(r"\bthey\b", text, re.IGNORECASE) is not None

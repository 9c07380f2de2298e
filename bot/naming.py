"""Whether words name one of a family's children, by a first name or a name by which the child is known.

These answer one question about few names and short words. Which children a message reports on is the reader's to say
(bot/understanding/children/who.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from attendance.people import Pupil
from bot.outcome import Situation


def names_of(pupil: Pupil) -> tuple[str, ...]:
    """What a family calls the child."""
    return tuple(name for name in (pupil.given, *pupil.known_as) if name)


def any_name(children: Iterable[str], situation: Situation) -> str:
    """A pattern for any name of these children."""
    roll = situation.school.roll.pupils
    return "|".join(re.escape(name) for child in children for name in names_of(roll[child]))


def is_named(text: str, child: str, situation: Situation) -> bool:
    """The words hold a name of this child as a word: "Jo", "Jo's", "jos", and not "job"."""
    return any(_stands_in(text, name, re.IGNORECASE) for name in names_of(situation.school.roll.pupils[child]))


def is_named_as_written(text: str, child: str, situation: Situation) -> bool:
    """As `is_named`, in small letters only where the whole text is. "She will" is not about Will."""
    small = text == text.lower()
    names = names_of(situation.school.roll.pupils[child])
    return any(_stands_in(text, name.lower() if small else name) for name in names)


_OTHERS_TOO = re.compile(
    r"\b(?:brothers?|sisters?|siblings?|twins?|both|all (?:of|three|four)|the (?:others?|kids|children|boys|girls)"
    r"|my (?:kids|children|boys|girls|others?|eldest|youngest|middle|oldest)|everyone|they|them|each)\b",
    re.IGNORECASE,
)
"""Words that may be about a child whom they do not name."""


def of_whom_it_tells(text: str, situation: Situation) -> tuple[str, ...]:
    """The writer's children whom the words are about, as far as a name says so: the named ones, where there is no word
    of others; else all of whom the writer may hear.
    """
    known = situation.sender.may_hear_of
    named = tuple(child for child in known if is_named_as_written(text, child, situation))
    return known if not named or _OTHERS_TOO.search(text) else named


def stands_between(text: str, child: str, situation: Situation, before: str = "", behind: str = "") -> bool:
    """A name of this child with these patterns before and behind it: "just Jo", "Jo's fine", "jos fine"."""
    names = names_of(situation.school.roll.pupils[child])
    patterns = (rf"(?<!\w){before}{re.escape(name)}(?!(?!s\b)\w){behind}" for name in names)
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)


def _stands_in(text: str, name: str, flags: int = 0) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?:['’]?e?s)?(?!\w)", text, flags) is not None

""" "Just doing the morning today", "only in till lunch": the half that the child is in school for is named, and the
other one is missed; who comes in for an hour misses both."""

from __future__ import annotations

import re

from bot.understanding.evidence import Reading

_HALF_DAY = r"(?:the |this )?morning|(?:a |the )?half (?:a )?day"
_FOR_THE_MORNING = re.compile(
    rf"\b(?:do|does|doing|manage|manages|managing|attend|attends|attending) (?:(?:just|only|about) )?(?:{_HALF_DAY})\b"
    rf"|\b(?:just|only) (?:(?:be|going|coming|come|comes|to|send\w*|bring\w*) (?:\w+ )??){{0,3}}in"
    rf" (?:school )?(?:for |until |till )(?:{_HALF_DAY}|lunch\w*|dinner\w*|midday|noon)\b"
    r"|\bin (?:school )?(?:\w+ ){0,3}morning,? (?:but|and|then)(?: \w+){0,2} (?:off|out|away)"
    r" (?:in |for |from )?(?:the )?(?:afternoon|pm|lunch\w*)\b"
    rf"|\bin (?:(?:just|only) )?(?:for )?(?:the|this) morning only\b|\bin (?:just|only) for (?:{_HALF_DAY})\b"
)
_OTHERWISE = re.compile(
    r"\b(?:not|never|miss\w*|unable|cannot|instead of|rather than|usually|always|normally|used to)\b(?: \w+){0,3} $"
)
_AFTERNOON_TOO = re.compile(
    r"(?<!off )(?<!out )(?<!away )\b(?:in|back|bring\w*|return\w*)\b(?: \w+){0,3}"
    r" (?:afternoon|after (?:lunch|dinner))\b|\?"
)


def comes_for_the_morning(seen: Reading) -> bool:
    """Whether one child's morning in school is told so, and no return in the afternoon."""
    line = seen.words.line
    found = _FOR_THE_MORNING.search(line)
    if found is None or _OTHERWISE.search(line[: found.start()]) or len(seen.who.named) > 1:
        return False
    return _AFTERNOON_TOO.search(line) is None


_AT_NOON = re.compile(
    r"\b(?:back|in)(?: (?:at|to|in|school|straight|right|again)){0,2}"
    r" (?:after|for|by|this|for the|in the|by the) (?:lunch\w*|dinner\w*|midday|noon|afternoon|pm)\b"
)
_NOT = re.compile(r"\b(?:not|never|until|till)\b(?: \w+){0,3} $")


def comes_at_noon(line: str) -> bool:
    """ "Not in tomorrow, dentist at ten. Back after lunch": a morning is missed, and not the day."""
    return any(_NOT.search(line[: found.start()]) is None for found in _AT_NOON.finditer(line))


_HOME_AGAIN = re.compile(
    r"\b(?:then|and|after that|afterwards|before)\b(?: \w+){0,4}? (?:tak(?:e|ing)|bring(?:ing)?|fetch(?:ing)?"
    r"|com(?:e|es|ing)|go(?:es|ing)?|collect(?:ing)?|pick(?:ing)?|straight)"
    r"(?: (?:him|her|them|straight|back|up|and|right|off|come|go))* home\b"
)


def goes_home_again(seen: Reading) -> bool:
    """ "He'll come in for his mock at 11, then I'll take him straight home": in for an hour, away before and after."""
    return _HOME_AGAIN.search(seen.words.line) is not None and seen.words.texts.count("home") == 1

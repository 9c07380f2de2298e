"""A reason in words that no code has: "as there was an incident that school has not dealt with".

It was said, and whoever is asked for it again was not listened to. A person reads it.
"""

from __future__ import annotations

import re

from bot.understanding.evidence import Reading

_WHY = re.compile(
    r"\b(?:because|due to|owing to|following|in protest at|over)(?: of)?(?: \w+){2,}"
    r"|\bas (?:there|he|she|they|we|i|it|his|her|their|our|my|the|a|an|no)(?: [\w']+){2,}"
    r"|\buntil (?:somebody|someone|you|school|the school|this|it|i|we)(?: \w+){0,4}"
    r" (?:sort\w*|ring\w*|rung|deal\w*|dealt|resolv\w*|speak|speaks|spoken|safe)"
)
_NO_REASON = re.compile(r"\bas (?:he|she|they|we|i|it) (?:said|say|told|did|does|do|was|know|knows|explained)\b")


def says_why(seen: Reading) -> bool:
    """True when the words go on to say why, whatever that is."""
    line = seen.words.line
    return _WHY.search(line) is not None and not _NO_REASON.search(line)

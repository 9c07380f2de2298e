""" "He's hiding in the shed", at play or because of a test: what was learned hears harm in any child that hides.

A child that hides because of somebody, or that is afraid, is heard by the lists, and nothing here silences them.
"""

from __future__ import annotations

import re

from bot.understanding.evidence import Reading

_HIDES = re.compile(
    r"\b(?:hid|hides|hiding|hidden)(?: out| away| again)? (?:in|behind|under|up|down|inside) (?:\w+ ){0,3}?"
    r"(?:shed|garage|garden|den|bushes|tree|tree ?house|greenhouse|trampoline|playhouse|hedge|car)\b|\bhide and seek\b"
)
_AFRAID = re.compile(
    r"\b(?:scared|frighten\w*|terrif\w*|afraid|petrified|fear\w*|cry\w*|crie[sd]|sobb\w*|scream\w*|shout\w*|yell\w*|hurt\w*"
    r"|hits?|hitting|punch\w*|bruis\w*|blood|bleeding|knife|smash\w*|angry|rows?|arguing|fight\w*|drunk|drinking|bull\w+"
    r"|kicking off|police|help|lock\w*|night|run|ran|missing|find|gone|phone|tell|told|upset|distress\w*|shaking|safe"
    r"|uncle|stepdad|step dad|partner|boyfriend|man|men|lads|gang|them|from (?:him|her|his|dad|mum|me|us|the boys)"
    r"|because of|when (?:he|she|they|his|her|dad|mum)|if (?:he|she|dad)"
    r"|(?:his|her|their|my) (?:dad|mum|ex|husband|brother)|i|we|us|ourselves|neighbours?)\b"
)
#: Fields of unease that a child fills who will not come out to school.
_STUBBORN = frozenset(("hiding", "refuse"))


def only_hides_in_play(seen: Reading) -> bool:
    """A child that hides out of doors, and not a word of fear, of somebody, or of anything else that is danger."""
    line = seen.words.line
    calm = all(hit.tag.startswith("danger:unease:") and hit.phrase in _STUBBORN for hit in seen.danger.hits)
    return calm and _HIDES.search(line) is not None and not _AFRAID.search(line)

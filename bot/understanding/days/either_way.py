"""A day of return that is said both ways: "maybe tomorrow, maybe not", "not sure if he'll be in on Friday".

Recorded as the day of return, a child who stays at home on it would be chased, of whom the family had said that it may.
"""

from __future__ import annotations

import re

from bot.understanding.evidence import Reading

_DAY = r"(?:tomorrow|(?:mon|tues?|wed(?:nes)?|thurs?|fri)(?:day)?|monday)"
_IN = rf"(?:in|back|return\w*|there|com(?:e|ing)|make it|{_DAY})"
_PERHAPS = r"(?:maybe|perhaps|possibly|might|may|could)"
_NOT = (
    r"(?:maybe|perhaps|possibly|might|may) (?:be |well )?not\b"
    r"(?! (?:be |manage |make )?(?:in |back |it )*(?:until|till|before|to|able|have))"
)
_GAP = r"(?: [\w']+| ,){0,5}?"
_BOTH = re.compile(
    rf"\b{_PERHAPS}{_GAP} {_IN}\b{_GAP} {_NOT}"
    rf"|\b{_DAY}{_GAP} {_PERHAPS}{_GAP} {_NOT}"
    rf"|\b(?:may|might) or (?:may|might) not{_GAP} {_IN}\b"
    rf"|\b(?:not (?:really )?(?:sure|certain)|(?:cannot|can not|cant|can't) say|no idea|unsure)(?: yet)? (?:if|whether)"
    rf"(?: [\w']+){{0,4}}? {_IN}\b"
    r"|\b50 ?/ ?50\b|\bfifty fifty\b|\btouch and go\b"
)
_NAMED, _NEAR = re.compile(rf"\b{_DAY}\b"), 16


def is_said_either_way(seen: Reading) -> bool:
    """True when the words say of the day of return that it may be, and that it may not."""
    return _BOTH.search(seen.words.line) is not None


def is_of_a_later_day(seen: Reading) -> bool:
    """True when it is said of a day that they name, so that nothing of it is said of today."""
    found = _BOTH.search(seen.words.line)
    return found is not None and _NAMED.search(seen.words.line, found.start(), found.end() + _NEAR) is not None

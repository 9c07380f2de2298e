"""Words about somebody who is none of the writer's children: "Priya Nair is off sick" from Esme's mother.

A full name that nobody here knows, as the one who is ill or away, must never settle the writer's own child: whoever
holds the phone may be a stranger, or the office may have the wrong number. A person reads it, and the chase goes on.
"""

from __future__ import annotations

import re

from bot.outcome import Situation

_FULL_NAME = re.compile(
    r"\b(?P<given>[^\W\d_a-z][^\W\d_A-Z]+) (?P<family>[^\W\d_a-z][\w'’-]+)"
    r"(?: (?:in|from|of) \d{1,2}\w{0,2})?,?"
    r" (?:is|isn|isnt|has|hasn|will|won|wont|was|can|cant|not|off|got|had|did|does)\b"
)
NO_NAMES = frozenset(
    "good hi hello hey dear mr mrs miss ms mx dr sir madam school year class covid christmas easter eid happy "
    "sorry thank thanks uncle aunt auntie nan nana gran granny grandma grandad mum mom dad monday tuesday "
    "wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december st great both my our his her the this that it he she they we you who what when "
    "please just only still but and so yes no ok morning afternoon evening social head".split()
)


def names_somebody_else(text: str, situation: Situation) -> bool:
    """True when a full name stands as the one who is away, and no word of the text names a child of the writer's."""
    roll, sender = situation.school.roll, situation.sender
    known = {
        word.casefold()
        for pupil in (roll.pupils[id] for id in sender.children)
        for name in (pupil.given, pupil.family, *pupil.known_as)
        for word in re.split(r"[\s'’-]+", name)
    }
    if sender.contact is not None:
        known |= {word.casefold() for word in sender.contact.name.split()}
    words = {word.casefold() for word in re.findall(r"[^\W\d_]+", text)}
    if words & known:
        return False
    pairs = ((found["given"].casefold(), found["family"].casefold()) for found in _FULL_NAME.finditer(text))
    return any(not {given, family} & NO_NAMES for given, family in pairs)

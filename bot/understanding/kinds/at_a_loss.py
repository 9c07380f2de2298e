""" "No idea. Ringing him": in answer to why a child is away, from somebody who did not know that it is.

Only where nothing else is said: "no idea when he's back", or "ask his dad", is another answer.
"""

from __future__ import annotations

import re

from bot.understanding.evidence import Reading

_POLITE = (
    r"(?:sorry|hi|hello|hiya|oh|omg|no|erm|um|er|hmm|really|honestly|tbh|mate|please|thanks|emoji|i|we|now|why|either"
    r"|as well|am afraid|said|at work|am|[,.!?])"
)
_AT_A_LOSS = (
    r"(?:do not (?:know|no|have)|dunno|no|have not(?: got)?|not(?: sure)?)"
    r"(?: (?:any|an|a|the foggiest|clue|idea))*"
)
_CHILD = r"(?:him|her|them|(?:his|her|their) (?:phone|mobile))"
_WILL_RING = (
    r"(?:(?:i |we )?(?:(?:will|am|are|going to|just|have to|let me|trying to|try and) )+"
    r"(?:try|ring|call|phone|text|get hold of)"
    rf"|(?:i |we )?(?:am |are )?(?:just )?(?:trying|ringing|calling|phoning|texting)) {_CHILD}"
    r"(?: (?:and )?(?:find out|see)| first| straight away| right now| asap)*"
    r"|(?:i |we |let me )?(?:(?:will|am going to|going to|need to|have to|just) )*"
    r"(?:find out|see where (?:he|she|they) (?:is|are))"
    r"(?: what is (?:going on|happening|happened)| where (?:he|she|they) (?:is|are)| first| right now| asap)*"
)
_NOTHING_KNOWN = re.compile(rf"(?:{_POLITE} )*{_AT_A_LOSS}(?: {_POLITE})*(?: {_WILL_RING}(?: {_POLITE})*)?")
_ONLY_RINGS = re.compile(rf"(?:{_POLITE} )*{_WILL_RING}(?: {_POLITE})*")
_SAYS_SO = re.compile(r"\b(?:know|dunno|idea|clue|foggiest|do not no|not sure)\b")
_UNSURE = re.compile(rf"(?:{_POLITE} )*not sure(?: {_POLITE})*")
"""Not sure of what? Alone it is no alarm."""


def knows_nothing(seen: Reading) -> bool:
    """To our question about an absence: the writer cannot say why the child is away, and nothing else."""
    asked = seen.message.asked
    if asked is None or asked.kind != "absence" or asked.only_missed:
        return False
    line = seen.line_of_him()
    if _UNSURE.fullmatch(line):
        return False
    at_a_loss = _SAYS_SO.search(line) is not None and _NOTHING_KNOWN.fullmatch(line) is not None
    return at_a_loss or _ONLY_RINGS.fullmatch(line) is not None

""" "Tom is off, can you send work home", "no PE kit so he's not coming": a report, whatever stands beside it."""

from __future__ import annotations

import re

from bot.understanding.evidence import Reading

_OFF = re.compile(
    r"(?:^|[,.!] |\b(?:and|so|but|morning|hi|hello|that|as) )(?:he|she|they)"
    r" (?:(?:is|are) (?:off\b|staying (?:off|at home|home)\b|not coming\b(?! (?:home|back|to|on|with))"
    r"|not (?:in|attending)\b)|will (?:be off\b|not be (?:in|coming in|attending)\b))"
    r"(?! (?:with (?:the|his|her)|to (?!day)|on (?:a|the)|his|her))"
)
_OPEN = re.compile(r"\b(?:if|unless|might|may|perhaps|maybe|whether|until|when|why|pe|swimming|detention|club|trip)\b")


def is_plainly_off(seen: Reading) -> bool:
    """Unasked, of the one child, that it is off, in a sentence of its own: not as a question, and not in doubt."""
    if not seen.message.is_unasked or seen.message.known or seen.danger.hits:
        return False
    named = {child for one in seen.who.named for child in one.children}
    if len(named) > 1 or (not named and len(seen.message.children) > 1):
        return False
    line = " ".join(seen.texts_of("he"))
    found = _OFF.search(line)
    if found is None:
        return False
    before = re.split(r"[.!?]", line[: found.end()])[-1]
    behind = re.split(r"[.!?,]| can | could | will | please ", line[found.end() :])[0]
    return _OPEN.search(before.replace("no pe kit", "") + behind) is None

"""A thumb or a heart under a message: phones send it as a text that quotes the message, and the quoted words are ours.

iPhones write "Liked “Thanks. We have …”", Android "👍 to “…”", mail programs "… reacted to your message". Nothing in it
is a word of a child. A thumb down or a question mark says that something is not right, and a person asks what.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal

Reaction = Literal["for", "against"]

_AGAINST: Final = re.compile(r"disliked?\b|questioned|\U0001f44e|[?\u2753\u2754\u2049]", re.IGNORECASE)
_SIGN: Final = r"[^\w\s\"'“”„«»‘’]{1,12}"
_SPACE: Final = r"[\s\u200a-\u200f\u2060\ufeff]*"
_DID: Final = rf"(?:liked|loved|disliked|laughed at|emphasi[sz]ed|questioned|reacted {_SIGN} to|{_SIGN}{_SPACE}to)"
_TOOK_AWAY: Final = rf"removed (?:an? [a-z ]{{3,20}}|{_SIGN}) from"
_THING: Final = (
    r"an? (?:image|photo|picture|movie|video|attachment|audio message|voice message|sticker|link|contact|location|gif"
    r"|message|file)"
)
_QUOTED: Final = rf"[“\"„«‘']{_SPACE}\S.*[”\"“»’']"
_PHONES: Final = re.compile(
    rf"{_SPACE}(?P<did>{_DID}|{_TOOK_AWAY})\s{_SPACE}(?:{_QUOTED}|{_THING})[.…]?{_SPACE}", re.IGNORECASE | re.DOTALL
)
_MAILS: Final = re.compile(
    rf"{_SPACE}(?:(?P<did>\[[^\]\n]{{1,60}}\]|{_SIGN})\s*)?(?!(?:he|she|they|we|i|it)\b)[^\s\[][^\]\n]{{0,80}} reacted"
    r" (?:via gmail\b|to your (?:message|e-?mail)\b)[^\w\n]{0,20}(?:<https?://[^\s>]*>|[_\s])*",
    re.IGNORECASE,
)


_ANY_TONGUE: Final = re.compile(
    rf"{_SPACE}(?:[^\W\d_][\w’'-]*[\s:]+){{1,4}}[“\"„«]{_SPACE}(?P<quoted>\S.{{24,}})[”\"“»]"
    rf"(?:\s+mit\s+[„\"].{{3,20}}[“\"]\s+markiert)?[.…]?{_SPACE}",
    re.DOTALL,
)
_LONGEST: Final = 2000
_QUESTION_MARKS: Final = re.compile(rf"{_SPACE}(?:[?\u2753\u2754\u2049]\ufe0f?{_SPACE}){{1,12}}")


def only_a_question_mark(text: str) -> bool:
    """A message that is nothing but "?": no word of a child, and somebody does not understand us or believe it."""
    return _QUESTION_MARKS.fullmatch(text) is not None


def quoted(text: str) -> str:
    """What a message quotes that has no more than four words of its own before it ("A aimé « … »"); else ""."""
    found = _ANY_TONGUE.fullmatch(text) if len(text) <= _LONGEST else None
    return found["quoted"] if found is not None else ""


def is_among(quote: str, ours: Iterable[str]) -> bool:
    """Whether the quoted words are ours; a phone shortens long ones with dots."""
    words = _plain(quote).rstrip(" .…")
    return bool(words) and any(words in _plain(one) for one in ours)


def _plain(text: str) -> str:
    return " ".join(text.replace("\xa0", " ").split()).casefold()


def reaction(text: str) -> Reaction | None:
    """Whether a message is nothing but a reaction to another, and which way; None for words."""
    found = _PHONES.fullmatch(text) or _MAILS.fullmatch(text)
    if found is None:
        return None
    did = found["did"] or ""
    return "against" if _AGAINST.search(did) and not did.casefold().startswith("removed") else "for"

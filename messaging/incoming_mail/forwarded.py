"""Mails that only pass on another: "FYI, see below", and below it what somebody wrote.

The words that matter are not the sender's: whose they are, of which day, and whether the sender stands by them, a
person sees. A mail that says something of its own ("Amina is ill, see below from the doctor") is read as any other.
"""

from __future__ import annotations

import re
from typing import Final

from messaging.incoming_mail.body import CUT_HERE

_POINTS: Final = frozenset(
    "fyi fyr fw fwd forward forwarded forwarding begin message email mail mails e see below as per the this that from"
    " his her their my our mum mother mummy dad father daddy nan nana gran grandma grandad grandmother grandfather"
    " aunt auntie uncle carer childminder parent partner husband wife ex tutor doctor gp hospital dentist for your"
    " information attention please pls hi hello dear good morning afternoon evening thanks thank you many kind regards"
    " best all sir madam sirs team office school received got came today yesterday just now i we have had reads note"
    " following which is re about regarding and of to a sent wrote in it us me passing on pass answers answer answered"
    " replies reply replied comments comment inline red blue green bold capitals underneath beneath under".split()
)
MARK: Final = re.compile(
    r"^[-_* ]*(?:begin )?(?:forwarded message|weitergeleitete nachricht|original message)\b", re.IGNORECASE
)
HEADER: Final = re.compile(
    r"^\*?(?:from|sent|date|to|cc|subject|reply-to|von|gesendet|datum|an|betreff|de|envoy[eé]|objet|para|asunto|da|od"
    r"|do|data|temat)\s?:\*?\s",
    re.IGNORECASE,
)


def only_points_below(new: str, below: str) -> bool:
    """True when the new words, but for a greeting, only say that something stands below."""
    said = re.findall(r"[^\W\d_]+", new.casefold())
    return bool(below) and bool(said) and _tells_where(said) and all(word in _POINTS for word in said)


def is_passed_on(below: str) -> bool:
    """True when what was left out begins as a program begins a mail that is forwarded."""
    lines = [line.strip() for line in below.split("\n") if line.strip() and line.strip() != CUT_HERE]
    return any(MARK.match(line) and "original" not in line.casefold() for line in lines[:12])


def words_below(below: str) -> str:
    """What was passed on, without the lines that a program wrote above it."""
    lines = [line.strip().lstrip("> ") for line in below.split("\n")]
    return "\n".join(line for line in lines if not MARK.match(line) and not HEADER.match(line)).strip()


def _tells_where(said: list[str]) -> bool:
    return not {
        "fyi",
        "fyr",
        "below",
        "fwd",
        "fw",
        "forwarded",
        "forwarding",
        "forward",
        "passing",
        "following",
        "inline",
        "underneath",
        "beneath",
    }.isdisjoint(said)

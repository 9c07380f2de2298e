"""Whose turn: "both kids go to their dad's on Friday after school" says where they spend their days, and no absence.

Read beside another one's illness, it would have the well child away on a day on which it is in school.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from attendance.calendar import local
from bot.understanding.evidence import Reading
from bot.understanding.values import Message, Report
from bot.understanding.words.word import blanked

_KIN = (
    r"(?:(?:step)?(?:dad|daddy|father|mum|mam|mom|mummy|mother)|nan|nana|nanny|gran|granny|grandma|grandad|grandparents"
    r"|aunt|aunty|auntie|uncle)"
)
_GOES = (
    r"(?:(?:is|are|will be|'s|'re|re|be) )?(?:going|go|goes|staying|stay|stays|off|with|at|round|over|being picked up)"
)
_WHEN = (
    r"(?:from |on |for |after |this |the |until |till |next |straight )*"
    r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri)(?:day)?s?\b|\b(?:this|the|for the) week ?end\b|\bafter school\b|\btonight\b"
)
_TURN = re.compile(
    rf"(?:^|(?<=[.!?;\n])|(?<=, )|\band )[^.!?;\n,]*?\b{_GOES}\b[^.!?;\n,]{{0,12}}\b(?:their|his|her|the|my)\s+"
    rf"{_KIN}(?:['\u2019]?s)?\b[^.!?;\n]*?(?:{_WHEN})[^.!?;\n]*",
    re.IGNORECASE,
)
_NO_SCHOOL = re.compile(r"\bafter school\b|\bweek ?end\b|\btonight\b|\bevening\b")
#: A day of which no words say why.
_UNSAID = frozenset(("N", "G", "C", "O"))
#: Then they are away, or leave early, or are there now.
_AWAY = re.compile(
    r"\b(?:off school|not (?:be )?in|won['\u2019]?t|wont|absent|miss\w*|ill|sick|poorly|unwell|early|fly\w*"
    r"|leav\w*|collect\w*|holiday|wedding|funeral|abroad|away|off (?:on|from|for)|last|since|today|now"
    r"|this (?:morning|week)|ask|ring|call|late|\d{1,2}(?:[.:]\d\d)? ?[ap]m|(?:by|at) \d{1,2}(?:[.:]\d\d)?)\b",
    re.IGNORECASE,
)


def without_whose_turn(seen: Reading, reports: Sequence[Report]) -> Message | None:
    """The message without such a sentence, where a later day without a reason was read of it; None where there is none,
    or where nothing else would be left.
    """
    today = local(seen.message.sent_at).date()
    later = any(one.code in _UNSAID and one.first_day is not None and one.first_day > today for one in reports)
    left = _left_of(seen) if later else None
    return replace(seen.message, text=left) if left is not None and re.search(r"\w{2}", left) else None


def only_whose_turn(seen: Reading) -> bool:
    """Nothing but such a sentence, of the time after school."""
    left = _left_of(seen)
    return left is not None and re.search(r"\w{2}", left) is None and _NO_SCHOOL.search(seen.words.line) is not None


def _left_of(seen: Reading) -> str | None:
    """The text with blanks in place of such a sentence, so that every word stays in its place."""
    text = seen.message.text
    found = next((one for one in _TURN.finditer(text) if not _AWAY.search(one[0])), None)
    if found is None or seen.danger.hits:
        return None
    return blanked(text, found.start(), found.end())

"""Words that hold no reason, in answer to why a child is away, because the writer believes it in school."""

from __future__ import annotations

import re

from bot.understanding.evidence import Reading
from bot.understanding.kinds.at_lessons import is_at_lessons
from bot.understanding.kinds.fetched import denies_taking_out
from bot.understanding.kinds.idle import asks_whether_in
from bot.understanding.kinds.in_today import says_only_in
from bot.understanding.kinds.startled import is_startled

_CHILD = r"(?:him|her|them|the (?:boys|girls|kids|children|twins)|\w+)"
_TO_SCHOOL = r"(?: (?:in|off|round|over|there|to school|down))*"
_ENDS = r"(?= [,.!]| (?:this|on|today|at (?:school|the|\d|half|quarter))\b|$)"
_WAS_TO_BRING = re.compile(
    r"\b(?P<who>\w+) (?:was|were) (?:just |only )?(?:going to |meant to |supposed to |due to |to )?(?:be )?"
    rf"(?:bring|bringing|drop|dropping|walk|walking) {_CHILD}{_TO_SCHOOL}{_ENDS}"
    r"|\b\w+ (?:was|were) (?:(?:meant|supposed|going) to get|getting|having) a lift (?:in )?(?:with|from|off)\b"
    rf"|\b\w+ said (?:he|she|they) would (?:bring|drop|walk|take) {_CHILD}{_TO_SCHOOL}{_ENDS}"
)
"""What somebody else was to do this morning: whoever says so has not got the child, and takes it to be in school."""
_WRITER = frozenset(("i", "we"))
_TELLS_MORE = ("why:I:", "why:M:", "kind:absent", "kind:with_me", "kind:missing", "kind:lost", "kind:other_parent")


def was_to_be_brought(seen: Reading) -> bool:
    """ "Jack's mum was going to bring them", "he was getting a lift with his uncle", and nothing that tells more."""
    asked, found = seen.message.asked, _WAS_TO_BRING.search(seen.words.line)
    if found is None or asked is None or asked.kind not in ("absence", "reason") or asked.only_missed:
        return False
    first, until = (seen.words.word_at(place) for place in (found.start(), found.end() - 1))
    inside = range(first, until + 1)
    more = any(hit.tag.startswith(_TELLS_MORE) and hit.first not in inside for hit in seen.hits)
    return found["who"] not in _WRITER and "but" not in seen.words.texts and not more and not seen.danger.hits


_IN_A_ROOM_OF_SCHOOL = re.compile(
    r"\b(?:text\w*|messag\w*|rung|rang|ringing|called|says|said|whatsapp\w*|snapchat\w*)\b[^.!?]{0,40}"
    r"\b(?:in|at|outside) (?:the |a |your )?(?:school |girls |boys )?"
    r"(?:toilets|loos|medical(?: room)?|nurses? (?:room|office)|sick ?bay|first aid(?: room)?"
    r"|student (?:services|support)|reception|canteen|playground|corridor|changing rooms?)\b"
    r"|\bin (?:the |your )(?:medical room|school (?:toilets|loos)|sick ?bay|first aid room)\b"
)
_NOT_THERE = frozenset("home hospital hotel airport services here house mcdonalds station work our".split())


def is_in_a_room_of_school(seen: Reading) -> bool:
    """ "She's just texted me, she's in the toilets being sick", to why she is away: ill, and in school."""
    asked, line = seen.message.asked, seen.words.line
    if asked is None or asked.kind not in ("absence", "reason") or seen.signals.has("with_me"):
        return False
    return _IN_A_ROOM_OF_SCHOOL.search(line) is not None and _NOT_THERE.isdisjoint(seen.words.texts)


def believes_in_school(seen: Reading) -> bool:
    """Disbelief, what the child does in school at this hour, that somebody was to bring it, or that it is in, and
    nothing else.
    """
    asks_or_doubts = asks_whether_in(seen) or is_startled(seen) or was_to_be_brought(seen)
    asks_or_doubts = asks_or_doubts or is_in_a_room_of_school(seen)
    return asks_or_doubts or says_only_in(seen) or is_at_lessons(seen) or denies_taking_out(seen)

"""A child that has left the school for good: another school, home education, off the roll."""

from __future__ import annotations

import re
from datetime import timedelta

from attendance.calendar import local
from bot.understanding.evidence import Reading

_SCHOOL = r"(?:school|academy|college|nursery|primary|secondary)"
_ENDED = (
    r"(?= ?(?:$|[,.!;]|(?:and|so|but|now|sorry|thanks|thank|please|x+|emoji|since|in|at|last|from|after|over|as"
    r"|we|you)\b))"
)
_WHEN = (
    r"(?:(?:in|at|last|over|before|after|since|at the end of|back in) )+(?:the )?(?:last )?(?:january|february|march"
    r"|april|may|june|july|august|september|october|november|december|christmas|easter|(?:summer|autumn|spring)"
    r"(?: term| holidays?)?|(?:half )?term|year|month|weeks? ago)"
)
_CHILD = r"(?:he|she|they|him)"
_HOME = r"home ?-? ?"
_GONE = re.compile(
    rf"\b{_CHILD} (?:has |have )?left (?:(?:your|the|this) {_SCHOOL} )?{_WHEN}\b"
    rf"|\b{_CHILD} (?:has |have )?finished (?:in )?year (?:6|11|13)\b"
)
"""When it left is no day away, and its last year no hour."""
_LEFT = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_CHILD} (?:has|have) (?:now |already )?left your {_SCHOOL}{_ENDED}",
        (
            rf"\b(?:told|tell) (?:you|the school|the office|school) (?:\w+ )?{_CHILD} (?:has |have )?left(?: (?:the"
            rf"|your) {_SCHOOL})?{_ENDED}"
        ),
        (
            r"\bno longer (?:go|goes|going|attend|attends|attending|enrolled|registered|a (?:pupil|student)|on roll)"
            rf"(?: (?:to|at|in|of|with))?(?: (?:(?:the|your|this|that) {_SCHOOL}|you|yours|here"
            rf"|there))?(?: now)?{_ENDED}"
        ),
        (
            r"\bnot (?:go|going|attend|attending|come|enrolled|registered|a (?:pupil|student))(?: (?:to|at|in"
            r"|of|with))?"
            rf"(?: (?:(?:the|your|this|that) {_SCHOOL}|you|yours|here|there))? (?:any ?more|now){_ENDED}"
        ),
        (
            rf"\bnot (?:attend|a (?:pupil|student)(?: (?:at|of|in))?) (?:(?:your|this|that) {_SCHOOL}|there"
            rf"|here){_ENDED}"
        ),
        rf"\b(?:not|no longer) (?:at|with) (?:your|this|that) {_SCHOOL}(?: (?:any more|anymore|now))?{_ENDED}",
        (
            r"\b(?:been|was|were|is|are|get|getting|being) (?:de ?-? ?registered|withdrawn|taken off (?:the "
            r"|your )?roll)\b"
        ),
        r"\b(?:off|not on) (?:the |your |school )?roll\b",
        (
            r"\b(?:take|remove|taken|get) (?:him|her|them) (?:off|from) (?:the |your )?(?:school )?(?:roll"
            r"|registers?|books|system)\b"
        ),
        (
            rf"\b(?:is|are|be|being|been|now) (?:now |being |electively |currently )*{_HOME}(?:educated|schooled"
            rf"|school|ed)\b"
        ),
        rf"\b{_HOME}(?:educating|schooling) (?:him|her|them)\b|\bto {_HOME}(?:educate|school)\b",
        r"\b(?:educating|schooling) (?:him|her|them) (?:at|from) home\b",
        (
            r"\b(?:goes|go|going|moved|transferred|switched|is|are|been|started) (?:to|at) (?:a |an |his |her "
            r"|their )?"
            rf"(?:different|another|new|other) {_SCHOOL}(?: now)?{_ENDED}"
        ),
        rf"\b(?:starts|started|starting) (?:at )?(?:his|her|their|a|the) new {_SCHOOL}\b",
        r"\b(?:has|have) (?:moved|changed|switched) schools?\b",
    )
)
#: A plan, a question, another child, or a child that went out of the door.
_NOT_LEFT = re.compile(
    r"\?|\b(?:if|when|until|till|next|will|going to|want|wants|might|may|can|could|should|thinking|considering"
    r"|applied"
    r"|place|deciding|looking|trip|club|brother|sister|cousin|bus|because|said|says|rang|ran|running|crying"
    r"|upset|lunch"
    r"|minutes|hours?)\b"
)


def has_left(seen: Reading) -> bool:
    """ "We have moved house, she doesn't go there any more": said twice over, and no day away."""
    places = {hit.first for hit in seen.hits if hit.tag == "kind:leaver"}
    return len(places) > 1 and not seen.days.roles and seen.why.code in (None, "N", "C")


def has_plainly_left(seen: Reading) -> bool:
    """ "She's home educated now", "he left at Christmas", "no longer a pupil": of the only child that is meant, and
    nothing of a day away, an illness or a plan.
    """
    line = seen.line_of_him()
    children = {child for one in seen.who.named for child in one.children} or {one.id for one in seen.message.children}
    if len(children) != 1 or _NOT_LEFT.search(line) is not None:
        return False
    if seen.why.code in ("I", "M", "G") or seen.danger.hits:
        return False
    if _GONE.search(line) is not None:
        return True
    found = next((match for pattern in _LEFT if (match := pattern.search(line)) is not None), None)
    told = seen.times.roles or _is_told_of_a_day(seen)
    return found is not None and (found[0].startswith("start") or not told)


def _is_told_of_a_day(seen: Reading) -> bool:
    today = local(seen.message.sent_at).date()
    soon = today + timedelta(days=7)
    return any(mention.first is not None and today <= mention.first <= soon for mention, _ in seen.days.roles)

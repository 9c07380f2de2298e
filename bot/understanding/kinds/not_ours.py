"""Whoever writes is not the contact, or has no child here any more: both said more than in passing."""

from __future__ import annotations

import re
from datetime import date

from attendance.calendar import local
from bot.understanding.evidence import Reading

#: Who has no child at all, or never heard of ours, is not the contact.
_NO_CHILD, _UNHEARD = ("do not have", "have no", "no children", "no kids"), ("never heard of",)
_CHILD = frozenset("child children kid kids son sons daughter daughters grandchild grandchildren grandkids".split())


def is_somebody_else(seen: Reading) -> bool:
    """ "Who is this? I've had this number two years and don't know any of you": said twice over, to our question; or
    once, that they have no children, or never heard of ours.
    """
    hits = [hit for hit in seen.hits if hit.tag == "kind:wrong_number"]
    texts, asked = seen.words.texts, seen.message.asked
    twice = len({hit.first for hit in hits}) > 1
    no_child = any(hit.phrase.startswith(_NO_CHILD) and _CHILD & set(texts[hit.first : hit.until + 1]) for hit in hits)
    unknown = any(hit.phrase.startswith(_UNHEARD) for hit in hits) and bool(seen.who.named)
    said = twice or no_child or unknown
    return asked is not None and asked.kind == "absence" and said and seen.why.code in (None, "N")


def has_left(seen: Reading) -> bool:
    """ "We have moved house, she doesn't go there any more": said twice over, and no day away."""
    places = {hit.first for hit in seen.hits if hit.tag == "kind:leaver"}
    return len(places) > 1 and not seen.days.roles and seen.why.code in (None, "N", "C")


_ENDED = (
    r"(?= ?(?:$|[,.!;]|and|so|but|now|sorry|thanks|thank|please|x+|emoji|since|in|at|last|from|after|over|as|we"
    r"|you)\b|$)"
)
_SCHOOL = r"(?:(?:the|your|this|that) (?:school|academy|college|nursery)|you|yours|here|there)"
_WHEN = (
    r"(?:(?:in|at|last|over|before|after|since|at the end of|back in) )+(?:the )?(?:last )?(?:january|february|march"
    r"|april|may|june|july|august|september|october|november|december|christmas|easter|(?:the )?(?:summer|autumn"
    r"|spring)(?: term| holidays?)?|(?:half )?term|year|month|weeks? ago)"
)
_LEFT = re.compile(
    rf"\b(?:he|she|they|him) (?:has |have )?left (?:(?:your|the|this) (?:school|academy|college"
    rf"|nursery) )?(?P<gone>{_WHEN})\b"
    rf"|\b(?:he|she|they|him) (?:has|have) (?:now |already )?left your (?:school|academy|college|nursery){_ENDED}"
    rf"|\bno longer (?:go|goes|going|attend|attends|attending|enrolled|registered|a (?:pupil|student)|on roll)"
    rf"(?: (?:to|at|in|of|with))?(?: {_SCHOOL})?(?: now)?{_ENDED}"
    rf"|\bnot (?:go|going|attend|attending|come|enrolled|registered|a (?:pupil|student))(?: (?:to|at|in|of|with))?"
    rf"(?: {_SCHOOL})? (?:any ?more|now){_ENDED}"
    rf"|\b(?:not|no longer) (?:at|with) (?:your|this|that) (?:school|academy|college)(?: (?:any more|anymore"
    rf"|now))?{_ENDED}"
    r"|\b(?:been|was|were|is|are|get|getting|being) (?:de ?-? ?registered|withdrawn (?:from|by)"
    r"|taken off (?:the |your )?roll)\b"
    r"|\b(?:off|not on) (?:the |your |school )?roll\b"
    r"|\b(?:is|are|be|being|been|now) (?:now |being |electively |currently )*home ?-? ?(?:educated|schooled"
    r"|school|ed)\b"
    r"|\b(?:home ?-? ?(?:educating|schooling)) (?:him|her|them)\b|\b(?:educating|schooling) (?:him|her"
    r"|them) (?:at|from) home\b"
    r"|\b(?:goes|go|going|moved|transferred|switched|is|are|started) (?:to|at) (?:a |an |another |his |her |their )"
    rf"?(?:different|another|new|other) (?:school|academy|college|primary|secondary)(?: now)?{_ENDED}"
    r"|\b(?:has|have) (?:moved|changed|switched) schools?\b"
)
_NOT_LEFT = re.compile(
    r"\b(?:if|when|until|next|will|going to be|going to start|want|wants|might|may|can|could|should|thinking"
    r"|considering|trip|club"
    r"|brother|sister|cousin|bus|because|said|says|rang|ran|running|crying|upset|lunch|today|minutes|hours?"
    r"|till)\b|\?"
)


def has_plainly_left(seen: Reading) -> bool:
    """ "She's home educated now", "he left at Christmas", "no longer a pupil": of the only child that is meant, and
    nothing of a day away, an illness or a plan.
    """
    line = seen.line_of_him()
    children = {child for one in seen.who.named for child in one.children} or {one.id for one in seen.message.children}
    found = _LEFT.search(line)
    if found is None or len(children) != 1 or _NOT_LEFT.search(line) is not None:
        return False
    ahead = any(mention.first is not None and mention.first >= _today(seen) for mention, _ in seen.days.roles)
    told = (ahead and found["gone"] is None) or seen.times.roles or seen.why.code in ("I", "M", "G") or seen.danger.hits
    return not told


_NO_SUCH_CHILD = re.compile(
    r"(?:(?:hi|hello|hiya|sorry|but|i|we|do|have|am|and|no|um|er|mate|think|this is|that is|he is|she is|,|[.!]) ?)*"
    r"(?:(?:not|never) (?:know|known|got|have|heard of|met) (?:any|a|an|of|who|anyone|anybody|child|son"
    r"|daughter|kid|called|named"
    r"|the| )*(?:him|her|that|this)(?: (?:is|child|kid|person))*|not (?:my|our) (?:child|kid|son|daughter)"
    r"|never heard of (?:him|her|them))"
    r"(?: ?(?:mate|love|sorry|thanks|thank you|pal|hun|there|x+|emoji|at all|please|so|[,.!]))*"
)


def knows_no_such_child(seen: Reading) -> bool:
    """ "I don't know who Zofia is", "never heard of Tom", "not my child", to our question, and nothing else."""
    asked = seen.message.asked
    return asked is not None and _NO_SUCH_CHILD.fullmatch(seen.line_of_him().strip()) is not None


def _today(seen: Reading) -> date:
    return local(seen.message.sent_at).date()

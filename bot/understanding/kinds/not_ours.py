"""Whoever writes is not the contact: said more than in passing, or in so many words."""

from __future__ import annotations

import re

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


_NO_SUCH_CHILD = re.compile(
    r"(?:(?:(?:i|we) )?(?:do |have )?(?:not|never) (?:know|known|got|have|heard of|met) (?:(?:any|a|an|of|who"
    r"|anyone|anybody"
    r"|child|son|daughter|kid|called|named|the) )*(?:him|her|that|this)(?: (?:is|child|kid|person))*"
    r"|(?:(?:he|she|this|that|it|him) is )?not (?:my|our) (?:child|kid|son|daughter)"
    r"|(?:(?:i|this|it) (?:am|is) )?not (?:his|her|their|him 's|the) (?:mum|mam|dad|mother|father|parent|carer)"
    r"|(?:there is )?(?:no|not a|no one called|nobody called) him (?:here|at this number|on this number)"
    r"|(?:(?:i )?think )?(?:you )?(?:want|need|are after|are looking for) (?:somebody|someone) else"
    r"|(?:my|our|mine)(?: (?:kids|children|sons|daughters|lads|girls|boys|ones))? (?:is"
    r"|are) (?:all )?(?:grown(?: up)?|adults"
    r"|in (?:their|his|her) \w+ies)(?: (?:now|and left (?:home|school)|and gone))*)"
)
_BEFORE = frozenset("hi hello hiya hey sorry but and um er mate love thanks no oh ok".split())
_BEHIND = frozenset("sorry mate love thanks thank you pal hun x xx xxx emoji please at all so".split())


def knows_no_such_child(seen: Reading) -> bool:
    """ "I don't know who Zofia is", "no Tom here", "not my child", to our question, and nothing else."""
    asked = seen.message.asked
    if asked is None:
        return False
    words = [text for text in seen.line_of_him().split() if text[0].isalnum() or text == "'s"]
    while words and words[0] in _BEFORE and words[:2] != ["no", "him"]:
        words.pop(0)
    while words and words[-1] in _BEHIND:
        words.pop()
    return _NO_SUCH_CHILD.fullmatch(" ".join(words)) is not None

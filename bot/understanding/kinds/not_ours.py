"""Whoever writes is not the contact, or has no child here any more: both said more than in passing."""

from __future__ import annotations

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

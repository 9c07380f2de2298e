""" "What do you mean not in?", "he has a test today", "he is not ill": the writer believes the child in school.

In answer to why a child is away these words hold no reason: whoever is startled has sent the child to school.
"""

from __future__ import annotations

import re

from bot.understanding.evidence import Reading
from bot.understanding.words.phrases import Hit

#: Who says one of these of a child does not think it in school.
_AWAY_FOR = (
    "kind:absent", "kind:late", "kind:back", "kind:missing", "kind:lost", "kind:with_me", "kind:other_parent", "why:I:",
    "why:M:", "why:C", "why:G:", "why:R:", "why:E:", "why:T:", "why:K:", "why:D:", "why:W:", "why:V:", "why:Y",
)  # fmt: skip
#: "What? Not in?" holds no other words.
_ECHO = frozenset("what eh huh sorry pardon ? ! . , he she they is are not in there here absent missing".split())

#: "You have got it wrong, he is in"; "you have got the wrong number" doubts no mark.
_BEHIND_WRONG = frozenset("he she they it i we you there again mate love as because and so . , ! ? -".split())
_OURSELVES = frozenset(("i", "we"))
#: Where the child is instead, which no list of being away holds.
_HERE = re.compile(
    r"\b(?:i have got (?:him|her|them)|at mine"
    r"|(?:sat|sitting|lying|asleep|standing) (?:in|on|at|by|next to) (?:my|our|me)\b"
    r"|(?:i|we) (?:have |did )?not (?:sent|send)|(?:is|are|am) not (?:going|sending)|going nowhere"
    r"|(?:at|round) (?:his|her|their) (?:nan|nana|gran|grandad|granny|dad|mum|aunt|auntie|mate)(?:s|'s| 's)?\b)"
)


def is_startled(seen: Reading) -> bool:
    """To our question why a child is away: disbelief, and beside it no word of why or that it is away."""
    asked = seen.message.asked
    if asked is None or asked.kind not in ("absence", "reason") or asked.only_missed:
        return False
    if "?" in seen.words.texts and _ECHO.issuperset(seen.words.texts) and seen.signals.has("absent"):
        return True
    doubts = [hit for hit in seen.hits if hit.tag in ("kind:disbelief", "kind:not_ill") and _is_doubt(hit, seen)]
    if not doubts or seen.signals.has_any("wrong_number", "leaver") or _HERE.search(seen.words.line):
        return False
    if seen.signals.has("not_ill") and seen.why.code is not None and seen.why.code != "I":
        return False
    others = (hit for hit in seen.hits if hit.stands_apart([*doubts, *_weary_of_us(seen)]))
    return not any(hit.tag.startswith(_AWAY_FOR) and not _is_an_echo(hit, seen) for hit in others)


def _weary_of_us(seen: Reading) -> list[Hit]:
    """ "I am sick of it" is nobody's illness."""
    texts = seen.words.texts
    weary = seen.signals.by.get("weary", ())
    return [hit for hit in weary if not _OURSELVES.isdisjoint(texts[max(0, hit.first - 4) : hit.first])]


def _is_an_echo(hit: Hit, seen: Reading) -> bool:
    """ "Not in?": our own words, asked back."""
    return hit.tag == "kind:absent" and seen.words.texts[hit.until : hit.until + 1] == ["?"]


def _is_doubt(hit: Hit, seen: Reading) -> bool:
    texts = seen.words.texts
    return texts[hit.until - 1] != "wrong" or not texts[hit.until :] or texts[hit.until] in _BEHIND_WRONG

"""Where the child is, told in a message of another kind: on its way or at school, not known, found, or home again."""

from __future__ import annotations

import re

from bot.understanding.evidence import Reading
from bot.understanding.kinds.whereabouts import is_missing, is_present
from bot.understanding.words.signals import WEIGHTS

#: How the phrases begin with which somebody tells that they saw the child off.
_SEEN_OFF = ("left for", "dropped", "i|we|dad", "walked", "watched", "saw", "waved")
_THOUGHT = frozenset(("thought", "assumed", "presumed", "figured", "assuming"))
#: How the phrases begin that tell when a child was seen last.
_LAST_SEEN = ("was ~5 when", "was ~4 up", "was ~3 getting")


def heard_where(seen: Reading) -> str:
    """What the lists hear of where the child is: present, missing, or nothing."""
    told = seen.why.code not in (None, "N") and seen.why.certainty >= 0.5
    strong = told and not _has_no_reason(seen) and max(seen.why.scores.values(), default=0.0) >= WEIGHTS["strong"] - 0.1
    if is_missing(seen, strong):
        return "missing"
    return "present" if is_present(seen, strong) else ""


def _has_no_reason(seen: Reading) -> bool:
    """No word of why stands apart from those of a child that is lost: of no road in "I can't get through to him"."""
    lost = seen.signals.by.get("lost", ())
    return seen.why.code in (None, "N") or not any(hit.stands_apart(lost) for hit in seen.why.hits)


def says_only_where(seen: Reading) -> bool:
    """ "She left for school at eight as usual", to why she is away or when she is back: neither is told, nor a return.

    However sure the weights are of the answer that we asked for: a child who is thought to be in school is looked for.
    To which child is away it is said of the only one that is named ("Kenny. Lily is in" names two).
    """
    asked = seen.message.asked
    if asked is None or seen.why.code not in (None, "N") or seen.days.roles or seen.signals.has("back"):
        return False
    only_one = len({child for name in seen.who.named for child in name.children}) == 1
    gone = seen.signals.has("present", *_SEEN_OFF)
    return asked.kind in ("reason", "return") or (asked.kind == "child" and only_one and gone)


def denies_the_absence(seen: Reading) -> str:
    """ "No, he got on the bus at eight": a no to the absence that we read back, and where the child is instead."""
    asked = seen.message.asked
    said = asked is not None and asked.kind == "confirm" and seen.signals.has("reject") and seen.signals.has("present")
    return "present" if said and seen.why.code is None and not seen.days.roles else ""


def last_seen(seen: Reading) -> str:
    """ "He was still in bed when I left for work", to why he is away: nobody knows where he is now. "He was fine when I
    left him at the childminder's": he is thought to be in school.

    A plain illness or a time to come in is said for itself; the "left" of these words is the parent's own.
    """
    asked, signals = seen.message.asked, seen.signals
    if asked is None or asked.kind not in ("absence", "reason") or not signals.has("lost", *_LAST_SEEN):
        return ""
    plainly = max(seen.why.scores.values(), default=0.0) >= WEIGHTS["strong"] - 0.1
    comes = signals.has_any("late", "back", "with_me") or any(part != "other" for _, part in seen.times.roles)
    if plainly or comes:
        return ""
    seen_off = any(not hit.phrase.startswith("left ~1") for hit in signals.by.get("present", ()))
    return "present" if seen_off else "missing"


def only_thought(seen: Reading) -> bool:
    """ "His bed's empty, I assumed he'd gone to school": that was a guess, and nobody knows where he is."""
    return seen.signals.has("lost") and not _THOUGHT.isdisjoint(seen.words.texts)


def only_lost(seen: Reading) -> bool:
    """ "He's not in his room", "we're looking for him", and no word of school, to why it is away."""
    asked, signals = seen.message.asked, seen.signals
    waiting = asked is not None and asked.kind in ("absence", "reason")
    lost = signals.by.get("lost", ())
    late = any(hit.stands_apart(lost) for hit in signals.by.get("late", ()))
    elsewhere = late or signals.has_any("present", "weak_present", "found", "with_me") or seen.days.roles
    return waiting and not elsewhere and _has_no_reason(seen) and is_missing(seen, strong=False) > 0.0


_WILL_NOT_GO_IN = re.compile(
    r"\b(?:(?:would|will) not|refus\w+ to) (?:go|come|walk|step|set foot) (?:in|inside|through|any further)\b"
    r"|\b(?:cling\w*|holding on|hanging on)(?: on)? to (?:me|my)\b|\blet go of (?:me|my)\b"
    r"|\b(?:will|would) not (?:budge|shift|(?:get|come) out(?: of (?:the|my) car)?|leave (?:the|my) car)\b"
)


def will_not_go_in(seen: Reading) -> bool:
    """ "She's clinging to me at the gate", "got to the gates and wouldn't go in", and no word that it went in."""
    told = seen.signals.has_any("present", "lost", "missing")
    return _WILL_NOT_GO_IN.search(seen.words.line) is not None and not told


def is_found(seen: Reading) -> bool:
    """ "She's home now, thanks for ringing round": unasked, thanks after a search."""
    home = any(hit.tag in ("context:home", "context:safe") for hit in seen.hits) or seen.signals.has("found")
    return home and seen.message.asked is None and seen.signals.has("thanks") and not seen.signals.has("lost", "not")


def is_home_again(seen: Reading) -> bool:
    """ "Back home now" after school is no return to school."""
    return seen.signals.has("found", "back home", "home") and not seen.days.roles and not seen.message.known

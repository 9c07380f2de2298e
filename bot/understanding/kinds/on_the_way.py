""" "At the gates now", "just parking up", "nearly there": the child is with whoever brings it, a step from the door.

Such words are short and hold no word of being late, so that the weights take them for chat, or for a child that was
seen off. Every part of them must be of that kind, or of what held it up: "at the gates, she won't go in" says more.
"""

from __future__ import annotations

import re
from datetime import time

from attendance.calendar import local
from bot.understanding.evidence import Reading

_NOON = time(12)
_IS = (
    r"(?:(?:i|we|he|she|they|him|it|both|all) )?(?:(?:am|is|are|were|'s|will be|have|has|should be) )?"
    r"(?:(?:both|all|just|only|now|literally|already) )*"
)
_ENTRY = r"(?:(?:the|your|school|main|front|back|side) )*(?:gates?|car ?park|entrance|doors?)"
_WAY = (
    r"(?:(?:the|your|school|main|front|back|side) )*(?:gates?|car ?park|entrance|doors?|road|street|drive"
    r"|playground|school)"
)
_NEARER = r"(?:walking|coming|driving|turning|pulling|heading|getting|running|rushing|pulled|parked|parking)"
_BRINGS = r"(?:bringing|dropping|driving|walking|running|taking) him"
_SOON = (
    r"(?:soon|shortly|asap|as soon as (?:i|we) can|any (?:minute|second|moment)"
    r"|in a (?:sec|second|bit|minute|mo|moment|few minutes))"
)
_TRAFFIC = (
    r"(?:stuck|sat|caught|held up|delayed|sitting|still)(?: (?:in|by|with|behind|on|at))?"
    r"(?: (?:really|very|bad|heavy|awful|terrible|horrendous|the|a))*"
    r" (?:traffic|roadworks|road works|queue|jam|accident|lights|train|bus|tractor)"
    r"(?: (?:on|at|in|by|near)(?: the)? \w+(?: (?:road|roundabout|bridge|street|bypass|lane))?)?"
    r"|(?:the )?traffic (?:is |was )?(?:(?:so|really|very|absolutely|just) )*(?:awful|bad|terrible|mad"
    r"|horrendous|manic"
    r"|dreadful|crazy|a nightmare|nightmare|shocking|chocka|stood still|at a standstill|solid|mental|ridiculous)"
    r"|(?:bad|awful|terrible|heavy|horrendous) traffic"
)
_STEP = (
    rf"(?:(?:stood|sat|waiting|parked) )?(?:(?:at|by|in|near) {_ENTRY}|outside(?: {_WAY}| the (?:office|reception))?)"
    rf"|{_NEARER} (?:(?:up|in|into|through|to|at|by|down|outside|along|out|off|the|of|towards) )+{_WAY}"
    rf"|(?:parking|parked|coming)(?: (?:up|in|over|outside|the car|now))*|{_NEARER}(?: (?:up|in|over|outside))+"
    rf"|(?:round|around) the corner"
    r"|(?:up|down|at the end of|at the top of|at the bottom of) the (?:road|street|hill)"
    r"|(?:nearly|almost)(?: (?:there|here|with you|at school|in))?"
    r"|(?:on|in) (?:my|our|his|her|their|the) way(?: (?:in|over|there|to (?:you|school)))*|en route"
    r"|(?:leaving|left)(?: (?:the house|home|here))?|(?:set|setting) off"
    rf"|{_BRINGS}(?: (?:in|off|down|over|to school|there|up))*"
    rf"|(?:be )?(?:there|with you|in|here) {_SOON}"
    rf"|running (?:a (?:bit|little|tad|few minutes) |slightly |very |really |so )?(?:late|behind)|{_TRAFFIC}"
)
_TAIL = (
    r"(?:(?:now|too|as well|already|right now|at the moment|atm|with (?:him|me|us|my \w+)|together|late"
    r"|a bit late|today"
    rf"|this morning|again|honest|promise|for school|to school|in the car|{_SOON})(?: |$))*"
)
_STEP_WHOLE = re.compile(rf"{_IS}(?:{_STEP})(?: {_TAIL})?")
#: What else is said beside it: what held them up, and politeness.
_BESIDE = re.compile(
    r"(?:(?:he|she|they|we|i|him) )?(?:will|would) not be (?:long|late)|not (?:be )?long|(?:my|our) fault|long story"
    r"|(?:be )?late|do not worry|no worries|(?:about|for) (?:this|that)|bear with(?: us| me)?"
    rf"|{_IS}(?:in the car|in my car|here)?(?: ?with (?:me|us))?"
    r"|(?:(?:be )?(?:there|with you|in|here) )?(?:in )?(?:about )?\d+(?: minutes?)?(?: away| late| tops| max)?"
    rf"|(?:{_IS})?(?:overslept|slept (?:in|through (?:the|my|our|his|her) alarm)|missed (?:the|his|her"
    rf"|our) (?:bus|train))"
    r"|(?:the |his |her |our )?(?:bus|train|tram|taxi|lift) (?:(?:is|was|got) )?(?:late|delayed|held up"
    r"|cancelled|slow)"
)
_COURTESY = frozenset(
    "hi hiya hello hey oh sorry so really very apologies thanks thank you thx ta cheers ok yes yeah yep x xx xxx emoji"
    " morning good afternoon miss sir all and but as just mate".split()
)
#: Whoever saw it off is not with it: "just left, won't be long" is, "he has set off" is not.
_SET_OFF = re.compile(r"\b(?:left|set off)\b")
#: Said before anybody asked it may be of somebody of whom the family is afraid.
_SOMEBODY_OUTSIDE = re.compile(r"\b(?:he|she|they) (?:is|are) (?:\w+ )?(?:outside|here|at)\b")
_PARTS = re.compile(r" ?[,.!;-] ?| (?:and|but|so|because|as|cos) ")


def is_on_the_way(seen: Reading) -> bool:
    """Every part of the words says it, or what held them up; and no child that we hold to be away is meant."""
    message = seen.message
    waiting = message.asked is not None and message.asked.kind in ("absence", "reason")
    if (not waiting and not message.is_unasked) or message.known or "?" in seen.words.texts:
        return False
    parts = [bare for part in _PARTS.split(seen.line_of_him()) if (bare := _bare(part))]
    if not waiting and local(message.sent_at).time() >= _NOON:
        return False  # "just outside" at three comes to fetch the child
    if not waiting and any(_SOMEBODY_OUTSIDE.search(part) for part in parts):
        return False
    steps = [part for part in parts if _STEP_WHOLE.fullmatch(part)]
    if not steps or (waiting and all(_SET_OFF.search(part) for part in steps)):
        return False
    return all(part in steps or _BESIDE.fullmatch(part) for part in parts)


def _bare(part: str) -> str:
    """The part without the courtesies at its ends."""
    words = part.split()
    while words and words[0] in _COURTESY:
        words.pop(0)
    while words and words[-1] in _COURTESY:
        words.pop()
    return " ".join(words)

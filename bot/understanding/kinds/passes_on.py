"""To why a child is away: "isn't he with his dad?", "let me ring home and find out". Whoever writes so has not got the
child, knows no reason, and has not said that it is in school: whoever may know is asked.
"""

from __future__ import annotations

import re

from bot.understanding.evidence import Reading
from bot.understanding.places import places_in

_RELATIVE = (
    r"(?:dad|daddy|father|mum|mummy|mam|mom|mother|nan|nana|nanny|gran|granny|grandma|grandad|grandpa|auntie|aunty|aunt"
    r"|uncle|step ?mum|step ?dad|childminder|sister|brother|partner|wife|husband|missus|hubby)"
)
_WHOSE = r"(?:my|his|her|their|the) "
_SUPPOSED_WITH = re.compile(
    rf"\b(?:is|are) (?:not )?(?:he|she|they|\w+) (?:not )?(?:still |meant to be |supposed to be |back )?"
    rf"(?:with|at|round at|over at) {_WHOSE}{_RELATIVE}\b"
    rf"|\b(?:he|she|they) (?:is|are|was|were) (?:meant|supposed) to be (?:with|at|round at) {_WHOSE}{_RELATIVE}\b"
)
_ASKED, _MEANT = re.compile(r"\?"), re.compile(r"\b(?:meant|supposed) to be\b")
_ASKS_IT = (
    r"(?:just |quickly |try (?:to|and) |go and )?"
    rf"(?:(?:ring|call|phone|text|message|ask|try) (?:home|him|her|them|{_WHOSE}{_RELATIVE})|find out"
    r"|(?:check|see) (?:with|what is going on|what is happening|where|at home|and (?:let|get|ring|call|text)))\b"
)
_WILL_FIND_OUT = re.compile(
    r"(?:\b(?:let me|i will|i am going to|i can|going to|gonna)|^(?:(?:ok|sorry|hi|oh|not sure)[ ,.]*)*will) "
    rf"{_ASKS_IT}"
)
_OF_ANOTHER_TIME = re.compile(
    r"\b(?:school|class|bus|walk\w*|drop\w*|left|went|sent|set off|take|takes|took|taken|bring\w*|gone|ran|answer\w*"
    r"|repl\w*|tomorrow|yesterday|tonight|when|if|after|later|tell (?:him|her|them)|get up|hurry)\b"
)
_HAS_IT = frozenset({"home", "writer", "has", "minder", "fetched", "here"})


def asks_of_the_other(seen: Reading) -> bool:
    """ "Isn't he with his dad? It's changeover day", "she's meant to be at her nan's": supposed, and not known."""
    line = seen.words.line
    found = _SUPPOSED_WITH.search(line)
    if found is None or not _knows_no_more(seen) or "unseen" in places_in(line).doubts:
        return False
    return _MEANT.search(found[0]) is not None or _ASKED.search(line) is not None


def will_find_out(seen: Reading) -> bool:
    """ "I'm on nights, let me ring home and I'll get back to you": no answer, and nobody waits for it."""
    line = seen.words.line
    known = any(hit.tag in _HAS_IT for hit in places_in(line).placed)
    return _WILL_FIND_OUT.search(line) is not None and _knows_no_more(seen) and not known and "?" not in line


def _knows_no_more(seen: Reading) -> bool:
    asked = seen.message.asked
    waiting = asked is not None and asked.kind in ("absence", "reason") and seen.why.code in (None, "N", "O")
    told = seen.danger.hits or seen.signals.has_any("missing", "lost", "with_me") or seen.times.roles
    return waiting and not told and _OF_ANOTHER_TIME.search(seen.words.line) is None

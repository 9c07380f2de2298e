""" "Panicked at the gate and ran off": whatever upset the child, it is gone, and nobody says that somebody has it.

A reason beside it, however plain, tells why the child ran, and not where it is now.
"""

from __future__ import annotations

import re

from attendance.calendar import local
from bot.understanding.evidence import Reading

_RAN = r"(?:(?:ran|run|legged it|bolted|sprinted|scarpered)\b)"
_FROM = (
    r"(?:(?:out|off|away|straight|right|back) )*(?:of|from|at|through|past|down|across|into|towards|when|as we|up)"
    r"(?: \w+)?(?: \w+)? "
    r"(?:gates?|playground|school|drop off|car ?park|road|street|car|taxi|doors?|entrance|reception|house|park"
    r"|woods?|fields?|town)\b"
)
#: "Ran off", and then nothing, or what it ran from; "ran off to the toilet" and "ran off the pitch" are no flight.
_GONE = re.compile(
    rf"\b{_RAN} (?:{_FROM}|(?:off|away)(?= (?:[,.!]|and|again|crying|upset|screaming|in tears|on me|before)|$|[,.!]))"
    r"|\b(?:jumped|got|climbed|leapt) (?:out|down) (?:of )?(?:the|my|our|his|her) (?:car|van|taxi|bus)\b[^.!?]{0,40}"
    r" (?:and|then) (?:just )?(?:ran|run|legged it|bolted|walked off|gone|disappeared|scarpered)\b"
    r"|\b(?:legged it|bolted|scarpered)(?= (?:[,.!]|again|on me)|$|[,.!])"
)
#: Somebody has the child again, or it came back by itself.
_BACK = re.compile(
    r"\b(?:caught|found|fetched|brought|chased|got (?:him|her|them)|(?:have|has) (?:got )?(?:him|her|them)|calmed"
    r"|(?:came|come|comes|coming|ran|run|got|went|is|are|walked|turned) (?:\w+ )?(?:back|home|to me)"
    r"|(?:with|to|after) (?:me|us|my|his|her|their|mum|dad|nan)|home|keeping|kept|safe|taking|taken|took|stays?"
    r"|staying"
    r"|fine|indoors|bed|to (?:be sick|throw up|vomit|the (?:toilet|loo|bus|train|stop|shops?)))\b"
)
_HAS_IT = re.compile(
    r"\b(?:caught|found|(?:have|has) (?:now )?got|got|he is|she is) (?:him|her|home|with me|at home|in bed|safe)\b"
    r"|\b(?:brought|taken|taking|took|keeping) (?:him|her)\b|\b(?:came|come) back\b"
)
#: It did not happen, or somebody ran who is no child of theirs, or it is how the child was hurt.
_NOT_SO = re.compile(
    r"\b(?:not|nearly|almost|tried|tries|trying|to|if|might|could|would|may|will|always|never) (?:\w+ )?$"
    r"|\b(?:dog|cat|puppy|kitten|rabbit|hamster|nose|bus|car|taxi|driver|train|friend|man|i|we) (?:\S+ ){0,2}$"
    r"|\b(?:fell|fallen|hurt|tripped|slipped|bumped|sprained|twisted|banged) .*$"
)
_BEFORE = 24


def ran_off(seen: Reading) -> bool:
    """Whether a child is said to have run off today, and nothing is said of who has it now."""
    line = seen.line_of_him()
    found = _GONE.search(line)
    if found is None or "?" in line[found.end() :] or _BACK.search(line, found.end()) is not None:
        return False
    before = line[max(0, found.start() - _BEFORE) : found.start()]
    if _NOT_SO.search(before) is not None:
        return False
    today = local(seen.message.sent_at).date()
    return not any(mention.first is not None and mention.first != today for mention, _ in seen.days.roles)


def is_caught(seen: Reading) -> bool:
    """ "He ran off at the gate but I've got him": nobody is looked for."""
    line = seen.line_of_him()
    found = _GONE.search(line)
    return found is not None and _HAS_IT.search(line, found.end()) is not None


#: "No idea where he is", in so many words; "where he caught it" is another thing.
_NOWHERE = re.compile(
    r"(?<!does )\b(?:do not|did not|can not|no|not|have not a|have not got a) (?:\w+ )?(?:know|idea|clue|sure) where"
    r" (?:on earth )?(?:he|she|him) (?:is|has gone|went|could be|has got to)"
    r"(?= (?:[,.!]|and|now|or|at all|so|but)|$|[,.!])"
)


def is_nowhere(seen: Reading) -> bool:
    """ "Panic attack at the gates, and I don't know where he is": a plain reason, and a child whom nobody has."""
    line = seen.line_of_him()
    found = _NOWHERE.search(line)
    return found is not None and "?" not in line and _BACK.search(line, found.end()) is None

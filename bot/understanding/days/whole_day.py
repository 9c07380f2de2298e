"""A time of day in an absence that takes the whole day: nobody sends the child before it, or brings it back after."""

from __future__ import annotations

import re
from datetime import time

from bot.understanding.evidence import Reading
from bot.understanding.learned.times import Clock

_NOON = time(12)
#: "There's no point sending her", "not sending her in like this", before an appointment of the afternoon.
_NOT_SENT = re.compile(
    r"\b(?:no (?:point|use|sense)|not (?:\w+ )?worth|not(?: going to)?|will not be) (?:in )?(?:(?:me|us) )?"
    r"(?:send(?:ing)?|dragging)\b|\b(?:keep(?:ing)?|stay(?:s|ing)?|kept) (?:\w+ )?(?:at )?home\b"
)
#: "I don't think he is back today", "I doubt he'll be back today", "not back today", after one of the morning.
_NOT_BACK = re.compile(
    r"\b(?:not|doubt|doubtful|unlikely|never)\b(?:(?! (?:sure|know|until|but|before)\b) \w+){0,5}?"
    r" (?:back|make it(?: back)?(?: in)?|returns?|returning)(?: (?:in|at|to|school))* today\b"
)
#: Somebody's wedding or funeral at two is no reason to be in school at nine, where the child is said to be off.
_EVENTS = frozenset(("C", "R", "G", "O"))
#: An interview, an exam or a match is at some hour, as an appointment is.
_WITH_AN_HOUR = frozenset(("J1", "B", "P"))
_HAS_AN_HOUR = re.compile(
    r"\b(?:theory(?: test)?|driving (?:tests?|lessons?)|interviews?|auditions?|gradings?|trials?|taster"
    r"|citizenship (?:test|ceremony)|passport (?:appointment|office)|visa (?:appointment|interview))\b"
)
"""So is what these words name, whatever code it has; a day out or a funeral may take the day."""
_NEAR_BY = re.compile(r"\b(?:theory|driving (?:tests?|lessons?)|gradings?|citizenship|passport|visa)\b")
"""What nobody travels far for, as for a university's interview, and takes an hour or two."""
_AND_NOT_BACK = re.compile(
    r"\b(?:not|doubt|unlikely|never)\b.*\b(?:back|return\w*|after)\b|\b(?:stay\w*|keep\w*|home|rest of)\b"
)
_AWAY = re.compile(
    r"\b(?:off|absent|away|not (?:be )?(?:in|at school|there|attending|coming)|misses|miss (?:school|that day))\b"
)
_PART = re.compile(
    r"\b(?:morning|afternoon|lunch\w*|dinner\w*|midday|noon|from|after|until|early|lesson|period|pick\w*|collect\w*|fetch\w*"
    r"|leav\w+|half|hour|hours|in by|back by|at \d+ off|off at)\b"
)
#: With one of these the child is in school before it sees the doctor.
_COMES_FIRST = re.compile(
    r"\b(?:is in|in (?:school|class|today|as|until|till|for)|(?:be|come|comes|coming|go|goes|going|went|sent?|sending)"
    r" (?:him |her )?(?:in|home|to school)|morning|afternoon|lunch\w*|pick\w*|collect\w*|fetch\w*|leav\w+"
    r"|let (?:him|her)|out|until|till|from"
    r"|after|early|back)\b"
)

#: "All day", where nobody leaves it open.
_ALL_DAY = re.compile(
    r"(?<!\bmay be )(?<!\bmight be )(?<!\bcould be )(?<!\bnot )(?<!\bmaybe )(?<!\bpossibly )(?<!\bprobably not )"
    r"\b(?:(?:for )?(?:the|a) (?:whole|full|entire) day|all (?:the )?day(?: long)?)\b"
    r"|(?<=[.,] )(?:whole|full|entire) day\b"
)


#: "Then home to rest", "home straight after", "off for the rest of that day", "not back in after", of an appointment.
_TO = (
    r"(?:he|she|they|i|we|will|shall|is|are|am|be|s|ll|m|going|go|goes|to|take|taking|keep|keeping|him|her|them|straight"
    r"|at|and|it)"
)
_HOME_AFTERWARDS = re.compile(
    rf"\b(?:then|and|afterwards|after (?:that|it)) (?:{_TO} )*home\b"
    r"|\bhome (?:straight |right )?(?:after|afterwards)\b"
    r"|\b(?:off|out|home|rest\w*|away)\b[^.!?]{0,20}\b(?:rest|remainder) of (?:the|that) (?:school )?day\b"
    r"|\b(?:rest|remainder) of (?:the|that) (?:school )?day (?:off|at home|out|in bed)\b"
    r"|\b(?:having|has|have|spend\w*) the (?:rest of the )?day (?:off|at home|in bed)\b"
    r"|\bnot (?:be )?(?:back|in|back in|return\w*|coming (?:back|in))(?: (?:to|at|in) school)? (?:after|afterwards)\b"
    r"(?! (?:lunch|dinner|school|break|half|that week|christmas|easter|the (?:weekend|holiday)))"
)
_THEN_IN = re.compile(
    r"\b(?:back|in|to school|drop\w*|bring\w*)\b(?: \w+){0,3} (?:after lunch|for lunch"
    r"|for (?:the )?afternoon|this afternoon|for (?:p|period|lesson|registration) ?\d?|by (?:\d|lunch|noon))\b"
    r"|\b(?:then|and) (?:back|in|to school)\b"
)


def goes_home_afterwards(line: str) -> bool:
    """ "Dentist this morning, then home as he'll be numb": from an appointment home, and not to school."""
    return _HOME_AFTERWARDS.search(line) is not None and _THEN_IN.search(line) is None


def takes_all_day(seen: Reading) -> bool:
    """ "Being assessed at the hospital all day": nobody comes in before the next day of school."""
    return _ALL_DAY.search(seen.words.line) is not None


def takes_the_day(seen: Reading, code: str, clock: Clock) -> bool:
    """Whether the words say that the child misses the whole of a day of which they name a time."""
    own, line = seen.times.own, seen.words.line
    if clock.arrives is not None or clock.leaves is not None or own is None:
        return False
    if own < _NOON:
        return _NOT_BACK.search(line) is not None
    if code in ("M", "I") and _NOT_SENT.search(line) is not None:
        return True
    return code in _EVENTS and _AWAY.search(line) is not None and _PART.search(line) is None


def ill_till_the_doctors(seen: Reading, code: str, clock: Clock) -> bool:
    """ "Ill today, doctor at 3": the hour is that of the appointment, and nobody has said that the child comes in
    before it. Ill and seen by a doctor in between is one illness (contract, code I).
    """
    seen_to = any(hit.tag.startswith("why:M:") for hit in seen.hits)
    timed = seen.times.own is not None and clock.arrives is None and clock.leaves is None
    today = all(mention.form == "today" and not mention.part for mention, _ in seen.days.roles)
    return code == "I" and seen_to and timed and today and _COMES_FIRST.search(seen.words.line) is None


def _half_of_its_hour(line: str, own: time) -> str:
    """Who has it after noon is in school before; who has it in the morning comes in after it only from near by."""
    if own >= _NOON:
        return "pm"
    return "am" if _NEAR_BY.search(line) is not None else ""


def half_of_an_event(seen: Reading, code: str) -> str:
    """am or pm, where the interview or the exam is said to be in it: "a college interview this morning", "driving test
    at 10".

    It has a time of its own as an appointment has; who does not come from it into the other half is missed then.
    """
    line = seen.words.line
    by_name = code in _EVENTS | {"W"} and _HAS_AN_HOUR.search(line) is not None
    if not (code in _WITH_AN_HOUR or by_name) or takes_all_day(seen) or _AND_NOT_BACK.search(line) is not None:
        return ""
    away = [mention for mention, role in seen.days.roles if role == "absent"]
    own = seen.times.own
    if len(away) != len(seen.days.roles):
        return ""
    if own is not None and len(away) < 2 and all(one.single and not one.part for one in away):
        return _half_of_its_hour(line, own) if _AWAY.search(line) is None else ""
    if any(one.form != "today" for one in away):
        return ""
    said = {line[one.start : one.end].rsplit(" ", 1)[-1] for one in away}
    return {"morning": "am", "afternoon": "pm"}.get(said.pop(), "") if len(said) == 1 else ""

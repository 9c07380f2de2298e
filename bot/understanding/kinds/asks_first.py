"""Asked of the school, and nothing told: "is it ok to send him?", "do they need to stay off?", "is the test still on?"

Whoever asks whether a child may come, or must stay away, has not decided yet: recorded as ill, or as away without leave
for head lice, the child is marked for a question. What is ill about it is then only the ground of the question.
"""

from __future__ import annotations

import re
from datetime import date

from attendance.calendar import local
from attendance.closing import LATE
from bot.understanding.dates import Mention
from bot.understanding.evidence import Reading

_WHO = r"(?!not\b)\w+"
_IN = r"(?:(?:come|coming|go|going|attend|return)\b|be (?:back |still )?(?:in|at)\b)"
_SEND = r"(?:still |just |to )*(?:send|sending|bring|bringing|keep|keeping|take)\b"
_AWAY = r"(?:still |have to |need to )*(?:stay|be|keep|remain|isolate|miss)\b"
_HIM = r"(?!(?:not|just|now|all|still|fully|well|quite|really)\b)\w+"
_OK = r"(?:ok|okay|alright|all right|fine|safe|allowed|best)"
#: "You would only send him home" is told, and "would you send him" asked.
_NO_STATEMENT = r"(?<!\bi )(?<!\bwe )(?<!\bhe )(?<!\bshe )(?<!\byou )(?<!\bthey )"
_MAY = re.compile(
    rf"\b{_NO_STATEMENT}(?:(?:do|does|should|shall|must|would) (?:{_WHO} ){{1,2}}"
    rf"(?:still |have to |need to |ought to |want me to )*"
    rf"(?:{_SEND}|{_AWAY}|{_IN})"
    rf"|(?:can|could) (?:i|we|you) (?:still |just )?{_SEND}"
    rf"|(?:can|could) (?:{_WHO} ){{1,2}}(?:still )?{_IN}"
    rf"|(?:is it|would it be|is that|am i|are we|will it be|(?:is|are) {_HIM}) {_OK}(?: for \w+)?"
    rf" (?:to (?:{_SEND}|{_AWAY}|{_IN})|if {_WHO} (?:just |still |only )?(?:{_SEND}|comes?|stays?|goes)|in\b)"
    rf"|(?:is|are) {_HIM} (?:able|meant|supposed) (?:to )?(?:{_AWAY}|{_IN}|in\b))"
)
#: Until somebody answers the child stays where it is: that is told, beside the question.
_KEPT = re.compile(
    r"\b(?:keeping|kept|will keep|have kept)\b(?: \w+){0,3}? (?:off|home|here|back|in bed|till?|until|unless)\b"
    r"|\bdoing so (?:till?|until)\b"
)
_FETCHES = re.compile(
    r"\b(?:pick|picking|collect|collecting|fetch|fetching)\b(?: \w+){0,3}"
    r" (?:up|from school|today|tonight|later|instead)\b"
)
#: Ill now, and not before ("had it last week, can Tobi come in").
_OF_NOW = re.compile(
    r"\b(?:is|has|got|been|being|came out|come out|staying|off)\b"
    r"(?!.*\b(?:better|over it|last (?:week|month|year)|clear)\b)"
)
_ENDS, _OF_SEVERAL = frozenset(".!?"), frozenset("he she him her them they both all us we".split())
_ANOTHER_DAY = re.compile(
    r"\b(?:tomorrow|monday|tuesday|wednesday|thursday|friday|next week|how long|hours|days?|weeks?|until|till|when|from"
    r"|after|\d+)\b"
)
_WELL_AGAIN = re.compile(r"\b(?:better|perked|fine now|gone now|over it|back to normal)\b")
_FOLLOWS = re.compile(
    r"^(?:(?:hi|hello|hiya|ok|okay|and|also|so|but|sorry|please|thanks|thank you|just|oh|morning|,) )*"
    r"(?:(?:(?:what|which|how)(?: \w+){0,2}|when|where|who|why) )?"
    r"(?:is|are|was|does|do|did|can|could|will|would|has|have|should|shall)"
    r" (?:i|we|you|he|she|they|it|the|there|his|her|their|my|our|this|that|any\w*|some\w*|school|swimming|pe)\b"
)
_OF_COMING_BACK = re.compile(
    r"\b(?:know|heard|told|tell|message|text|back|"
    r"come|comes|coming|return\w*|bring|bringing|drop|dropping|send|sending|in|off|happy|ok if|late|sooner)\b"
)


def asks_whether_to_send(seen: Reading) -> bool:
    """ "Both have nits, do they need to stay off": beside the question not a word of being away."""
    found = _MAY.search(seen.words.line)
    line = seen.words.line
    if found is None or not seen.message.is_unasked or _KEPT.search(line):
        return False
    if re.search(r"\bhow (?:long|many (?:more )?days) $", line[: found.start()]):
        return False
    end = next(
        (at for at in (line.find(mark, found.end()) for mark in (".", "!", "?", " so ", " as ")) if at > 0), len(line)
    )
    if _ANOTHER_DAY.search(line, found.start(), end) or seen.times.roles or _is_well_again(seen):
        return False
    today = local(seen.message.sent_at).date()
    told = [
        seen.words.offsets[hit.first]
        for name in ("absent", "late", "not_back")
        for hit in seen.signals.by.get(name, ())
    ]
    told += [mention.start for mention, role in seen.days.roles if role == "absent" and not _is_past(mention, today)]
    return all(found.start() <= place < end for place in told)


def reports_another(seen: Reading) -> bool:
    """ "Amina has chickenpox, does Tobi need to stay off?": what is asked of the one child reports the other, who is
    ill in so many words. A child of whom both are said is only asked about.
    """
    line, words = seen.words.line, seen.words
    found = _MAY.search(line)
    if found is None or not seen.message.is_unasked or _OF_NOW.search(line) is None:
        return False
    first = words.word_at(
        max((at for at in (line.rfind(mark, 0, found.start()) for mark in ",.!?") if at > 0), default=0)
    )
    until = next((n for n in range(words.word_at(found.end() - 1), len(words.texts)) if words.texts[n] in _ENDS), None)
    until = len(words.texts) if until is None else until
    if not _OF_SEVERAL.isdisjoint(words.texts[first:until]):
        return False
    asked = {child for one in seen.who.named if first <= one.first < until for child in one.children}
    told = {child for one in seen.who.named if not first <= one.first < until for child in one.children}
    ill = any(
        hit.tag.startswith("why:I:") and hit.tag.endswith((":strong", ":usual")) and not first <= hit.first < until
        for hit in seen.hits
    )
    return ill and len(told) == 1 and bool(asked) and asked.isdisjoint(told)


def _is_well_again(seen: Reading) -> bool:
    """ "He has perked up, ok to send him in?", of a child who is reported away: he comes."""
    return bool(seen.message.known) and _WELL_AGAIN.search(seen.words.line) is not None


def _is_past(mention: Mention, today: date) -> bool:
    """ "Sent home on Friday", and a weekday that may be meant of the last one: no day that is still to be missed."""
    return mention.form == "weekday" or (mention.last is not None and mention.last < today)


def asks_to_come_in(seen: Reading) -> bool:
    """ "Is it ok if he just comes in for his mock at 1.30", of a child who is reported away today: what it comes in for
    is no reason to be away, and a person answers.
    """
    today, signals = local(seen.message.sent_at).date(), seen.signals
    away = any(one.code not in (None, LATE) and one.first_day == today for one in seen.message.known)
    told = signals.has_any("absent", "not_back", "lost", "missing") or seen.why.code == "I"
    return away and seen.message.is_unasked and not told and _MAY.search(seen.words.line) is not None


def only_late_still(seen: Reading) -> bool:
    """ "Only Oli now, Sam got the earlier bus", of two who were said to be late: no reason to be away is told."""
    today, signals = local(seen.message.sent_at).date(), seen.signals
    known = [one for one in seen.message.known if one.first_day == today]
    told = signals.has_any("absent", "not_back", "lost", "missing", "with_me") or seen.why.code is not None
    return bool(known) and all(one.code == LATE for one in known) and seen.message.asked is None and not told


def only_who_fetches(seen: Reading) -> bool:
    """ "Also their dad will pick Joss up today, not me", after a report: somebody at the school has to know, and
    nobody is back by it.
    """
    found = _FETCHES.search(seen.words.line)
    if found is None or not seen.message.is_unasked or seen.why.code is not None or seen.times.roles:
        return False
    if seen.signals.has_any("back", "fine", "present", "late", "unknown_return"):
        return False
    away = [seen.words.offsets[hit.first] for hit in seen.signals.by.get("absent", ())]
    return all(found.start() <= place < found.end() for place in away)


def only_asks_first(seen: Reading, kind: str) -> bool:
    """Whether words that were taken for a report or a return ask a person, and tell neither."""
    if kind != "leave" and asks_whether_to_send(seen) and not reports_another(seen):
        return True
    if kind == "return":
        return asks_something_else(seen) or only_who_fetches(seen)
    return kind == "absence" and (asks_to_come_in(seen) or (bool(seen.message.known) and only_who_fetches(seen)))


def asks_something_else(seen: Reading) -> bool:
    """ "Is the maths test still tomorrow", after a report: the day is the test's, and nobody is back on it."""
    line = seen.words.line
    one = not re.search(r"[.!;] \w", line)
    return seen.message.is_unasked and one and _FOLLOWS.search(line) is not None and not _OF_COMING_BACK.search(line)

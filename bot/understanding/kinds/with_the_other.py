"""Not seen by the one parent, because the other has it: "I haven't seen her since Sunday, she's at her dad's".

Alone, the first half tells of a child that is missing. With the second, where it is stands there as a fact, and the
other parent has to be asked.
"""

from __future__ import annotations

import re

from bot.understanding.evidence import Reading
from bot.understanding.places import places_in

_PARENT = r"(?:dad|daddy|father|mum|mummy|mam|mom|mother)"
_WITH_IT, _HANDED_OVER = frozenset({"parent"}), frozenset({"handed_over"})
"""Not to school: the child was given to the other parent, who has to know."""
_TO_SCHOOL = re.compile(r"\b(?:school|class\w*|gate|reception|bus|walk\w*|bring\w*|tak(?:es|ing)|drop(?:s|ping)|in)\b")


def only_not_seen(line: str) -> bool:
    """True when the writer has not seen the child, and nothing else in the words makes anybody look for it."""
    doubts = places_in(line).doubts
    return "unseen" in doubts and doubts.isdisjoint(("asked", "guess", "past", "sought"))


def is_with_the_other(seen: Reading) -> bool:
    """True when the writer has not seen the child and says that the other parent has it, or has handed it over."""
    line = seen.words.line
    unexplained = seen.why.code in (None, "N") and not seen.danger.hits
    if unexplained and places_in(line).names(_HANDED_OVER) and not (_TO_SCHOOL.search(line) or "?" in line):
        return True
    return unexplained and only_not_seen(line) and places_in(line).names(_WITH_IT)


_AT_THEIRS = re.compile(
    r"(?<!not )(?<!never )\b(?:at|(?:went|gone|been|goes|is) (?:back |off |over |round |home )?to)"
    rf" (?:hers|(?:his|her|their|the) {_PARENT}(?: ?'?s)?)\b(?! (?:school|work|wedding|funeral|birthday|party))"
)
_THEIR_WEEK = re.compile(r"\bit is (?:his|her|their) (?:week|weekend|days?)\b(?! ?(?:'s|of|to|for|off)\b)")
_WENT_BACK = re.compile(
    rf"\b(?:went|gone|goes) (?:back|home) (?:round |over )?to (?:hers|(?:his|her|their) {_PARENT}(?: ?'?s)?)\b"
)
_DENIED = re.compile(r"^(?:no|nope|nah)\b|\b(?:he|she|they) (?:is|are) not\b|\bnot (?:with me|here|mine|my)\b")
_LATER = re.compile(r"\?|\b(?:after|later|tonight|tomorrow|will|going|if|until|till|was|were|with me|here with)\b")


def denies_having_it(seen: Reading) -> bool:
    """ "No he isn't, it's her week, he went back to hers on Sunday", to why a child is away: not with whoever writes,
    and the day is one on which it went over, none on which it comes back to school.
    """
    line, asked = seen.words.line, seen.message.asked
    if asked is None or asked.kind not in ("absence", "reason") or seen.why.code not in (None, "N"):
        return False
    theirs = _AT_THEIRS.search(line) is not None or _THEIR_WEEK.search(line) is not None
    told = seen.danger.hits or _TO_SCHOOL.search(line) or _LATER.search(line)
    denied = theirs and _DENIED.search(line) is not None
    return (denied or _WENT_BACK.search(line) is not None) and not told


_ASK_THE_OTHER = re.compile(
    rf"\b(?:ask|ring|call|text|contact|message|phone|try|speak to|check with) (?:his|her|their|the) {_PARENT}\b"
    r"(?! (?:if|for|about|when|later)\b)"
)
_ONLY_GUESSES = re.compile(
    r"\b(?:(?:i|we) (?:think|thought|guess|believe|presume|assume)|think (?:he|she|they)|probably|prob|maybe|perhaps"
    r"|might|may be|could be|not sure|no idea|do not know|was|were|had)\b"
)


_ANOTHER_HAS_TAKEN_IT = re.compile(
    r"\b(?:think|thought|guess|believe|presume|presuming|assume|assuming|imagine|maybe|perhaps|probably|possibly)"
    r" (?:that )?(?:(?:my|his|her|their|the) )?(?!(?:i|we|he|she|they|it|you|school|doctor|doctors|gp)\b)\w+"
    r"(?: ?'s| (?:has|is|was|must have|might have|may have|will have|would have)) (?:\w+ )?"
    r"(?:taken|taking|took|kept|keeping|got) (?:him|her|them)\b"
    r"(?! (?:off (?:the|his|her)|down|up|out of|ready|in|into|to school|sick|ill|poorly)\b)"
)
_WITH_ME = re.compile(r"\b(?:with (?:me|us)|here|at mine|at ours)\b")


def supposes_another_has_it(seen: Reading) -> bool:
    """ "Think her mum's taken her to the docs": whoever supposes what another did with the child has not got it, and
    the other one knows.
    """
    line, asked = seen.words.line, seen.message.asked
    waiting = asked is not None and asked.kind in ("absence", "reason")
    told = seen.danger.hits or "?" in line or _WITH_ME.search(line) or seen.signals.has("present", "dropped")
    return waiting and _ANOTHER_HAS_TAKEN_IT.search(line) is not None and not told


def guesses_and_points(seen: Reading) -> bool:
    """ "I think he's ill, ask his dad": whoever only guesses has not answered, and says who can."""
    line = seen.words.line
    points = _ASK_THE_OTHER.search(line) is not None and _ONLY_GUESSES.search(line) is not None
    return points and not seen.danger.hits and seen.why.code in ("I", "M") and not seen.times.roles


_MY_PARTNER = r"(?:partner|husband|hubby|wife|missus|other half|fella|boyfriend|girlfriend|fiancee?)"
_HOME_WITH_IT = re.compile(
    rf"(?:^|[,.!;] |\b(?:and|no|sorry|it is ok|its ok|fine) )my {_MY_PARTNER} (?:has|have|is|got)"
    r"(?: (?:got|had|with|at home with|home with|got hold of))?(?: my)? (?P<whom>him|her|them|\w+)"
    r"(?: (?:at home|home|here|now|today|with us|safe|thanks|don ?'?t worry|sorry))* ?(?:$|[.,!])"
)
_THEIR_DAYS = re.compile(rf"\?|\b(?:ask|ring|call|text|contact|speak|try|week|weekend|ex|court)\b|{_TO_SCHOOL.pattern}")


def is_with_my_partner(seen: Reading) -> bool:
    """ "My partner has him": the child is at home with the family, and why it is away is still to be said. That is no
    other household which has to be asked.
    """
    found = _HOME_WITH_IT.search(seen.words.line)
    if found is None or _THEIR_DAYS.search(seen.words.line) or seen.danger.hits or seen.why.code not in (None, "N"):
        return False
    place = seen.words.word_at(found.start("whom"))
    named = any(one.first <= place < one.until for one in seen.who.named)
    return found["whom"] in ("him", "her", "them") or named


_RELATIVE = (
    r"(?:(?:my|his|her|their|the) )?(?:step ?)?(?:mum|mummy|mam|mom|dad|daddy|nan|nana|gran|grandma|grandad|wife"
    r"|husband|hubby|missus|partner|other half|girlfriend|boyfriend|fiancee?|ex|childminder"
    r"|auntie|aunty|aunt|uncle|sister|brother)"
)
_OF_THE_MORNING = (
    r"(?:all |most )?(?:of )?(?:the |his |her |their )?(?:mornings?|(?:school )?(?:run|drop ?offs?)"
    r"|school (?:stuff|things|side)|that(?: (?:stuff|side))?|(?:all )?(?:the )?school)"
)
_DOES_THAT = re.compile(
    rf"\b(?P<who>{_RELATIVE}|[a-z]+) (?:that |who |usually |always |normally )*(?:(?:does|do|sorts(?: out)?"
    rf"|deals with|handles|sees to|looks after) {_OF_THE_MORNING}|gets (?:him|her|them) (?:up|ready|dressed|sorted))"
    r"(?= (?:[,.!]|not|so|and|on|mate|love|sorry|try|ask|usually|always|i\b|in\b)|$)"
)
_SUPPOSED = re.compile(r"\b(?:thought|should|supposed|assumed|presumed|meant)\b")
_TAKES_IT = re.compile(
    rf"\b{_RELATIVE} (?:(?:always|usually|normally|that|who) )*(?:takes|brings|drops|walks|drives)"
    r" (?:him|her|them|\w+)(?: (?:in|off|there|to school|every day|in the mornings?|on \w+days?|\w+days?))*"
    r"(?= ?(?:[,.!;-]|and|so|not|$))"
)
_POINTS = re.compile(
    r"(?:^|[,.!;-] |\b(?:so|and|please|better|best|to|just|you can|sorry) )"
    r"(?:ask|ring|call|phone|try|text|speak to|contact|message) \w+"
)
_NOBODY_ELSE = frozenset(
    "i we he she they it that who what nobody somebody someone school you which never only just still usually".split()
)


def leaves_it_to_another(seen: Reading) -> bool:
    """ "I'm at work, my wife does mornings", "Abi sorts the school run", "his brother gets him up": whoever brings the
    child has to be asked.

    Not of the child itself, which "only does mornings" (and is on a part-time timetable, as those words alone mean).
    """
    asked, found = seen.message.asked, _DOES_THAT.search(seen.words.line)
    if found is None or asked is None or asked.kind != "absence" or found["who"] in _NOBODY_ELSE:
        return False
    place = seen.words.word_at(found.start("who"))
    if any(one.first <= place < one.until for one in seen.who.named):
        return False
    inside = range(place, seen.words.word_at(found.end() - 1) + 1)
    told = any(
        hit.first not in inside
        for kind in ("present", "weak_present", "with_me", "late", "missing", "lost")
        for hit in seen.signals.by.get(kind, ())
    )
    told = told or _SUPPOSED.search(seen.words.line) is not None
    return seen.why.code in (None, "N", "C2") and not seen.danger.hits and not told and "?" not in seen.words.texts


def says_who_takes_it(seen: Reading) -> bool:
    """ "My childminder takes her, ask Mags": what is done every day, and who knows of today."""
    asked, line = seen.message.asked, seen.words.line
    if asked is None or asked.kind != "absence" or not (_TAKES_IT.search(line) and _POINTS.search(line)):
        return False
    told = seen.signals.has_any("weak_present", "with_me", "late", "missing", "lost")
    told = told or _SUPPOSED.search(line) is not None
    return seen.why.code in (None, "N") and not seen.danger.hits and not told and "?" not in seen.words.texts


_HAS_HIM = re.compile(
    rf"\b{_RELATIVE} (?:(?:has|have|had) (?:got )?|'s got |got |is having )him\b"
    rf"(?! (?:at home|home|here|with (?:me|us)|ready|up|in|into|off|down|out|dressed|to|on the)\b)"
    rf"|\bhim (?:is|are|'s) (?:(?:still|back|now|staying|stopping|over|round) )*(?:at|with) {_RELATIVE}(?: ?'?s)?\b"
    rf"(?! (?:school|work|wedding|funeral|birthday|party|house with me)\b)"
)
_HAS_IT_HERE = re.compile(
    r"\?|\b(?:me|us|here|my|our|home|will|was|were|thought|should|tomorrow|tonight|later|after|until)\b"
)


def another_has_it(seen: Reading) -> bool:
    """ "Childminder has him", "her gran's got her": who has it knows why, and is to be asked."""
    asked = seen.message.asked
    if asked is None or asked.kind != "absence" or seen.why.code not in (None, "N") or seen.danger.hits:
        return False
    line = re.sub(r"\b(?:he|she|they|her(?= ?$)|them|him)\b", "him", seen.line_of_him())
    told = seen.signals.has_any("present", "with_me", "late", "missing", "lost")
    return _HAS_HIM.search(line) is not None and not (told or _HAS_IT_HERE.search(line) or _TO_SCHOOL.search(line))

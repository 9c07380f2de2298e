"""Told in: of several children those of whom plain words say that they come, whatever ails them as well.

"Noel's got a bug, Ivy's got a bug in a jar, Ivy's coming", "Bobby's off, Evie's coming in", "Kit tomorrow, Jem another
day". What is said last of a child counts; with a time, a day, or a word of being away behind it, it is weighed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from attendance.calendar import local
from bot.understanding.children.named import Named
from bot.understanding.evidence import Reading
from bot.understanding.words.normalise import STOPS

_FILL = (
    r"(?:(?:just|still|now|already|also|definitely|totally|absolutely|perfectly|all|back|right|completely|being|over it"
    r"|himself|herself|luckily|thankfully|fit|up|ready|and) )*"
)
_TO_SCHOOL = r"(?: in| to school| as (?:usual|normal|ever))(?: today| now| anyway| regardless| all day)?"
_COMES = (
    r"in(?: school| class| today| now| all day| as (?:usual|normal|ever))?"
    rf"|(?:coming|going){_TO_SCHOOL}|(?:comes|goes) (?:in|to school)"
    r"|(?:coming|going)(?= (?:[.,!;:()&-]|and|so|end)(?: |$))"
    r"|at school|(?:on|got|caught) (?:the|his|her) (?:school )?(?:bus|coach|train|minibus|tram)"
    r"|(?:gone|went|walked|sent|dropped) (?:in|off|to school)"
)
_IN = re.compile(
    rf"(?:(?:is|'s|are|will be|has|have) )?{_FILL}(?:{_COMES}"
    r"|(?:fine|ok|okay|well|grand|good|perfect|healthy|alright|better|normal)"
    rf"(?: (?:to (?:come|go|be)|(?:and|so|&) (?:is |he is |she is )?(?:in|coming|going))(?:{_TO_SCHOOL})?)?"
    r"(?: today| now)?) (?P<behind>\S+)"
)
#: "She has a cold but she is in": the child that was named last.
_SO_IS_IN = re.compile(
    rf"\b(?:he|she) (?:is|'s|has|went|can) {_FILL}(?:{_COMES}|(?:go|come) (?:back|in)) (?P<behind>\S+)"
)
_ANOTHER_DAY = re.compile(
    r"(?:(?:is|'s|are|will be) )?(?:on |for )?(?:(?:another|a different|some other) (?:day|time)|not yet)"
    r" (?P<behind>\S+)"
)
#: Ways of naming that may as well be a remark about nobody of the family.
_ANYBODY = frozenset(("all", "pronoun"))
_ENDS = frozenset(", - ( ) and & so because as though with for . ! ; : x xx thanks please end".split())
#: What stands before a name and turns it round: "neither Ann nor Bo in", "keeping Ann in", "no way Bo gets in".
_NOT_SO = frozenset("not neither none nobody no nor keep keeping kept getting get walk if".split())
#: What makes of a child that is in one that is late, or away for a part of the day, or on another one.
_BUT = frozenset(
    "but late later after afternoon lunch half until till only if when unless then not bed hospital leave leaving off"
    " pick collect early dentist appointment mornings morning pm am tomorrow monday tuesday wednesday thursday friday"
    " back next other".split()
)


def told_in(seen: Reading) -> set[str]:
    """The children of whom the last words say that they are in, or that their day is another one."""
    last: dict[str, Named] = {}
    texts = seen.words.texts
    named = [one for one in seen.who.named if one.how not in _ANYBODY or _is_away(seen, one.until, one.until + 6)]
    for one in named:
        for child in one.children:
            last[child] = one
    return {child for child, one in last.items() if _is_told(seen, named, one) or _is_dropped(texts, one)}


def _is_dropped(texts: Sequence[str], one: Named) -> bool:
    """ "My mum is dropping Ann off", "I'll drop Ann off as usual", and nothing more."""
    behind = texts[one.until + 1 : one.until + 2]
    ends = not behind or behind[0] in (".", "!", ",", "and", "as", "thanks", "x")
    return (
        texts[one.first - 1 : one.first] in (["dropping"], ["drop"], ["bringing"], ["walking"])
        and texts[one.until : one.until + 1] in (["off"], ["in"])
        and ends
        and _BUT.isdisjoint(texts[one.until + 1 : one.until + 6])
    )


def _is_told(seen: Reading, named: Sequence[Named], one: Named) -> bool:
    texts = seen.words.texts
    if one.how in _ANYBODY or not _NOT_SO.isdisjoint(texts[max(0, one.first - 3) : one.until]):
        return False
    until = min([other.first for other in named if other.first >= one.until] or [len(texts)])
    beside = next((other for other in named if other.first == until), None)
    if beside is not None and until == one.until + 1 and texts[one.until] in ("and", "&", "nor"):
        return _is_told(seen, named, beside)  # "Ann and Bo are in"
    said = " ".join([*texts[one.until : until], "end"])
    found = _IN.match(said) or _ANOTHER_DAY.match(said) or _SO_IS_IN.search(said)
    if found is None or found["behind"] not in _ENDS:
        return False
    rest = said[found.start("behind") :].split()
    stop = next((number for number, word in enumerate(rest) if word in STOPS), len(rest))
    if not _BUT.isdisjoint(rest[:stop]) or "?" in rest:
        return False
    if _has_a_day(seen, one.until, until):
        return False
    first = one.until + len(said[: found.start("behind")].split())
    return not _is_away(seen, first, until)


def _has_a_day(seen: Reading, first: int, until: int) -> bool:
    """Another day than today: the child was away, or will be."""
    today = local(seen.message.sent_at).date()
    return any(
        first <= seen.words.word_at(mention.start) < until and mention.first != today for mention, _ in seen.days.roles
    )


def _is_away(seen: Reading, first: int, until: int) -> bool:
    """Whether these words tell of being away, of a reason, or of a time."""
    away = any(
        first <= hit.first < until and (hit.tag in ("kind:absent", "kind:late") or hit.tag.endswith(":strong"))
        for hit in seen.hits
    )
    return away or any(first <= seen.words.word_at(moment.start) < until for moment, _ in seen.times.roles)

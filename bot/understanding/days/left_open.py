"""A day of which the family itself does not know yet: "if she's no better she won't be in tomorrow".

That is no report. Recorded as one, a child who was sent in all the same and did not arrive would be missed by nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from attendance.calendar import local
from bot.understanding.days.either_way import is_of_a_later_day
from bot.understanding.evidence import Reading
from bot.understanding.values import Report

_AWAY = r"(?:not (?:be )?(?:in|able|back|there|here|well enough)|not com\w+|not send\w*|not make it|off|home|away)"
_ILL = r"(?:not|no|still|any)"
_MAY = r"(?<!\d )(?<!\d(?:st|nd|rd|th) )(?<!of )may(?= (?:not|well|be|have|miss|need|keep|stay|also|still|just|even)\b)"
"""What a child may do; never the month ("20 May off"), and never a child of that name ("May off sick")."""
_CONDITION = (
    rf"\bif (?:\w+ ){{1,3}}{_ILL}\b(?: \w+){{0,4}}(?: ,)?(?: \w+){{0,6}} {_AWAY}\b",
    rf"\bif (?:\w+ ){{1,3}}{_ILL}\b(?: \w+){{0,4}}(?: ,)?(?: \w+){{1,5}} (?:stay|staying|keep|keeping)\b",
    rf"[^.!?;]{{0,60}}\b{_AWAY}\b(?: \w+){{0,2}} (?:if (?:\w+ ){{1,3}}{_ILL}|unless)\b",
    rf"\b(?:might|{_MAY})(?: \w+){{0,3}} {_AWAY}\b",
    rf"\b(?:might|{_MAY}) (?:well )?(?:miss|need|have to (?:miss|keep|stay))\b",
    rf"\b(?:probably|prob|possibly|maybe|perhaps|most likely)(?: \w+){{0,3}} {_AWAY}\b",
    r"\b(?:doubt|unlikely|not sure|do not think)(?: \w+){0,4} (?:be in|make it|come|coming)\b",
)
_LATER = (
    r"\b(?:not sure|do not know|unsure) (?:yet )?(?:about|if|whether)(?: \w+){{0,6}} (?:{day})\b",
    r"\b(?:see|wait and see|let you know) how(?: \w+){{1,4}} (?:tonight|overnight|first thing|morning|{day})\b",
    r"\b(?:keep|keeping) (?:an|a close) eye on\b",
)
_WHOM = r"(?:him|her|them|\w+)"
STAYS = re.compile(
    r"\b(?:stay(?:s|ing|ed)?|stopping|remain(?:s|ing)?) (?:at |in )?(?:home|bed|off|put)\b"
    rf"|\b(?:keep|keeping|kept) {_WHOM} (?:off|home|at home|here|in bed|with me)\b"
    rf"|\bleav(?:e|ing) (?:it|{_WHOM} (?:at )?home|{_WHOM} off)"
    rf"(?: (?:for|until|till))?(?: the rest of)? ?(?:today|the day)?$"
    r"|\bnot (?:going to |gonna |now )?(?:be )?(?:coming(?: back)? in|coming|make it|making it|in)\b(?: at all)?"
    rf"|\b(?:not|no point) (?:going to be |be )?(?:sending|bringing|send|bring) {_WHOM}(?: back)?(?: in)?\b"
)
"""How somebody says that a child stays at home, or does not come."""
_NOT_AWAY = re.compile(r"\b(?:not|never) (?:be |been )?(?:off|away|absent|staying|poorly|ill)\b|\?")
_EITHER = tuple(re.compile(one) for one in _CONDITION)


def leaves_open(seen: Reading, reports: Iterable[Report]) -> bool:
    """True when the words say that a child may be away, and never that it will be."""
    asked, today = seen.message.asked, local(seen.message.sent_at).date()
    firsts = {report.first_day for report in reports if report.first_day is not None}
    if (asked is not None and asked.kind != "return") or not firsts or min(firsts) < today:
        return False
    if min(firsts) == today and is_of_a_later_day(seen):
        return False
    line = seen.words.line
    found = _doubted(line)
    if min(firsts) > today:
        found += [match.span() for one in _LATER for match in re.finditer(one.format(day=_day(min(firsts))), line)]
    return bool(found) and not _plainly_away(seen, found)


def plainly_away(seen: Reading) -> bool:
    """True when the words say that a child is away, and leave nothing of it open."""
    return not _NOT_AWAY.search(seen.words.line) and _plainly_away(seen, _doubted(seen.words.line))


def _doubted(line: str) -> list[tuple[int, int]]:
    return [match.span() for one in _EITHER for match in one.finditer(line)]


def _day(day: date) -> str:
    return f"tomorrow|{day:%A}".casefold()


def _plainly_away(seen: Reading, found: list[tuple[int, int]]) -> bool:
    """Whether it is said elsewhere in the words that the child is away."""
    words = seen.words
    said = [one.start() for one in STAYS.finditer(words.line)]
    if any(not any(first <= start < until for first, until in found) for start in said):
        return True
    for hit in seen.signals.by.get("absent", ()):
        if "better" in words.texts[hit.first : hit.until]:
            continue
        start = words.offsets[hit.first]
        if not any(first <= start < until for first, until in found):
            return True
    return False

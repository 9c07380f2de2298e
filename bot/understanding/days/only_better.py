"""News of an illness that is no day of return: "a bit better today", "much better but staying home".

Taken for a return, the days that were reported are struck out, and at the register's close the family is asked, and
at noon sought, about a child of whom it wrote that morning.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from attendance.calendar import local
from bot.understanding.days.left_open import STAYS
from bot.understanding.evidence import Reading

_BETTER = re.compile(
    r"\b(?:bit|little|slightly|somewhat|much|lot|lots|loads|far|feeling|getting|looking|seems?|doing|is|are|feels|had)"
    r" (?:\w+ ){0,2}(?:better|brighter|perkier|livelier|happier)\b|^(?:\w+ )?(?:better|brighter|perkier)\b"
    r"|\b(?:on the mend|(?:picking|perking|perked|picked) up|improving|turn\w* (?:a|the) corner)\b"
)
_IN_BED = (
    r"in (?:bed|pain|agony|hospital|tears|the night|(?:him|her|them)sel\w+)"
    r"|back (?:to|in) (?:bed|sleep)|back asleep"
)
_COMES = re.compile(
    rf"(?!\b(?:{_IN_BED})\b)\b(?:in|back|school|com\w+|bring\w*|send\w*|sent|drop\w*|return\w*|way|there"
    r"|fit|ready|walk\w*|(?:see|with) (?:you|u))\b"
)


def only_better(seen: Reading) -> bool:
    """ "He's feeling a bit better today", unasked or to when it is back: nobody has said that it comes."""
    asked, line = seen.message.asked, seen.words.line
    if asked is not None and asked.kind != "return":
        return False
    now = all(mention.form == "today" and mention.part != "pm" for mention, _ in seen.days.roles)
    if not now or seen.times.roles or not _BETTER.search(line):
        return False
    rest = STAYS.sub(" ", line)
    return _COMES.search(rest) is None


def back_is_known(seen: Reading, children: Collection[str]) -> bool:
    """Such news of children whose day of return was told already, and is still ahead: it is not asked for again."""
    if not only_better(seen):
        return False
    today = local(seen.message.sent_at).date()
    ahead = [report for report in seen.message.known if report.return_day is not None and report.return_day > today]
    return bool(children) and set(children) <= {child for report in ahead for child in report.children}

"""A day of which it is said that the child will not be in: "I doubt he'll be in tomorrow", "no chance she's back then".

Words of coming in stand before such a day, so it looks like a day of return, and it is the contrary of one.
"""

from __future__ import annotations

import re
from datetime import date

from attendance.calendar import SchoolCalendar
from bot.understanding.days.school_days import after
from bot.understanding.evidence import Reading
from bot.understanding.roles.sentences import end_before

_BETWEEN = r"(?: (?!back (?:on|in)\b|and\b|but\b|so\b|well\b|when\b|if\b|until\b|before\b|,)[\w']+){0,7} ?$"
#: Nobody knows yet: that is left open, and is asked about.
_OPEN = re.compile(
    r"\b(?:(?<!no )(?<!without )(?<!without a )(?<!any )doubt(?:s|ful)?|unlikely|(?:can|could) not (?:see|imagine))\b"
    + _BETWEEN
)
_FIRM = re.compile(r"\bno (?:chance|way)\b" + _BETWEEN)


def not_back_then(seen: Reading, back: date | None, calendar: SchoolCalendar) -> date | None:
    """The day of return where `back` was read of a day that the words deny: the next one, or None while it is open."""
    line = seen.words.line
    for mention, _ in seen.days.roles:
        if back is None or mention.first != back or not mention.single:
            continue
        stop = end_before(line, mention.start)
        before = line[max(0, stop) : mention.start]
        if _FIRM.search(before):
            return after(back, calendar)
        if _OPEN.search(before):
            return None
    return back

""" "Ignore that, he's coming in", "actually he's on his way": back today, whatever day we had just asked for."""

from __future__ import annotations

import re
from datetime import date

from attendance.calendar import SchoolCalendar, local
from bot.understanding.evidence import Reading
from bot.understanding.when import DAY_ENDS

_COMES = re.compile(
    r"\b(?:(?:is|are|am|'s|now|just|he|she|they) )(?:now |just )?(?:coming|going|heading|walking|driving) in\b"
    r"(?! (?:tomorrow|later in|next|on|at|a|an|to (?:hospital|see|the doctor)"
    r"|for (?:an|a|his|her) (?:operation|op|scan)))"
    r"|\bon (?:(?:his|her|their|our|my|the) )?way(?: in| now| to school| there| over)*(?= [,.!]|$)"
)
_NOT_SO = re.compile(
    r"^(?:is|are|can|will|should|shall) "
    r"|\b(?:not|no|never|if|when|unless|until|whether|hope|hoping|might|may|maybe|once|doctors?|hospital)\b"
)


def comes_now(seen: Reading, calendar: SchoolCalendar) -> date | None:
    """The day of the words, where they plainly say that the child is coming in now, and name no other day."""
    asked, now = seen.message.asked, local(seen.message.sent_at)
    if asked is None or asked.kind not in ("return", "confirm"):
        return None
    line = seen.words.line
    others = [mention for mention, _ in seen.days.roles if mention.form != "today" and mention.first != now.date()]
    if others or _COMES.search(line) is None or _NOT_SO.search(line) or "?" in line:
        return None
    return now.date() if calendar.is_school_day(now.date()) and now.time() <= DAY_ENDS else None

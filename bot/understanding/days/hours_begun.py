""" "Off again today for the 48 hours", of a child who was reported ill before today: those hours began with its
illness, and do not begin anew."""

from __future__ import annotations

import re
from datetime import date

from attendance.calendar import local
from bot.understanding.evidence import Reading

_HOURS = re.compile(r"\b(?:24|48|72|the) ?-? ?(?:hours?|hrs?)\b")
_GOES_ON = re.compile(r"\b(?:again|another day|as well|finish\w*|complet\w*|rest of|end of|remain\w*|still)\b")
_ANEW = re.compile(r"\b(?:another|more|further|new|restart\w*|start\w*|from (?:now|today|this)|sick|vomit\w*|threw)\b")
_ENDS = frozenset(("return", "until"))


def hours_have_begun(seen: Reading, back: date | None) -> bool:
    """Whether the day of return is only counted from such hours, and from today, though they began earlier."""
    today, line = local(seen.message.sent_at).date(), seen.words.line
    ill = any(
        one.code == "I" and one.first_day is not None and one.first_day < today and one.return_day in (None, today)
        for one in seen.message.known
    )
    if back is None or not ill or not _HOURS.search(line) or any(role in _ENDS for _, role in seen.days.roles):
        return False
    return _GOES_ON.search(line) is not None and _ANEW.search(line) is None

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


def counted_from_the_illness(seen: Reading, back: date | None) -> date | None:
    """The day of return as it was read; where it is only counted from such hours, and from today, though they began
    earlier: the day that was said before, or none.
    """
    today, line = local(seen.message.sent_at).date(), seen.words.line
    ill = [one for one in seen.message.known if one.code == "I" and one.first_day is not None and one.first_day < today]
    if back is None or not ill or not _HOURS.search(line) or any(role in _ENDS for _, role in seen.days.roles):
        return back
    held = next((one.return_day for one in ill if one.return_day is not None and one.return_day > today), None)
    if _ANEW.search(line) is not None or not (held or _GOES_ON.search(line)):
        return back
    return held

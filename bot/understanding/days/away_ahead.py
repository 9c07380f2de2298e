"""Away on a day to come, said of a child that is known to be away: "off again tomorrow" names no day of return, and all
the same says when it can be one at the earliest. Asked for that day instead, the family would be chased in the morning
for what it has said in the evening.
"""

from __future__ import annotations

from datetime import date

from attendance.calendar import SchoolCalendar, local
from bot.understanding.days.left_open import plainly_away
from bot.understanding.days.school_days import after
from bot.understanding.evidence import Reading

_ENDS = frozenset(("return", "until", "length", "lastday", "lands"))


def back_after_it(seen: Reading, calendar: SchoolCalendar) -> date | None:
    """The school day after the last day to come on which the child is plainly away; None where more or less is said."""
    today = local(seen.message.sent_at).date()
    roles = seen.days.roles
    if not seen.message.known or any(role in _ENDS for _, role in roles):
        return None
    ahead = [one.last for one, role in roles if role == "absent" and one.last is not None and one.last > today]
    return after(max(ahead), calendar) if ahead and plainly_away(seen) else None

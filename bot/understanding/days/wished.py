""" "Would you mind if she was off Monday": what is wished for is to come, and is no day of return."""

from __future__ import annotations

import re
from dataclasses import replace

from attendance.calendar import SchoolCalendar, local
from bot.understanding.days.school_days import after, on_or_after
from bot.understanding.evidence import Reading
from bot.understanding.learned.days import Chosen

_WISHED = re.compile(
    r"\b(?:would|could|do|is|will) (?:it|that|this|you|there|anyone|anybody|school)\b[^.!?]{0,40}\bif\b[^.!?]{0,60}$"
)
#: How sure a day is that plain words say.
_PLAIN = 0.9


def is_wished(before: str) -> bool:
    """Whether the words before a day wish for something on it: "was", "had", "missed" tell no past then."""
    return _WISHED.search(before) is not None


def as_wished(seen: Reading, days: Chosen, calendar: SchoolCalendar) -> Chosen:
    """The one day that is wished for, where what was weighed begins today and ends with it, or has no end."""
    today = local(seen.message.sent_at).date()
    said = [(mention, role) for mention, role in seen.days.roles if mention.first is not None]
    if len(said) != 1:
        return days
    mention, role = said[0]
    wished = role == "absent" and is_wished(seen.words.line[: mention.start])
    first, last = mention.first, mention.last
    if not wished or first is None or last is None or first <= today or on_or_after(first, calendar) != first:
        return days
    back = after(last, calendar)
    if days.first not in (today, first) or (days.first == first and days.back not in (None, back)):
        return days
    return replace(days, first=first, back=back, first_sure=_PLAIN, back_sure=_PLAIN, said_first=True, others=())

"""Help now: a child in school who writes home that something is wrong, so that somebody there shall go to it.

"Ned texted, he feels faint and miss won't let him out, can someone check on him?" waits for nobody: whoever reads the
school's texts an hour later reads them too late.
"""

from __future__ import annotations

from attendance.calendar import SchoolCalendar, local
from bot.understanding.days.when import DAY_ENDS
from bot.understanding.evidence import Reading


def is_sent_for_help(seen: Reading, calendar: SchoolCalendar) -> bool:
    """The child has told the family, it is grave, and somebody is asked to go: on a school day, while school lasts."""
    signals, now = seen.signals, local(seen.message.sent_at)
    told = signals.has("writes_home") and signals.has("goes_to")
    wrong = signals.has("grave") or bool(seen.danger.hits)
    return told and wrong and now.time() < DAY_ENDS and calendar.is_school_day(now.date())

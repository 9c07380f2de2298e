"""An appointment that we hold, put right: on another day ("they've moved Tom's dentist to Friday") or in the other half
of its own ("actually it's this afternoon, not this morning").

Read as taken back, the new day would be asked about; read as of its old day, a child would be missed by nobody then.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from attendance.absences import APPOINTMENT
from attendance.calendar import SchoolCalendar, local
from bot.understanding.children.named import ids_of
from bot.understanding.days.other_half import other_half
from bot.understanding.evidence import Reading
from bot.understanding.values import Report

_MOVED = re.compile(
    r"\b(?:moved|changed|re ?-?scheduled|re ?-?arranged|re ?-?booked|switched|swapped|(?:put|pushed) back"
    r"|brought forward|moving|put off|postponed|is now|are now|now (?:on|for)|instead)\b"
)
_PUT_BACK = re.compile(r"\b(?:put|pushed|moved) back\b")
_SAME_TIME = re.compile(r"\bsame time\b")
_DATED = frozenset(("weekday", "date", "ordinal", "tomorrow", "today", "relative"))
_PERHAPS = re.compile(r"\?|\b(?:if|whether|might|may be|maybe|trying|tried|asked|hoping|hope|can|could)\b")


def appointment_anew(seen: Reading, calendar: SchoolCalendar) -> Report | None:
    """The one appointment to come that the words are about, as they put it; None where they say anything else."""
    held = _held(seen)
    if held is None or seen.message.asked is not None or seen.times.roles or _PERHAPS.search(seen.words.line):
        return None
    back = seen.signals.has("back") and _PUT_BACK.search(seen.words.line) is None
    if back or seen.signals.has_any("absent", "late") or seen.danger.hits:
        return None
    half = other_half(seen, held, calendar)
    day = _new_day(seen, held)
    if half is not None or day is None or not seen.why.scores.get(APPOINTMENT) or not calendar.is_school_day(day):
        return half
    if _SAME_TIME.search(seen.words.line) is None:
        return Report(held.children, APPOINTMENT, day, None, "day")
    same_day = held.return_day == held.first_day
    return replace(held, first_day=day, return_day=day if same_day else None)


def _held(seen: Reading) -> Report | None:
    today = local(seen.message.sent_at).date()
    named = set(ids_of(seen.who.named))
    to_come = [
        one
        for one in seen.message.known
        if one.code == APPOINTMENT and one.first_day is not None and one.first_day >= today
        if not named or named <= set(one.children)
    ]
    return to_come[0] if len(to_come) == 1 else None


def _new_day(seen: Reading, held: Report) -> date | None:
    """The one day that is not the appointment's own."""
    today = local(seen.message.sent_at).date()
    said = [day for day, _ in seen.days.roles]
    if _MOVED.search(seen.words.line) is None or not all(day.single and day.form in _DATED for day in said):
        return None
    others = {day.first for day in said if day.first is not None and day.first != held.first_day}
    return others.pop() if len(others) == 1 and min(others) >= today else None

"""Not in after all: "it's a migraine now so he is going to stay home", of a child whom we expect later today.

Taken for an open day of return, such words leave the afternoon unexplained, and after lunch the family is asked about a
child of whom it has told us twice.
"""

from __future__ import annotations

import re

from attendance.absences import APPOINTMENT
from attendance.calendar import SchoolCalendar, local
from attendance.closing import LATE
from bot.understanding.days.left_open import STAYS
from bot.understanding.days.school_days import after
from bot.understanding.days.when import DAY_ENDS
from bot.understanding.evidence import Reading
from bot.understanding.reasons.aside import is_told_to_stay
from bot.understanding.values import Report

_OTHERWISE = re.compile(
    r"^(?:is|are|can|will|should|shall|could|do|does) |\?"
    r"|\b(?:might|may|maybe|perhaps|possibly|probably|whether|if|unless|not sure|wait|see how|until|till|yesterday"
    r"|tomorrow|tonight|next|week|rest of the week|(?:mon|tues|wednes|thurs|fri)day|sent|went|gone in)\b"
)
_AFTERNOON = re.compile(r"\b(?:afternoon|after lunch|pm)\b")
_TOWARDS_NOON = 11
_NOT_BACK = re.compile(
    r"\bnot (?:going to |now )?(?:(?:be |make it |get |come |coming )?back|make it|be in|coming in|come in)"
    r"(?: (?:in|to school))?(?: now)? (?:at all|today|for the (?:afternoon|rest)|this (?:afternoon|side))\b"
)
"""From an appointment straight home, or never out of it in time."""


def stays_home(seen: Reading, calendar: SchoolCalendar) -> Report | None:
    """The one child whom we expect later today, as away for all of it; None where the words say anything else.

    After an appointment the afternoon alone is told of, and only where a word says why; or the appointment takes all of
    the day.
    """
    held, line = _expected_later(seen), seen.words.line
    if held is not None and (whole := _out_all_day(seen, held, calendar)) is not None:
        return whole
    if held is None or not STAYS.search(line) or _OTHERWISE.search(line):
        return None
    now = local(seen.message.sent_at)
    named = {child for one in seen.who.named for child in one.children}
    if named - set(held.children) or now.time() > DAY_ENDS:
        return None
    ill = seen.why.code if seen.why.code not in (None, "N") else None
    ill = "I" if ill == APPOINTMENT and is_told_to_stay(seen.words.texts) else ill
    if held.code == APPOINTMENT and (_AFTERNOON.search(line) or now.hour >= _TOWARDS_NOON):
        return Report(held.children, ill, now.date(), session="pm") if ill not in (None, APPOINTMENT) else None
    code = ill or (held.code if held.code not in (LATE, APPOINTMENT) else None)
    return Report(held.children, code, now.date(), session="day") if code is not None else None


def _out_all_day(seen: Reading, held: Report, calendar: SchoolCalendar) -> Report | None:
    """ "Still in the waiting room, so he won't be back at all": no register of the day is attended."""
    now, line = local(seen.message.sent_at), seen.words.line
    named = {child for one in seen.who.named for child in one.children}
    if held.code != APPOINTMENT or named - set(held.children) or now.time() > DAY_ENDS:
        return None
    if not _NOT_BACK.search(line) or "?" in line or seen.why.code not in (None, "N", APPOINTMENT):
        return None
    return Report(held.children, APPOINTMENT, now.date(), after(now.date(), calendar), "day")


def _expected_later(seen: Reading) -> Report | None:
    """What we hold of this morning, where it is of one child and the rest of its day is open."""
    today = local(seen.message.sent_at).date()
    if not seen.message.is_unasked:
        return None
    of_today = [report for report in seen.message.known if report.code is not None and report.first_day == today]
    if len({child for report in of_today for child in report.children}) != 1:
        return None
    last = of_today[-1]
    return last if last.session == "am" and all(report.session == "am" for report in of_today) else None

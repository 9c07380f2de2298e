"""Days of a request put right in a sentence: "sorry, we fly on the 8th, so he'll be in on the Monday", "all day now".

We may just have asked where they will stay, and any words would be taken for the answer. A correction says that it is
one, names a day or a half, and is said a moment after.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from attendance.absences import Span
from attendance.leave import WAITING, LeaveRequest, dates
from bot.leave import words
from bot.leave.as_of_then import back_or_only
from bot.leave.beside import ILL
from bot.leave.days_meant import school_day_after
from bot.leave.for_another import A_WHILE
from bot.leave.later import changed
from bot.leave.leaves_on import leaves_on
from bot.leave.put_right import corrects, numbered
from bot.leave.taken_back import is_ahead
from bot.leave.whose import in_the_same_breath, last_made, own
from bot.naming import is_named
from bot.outcome import ChangeLeave, Heard, Outcome, Situation
from bot.understanding import Report, Understanding

_ALL_DAY = re.compile(r"(?<!not )(?<!not the )(?<!not a )\b(?:all day|(?:whole|full|entire) day)\b", re.IGNORECASE)
_NOT_HALF = re.compile(
    r"\b(morning|afternoon)s?\W+(?:and )?not (?:in )?(?:the )?(?:morning|afternoon)\b", re.IGNORECASE
)
_INSTEAD = re.compile(r"\b(?:sorry|actually|instead|make (?:it|that)|needs?|wrong|now)\b", re.IGNORECASE)
"""Beside "all day" any of these is a correction, wherever it stands."""
_BACK_NUMBER = re.compile(r"\bback\b[^.!?\d]{0,20}(?<!\d)(\d{1,2})(?:st|nd|rd|th)\b(?! [a-z]{3})", re.IGNORECASE)
_MORE = re.compile(r"\b(?:also|too|as ?well|another|extra)\b", re.IGNORECASE)
NEAR = timedelta(days=7)


def days_anew(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """The request that was made a moment ago, with the days or the half that the words say instead."""
    last = _just_asked(heard, understood, situation)
    if not last or _MORE.search(heard.text):
        return None
    half = _half_meant(heard, last, situation)
    if half is not None:
        day = last[0].first_day
        back = day if half == "am" else school_day_after(day, situation)
        return changed(heard, last, Report((), None, day, back, half), situation)
    if (leaves := _leaves_then(heard, last, situation)) is not None:
        return changed(
            heard, last, Report((), None, leaves, last[0].back_on(situation.school.calendar), "day"), situation
        )
    if not corrects(heard):
        return None
    if (said := _days_meant(heard, understood, last, situation)) is not None:
        return changed(heard, last, Report((), None, *said, "day"), situation)
    return _only_back(heard, understood, last, situation)


def _just_asked(heard: Heard, understood: Understanding, situation: Situation) -> Sequence[LeaveRequest]:
    """What the writer asked for last, and nobody has decided; nothing where the words are of something else."""
    newest = last_made(own("", situation))
    apart = understood.urgent or understood.safeguarding or "?" in heard.text or words.withdraws(heard.text)
    if newest is None or apart or newest.state not in WAITING or heard.at - newest.asked_at > A_WHILE:
        return ()
    last = in_the_same_breath(newest, own("", situation))
    said = (child for report in understood.reports for child in report.children)
    told = {child for child in said if is_named(heard.text, child, situation)}
    mine = told <= {one.pupil for one in last} and all(is_ahead(one, heard, situation) for one in last)
    return last if mine and (not words.is_of_today(heard.text) or _leaves_then(heard, last, situation)) else ()


def _leaves_then(heard: Heard, last: Sequence[LeaveRequest], situation: Situation) -> date | None:
    """Another day on which they leave, of leave for whole days."""
    if last[0].half != "day":
        return None
    return leaves_on(heard, last[0].first_day, last[0].back_on(situation.school.calendar), situation)


def _half_meant(heard: Heard, last: Sequence[LeaveRequest], situation: Situation) -> Span | None:
    """Another half of the one day that was asked for, or all of it."""
    request = last[0]
    if request.back_on(situation.school.calendar) > school_day_after(request.first_day, situation):
        return None
    half: Span | None = None
    if (found := _NOT_HALF.search(heard.text)) is not None and corrects(heard):
        half = "am" if found[1].casefold() == "morning" else "pm"
    elif _ALL_DAY.search(heard.text) and _INSTEAD.search(heard.text):
        half = "day"
    return half if half != request.half else None


def _days_meant(
    heard: Heard, understood: Understanding, last: Sequence[LeaveRequest], situation: Situation
) -> tuple[date, date] | None:
    """The first day and the day back as they were read, near those that were asked for. A day of return that is not
    said stays as it was: "sorry, we fly on the 8th now".
    """
    request, calendar = last[0], situation.school.calendar
    if understood.intent not in ("leave", "absence") or len(understood.reports) != 1:
        return None
    (report,) = understood.reports
    first, back, ends = report.first_day, report.return_day, request.back_on(calendar)
    if first is None or first <= heard.day or report.code in ILL or report.session not in (None, "day"):
        return None
    if not request.first_day - NEAR <= first <= ends + NEAR or not calendar.is_school_day(first):
        return None
    one_day = ends <= school_day_after(request.first_day, situation)
    if (found := _BACK_NUMBER.search(heard.text)) is not None:
        back = next((day for day in numbered(int(found[1]), first) if day > first), back)
    elif back is None or "return" in understood.ask or back == school_day_after(first, situation):
        back = school_day_after(first, situation) if one_day else ends
    if back is None or back <= first or dates.fault_of(first, back, heard.day, calendar) is not None:
        return None
    return None if (first, back) == (request.first_day, ends) else (first, back)


def _only_back(
    heard: Heard, understood: Understanding, last: Sequence[LeaveRequest], situation: Situation
) -> Outcome | None:
    """ "Sorry, it's only till the 10th": where the day back is another one than we have."""
    other = back_or_only(heard, replace(understood, intent="return"), situation)
    if other is None:
        return None
    made = [one.request for one in other.effects if isinstance(one, ChangeLeave)]
    before = {one.id: one.back_on(situation.school.calendar) for one in last}
    return other if any(one.return_day != before.get(one.id) for one in made) else None

"""Leave that was granted is moved: "it's on the 11th now, can we swap the day to that? She'll be in on the 4th".

The new days are a request of their own, for the head agreed to others. The old ones are opened, and the office hears of
it: left as agreed, a child who was sent in on them and did not arrive would be missed by nobody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from attendance.leave import LeaveRequest, dates
from bot.leave import days_said, words
from bot.leave.asked import leave_asked
from bot.leave.days_meant import days_written, school_day_after
from bot.leave.put_right import numbered
from bot.leave.taken_back import is_ahead, taken_back
from bot.leave.whose import in_the_same_breath, last_made, own
from bot.outcome import Heard, Outcome, Situation
from bot.understanding import Report, Understanding

_MOVED = re.compile(
    r"\b(?:moved|swap\w*|switch\w*|instead|rather than|brought forward|(?:put|pushed|knocked) (?:it |that )?back"
    r"|re-?scheduled|re-?arranged|postponed|(?:move|change|changed) (?:\S+ ){0,6}?(?:day|days|date|dates|leave|it|that)"
    r"|(?:day|days|date|dates|leave) (?:\S+ ){0,6}?(?:changed|moves)|not (?:on )?(?:the )?\d|do(?:n['’]?t| not) need"
    r"|no longer)\b",
    re.IGNORECASE,
)
_WEEKDAY = r"(?:\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri)(?:day)?,? )?(?:\bthe )?"
_NO_MONTH = r"(?:st|nd|rd|th)\b(?! (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))"
_MORE = re.compile(r"\b(?:also|too|as ?well|another|extra|both)\b", re.IGNORECASE)
_NOT_SURE = re.compile(r"\b(?:if|might|may be|maybe|unless|whether)\b", re.IGNORECASE)


def granted_moved(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """A request for the new days, and the old ones taken back; None where no other days are written out."""
    apart = understood.urgent or understood.safeguarding or words.is_now(heard.text) or words.late_back(heard.text)
    if apart or not _MOVED.search(heard.text) or _MORE.search(heard.text) or _NOT_SURE.search(heard.text):
        return None
    last = _granted(heard, situation)
    if not last:
        return None
    days = situation.school.calendar.between(last[0].first_day, last[0].back_on(situation.school.calendar))
    other = replace(heard, text=_without(heard.text, days))
    said = _days(other, last[0], situation)
    if said is None or not set(said).isdisjoint(days):
        return None
    back = school_day_after(said[1], situation)
    if dates.fault_of(said[0], back, heard.day, situation.school.calendar) is not None:
        return None
    report = Report(tuple(one.pupil for one in last), last[0].code, said[0], back, last[0].half)
    asked = leave_asked(other, replace(understood, intent="leave", reports=(report,), ask=()), situation)
    return replace(asked, effects=(*taken_back(heard, last), *asked.effects))


def _granted(heard: Heard, situation: Situation) -> Sequence[LeaveRequest]:
    """What was granted to the writer and is still to come, of the children whom the words name; nothing where it cannot
    be told which of several is meant."""
    ours = [one for one in own(heard.text, situation) if one.is_granted and is_ahead(one, heard, situation)]
    named = [one for one in ours if days_said.has_number(heard.text, one.first_day.day)] or ours
    newest = last_made(named)
    return in_the_same_breath(newest, ours) if newest and len({one.together for one in named}) == 1 else ()


def _without(text: str, days: Sequence[date]) -> str:
    """The words without the days that were granted: "the 11th instead of the 4th" leaves the 11th."""
    for day in days:
        its_month = rf"(?:st|nd|rd|th)?(?: of)? {day:%b}\w*"
        text = re.sub(rf"{_WEEKDAY}\b{day.day}(?:{its_month}|{_NO_MONTH})", " ", text, flags=re.IGNORECASE)
    return text


def _days(heard: Heard, request: LeaveRequest, situation: Situation) -> tuple[date, date] | None:
    """The first and the last of the new days: with their month, or one day by its number alone."""
    said = days_written(heard, situation)
    if said is not None:
        return (said.first, said.last) if heard.day < said.first <= said.last else None
    number = days_said.only_number(heard.text)
    one_day = request.back_on(situation.school.calendar) <= school_day_after(request.first_day, situation)
    if number is None or not one_day:
        return None
    ahead = [day for day in numbered(number, request.first_day) if day > heard.day]
    day = next((one for one in ahead if one <= request.first_day + timedelta(days=31)), None)
    return None if day is None or not situation.school.calendar.is_school_day(day) else (day, day)

"""Days one by one: "it's actually Wednesday and Friday", "and the Friday too", of leave that was just asked for.

The days stand without the week of the leave, which the request knows; what lies between them is not asked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from attendance.leave import WAITING, LeaveRequest
from bot.leave import words
from bot.leave.asked import asking_on, leave_effects
from bot.leave.days_meant import school_day_after
from bot.leave.for_another import A_WHILE
from bot.leave.later import changed
from bot.leave.put_right import corrects, numbered
from bot.leave.taken_back import is_ahead, taken_back
from bot.leave.telling import received
from bot.leave.whose import in_the_same_breath, last_made, own
from bot.naming import is_named
from bot.outcome import AskLeave, BotEffect, ChangeLeave, Heard, Outcome, Situation
from bot.understanding import Report, Understanding

_WEEKDAY = r"(?P<{0}w>mon|tue|wed|thu|fri)(?:s?|nes|u?rs?)(?:day)?\b"
_NUMBER = r"(?P<{0}n>\d{{1,2}})(?:st|nd|rd|th)?\b(?! ?(?:am|pm|days?|weeks?|hours?|o.?clock)\b)(?![.:]\d)"
_MONTH = r"(?: (?:of )?(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b)?"
_DAY = re.compile(
    rf"\b(?:(?:{_WEEKDAY.format('a')})(?: (?:the )?{_NUMBER.format('a')}{_MONTH})?"
    rf"|(?:the )?{_NUMBER.format('b')}{_MONTH})",
    re.IGNORECASE,
)
_JOINED = re.compile(r"^\s*(?:(?:and|&|\+|plus|then|also|on|the|,|;)\s*)+$", re.IGNORECASE)
_NOT_SO = re.compile(
    r"\b(?:not|instead of|rather than|or|till|until|to|back|return\w*|from|between|cancel\w*)\b", re.IGNORECASE
)
_VERB = re.compile(r"\bback to you\b|\b(?:have|has|had|need|needs|got|moved|change|changed|it) to\b", re.IGNORECASE)
"""Where "to" or "back" stands between no days."""
_WEEK = ("mon", "tue", "wed", "thu", "fri")
_SHORT = 14
_NEAR = timedelta(days=14)


def days_apart(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """The days that the words name one by one, in the place of those that were asked for."""
    last = _just_asked(heard, understood, situation)
    if not last or not (words.changes(heard.text) or corrects(heard)) or words.says_more(heard.text):
        return None
    days = _days(heard, last)
    if len(days) < 2 or not all(_may_be(day, heard, last, situation) for day in days):
        return None
    reports = [_report(last, first, back) for first, back in _runs(days, situation)]
    effects = leave_effects(heard, reports, situation)
    kept = {one.request.id for one in effects if isinstance(one, ChangeLeave)}
    out = [one for one in last if one.id not in kept]
    return _answered(heard, [*effects, *taken_back(heard, out)], situation, {one.id for one in out})


def days_besides(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """Another day beside those that were asked for, next to them or by itself."""
    last = _just_asked(heard, understood, situation)
    if not last or not words.says_more(heard.text) or len(heard.text.split()) > _SHORT:
        return None
    days = [day for day in _days(heard, last) if _may_be(day, heard, last, situation)]
    calendar = situation.school.calendar
    if len(days) != 1 or any(one.overlaps(days[0], school_day_after(days[0], situation)) for one in last):
        return None
    beside = [one for one in last if one.back_on(calendar) == days[0] and one.half == "day"]
    if len(beside) == len({one.pupil for one in last}):
        back = school_day_after(days[0], situation)
        return changed(heard, beside, Report((), None, beside[0].first_day, back), situation)
    effects = leave_effects(heard, [_report(last, days[0], school_day_after(days[0], situation))], situation)
    return _answered(heard, effects, situation, set())


def _answered(heard: Heard, effects: Sequence[BotEffect], situation: Situation, out: set[str]) -> Outcome:
    made = [one.request for one in effects if isinstance(one, AskLeave | ChangeLeave)]
    mine = [one for one in made if one.id not in out]
    return Outcome(asking_on(heard, mine, situation.conversation), tuple(effects), received(heard, mine, situation))


def _just_asked(heard: Heard, understood: Understanding, situation: Situation) -> list[LeaveRequest]:
    """What the writer asked for a moment ago in one message, none of it decided or begun."""
    mine = own("", situation)
    newest = last_made(mine)
    apart = understood.urgent or understood.safeguarding or "?" in heard.text or words.is_of_today(heard.text)
    if newest is None or apart or words.is_now(heard.text) or heard.at - newest.asked_at > A_WHILE:
        return []
    last = in_the_same_breath(newest, mine)
    named = {child for child in situation.sender.may_report if is_named(heard.text, child, situation)}
    waits = all(one.state in WAITING and is_ahead(one, heard, situation) for one in last)
    return last if waits and named <= {one.pupil for one in last} else []


def _days(heard: Heard, last: Sequence[LeaveRequest]) -> list[date]:
    """The days that the words name, joined to each other and none of them an end; nothing where they say anything
    else of days.
    """
    text = _VERB.sub("", heard.text)
    found = list(_DAY.finditer(text))
    if _NOT_SO.search(text) or not found:
        return []
    out: list[date] = []
    for before, one in zip([None, *found], found, strict=False):
        if before is not None and not _JOINED.match(text[before.end() : one.start()]):
            return []
        day = _resolved(one, last, out[-1] if out else None)
        if day is None or (out and day <= out[-1]):
            return []
        out.append(day)
    return out


def _resolved(found: re.Match[str], last: Sequence[LeaveRequest], before: date | None) -> date | None:
    """By its number in the month of the leave; by its name in the week of the leave, or behind the day before it."""
    begins = min(one.first_day for one in last)
    number = found["an"] or found["bn"]
    if number is not None:
        near = [day for day in numbered(int(number), begins) if abs(day - begins) <= _NEAR]
        return min(near, key=lambda day: abs(day - begins), default=None)
    at = _WEEK.index(found["aw"].casefold())
    day = begins - timedelta(days=begins.weekday()) + timedelta(days=at)
    after = re.match(r"\W*(?:after|following)\b", found.string[found.end() :], re.IGNORECASE)
    floor = begins if after or re.search(r"\bfollowing $", found.string[: found.start()]) else before
    return day + timedelta(days=7) if floor is not None and day <= floor else day


def _may_be(day: date, heard: Heard, last: Sequence[LeaveRequest], situation: Situation) -> bool:
    near = any(abs(day - one.first_day) <= _NEAR for one in last)
    return near and day > heard.day and situation.school.calendar.is_school_day(day)


def _runs(days: Sequence[date], situation: Situation) -> list[tuple[date, date]]:
    """Each run of days that follow one another, with the day back from it."""
    out: list[tuple[date, date]] = []
    for day in days:
        back = school_day_after(day, situation)
        if out and out[-1][1] == day:
            out[-1] = (out[-1][0], back)
        else:
            out.append((day, back))
    return out


def _report(last: Sequence[LeaveRequest], first: date, back: date) -> Report:
    pupils = tuple(dict.fromkeys(one.pupil for one in last))
    return replace(Report(pupils, last[0].code, first, back), session="day")

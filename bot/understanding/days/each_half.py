""" "Off Monday morning and Tuesday afternoon": a half of each day that is said, and not the days between the halves."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from attendance.calendar import SchoolCalendar, local
from bot.understanding.dates import Mention
from bot.understanding.days.school_days import after, on_or_after
from bot.understanding.evidence import Reading
from bot.understanding.values import Part, Report

_JOINS = re.compile(r" ?(?:, and|, then|, also|,|\band also\b|\band then\b|\band\b|&|\bthen\b|\bplus\b) ")
_HALF = re.compile(r"\b(?:(mornings?|(?<!\bi )am)|(afternoons?|pm))\b")
_OF_ALL = re.compile(r"\b(?:mornings|afternoons)$")
_BEHIND = re.compile(r"^(?: (?:in the|in|the))? (?:mornings?|am|afternoons?|pm)\b")
_A_SPAN = re.compile(r"\b(?:to|until|till|from|through|back|between|not|or|instead|only|just)\b|(?<! )-")
_FORMS = frozenset(("list", "weekday", "date", "ordinal", "relative", "today", "tomorrow", "part"))
_WEEK = timedelta(days=7)


def halves_of_each_day(seen: Reading, report: Report, calendar: SchoolCalendar) -> tuple[Report, ...]:
    """A report for each day that is said with its half; none where the words do not tell the halves one by one."""
    away = [mention for mention, role in seen.days.roles if role not in ("past", "other")]
    if not away or seen.times.roles or any(role not in ("absent", "past", "other") for _, role in seen.days.roles):
        return ()
    days = _in_order(away)
    line, end = seen.words.line, away[-1].end
    behind = _BEHIND.match(line[end:])
    said = line[away[0].start : end + (behind.end() if behind else 0)]
    pieces = _JOINS.split(said)
    if len(days) < 2 or len(pieces) != len(days) or _A_SPAN.search(said):
        return ()
    today = local(seen.message.sent_at).date()
    if days[0] < today <= days[-1]:
        return ()  # which week is meant is not plain
    halves = [_half(piece) for piece in pieces]
    if _OF_ALL.search(pieces[-1]) and halves[:-1] == ["day"] * (len(halves) - 1):
        halves = [halves[-1]] * len(halves)  # "Monday and Tuesday mornings"
    if halves[0] == "day" or report.first_day not in days:
        return ()
    out = []
    for day, half in zip(days, halves, strict=True):
        first = on_or_after(day, calendar)
        if first is None:
            return ()
        back = first if half == "am" else after(first, calendar)
        out.append(replace(report, first_day=first, return_day=back, session=half))
    return tuple(out)


def _half(piece: str) -> Part:
    found = _HALF.search(piece)
    return "day" if found is None else "am" if found[1] else "pm"


def _in_order(away: list[Mention]) -> list[date]:
    """The days as they are said; a weekday said behind another one is the next after it. None for spans."""
    days: list[date] = []
    for mention in away:
        if mention.form not in _FORMS or mention.first is None or not (mention.members or mention.single):
            return []
        for day in mention.members or (mention.first,):
            later = day
            while days and mention.form == "weekday" and later <= days[-1]:
                later += _WEEK
            days.append(later)
    return days if days == sorted(set(days)) else []

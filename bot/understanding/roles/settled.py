"""The days of a report out of the parts that its days play: the first school day away, and the school day of return."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from attendance.calendar import SchoolCalendar
from bot.understanding.dates import DAY, Mention
from bot.understanding.days.school_days import after, school_day


@dataclass(slots=True)
class Days:
    """What the dates of one group of clauses say. `sure` is that of the weakest date used."""

    first: date | None = None
    ret: date | None = None
    said_first: bool = False
    said_return: bool = False
    single: bool = False
    last_day: bool = False
    members: tuple[date, ...] = ()
    first_sure: float = 0.97
    return_sure: float = 0.97
    roles: list[tuple[Mention, str]] = field(default_factory=list)


def settle_days(
    roles: list[tuple[Mention, str]], today: date, start: date, calendar: SchoolCalendar, part_day: bool, planned: bool
) -> Days:
    """Put the roles together: the first school day away and the school day of return."""
    days = Days(roles=roles)
    length: Mention | None = None
    for mention, role in roles:
        if role == "return":
            _return(days, mention, today, calendar)
        elif role == "until":
            _until(days, mention, today, calendar)
        elif role == "since":
            _since(days, mention, today)
        elif role == "lands" and mention.last is not None:
            days.ret, days.said_return, days.return_sure = after(mention.last, calendar), True, 0.85
        elif role == "lastday" and mention.last is not None:
            days.first, days.said_first, days.last_day = after(mention.last, calendar) or start, True, True
            if days.ret is None and planned:
                gap = next(
                    (d for d in calendar.school_days if d > days.first and (d - calendar.before(d)).days > 9), None
                )
                days.ret = gap
        elif role == "absent":
            _absent(days, mention, today, start, calendar, planned)
        elif role in ("length", "halfday"):
            length = mention
    if length is not None and length.form == "length" and not days.said_return:
        _length(days, length, max(start, today) if length.further else start, calendar)
    if length is not None and length.form == "halfday" and days.ret is None:
        days.ret = days.first or start
        days.return_sure = 0.6
    if days.ret is not None:
        days.ret = school_day(days.ret, calendar)
        if not calendar.is_school_day(days.ret):  # beyond the calendar: ask, do not record
            days.ret, days.return_sure, days.said_return = None, 0.3, False
    return days


def _return(days: Days, mention: Mention, today: date, calendar: SchoolCalendar) -> None:
    assert mention.first is not None
    assert mention.last is not None
    day = mention.first
    if mention.form == "list" and len(mention.members) == 2:
        day, mention.sure = mention.members[0], 0.5
    if mention.form in ("holiday", "special", "weekend") or (
        mention.form == "week" and mention.modifier == "commencing"
    ):
        day = mention.last + DAY if mention.form != "week" else mention.first
    if mention.form == "endterm":
        day = mention.first
    if mention.form == "week" and mention.part in ("all", "rest"):
        day = mention.last + DAY
    day = _after_first(days, mention, day)
    if mention.part == "night":
        day += DAY
    if days.said_return and days.ret is not None and mention.sure < 0.7 and days.return_sure >= 0.7:
        return
    days.ret, days.said_return = school_day(max(day, today), calendar), True
    days.return_sure = min(mention.sure, 0.95)


def _after_first(days: Days, mention: Mention, day: date) -> date:
    """A bare weekday told after the first day is the one that follows it: "off the 27th, back Friday"."""
    if mention.form == "weekday" and mention.modifier in ("", "the") and mention.weekday is not None:
        first = days.first
        if first is not None and days.said_first and first >= day and not days.said_return:
            return first + timedelta(days=(mention.weekday - first.weekday()) % 7 or 7)
    return day


def _until(days: Days, mention: Mention, today: date, calendar: SchoolCalendar) -> None:
    assert mention.first is not None
    assert mention.last is not None
    day = mention.first
    if (
        mention.form in ("holiday", "endterm", "special")
        or (mention.form == "week" and mention.part)
        or mention.form == "weekend"
    ):
        day = mention.last + DAY
        if mention.form == "endterm":
            day = mention.last + DAY
    elif mention.form in ("range", "list"):
        day = mention.last
    day = _after_first(days, mention, day)
    if mention.modifier == "inclusive":
        day += DAY
    if mention.form == "today":
        return
    days.ret, days.said_return = school_day(max(day, today), calendar), True
    days.return_sure = min(mention.sure, 0.9)


def _since(days: Days, mention: Mention, today: date) -> None:
    assert mention.first is not None
    if mention.first <= today or days.first is None or not mention.single:
        days.first, days.said_first = mention.first, True
        days.first_sure = mention.sure
    if mention.form in ("range", "list", "week") and mention.last is not None and mention.last > mention.first:
        days.said_return = True
        days.ret = mention.last + DAY
        days.return_sure = 0.93


def _absent(days: Days, mention: Mention, today: date, start: date, calendar: SchoolCalendar, planned: bool) -> None:
    first, last = mention.first, mention.last
    assert first is not None
    assert last is not None
    if mention.form == "week" and first < today <= last and mention.modifier in ("this", "the"):
        first = max(first, start) if start <= last else first
    if mention.form == "special" or days.last_day:
        return
    if (
        mention.form == "weekday"
        and mention.modifier in ("", "the")
        and mention.weekday is not None
        and days.first is not None
        and days.said_first
        and first < days.first
    ):
        first = last = days.first + timedelta(days=(mention.weekday - days.first.weekday()) % 7)
    if days.first is None or (not days.said_first) or (first < days.first and mention.form != "today"):
        if days.first is not None and days.said_first and days.single and first > days.first:
            pass
        else:
            days.first, days.first_sure = first, mention.sure
            days.said_first = True
    elif days.single and first > days.first and not days.said_return and _gap_days(days.first, first, calendar) == 1:
        pass
    if days.said_return:
        return
    if mention.single:
        days.single = True
        if mention.lead and planned:
            days.ret, days.return_sure = None, 0.5
        elif mention.form != "today" or mention.part == "only":
            days.ret = after(last, calendar)
            days.return_sure = 0.85
    else:
        days.ret = after(last, calendar)
        days.return_sure = min(mention.sure, 0.7 if mention.part == "until" else 0.93)
        days.members = mention.members
        days.first_sure = max(days.first_sure, 0.85)
        if mention.form == "list":
            days.return_sure = max(days.return_sure, 0.85)


def _gap_days(first: date, last: date, calendar: SchoolCalendar) -> int:
    return len(calendar.between(first, last))


def _length(days: Days, mention: Mention, start: date, calendar: SchoolCalendar) -> None:
    assert mention.days is not None
    first = school_day(max(days.first, start) if days.first and mention.further else days.first or start, calendar)
    if mention.unit == "hour":
        day: date = first + mention.days * DAY
    elif (mention.days <= 5 and mention.unit in ("day", "school day")) or mention.unit == "school day":
        there = after(first, calendar, mention.days)
        if there is None:
            return
        day = there
    else:
        base = days.first if days.first is not None and days.said_first and not mention.further else first
        day = base + timedelta(days=mention.days)
    days.ret, days.said_return = school_day(day, calendar), True
    days.return_sure = min(mention.sure, 0.9)

"""What is said of leave that is still to come, read as one would hear it on the first day of that leave.

"Sorry, we are only back on the 21st", "I meant Monday only", "and the 9th as well": counted from today each would be
something of this week, or a request of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from attendance.leave import WAITING, LeaveRequest
from attendance.leave.grounds import EXCEPTIONAL
from bot.for_the_reader import children_of
from bot.leave import days_said, words
from bot.leave.asked import leave_asked
from bot.leave.days_meant import NO_LEAVE, days_written, school_day_after
from bot.leave.later import asked_of_the_head, changed
from bot.leave.taken_back import is_ahead
from bot.leave.whose import in_the_same_breath, last_made, own
from bot.outcome import Heard, Outcome, Situation
from bot.understanding import Asked, Message, Report, Understanding, understand

_TELL = frozenset({"absence", "leave", "return", "question", "late"})
HOLY_DAY = "R"
A_WEEK = timedelta(days=7)


def back_or_only(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """Another day back, or fewer days: "only back on the 21st", "I meant Monday only"."""
    if not (words.says_back(heard.text) or words.says_only(heard.text)):
        return None
    last = last_asked(heard, understood, situation)
    read = _read_then(heard, last, situation, last[0].first_day) if last else None
    if read is None or read.intent != "return":
        return None
    days = {report.return_day for report in read.reports}
    back = days.pop() if len(days) == 1 else None
    if back is None or back <= last[0].first_day:
        return None
    if last[0].is_granted:
        return asked_of_the_head(heard, last, back, situation)
    return changed(heard, last, Report((), None, None, back), situation)


def only_half(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """One half of the one day that was asked for: "only the morning, he'll be in for lessons 4 and 5"."""
    half = days_said.half_said(heard.text)
    last = last_asked(heard, understood, situation) if half is not None else []
    if half is None or not last or last[0].state not in WAITING or words.says_when(heard.text):
        return None
    day, back = last[0].first_day, last[0].back_on(situation.school.calendar)
    if back not in (day, school_day_after(day, situation)):
        return None
    return changed(heard, last, Report((), None, day, day if half == "am" else back, half), situation)


def day_put_right(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """ "Freddie's is the 8th, not the 9th": the first day of a request that waits, or the one day that it is for."""
    said = days_said.not_that_day(heard.text)
    if said is None or words.is_now(heard.text):
        return None
    right, wrong = said
    waits = [one for one in own(heard.text, situation) if one.state in WAITING and one.first_day.day == wrong]
    waits = [one for one in waits if one.first_day > heard.day and one.first_day == waits[0].first_day]
    if not waits or understood.urgent or understood.safeguarding:
        return None
    try:
        day = waits[0].first_day.replace(day=right)
    except ValueError:
        return None
    one_day = waits[0].back_on(situation.school.calendar) <= school_day_after(waits[0].first_day, situation)
    back = school_day_after(day, situation) if one_day else waits[0].back_on(situation.school.calendar)
    if not heard.day < day < back or not situation.school.calendar.is_school_day(day):
        return None
    half = waits[0].half
    return changed(heard, waits, Report((), None, day, day if half == "am" else back, half), situation)


def one_day_more(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """A day beside the days that were asked for: "and the 9th as well"."""
    if not words.says_more(heard.text):
        return None
    last = last_asked(heard, understood, situation)
    if not last or last[0].state not in WAITING:
        return None
    if (by_number := _next_by_number(heard, last, situation)) is not None:
        return _more_days(heard, understood, by_number, last, situation)
    for at in (last[0].first_day, last[0].first_day - A_WEEK):  # "the Friday before"
        read = _read_then(heard, last, situation, at)
        if read.intent not in ("absence", "leave") or len(read.reports) != 1:
            continue
        if (said := _next_to_it(heard, read.reports[0], last, situation)) is not None:
            return _more_days(heard, understood, said, last, situation)
    return None


def last_asked(heard: Heard, understood: Understanding, situation: Situation) -> list[LeaveRequest]:
    """What the writer asked for last in one message, while none of it has begun and its children are where they should
    be today; nothing where the words speak of today.
    """
    text, today = heard.text, heard.day
    of_now = words.is_of_today(text) or words.is_now(text) or days_said.no_such_day(text, today)
    if of_now or understood.intent not in _TELL:
        return []
    mine = own("", situation)
    newest = last_made(mine)
    if newest is None:
        return []
    last = in_the_same_breath(newest, mine)
    return last if all(_is_to_come(one, heard, situation) and _same(one, newest) for one in last) else []


def _is_to_come(request: LeaveRequest, heard: Heard, situation: Situation) -> bool:
    return (request.state in WAITING or request.is_granted) and is_ahead(request, heard, situation)


def _same(one: LeaveRequest, other: LeaveRequest) -> bool:
    return (one.first_day, one.return_day, one.state) == (other.first_day, other.return_day, other.state)


def _read_then(heard: Heard, last: Sequence[LeaveRequest], situation: Situation, on: date) -> Understanding:
    """The words as a correction of what was asked for, heard on that day."""
    first, pupils = last[0], tuple(one.pupil for one in last)
    draft = Report(pupils, first.code, first.first_day, first.back_on(situation.school.calendar), first.half)
    asked = Asked("confirm", pupils[0] if len(pupils) == 1 else None, pupils, first.first_day, draft)
    at = datetime.combine(on, heard.at.timetz())
    return understand(Message(at, children_of(situation), asked, (), heard.text), situation.school.calendar)


def _next_by_number(heard: Heard, last: Sequence[LeaveRequest], situation: Situation) -> tuple[date, date] | None:
    """ "The 8th as well": the school day behind the leave or before it, by its number alone."""
    number = days_said.only_number(heard.text)
    if number is None or days_written(heard, situation) is not None:
        return None
    first, back = last[0].first_day, last[0].back_on(situation.school.calendar)
    if back.day == number:
        return back, school_day_after(back, situation)
    before = situation.school.calendar.between(first - A_WEEK, first)
    return (before[-1], first) if before and before[-1].day == number and before[-1] > heard.day else None


def _next_to_it(
    heard: Heard, said: Report, last: Sequence[LeaveRequest], situation: Situation
) -> tuple[date, date] | None:
    """The day before, or the day behind: of the same children, and of one request."""
    calendar, first = situation.school.calendar, last[0]
    if set(said.children) != {one.pupil for one in last} or said.first_day is None or said.first_day <= heard.day:
        return None
    back, behind = first.back_on(calendar), said.return_day or school_day_after(said.first_day, situation)
    return (said.first_day, behind) if said.first_day == back or behind == first.first_day else None


def _more_days(
    heard: Heard,
    understood: Understanding,
    more: tuple[date, date],
    last: Sequence[LeaveRequest],
    situation: Situation,
) -> Outcome:
    """One request with these days too. A holy day is no more than the day that is set apart: further ones are leave of
    their own (DfE code R).
    """
    first, back = last[0].first_day, last[0].back_on(situation.school.calendar)
    if last[0].code == HOLY_DAY:
        coded = (report.code for report in understood.reports if report.code not in (*NO_LEAVE, HOLY_DAY))
        report = Report(tuple(one.pupil for one in last), next(coded, EXCEPTIONAL), *more)
        return leave_asked(heard, replace(understood, intent="leave", reports=(report,), ask=()), situation)
    return changed(heard, last, Report((), None, min(more[0], first), max(more[1], back)), situation)

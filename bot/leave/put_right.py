"""A request that was made a moment ago, put right: "sorry typo, 8th to 12th", "it's the 11th", "sorry, it's for Eli".

The days stand without their month, and the reason is not said again: read by themselves such words would be a request
of their own, and the first one would go before the headteacher as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from attendance.leave import WAITING, LeaveRequest, dates
from bot.corrections.openings import IT_IS, NO, OPENS, SLIPS
from bot.leave import days_said, words
from bot.leave.as_of_then import last_asked
from bot.leave.asked import leave_asked
from bot.leave.days_meant import days_written, school_day_after
from bot.leave.for_another import A_WHILE
from bot.leave.later import changed
from bot.leave.taken_back import is_ahead, taken_back
from bot.leave.whose import in_the_same_breath, last_made, own
from bot.naming import any_name, is_named, stands_between
from bot.outcome import Heard, Outcome, Situation
from bot.understanding import Report, Understanding

_PLAINLY = re.compile(
    r"\b(?:typo|meant|i mean|we mean|wrong (?:dates?|days?|week|month)"
    r"|(?:dates?|days?|times?|week) (?:all )?(?:wrong|mixed up)|correction|moved|changed|re-?scheduled"
    r"|re-?arranged|brought forward|(?:put|pushed|knocked) (?:it |that )?back|postponed|instead|make (?:it|that))\b",
    re.IGNORECASE,
)
"""Put right or put off in so many words, however long after."""
_A_MOMENT_AFTER = re.compile(
    rf"^{OPENS}(?:{SLIPS}|{NO}|{IT_IS}|should|that['’]?s|they['’]?re|now)\b|\b(?:{SLIPS})\W*$",
    re.IGNORECASE,
)
"""As a correction begins or ends, straight after what it corrects."""
_MORE = re.compile(r"\b(?:also|too|as ?well|and (?:the|on|that)|plus|both|another|extra)\b", re.IGNORECASE)
_SHORT = 12
"""Words of a correction, at most: a longer message is read as it stands."""
_ONLY_SAYS_WHOM = 9
_PUT_BACK = re.compile(r"\b(?:put|pushed|moved|knocked) (?:it |that |them )?back\b", re.IGNORECASE)
_DAYS_OF_WEEK = ("mon", "tue", "wed", "thu", "fri")
_THEN = re.compile(r"\b(?:mon|tue|wed|thu|fri)(?=(?:s?|nes|rs?)(?:day)?\b)", re.IGNORECASE)
_NOT_THEN = re.compile(
    r"\b(?:not|instead of|rather than) (?:the |on )?(mon|tue|wed|thu|fri)(?:s?|nes|rs?)(?:day)?\b", re.IGNORECASE
)
_MOVED_TO = re.compile(
    r"\b(?:moved|changed|re-?scheduled|re-?arranged|postponed|brought forward|(?:put|pushed) back)\b[^.!?]{0,30}?"
    r"\b(?:to|till|until)\b|\binstead\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b\d{1,2}[.:]\d{2}\b")
_MORNING_IN = re.compile(
    r"\b(?:(?:be|come|coming|go|going|stay|staying) in|do|doing|attend|attending|manage)(?: for| in)? (?:the |that )?"
    r"morning\b",
    re.IGNORECASE,
)
"""In school for the morning, so that the afternoon is asked for."""


def other_days(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """Other days of the request that was made last, by their numbers alone or with their month."""
    back = words.says_back(_PUT_BACK.sub("", heard.text))
    if len(heard.text.split()) > _SHORT or _MORE.search(heard.text) or back:
        return None
    last = _to_be_put_right(heard, understood, situation)
    named = set() if "child" in understood.ask else {child for one in understood.reports for child in one.children}
    if not last or not named <= {one.pupil for one in last}:
        return None
    said = _days(heard, last, situation)
    if said is None:
        return None
    first, until = said
    half = last[0].half
    if until <= first or dates.fault_of(first, until, heard.day, situation.school.calendar) is not None:
        return None
    return changed(heard, last, Report((), None, first, first if half == "am" else until, half), situation)


def half_kept(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """ "Actually he'll do the morning, I'll get him at 12.30", a moment after leave for the whole of one day."""
    last = _to_be_put_right(heard, understood, situation)
    if not last or last[0].half != "day" or words.says_when(_CLOCK.sub("", heard.text)):
        return None
    day, back = last[0].first_day, last[0].back_on(situation.school.calendar)
    leaves = any(report.leaves is not None and report.session == "pm" for report in understood.reports)
    if back > school_day_after(day, situation) or not (leaves or _MORNING_IN.search(heard.text)):
        return None
    return changed(heard, last, Report((), None, day, back, "pm"), situation)


def for_whom(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """ "Sorry, it's for Eli", after leave was asked for his brother: the same days, and the brother stays in school."""
    newest = last_made(own("", situation))
    if newest is None or heard.at - newest.asked_at > A_WHILE or understood.urgent or understood.safeguarding:
        return None
    told_since = situation.conversation.recorded_at
    if told_since is not None and told_since > newest.asked_at:
        return None
    last = in_the_same_breath(newest, own("", situation))
    child = _meant(heard.text, {one.pupil for one in last}, situation)
    if child is None or child in situation.cases or len(last) != 1 or newest.state not in WAITING:
        return None
    if not is_ahead(newest, heard, situation):
        return None
    report = Report((child,), newest.code, newest.first_day, newest.return_day, session=newest.half)
    asked = leave_asked(heard, replace(understood, intent="leave", reports=(report,), ask=()), situation)
    if asked.reply is None or asked.reply.template != "leave.received":
        return asked
    return replace(asked, effects=(*taken_back(heard, last), *asked.effects))


def _meant(text: str, asked: set[str], situation: Situation) -> str | None:
    """The one other child whom these few words name for it."""
    children = situation.sender.may_report
    named = [child for child in children if is_named(text, child, situation)]
    other = [child for child in named if child not in asked]
    if len(other) != 1 or len(text.split()) > _ONLY_SAYS_WHOM or _MORE.search(text) or words.is_of_today(text):
        return None
    if any(child in asked and not stands_between(text, child, situation, "not ") for child in named):
        return None
    name = any_name(other, situation)
    is_for = re.search(
        rf"\b(?:meant|mean|it['’]?s|it is|its|that['’]?s|should (?:be|say|have been)|for|no|sorry|typo)\b\W*"
        rf"(?:for |actually )?(?<!\w)(?:{name})(?:['’]?s)?\W*(?:$|not\b|sorry\b|who\b|thats\b|that['’]s\b|[.,!;])",
        text,
        re.IGNORECASE,
    )
    return other[0] if is_for and (_PLAINLY.search(text) or _A_MOMENT_AFTER.search(text)) else None


def _to_be_put_right(heard: Heard, understood: Understanding, situation: Situation) -> Sequence[LeaveRequest]:
    """The request that these words correct: the writer's last, not decided yet."""
    if understood.urgent or understood.safeguarding or "?" in heard.text:
        return ()
    if understood.intent == "chat" and _MOVED_TO.search(heard.text):  # "they've just moved it to Friday, sorry"
        understood = replace(understood, intent="absence")
    last = last_asked(heard, understood, situation) or _asked_beside(heard, situation)
    if not last or last[0].state not in WAITING:
        return ()
    just_now = heard.at - last[0].asked_at <= A_WHILE and corrects(heard)
    return last if just_now or _PLAINLY.search(heard.text) or _denies_its_day(heard, last[0]) else ()


def _denies_its_day(heard: Heard, request: LeaveRequest) -> bool:
    """ "Moon not seen, so Eid is Thursday not Wednesday", of a request for the Wednesday."""
    return [one[1].casefold() for one in _NOT_THEN.finditer(heard.text)] == [f"{request.first_day:%a}".casefold()]


def corrects(heard: Heard) -> bool:
    """Words that open or end as a correction, or say in so many words that something was wrong."""
    return _A_MOMENT_AFTER.search(heard.text) is not None or _PLAINLY.search(heard.text) is not None


def _asked_beside(heard: Heard, situation: Situation) -> Sequence[LeaveRequest]:
    """ "Sorry, 18th December", after "she is ill today, can she have 11 December off": a day of the month of the leave,
    and not of the illness that the same message told.
    """
    newest, said = last_made(own("", situation)), days_written(heard, situation)
    if newest is None or said is None or heard.at - newest.asked_at > A_WHILE or words.is_now(heard.text):
        return ()
    told_with_it = any(one.live and one.message == newest.message for one in situation.known)
    near = said.first.replace(day=1) == newest.first_day.replace(day=1) and newest.first_day > heard.day
    return in_the_same_breath(newest, own("", situation)) if told_with_it and near else ()


def _days(heard: Heard, last: Sequence[LeaveRequest], situation: Situation) -> tuple[date, date] | None:
    """The first day and the day back by these words; one day alone only of a request for one day."""
    request, calendar = last[0], situation.school.calendar
    one_day = request.back_on(calendar) <= school_day_after(request.first_day, situation)
    said = days_written(heard, situation)
    if said is None and days_said.TWO_NUMBERS.search(heard.text):
        spans = (days_said.span_of_numbers(heard.text, month) for month in _months(request.first_day))
        said = next((one for one in spans if one is not None and one.first > heard.day), None)
        if said is None:
            return None
    if said is not None:
        if said.first == said.last and not one_day:
            return None
        return said.first, school_day_after(said.last, situation)
    number = days_said.only_number(heard.text)
    if not one_day:
        return None
    if number is None:
        return _weekday(heard, request, situation)
    day = next((one for one in numbered(number, request.first_day) if one > heard.day), None)
    return None if day is None or not calendar.is_school_day(day) else (day, school_day_after(day, situation))


def _weekday(heard: Heard, request: LeaveRequest, situation: Situation) -> tuple[date, date] | None:
    """ "Thursday, not Friday", "they've moved it to Thursday", of the same week as the day that was asked for."""
    denied = _NOT_THEN.search(heard.text) is not None
    said = dict.fromkeys(one[0].casefold() for one in _THEN.finditer(_NOT_THEN.sub("", heard.text)))
    moved = not denied and _MOVED_TO.search(heard.text) is not None
    if len(said) != 1 or not (moved or _denies_its_day(heard, request)):
        return None
    monday = request.first_day - timedelta(days=request.first_day.weekday())
    day = monday + timedelta(days=_DAYS_OF_WEEK.index(next(iter(said))))
    calendar = situation.school.calendar
    if day <= heard.day or day == request.first_day or not calendar.is_school_day(day):
        return None
    return day, school_day_after(day, situation)


def _months(day: date) -> tuple[date, date]:
    """A day of the month that was asked for, and one of the month behind it."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1)


def numbered(number: int, of: date) -> list[date]:
    """The days of this number in the month of a day, and in the month behind it."""
    found = []
    for month in _months(of):
        try:
            found.append(month.replace(day=number))
        except ValueError:
            continue
    return found

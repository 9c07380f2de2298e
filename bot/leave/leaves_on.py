"""The day on which the family leaves, put right: "in on the Monday, we go on the Tuesday", "we fly on the 8th now".

We may just have asked where they travel, or why. Words that hold nothing but the day of leaving, and that it is another
one, are no place and no reason: the leave begins on that day.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from bot.leave.asked import leave_asked
from bot.outcome import Heard, Outcome, Situation
from bot.understanding import Understanding

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
_DAY = (
    r"(?:on )?(?:the )?(?:(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri)(?:day)?|(\d{1,2})(?:st|nd|rd|th))"
    r"(?: (?:of )?(?:jan|feb|mar|apr|may|jun|jul|sep|oct|nov|dec)[a-z]*)?"
)
_GOES = re.compile(
    rf"\b(?:fly(?:ing)?|flights? (?:is|are)|go(?:ing)?|leav(?:e|ing)|travel(?:ling)?|set(?:ting)? off|off|away)"
    rf" (?:out )?{_DAY}\b"
)
_IN = re.compile(
    rf"\b(?:is |be |are )?(?:in|at school|coming in|going in)(?: school)?(?: as (?:normal|usual))? {_DAY}"
    rf"(?: (?:and|,) {_DAY})?\b|\bnot {_DAY}(?: now)?\b"
)
_NOW = re.compile(r"\b(?:now|instead|after all|changed?|moved|rather)\b")
_FILLS = frozenset(
    "we he she they i it is are will be s ll re now instead so and but then actually sorry after all our the plans"
    " flight flights have has been has had changed change moved on only not until x thanks oh ok".split()
)


def leaves_on(heard: Heard, first: date, ends: date, situation: Situation) -> date | None:
    """The first school day away by these words, behind `first` and before the day back; None where they say more."""
    line = heard.line
    goes = _GOES.search(line)
    if goes is None:
        return None
    rest = f"{line[: goes.start()]} | {line[goes.end() :]}"
    in_school = _IN.search(rest)
    if in_school is not None:
        rest = f"{rest[: in_school.start()]} | {rest[in_school.end() :]}"
    day = _day_of(goes[1], goes[2], first)
    spoken = set(re.findall(r"[^\W_]+", rest))
    called = {situation.school.roll.pupils[child].given.casefold() for child in situation.sender.may_report}
    if day is None or not spoken <= _FILLS | called or not first < day < ends:
        return None
    if not situation.school.calendar.is_school_day(day):
        return None
    if in_school is None:
        return day if _NOW.search(line) else None
    kept = [
        _day_of(found if found.isalpha() else None, found if found.isdigit() else None, first)
        for found in in_school.groups()
        if found
    ]
    return day if all(one is not None and first <= one < day for one in kept) else None


def draft_leaves_on(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """The same of what we are still asking about: it begins on that day, and why is asked again."""
    question = situation.conversation.open_question(heard.at)
    if question is None or question.kind != "reason" or not question.leave or not question.drafts:
        return None
    begins = {one.first_day for one in question.drafts}
    first, ends = question.drafts[0].first_day, question.drafts[0].return_day
    if len(begins) != 1 or first is None or ends is None or understood.urgent or understood.safeguarding:
        return None
    day = leaves_on(heard, first, ends, situation)
    if day is None:
        return None
    drafts = tuple(replace(one, code=one.code or "N", first_day=day) for one in question.drafts)
    return leave_asked(heard, replace(understood, intent="leave", reports=drafts, ask=("reason",)), situation)


def _day_of(weekday: str | None, number: str | None, first: date) -> date | None:
    if weekday is not None:
        return first + timedelta(days=(_WEEKDAYS.index(weekday[:3]) - first.weekday()) % 7)
    try:
        return first.replace(day=int(number or 0))
    except ValueError:
        return None

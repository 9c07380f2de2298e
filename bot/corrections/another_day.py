"""Another day for what was just told: "oops, Thursday afternoon", "*thursday not tomorrow", after an absence to come.

Such words hold nothing but a day, and would be read as the day of return. Where it is plain that the day of the absence
itself is meant, all of it is moved: with its half and its times.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from attendance.absences import Absence
from attendance.calendar import CalendarTooShort, SchoolCalendar, local
from attendance.closing import LATE
from attendance.continuous import ILL
from bot.corrections.openings import IN_ITS_PLACE, MEANS, NO, SLIPS
from bot.corrections.slips import AT_ONCE
from bot.outcome import Heard, Outcome, Situation, Withdraw
from bot.readback import as_put_right
from bot.understanding import Report, Understanding
from bot.understanding.dates import Grammar, read_dates

Answer = Callable[[Heard, Understanding, Situation], Outcome]

_PUTS_RIGHT = rf"(?:{SLIPS}|{MEANS}|{IN_ITS_PLACE}|{NO}|wrong day|it should (?:say|be|read|have (?:said|been)))"
_FILLS = frozenset(
    "oh hi hello wait please thanks thank you to on at for it is was its the that this in and i ah god".split()
)
_MARKED = re.compile(rf"^\W*{_PUTS_RIGHT}\b|\b{_PUTS_RIGHT}\W*$")
_STAR = re.compile(r"\s*\*\s*\w")
#: "Not tomorrow", "he's in tomorrow": of the day that is not meant.
_DENIED = re.compile(r"\b(?:not|in|at school)(?: school)?(?: on| as \w+| for)?(?: the)? ?$")
_OF_THE_OTHER = frozenset(
    "he she they him her will be am are s ll in school as usual normal still but so there".split()
)
#: How somebody says why the day was wrong.
_LOOKED = re.compile(
    r"\b(?:(?:i|we) )?(?:(?:have|had|ve) )?(?:just |only )?"
    r"(?:(?:checked|looked at|reread|re read|read|seen|found|got out) (?:the|my|his|her|our) "
    r"(?:appointment |hospital )?(?:letter|card|text|calendar|diary|email|e mail|app)"
    r"|(?:got|had|read|put|wrote) (?:it|that|(?:the|my) (?:days?|dates?)) (?:wrong|mixed up|muddled))\b"
)
_PART = re.compile(r"\b(morning|afternoon)\b")


def day_said_instead(heard: Heard, understood: Understanding, situation: Situation, record: Answer) -> Outcome | None:
    """What was told on the day that the words say instead; None where they are anything else, or it is not plain."""
    told = situation.last_told(heard.at)
    said = _said_instead(heard, situation.school.calendar)
    if said is None or not told or understood.safeguarding or understood.urgent:
        return None
    shape = {(one.code, one.first_day, one.return_day, one.half, one.arrives, one.leaves) for one in told}
    one, (new, old, part) = told[0], said
    if len(shape) > 1 or one.code == LATE or heard.at - one.recorded_at > AT_ONCE:
        return None
    missed = any(absence.pupil in situation.cases for absence in told)
    if one.first_day < heard.day or (one.first_day == heard.day and (old != heard.day or missed)):
        return None
    if not _is_of_the_day(one, new, old, situation.school.calendar) or part not in ("", one.half):
        return None
    children = tuple(absence.pupil for absence in told)
    back = new if one.return_day == one.first_day else situation.school.calendar.after(new)
    report = Report(children, one.code, new, back, one.half, one.arrives, one.leaves)
    moved = record(heard, replace(understood, intent="absence", reports=(report,), ask=()), situation)
    taken_back = (Withdraw(absence, "cancelled") for absence in told)
    return replace(as_put_right(moved), effects=(*taken_back, *moved.effects))


def in_on_the_day_missed(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """ "Wrong day, it's Thursday, should be in today", of a child whom the register has missed meanwhile: whoever
    writes so believes it in school.
    """
    told = [one for one in situation.last_told(heard.at) if one.first_day == heard.day and one.code != LATE]
    missed = tuple(one.pupil for one in told if _is_missed(one.pupil, situation))
    if not missed or (said := _said_instead(heard, situation.school.calendar)) is None or said[1] != heard.day:
        return understood
    return replace(understood, intent="present", reports=(Report(missed),), urgent=True, ask=())


def _is_missed(pupil: str, situation: Situation) -> bool:
    case = situation.cases.get(pupil)
    return case is not None and case.whereabouts != "confirmed"


def _said_instead(heard: Heard, calendar: SchoolCalendar) -> tuple[date, date | None, str] | None:
    """The day that is meant, the one that is not, and the half; None of words that hold more, or put nothing right."""
    line = heard.line
    try:
        mentions = read_dates(line, Grammar(heard.day, local(heard.at).hour + local(heard.at).minute / 60, calendar))
    except CalendarTooShort:
        return None
    if not 1 <= len(mentions) <= 2 or any(one.first is None or not one.single for one in mentions):
        return None
    rest = line
    looked = _LOOKED.search(line) is not None
    for one in reversed(mentions):
        rest = f"{rest[: one.start]} | {rest[one.end :]}"
    marked = _STAR.match(heard.text) is not None or _MARKED.search(line) is not None or looked
    denied = [one for one in mentions if _DENIED.search(line[: one.start])] if len(mentions) == 2 else []
    if len(denied) != len(mentions) - 1 or not (marked or denied):
        return None
    rest = _LOOKED.sub(" ", rest)
    bare = re.sub(rf"\b{_PUTS_RIGHT}\b|\b(?:morning|afternoon|not)\b", " ", rest)
    fills = _OF_THE_OTHER | _FILLS if denied else _FILLS
    if not fills.issuperset(re.findall(r"[^\W\d_]+|\d+", bare)):
        return None
    new = next((one.first for one in mentions if one not in denied), None)
    old = denied[0].first if denied else None
    part = {"morning": "am", "afternoon": "pm"}.get(found[1], "") if (found := _PART.search(line)) else ""
    return None if new is None or new <= heard.day or not calendar.is_school_day(new) else (new, old, part)


def _is_of_the_day(told: Absence, new: date, old: date | None, calendar: SchoolCalendar) -> bool:
    """Not of the day of return: the one denied is the day itself, or the day of return can be no other."""
    if new == told.first_day or told.return_day not in (told.first_day, calendar.after(told.first_day)):
        return False
    if old is not None:
        return old == told.first_day
    if told.code == ILL and told.half == "day":  # of no one day: "sorry, Thursday" may be its end
        return False
    return told.half != "day" or told.return_day in (told.first_day, new)

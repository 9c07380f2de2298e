"""Another day for what was just told: "oops, Thursday afternoon", "sorry the trip is Thursday not Wednesday".

Such words hold a day and nothing else, and would be read as the day of return. Where it is plain that the day of the
absence itself is meant, all of it is moved: with its reason, its half and its times. What is planned for one day, a
trip or a match, has no day of return of its own; of anything else it must be plain that not its end is meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from attendance.absences import APPOINTMENT, Absence
from attendance.calendar import CalendarTooShort, SchoolCalendar, local
from attendance.closing import LATE
from attendance.codes import is_unexplained
from attendance.continuous import ILL
from bot.corrections.openings import IN_ITS_PLACE, MEANS, NO, SLIPS
from bot.corrections.slips import AT_ONCE
from bot.outcome import BotEffect, Heard, Outcome, Record, Situation, Withdraw
from bot.readback import as_put_right
from bot.understanding import Report, Understanding
from bot.understanding.dates import Grammar, Mention, read_dates

Answer = Callable[[Heard, Understanding, Situation], Outcome]

_PUTS_RIGHT = (
    rf"(?:{SLIPS}|{MEANS}|{IN_ITS_PLACE}|{NO}|wait|(?:got the )?(?:wrong day|day wrong)"
    r"|it should (?:say|be|read|have (?:said|been)))"
)
_FILLS = frozenset(
    "oh hi hello wait please thanks thank you to on at for it is was its the that this in and i ah god just again all x"
    " xx be s now".split()
)
_MARKED = re.compile(rf"^\W*(?:(?:oh|hi|hello|just|ah)\W+)*{_PUTS_RIGHT}\b|\b{_PUTS_RIGHT}\W*$")
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
_WHAT = re.compile(r"\b(?:the|her|his|their) (?:(?!dates?|days?|times?)\w+ ){1,3}?(?:is|was)\b")
"""What is on that day: "the museum trip is"."""
_PART = re.compile(r"\b(morning|afternoon)\b")
_OTHERS = frozenset({ILL, "E", LATE, APPOINTMENT})
"""Illness is of no one day, and an appointment is moved by rules of its own (`moved`)."""


@dataclass(frozen=True, slots=True)
class Instead:
    """The day that is meant, the one that is not, and the half that is named with it. `what`: something is on then."""

    new: date
    old: date | None
    part: str
    what: bool


def day_said_instead(heard: Heard, understood: Understanding, situation: Situation, record: Answer) -> Outcome | None:
    """What was told on the day that the words say instead; None where they are anything else, or it is not plain."""
    told, calendar = situation.last_told(heard.at), situation.school.calendar
    said = _said_instead(heard, calendar, told[0].first_day) if told else None
    if said is None or understood.safeguarding or len({(one.code, one.first_day) for one in told}) > 1:
        return None
    if _outing_on(told, said, calendar):
        reports = tuple(_on(one, said.new, calendar) for one in told)
    elif not said.what and _plainly_on(told, said, heard, understood, situation):
        reports = (replace(_on(told[0], said.new, calendar), children=tuple(absence.pupil for absence in told)),)
    else:
        return None
    moved = record(heard, replace(understood, intent="absence", reports=reports, ask=()), situation)
    taken_back = (Withdraw(absence, "cancelled") for absence in told)
    alone = (_on_its_own(effect, told) for effect in moved.effects)
    return replace(as_put_right(moved), effects=(*taken_back, *alone))


def _on_its_own(effect: BotEffect, told: Sequence[Absence]) -> BotEffect:
    """What is recorded for the other day; what it would take the place of is taken back beside it."""
    return replace(effect, replaces=None) if isinstance(effect, Record) and effect.replaces in told else effect


def in_on_the_day_missed(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """ "Wrong day, it's Thursday, should be in today", of a child whom the register has missed meanwhile: whoever
    writes so believes it in school.
    """
    told = [one for one in situation.last_told(heard.at) if one.first_day == heard.day and one.code != LATE]
    missed = tuple(one.pupil for one in told if _is_missed(one.pupil, situation))
    said = _said_instead(heard, situation.school.calendar, heard.day) if missed else None
    if said is None or said.old != heard.day or said.new == heard.day:
        return understood
    return replace(understood, intent="present", reports=(Report(missed),), urgent=True, ask=())


def _is_missed(pupil: str, situation: Situation) -> bool:
    case = situation.cases.get(pupil)
    return case is not None and case.whereabouts != "confirmed"


def _said_instead(heard: Heard, calendar: SchoolCalendar, was: date) -> Instead | None:
    """The day instead of `was`; None of words that hold more, or put nothing right."""
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
    what = _WHAT.search(rest)
    if what is not None:
        rest = f"{rest[: what.start()]} {rest[what.end() :]}"
    bare = re.sub(rf"\b{_PUTS_RIGHT}\b|\b(?:morning|afternoon|not)\b", " ", rest)
    fills = _OF_THE_OTHER | _FILLS if denied else _FILLS
    if not fills.issuperset(re.findall(r"[^\W\d_]+|\d+", bare)):
        return None
    new = next((_in_that_week(one, was, heard.day) for one in mentions if one not in denied), None)
    old = _in_that_week(denied[0], was, heard.day) if denied else None
    part = {"morning": "am", "afternoon": "pm"}.get(found[1], "") if (found := _PART.search(line)) else ""
    if new is None or new < heard.day or not calendar.is_school_day(new):
        return None
    return Instead(new, old, part, what is not None)


def _in_that_week(said: Mention, was: date, today: date) -> date | None:
    """A day of the week is that of the same week as before, if it is still to come."""
    day = said.first
    if day is None or said.form != "weekday":
        return day
    same_week = was + timedelta(days=day.weekday() - was.weekday())
    return same_week if same_week >= today else day


def _outing_on(told: Sequence[Absence], said: Instead, calendar: SchoolCalendar) -> bool:
    """Planned for one day, or a part of one, and no illness; and it is that day which is not meant."""
    was = told[0].first_day
    another = not said.part and said.new != was and said.old in (None, was)
    return another and all(_is_an_outing(one, calendar) for one in told)


def _is_an_outing(told: Absence, calendar: SchoolCalendar) -> bool:
    if told.code in _OTHERS or is_unexplained(told.code):
        return False
    return told.return_day in (None, told.first_day) or told.return_day == _after(told.first_day, calendar)


def _plainly_on(
    told: Sequence[Absence], said: Instead, heard: Heard, understood: Understanding, situation: Situation
) -> bool:
    """Of anything else: told a moment ago, of one shape, not begun, and by the days no end of it is meant."""
    shape = {(one.return_day, one.half, one.arrives, one.leaves) for one in told}
    one = told[0]
    if understood.urgent or said.new <= heard.day or said.part not in ("", one.half):
        return False
    if len(shape) > 1 or one.code == LATE or heard.at - one.recorded_at > AT_ONCE:
        return False
    missed = any(absence.pupil in situation.cases for absence in told)
    if one.first_day < heard.day or (one.first_day == heard.day and (said.old != heard.day or missed)):
        return False
    return _is_of_the_day(one, said.new, said.old, situation.school.calendar)


def _is_of_the_day(told: Absence, new: date, old: date | None, calendar: SchoolCalendar) -> bool:
    """Not of the day of return: the one denied is the day itself, or the day of return can be no other."""
    if new == told.first_day or told.return_day not in (told.first_day, calendar.after(told.first_day)):
        return False
    if old is not None:
        return old == told.first_day
    if told.code == ILL and told.half == "day":  # of no one day: "sorry, Thursday" may be its end
        return False
    return told.half != "day" or told.return_day in (told.first_day, new)


def _on(told: Absence, day: date, calendar: SchoolCalendar) -> Report:
    """The same on that day; a day of return moves with it."""
    back = told.return_day
    if back is not None:
        back = day if back == told.first_day else _after(day, calendar)
    return Report((told.pupil,), told.code, day, back, told.half, told.arrives, told.leaves)


def _after(day: date, calendar: SchoolCalendar) -> date | None:
    try:
        return calendar.after(day)
    except CalendarTooShort:
        return None

"""Another day for an outing that was just told: "sorry the trip is Thursday not Wednesday", "no wait, it's tomorrow".

Such words hold a day and nothing else, and are no day of return: what is planned for one day has none of its own. What
was told keeps its reason and its shape; only the day is another one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from attendance.absences import APPOINTMENT, Absence
from attendance.calendar import CalendarTooShort, SchoolCalendar
from attendance.closing import LATE
from attendance.codes import is_unexplained
from bot.corrections.openings import IN_ITS_PLACE, MEANS, NO, SLIPS
from bot.outcome import Heard, Outcome, Record, Situation, Withdraw
from bot.readback import as_put_right
from bot.understanding import Report, Understanding

Answer = Callable[[Heard, Understanding, Situation], Outcome]

_OTHERS = frozenset({"I", "E", LATE, APPOINTMENT})
"""Illness is of no one day, and an appointment is moved by rules of its own (`moved`)."""
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
_DAY = r"(monday|tuesday|wednesday|thursday|friday|tomorrow|today|(?:the )?\d{1,2}(?:st|nd|rd|th))"
_BEGINS = rf"(?:{SLIPS}|{NO}|{MEANS}|{IN_ITS_PLACE}|wait|got the day wrong)"
_AROUND = r"(?:[ ,.!:;-]|\b(?:oh|hi|hello|just|again|all|please|thanks|thank you|x|xx|to|for|on|be|its|'s|and)\b)*"
_WHAT = r"(?:(?:it|that|this|(?:the|her|his|their) (?:\w+ ){1,3}?)(?: ?(?:is|'s|was))?(?: now)? )?"
_ANOTHER_DAY = re.compile(
    rf"{_AROUND}(?:{_BEGINS}{_AROUND})+{_WHAT}(?:on )?{_DAY}{_AROUND}(?:(?:and )?not (?:on )?{_DAY}{_AROUND})?"
    rf"(?:{_BEGINS}{_AROUND})*"
    rf"|{_AROUND}{_WHAT}(?:on )?{_DAY}{_AROUND}(?:and )?not (?:on )?{_DAY}{_AROUND}(?:{_BEGINS}{_AROUND})*"
)


def outing_moved(heard: Heard, understood: Understanding, situation: Situation, record: Answer) -> Outcome | None:
    """What was told, on the day that the words say; None where they hold anything else, or it was not of one day."""
    told = situation.last_told(heard.at)
    found = _ANOTHER_DAY.fullmatch(heard.line.strip()) if told and not understood.safeguarding else None
    if found is None:
        return None
    new, old = (found[1], found[2]) if found[1] else (found[3], found[4])
    calendar = situation.school.calendar
    if len({(one.first_day, one.code) for one in told}) != 1 or not all(_is_an_outing(one, calendar) for one in told):
        return None
    was = told[0].first_day
    day = _date_of(new, was, heard.day)
    if day is None or day < heard.day or day == was or not calendar.is_school_day(day):
        return None
    if old is not None and _date_of(old, was, heard.day) != was:
        return None
    reports = tuple(_on(one, day, calendar) for one in told)
    moved = record(heard, replace(understood, intent="absence", reports=reports, ask=()), situation)
    replaced = [effect.replaces for effect in moved.effects if isinstance(effect, Record)]
    taken_back = tuple(Withdraw(one, "cancelled") for one in told if one not in replaced)
    return replace(as_put_right(moved), effects=(*taken_back, *moved.effects))


def _is_an_outing(told: Absence, calendar: SchoolCalendar) -> bool:
    """Planned for one day, or a part of one, and no illness."""
    if told.code in _OTHERS or is_unexplained(told.code):
        return False
    return told.return_day in (None, told.first_day) or told.return_day == _after(told.first_day, calendar)


def _after(day: date, calendar: SchoolCalendar) -> date | None:
    try:
        return calendar.after(day)
    except CalendarTooShort:
        return None


def _date_of(word: str, was: date, today: date) -> date | None:
    """The day that is meant: a weekday is that of the same week as before, if it is still to come."""
    if word in ("today", "tomorrow"):
        return today + timedelta(days=word == "tomorrow")
    if word in _DAYS:
        same_week = was + timedelta(days=_DAYS.index(word) - was.weekday())
        return same_week if same_week >= today else same_week + timedelta(days=7)
    number = int(re.sub(r"\D", "", word))
    near = (today + timedelta(days=ahead) for ahead in range(60))
    return next((day for day in near if day.day == number), None)


def _on(told: Absence, day: date, calendar: SchoolCalendar) -> Report:
    back = told.return_day
    if back is not None:
        back = day if back == told.first_day else _after(day, calendar)
    return Report((told.pupil,), told.code, day, back, told.half, told.arrives, told.leaves)

"""A time of the day ahead: "she'll be back at 11 that day", after "ill today, and the dentist next Tuesday".

Two absences were told, and the time is of the later one. Read as today's, it would take back an illness, and have the
child awaited who lies in bed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, time

from attendance.absences import APPOINTMENT, Absence
from attendance.calendar import local
from attendance.continuous import ILL
from bot.corrections.slips import AT_ONCE
from bot.corrections.which_taken_back import AT_AN_APPOINTMENT
from bot.outcome import Heard, Outcome, Situation
from bot.readback import as_put_right
from bot.understanding import Report, Understanding
from bot.understanding.dates.clock import Moment, read_times
from bot.understanding.days.school_days import after
from bot.understanding.values import Part
from bot.whereabouts.in_after_all import MORNING_IS_OVER

Answer = Callable[[Heard, Understanding, Situation], Outcome]

_THAT_DAY = re.compile(r"\b(?:that|on the|the same|on that) day\b|\bthat (?:mon|tues|wednes|thurs|fri)day\b")
_TODAY = re.compile(r"\b(?:today|now|this (?:morning|afternoon))\b")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
_BACK = re.compile(
    r"\b(?:back|return\w*|in (?:at|by|for|around|about)|be in|come in|drop\w* (?:him|her|them))\b[^.,;]*?\d"
)
_LEAVES = re.compile(r"\b(?:collect\w*|pick\w*|leav\w*|fetch\w*|get(?:ting)? (?:him|her|them)|out)\b[^.,;]*?\d")


def time_of_the_day_ahead(
    heard: Heard, understood: Understanding, situation: Situation, record: Answer
) -> Outcome | None:
    """The later absence with the time that the words say of it; None where they may be about today's."""
    if understood.urgent or understood.safeguarding or understood.intent not in ("absence", "return", "late", "leave"):
        return None
    told = [one for one in situation.last_told(heard.at) if heard.at - one.recorded_at <= AT_ONCE]
    ahead = [one for one in told if one.first_day > heard.day and one.code != ILL]
    now = [one for one in told if one.first_day <= heard.day]
    if len(ahead) != 1 or not now or {one.pupil for one in now} != {ahead[0].pupil} or _TODAY.search(heard.line):
        return None
    if not _is_meant(heard.line, ahead[0]):
        return None
    report = _with_its_times(heard, ahead[0], situation)
    if report is None:
        return None
    meant = replace(understood, intent="absence", reports=(report,), ask=())
    return as_put_right(record(heard, meant, situation))


def _is_meant(line: str, ahead: Absence) -> bool:
    """ "That day", its weekday, or the appointment that is on it."""
    day = re.search(rf"\b{_WEEKDAYS[ahead.first_day.weekday()]}\w*\b", line) if ahead.first_day.weekday() < 5 else None
    seen_to = ahead.code == APPOINTMENT and AT_AN_APPOINTMENT.search(line) is not None
    return _THAT_DAY.search(line) is not None or day is not None or seen_to


def _time_at(found: re.Match[str] | None, said: Sequence[Moment]) -> time | None:
    """The time at whose first digit the words end."""
    return next((one.at for one in said if found is not None and one.start < found.end() <= one.end), None)


def _with_its_times(heard: Heard, ahead: Absence, situation: Situation) -> Report | None:
    """When the child comes and leaves on that day; None where no time of either is said."""
    said = read_times(heard.line, local(heard.at).time(), [])
    back, out = _BACK.search(heard.line), _LEAVES.search(heard.line)
    arrives, leaves = _time_at(back, said), _time_at(out, said)
    if arrives is None and leaves is None:
        return None
    day = ahead.first_day
    half: Part = (
        "pm" if arrives is None and leaves is not None else "am" if arrives and arrives < MORNING_IS_OVER else "day"
    )
    returns: date | None = day if arrives is not None else after(day, situation.school.calendar)
    return Report((ahead.pupil,), ahead.code, day, returns, half, arrives, leaves)

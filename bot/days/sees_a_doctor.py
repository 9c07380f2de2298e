"""Ill, and taken to a doctor: "got him in at the docs at 11", of a child that is reported ill for the day.

The visit changes nothing: the illness covers both registers. Read as a day of return, or as an appointment in its
place, such words have the school look for a child that is at the surgery with its mother, or ask about its afternoon.
"""

from __future__ import annotations

import re
from dataclasses import replace

from attendance.absences import APPOINTMENT, Absence
from bot.outcome import Heard, Situation
from bot.understanding import Report, Understanding

ILL = "I"
_DOCTOR = re.compile(
    r"\b(?:doctors?|dr|docs?|gp|surgery|hospital|clinic|appointment|walk ?-?in|out of hours|a ?& ?e|a and e|casualty"
    r"|minor injuries|nurse|pharmac\w+|consultant|x ?-?rays?|blood test|paramedics?|111)\b"
)
_GOT_IN_THERE = re.compile(r"\b(?:got|get|getting|fit|fitted|booked|squeezed|squeeze|slotted|seen|see) \w+ in\b")
"""In at the doctor's, and not in school."""
_COMES_OR_OTHERWISE = re.compile(
    r"\?|\bin ?(?:$|[,.!])|\b(?:in (?:to school|school|after|later|then|by|for|today)"
    r"|in (?:at|about|around) (?:\d|half|quarter|lunch|dinner|noon)|then|back|return\w*|coming in|come in|bring\w*"
    r"|drop\w*|send\w*|school|lesson|after(?:wards)?|better|fine|late|will be in"
    r"|not (?:actually |really )?(?:ill|sick|poorly|unwell|illness)|actually|instead|mistake|wrong|meant|sorry it is"
    r"|it is (?:for )?(?:an?|his|her|the|just)|tomorrow|(?:mon|tues|wednes|thurs|fri)day|next|until|till|off for"
    r"|days?|week\w*)\b"
)


def still_ill_at_the_doctors(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """The same; or what stands, where the words only tell of a visit to the doctor on a day of illness."""
    if understood.intent not in ("return", "absence") or understood.urgent or understood.safeguarding:
        return understood
    line = _GOT_IN_THERE.sub("", heard.line)
    if not _DOCTOR.search(line) or _COMES_OR_OTHERWISE.search(line):
        return understood
    if all(
        report.code is None and report.return_day is None and report.arrives is None for report in understood.reports
    ):
        return understood  # "when the doctor says so" changes nothing as it is
    children = tuple(dict.fromkeys(child for report in understood.reports for child in report.children))
    changes_nothing = all(_is_of_the_visit(report, heard) for report in understood.reports)
    if not children or not changes_nothing or not all(_is_ill_today(child, heard, situation) for child in children):
        return understood
    return replace(understood, intent="return", reports=(Report(children),), ask=())


def _is_of_the_visit(report: Report, heard: Heard) -> bool:
    return report.code in (None, APPOINTMENT) and report.first_day in (None, heard.day)


def _is_ill_today(child: str, heard: Heard, situation: Situation) -> bool:
    """Reported ill for the whole of today, by whomever, and nothing newer is held of it."""
    held = [one for one in situation.known if one.live and one.pupil == child and _covers(one, heard)]
    newest = max(held, key=lambda one: one.recorded_at, default=None)
    return newest is not None and newest.code == ILL and newest.half == "day" and newest.arrives is None


def _covers(absence: Absence, heard: Heard) -> bool:
    if absence.return_day is None:
        return absence.first_day == heard.day
    return absence.first_day <= heard.day < absence.return_day

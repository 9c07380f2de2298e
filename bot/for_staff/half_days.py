"""A child that is to come in for half of each day ("back tomorrow, mornings only").

A part-time timetable is agreed between the school and a parent, with its days and its end (SI 2024/208 reg 11(6)), and
each half that is missed has its own code. No text makes one: the attendance officer hears of it. What is said of today
is recorded as always; what is only of days to come is left to them, for one half of many days is easily the wrong half.
"""

from __future__ import annotations

import re

from bot.for_staff.passing_on import with_days_to_agree
from bot.outcome import Heard, Outcome, Situation
from bot.understanding import Understanding

BECAUSE = (
    "The family says that the child comes in for half days only: agree with them and the headteacher on which, and "
    "until when, and enter the codes."
)
_HALVES = r"(?:mornings|afternoons|half ?-? ?days)"
_HALF_DAYS = re.compile(
    rf"\b(?:only|just)(?: (?!off\b|absent\b|miss\w*)\w+){{0,3}}? {_HALVES}\b|\b{_HALVES} only\b"
    r"|\bhalf ?-? ?days (?:this|next|for|until|till|to)\b"
    r"|\b(?:part ?-? ?time|reduced|phased)(?: \w+)? (?:timetable|hours|return|start)\b"
)
_COMES_IN = re.compile(r"\b(?:in|back|return\w*|start\w*|comes?|coming|do|does|doing|attend\w*)\b")


def with_half_days(heard: Heard, understood: Understanding, outcome: Outcome, situation: Situation) -> Outcome:
    """The same outcome, and a person who hears of the half days; alone, where nothing is said of today."""
    line = heard.line
    if understood.intent not in ("absence", "return", "cancel") or not _HALF_DAYS.search(line):
        return outcome
    if not _COMES_IN.search(line):
        return outcome
    return with_days_to_agree(heard, understood, outcome, BECAUSE, situation)

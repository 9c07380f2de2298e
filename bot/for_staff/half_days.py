"""A child that is to come in for half of each day ("back tomorrow, mornings only").

A part-time timetable is agreed between the school and a parent, with its days and its end (SI 2024/208 reg 11(6)), and
each half that is missed has its own code. No text makes one: the attendance officer hears of it. What is said of today
is recorded as always; what is only of days to come is left to them, for one half of many days is easily the wrong half.
"""

from __future__ import annotations

import re
from dataclasses import replace

from attendance.effects import RaiseAlert
from bot.for_staff.passing_on import to_read
from bot.outcome import Heard, Outcome, Reply, Situation
from bot.understanding import Understanding
from bot.understanding.words.normalise import read_words

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
    line = read_words(heard.text).line
    if understood.intent not in ("absence", "return", "cancel") or not _HALF_DAYS.search(line):
        return outcome
    if not _COMES_IN.search(line) or any(_is_read(one) for one in outcome.effects):
        return outcome
    read = to_read(heard, situation, BECAUSE)
    of_today = any(one.first_day is not None and one.first_day <= heard.day for one in understood.reports)
    if of_today:
        return replace(outcome, effects=(*outcome.effects, replace(read, climbs=False)))
    return Outcome(situation.conversation, (read,), Reply("absence.handed_to_staff"))


def _is_read(effect: object) -> bool:
    return isinstance(effect, RaiseAlert) and effect.reason == "message_to_read"

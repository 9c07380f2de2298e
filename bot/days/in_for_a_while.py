"""In for a part of the day that is reported: "he'll come in for his assessment at 11 and then home again".

The report stands: no register becomes a present one by such words, and the exam is no appointment. The attendance
officer hears of it, because somebody has to let the child in, and out again.
"""

from __future__ import annotations

import re
from dataclasses import replace

from attendance.codes import is_unexplained
from bot.days.hoped_for import away_today
from bot.for_staff.passing_on import to_read
from bot.outcome import Heard, Outcome, Reply, Situation
from bot.readback import read_back
from bot.understanding import Understanding

ABOUT_TODAY = frozenset({"absence", "return", "late", "question", "chat", "present"})
_COMES_FOR = re.compile(
    r"\b(?:come|comes|coming|be|bring|bringing|pop|popping|drop|dropping|go|going|take|taking)\b(?: \w+){0,2}? "
    r"(?:in|back)\b(?: \w+){0,3}? (?:for|to (?:do|sit|take)) (?:that|it|this|his|her|their|the|an?|one|period|lesson)\b"
)
_AND_HOME = re.compile(
    r"\b(?:then|after(?:wards?)?|and|straight)\b(?: \w+){0,4}? (?:home|pick|collect|fetch|bed)\b"
    r"|\b(?:go|going|come|coming|bring|bringing|take|taking|fetch|collect)\w*(?: \w+){0,3}? "
    r"(?:home|after(?:wards?)?)\b"
)
_ANOTHER_DAY = re.compile(r"\b(?:tomorrow|tonight|next|week|monday|tuesday|wednesday|thursday|friday)\b")
BECAUSE = (
    "A child that is reported away is to come in for a part of the day, and go home again: see that it is let in and "
    "out, and which register it meets. The report stands."
)


def in_for_a_while(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """What stands, read back, and the words for the attendance officer. None where nothing of today is reported."""
    line = heard.line
    if understood.intent not in ABOUT_TODAY or understood.safeguarding or _ANOTHER_DAY.search(line):
        return None
    if not (_COMES_FOR.search(line) and _AND_HOME.search(line)):
        return None
    held = [one for one in away_today(heard, understood, situation) if not is_unexplained(one.code)]
    if not held or any(one.half != "day" or one.pupil in situation.sought for one in held):
        return None
    names = {one.pupil: situation.school.roll.pupils[one.pupil].called for one in held}
    told = replace(situation.conversation, recorded=tuple(one.id for one in held), recorded_at=heard.at)
    read = replace(to_read(heard, situation, BECAUSE), pupils=tuple(names))
    values = {"what": read_back(held, names, heard.day), "passed_on": True}
    return Outcome(told, (read,), Reply("absence.recorded", tuple(names), values))

"""Brought to the gate this minute, and expected: "just dropped her at the gate", of a child who was said to be late.

Its mark can hardly be there yet, so nobody searches: it is on the way, and looked for when no mark comes (A50, A60).
"""

from __future__ import annotations

import re
from dataclasses import replace

from attendance.calendar import Half, Session, local
from attendance.closing import LATE
from bot.known import STILL_COMING
from bot.outcome import Heard, Situation
from bot.understanding import Understanding
from bot.whereabouts.here_already import mark_of
from bot.whereabouts.in_after_all import MORNING_IS_OVER

_DID = (
    r"(?:dropped|droped|drop(?:ped)? off|left|walked|took|taken|put|seen|saw|watched|waved|handed|been dropped|got"
    r"|pulled up|gone|went|run|ran|sent|arrived|brought|signed)"
)
_JUST_NOW = re.compile(
    rf"\b(?:(?:just|only) (?:now |this minute |literally )?{_DID}"
    rf"|{_DID}\b.*\b(?:just now|this (?:minute|second|moment)|right now|a (?:second|moment|minute|min) ago)"
    r"|(?:just )?(?:now )?(?:dropping|walking|running|going) (?:her|him|them )?in(?: the gate| now)?)\b"
)
_SINCE_WHEN = re.compile(r"\d|\b(?:half|quarter) past\b|\bo['’]?clock\b|\b(?:ages|hour|hours|earlier|yesterday)\b|\?")


def brought_just_now(text: str) -> bool:
    """Said of this minute, and of no time before it."""
    line = text.casefold().replace("’", "'")
    return _JUST_NOW.search(line) is not None and _SINCE_WHEN.search(line) is None


def brought_while_expected(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """The same words as of children who are late and on the way, where every one of them is expected by now.

    Before the register has closed it tells by itself, whatever the words say of when; after it only words of this
    minute are believed. Words of harm, a question, or another child's absence beside it are read as ever.
    """
    children = {child for report in understood.reports for child in report.children}
    in_now = understood.intent == "return" and brought_just_now(heard.text)
    in_now = in_now and all(report.return_day == heard.day for report in understood.reports)
    calm = (understood.intent == "present" or in_now) and not understood.safeguarding and "?" not in heard.text
    if not calm or not children or any(report.code is not None for report in understood.reports):
        return understood
    if not all(_is_expected(child, heard, situation) for child in children):
        return understood
    late = tuple(
        replace(report, first_day=heard.day, return_day=None, session=None, arrives=None)
        for report in understood.reports
    )
    return replace(understood, intent="late", reports=late, urgent=False, ask=())


def _is_expected(child: str, heard: Heard, situation: Situation) -> bool:
    if child in situation.sought or mark_of(child, heard, situation) is not None:
        return False
    case = situation.cases.get(child)
    if case is not None:
        waited = case.stage == "answered" and case.outcome == "late_on_the_way"
        return waited and (case.next_at is None or heard.at < case.next_at) and brought_just_now(heard.text)
    half: Half = "pm" if local(heard.at).time() >= MORNING_IS_OVER else "am"
    session = Session(heard.day, half)
    closes = situation.school.closes_at(situation.school.roll.pupils[child], session)
    entry = situation.entered.get((child, session))
    taken = entry is not None and entry.mis is not None
    return closes is not None and heard.at < closes and not taken and _was_said_to_come(child, heard, situation)


def _was_said_to_come(child: str, heard: Heard, situation: Situation) -> bool:
    """Late today by somebody's word, or in after an appointment."""
    return any(
        one.live
        and one.pupil == child
        and (
            (one.code == LATE and one.first_day == heard.day)
            or (one.code in STILL_COMING and one.comes_in_on(heard.day))
        )
        for one in situation.known
    )

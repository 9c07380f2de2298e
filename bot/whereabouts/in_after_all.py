"""In for the register after all: said before it has closed, of a day that was to be missed.

Nothing may go on explaining that register, or a child who sets off and never arrives would be missed by nobody
(promise 1). Who comes while it is open, or after it, is on the way and waited for until the time that was said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import time, timedelta
from typing import Literal

from attendance.absences import Absence
from attendance.calendar import Half, Session, instant, local
from attendance.closing import LATE
from bot.days.after_lunch import comes_after_lunch
from bot.known import is_away_on
from bot.outcome import Heard, Situation
from bot.understanding import Report, Understanding

MORNING_IS_OVER = time(12)
"""Who comes at noon or later has been away in the morning."""

JUST_BEFORE = timedelta(minutes=10)
"""Who sets out so shortly before the register opens may well miss it."""

COMING = re.compile(
    r"\bon (?:his|her|their|our|my|the|its) way\b|\bon way\b|\b(?:coming|come|going|go|heading|head) (?:on )?in\b"
    r"|\b(?:bring|bringing|drop|dropping|pop|popping|run|running|send|sending|walk|walking|take|taking|driving|get|getting)"
    r" (?:him|her|them)\b"
    r"|\b(?:set|setting|just left|leaving now)\b|\bbe (?:there|in|with you)\b"
)
"""On the way by these words, and not there yet."""
_NOT_NOW = re.compile(
    r"\b(?:not|no|never|tomorrow|later in the week|next|afternoon|after lunch"
    r"|monday|tuesday|wednesday|thursday|friday)\b"
)
Comes = Literal["for the register", "later"]


def comes_after_all(report: Report, known: Absence, heard: Heard, situation: Situation) -> Comes | None:
    """When the child comes whose day back is the first day of the report; None where its morning is missed anyway."""
    day = report.return_day
    if day is None or day > known.first_day or known.half == "pm":
        return None
    pupil = situation.school.roll.pupils[known.pupil]
    window = situation.school.window(pupil, "am")
    closes = situation.school.closes_at(pupil, Session(day, "am"))
    if window is None or closes is None or closes <= heard.at:
        return None
    arrives = report.arrives or comes_after_lunch(heard, known.pupil, situation)
    if arrives is not None and arrives >= MORNING_IS_OVER:
        return None
    on_time = heard.at <= instant(day, window.opens) and (report.arrives is None or report.arrives <= window.opens)
    return "for the register" if on_time else "later"


def sent_after_all(
    heard: Heard, understood: Understanding, situation: Situation, put_right: frozenset[str] = frozenset()
) -> Understanding:
    """ "She's fine now, on the bus", before the close, of a child whom the same contact reported away for today: a
    return, and no search. So is "she perked up, I dropped her in" at lunch. A child who then is not in the register is
    chased as any other.

    A question ("is she there?") is nobody's sending, and what is said after a close is looked into at once.
    `put_right`: the children of whom the words take a report back, for it is another child's; that is done elsewhere.
    """
    sent = tuple(report for report in understood.reports if report.code is None)
    others = tuple(report for report in understood.reports if report.code is not None)
    children = {child for report in sent for child in report.children}
    calm = understood.intent == "present" and not understood.safeguarding and "?" not in heard.text
    if not calm or not children or (others and children & put_right):
        return understood
    if not all(_reported_by_them(child, heard, situation) and _is_open(child, heard, situation) for child in children):
        return understood
    comes = tuple(replace(report, return_day=heard.day) for report in sent)
    if others:  # "that's wrong, it's Leo who is ill, Luca is on the bus"
        return replace(understood, intent="absence", reports=(*comes, *others), urgent=False)
    return replace(understood, intent="return", reports=comes, urgent=False, ask=())


def _reported_by_them(child: str, heard: Heard, situation: Situation) -> bool:
    contact, mine = situation.sender.contact, (one for one in situation.known if one.pupil == child and one.live)
    return contact is not None and any(
        one.contact == contact.id and one.code != LATE and is_away_on(one, heard.day) for one in mine
    )


def _is_open(child: str, heard: Heard, situation: Situation) -> bool:
    """Nobody looks for the child yet, and a register is still to tell: this morning's, or from noon the afternoon's."""
    half: Half = "pm" if local(heard.at).time() >= MORNING_IS_OVER else "am"
    closes = situation.school.closes_at(situation.school.roll.pupils[child], Session(heard.day, half))
    entry = situation.entered.get((child, Session(heard.day, half)))
    taken = half == "pm" and entry is not None and entry.mis is not None
    return child not in situation.cases and closes is not None and heard.at < closes and not taken


def on_the_way(report: Report, known: Absence) -> Report:
    """The same as words that a child is late: what is known until then is replaced by it."""
    return replace(report, children=(known.pupil,), code=None, first_day=report.return_day, return_day=None)


def comes_instead(heard: Heard, taken_back: Sequence[Absence], situation: Situation) -> bool:
    """ "Scrap that, she's on her way", of children who are reported away today, once their register has opened, or just
    before. Sooner, they come for the register, which tells.
    """
    if not says_that_it_comes(heard) or local(heard.at).time() >= MORNING_IS_OVER:
        return False
    return all(_is_of_now(absence, heard, situation) for absence in taken_back)


def says_that_it_comes(heard: Heard) -> bool:
    """On the way by these words, today."""
    return COMING.search(heard.line) is not None and not _NOT_NOW.search(heard.line)


def _is_of_now(absence: Absence, heard: Heard, situation: Situation) -> bool:
    window = situation.school.window(situation.school.roll.pupils[absence.pupil], "am")
    opened = window is not None and heard.at > instant(heard.day, window.opens) - JUST_BEFORE
    return opened and absence.first_day == heard.day and absence.half != "pm"

""" "Ella's grandad has died, I am coming to get her", of a child who sits in class: it is away from now on.

Nobody is asked where it is after lunch; the office hears at once that somebody comes for it, and enters the code.
"""

from __future__ import annotations

import re
from dataclasses import replace

from attendance.absences import Absence
from attendance.calendar import Session, local
from bot.for_staff.passing_on import NO_REASON, has_closed, to_read
from bot.naming import is_named
from bot.outcome import Heard, Outcome, Record, Reply, Situation
from bot.understanding import Understanding

COMES_FOR_IT = "Somebody is on the way to collect the child: see that it may go, and who comes. No code is put forward."
_FETCHES = re.compile(
    r"\b(?:coming|on (?:my|our|the) way|heading|driving|setting off|leaving) (?:\w+ ){0,4}?to "
    r"(?:get|collect|fetch|pick(?: \w+)? up)\b|\b(?:i|we) (?:am|are) (?:just |now )?(?:collecting|fetching|picking)\b"
)
_NOT_NOW = re.compile(
    r"\d|\?|\b(?:after school|home time|hometime|end of|later|tomorrow|usual|today|tonight|not|if|lunch|club)\b"
)


def who_is_fetched(heard: Heard, understood: Understanding, situation: Situation) -> tuple[str, ...]:
    """The children for whom somebody comes now, by words that say no time; in class or not."""
    line = heard.line
    if understood.intent != "question" or understood.reports or not _FETCHES.search(line) or _NOT_NOW.search(line):
        return ()
    mine = situation.sender.may_report
    named = tuple(pupil for pupil in mine if is_named(heard.text, pupil, situation))
    return named or (mine if len(mine) == 1 else ())


def fetched_now(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """What such words lead to; None for any others, and where the child is not in class."""
    pupils = who_is_fetched(heard, understood, situation)
    if not pupils or not all(_is_in_class(pupil, heard, situation) for pupil in pupils):
        return None
    gone = tuple(_gone(pupil, heard, situation) for pupil in pupils)
    read = replace(to_read(heard, situation, COMES_FOR_IT), key=f"message/{heard.id}{NO_REASON}", pupils=pupils)
    conversation = situation.conversation.has_recorded(tuple(one.id for one in gone), heard.at)
    return Outcome(conversation, (*map(Record, gone), read), Reply("absence.handed_to_staff", pupils))


def _is_in_class(pupil: str, heard: Heard, situation: Situation) -> bool:
    """The morning's register has the child, and the afternoon's is still to close."""
    morning = situation.entered.get((pupil, Session(heard.day, "am")))
    return morning is not None and morning.present and not has_closed(heard, pupil, "pm", situation)


def _gone(pupil: str, heard: Heard, situation: Situation) -> Absence:
    return Absence(
        id=f"{heard.id}/{pupil}/0",
        pupil=pupil,
        first_day=heard.day,
        code="N",
        recorded_at=heard.at,
        half="pm",
        leaves=local(heard.at).time().replace(second=0, microsecond=0),
        contact=situation.sender.writer,
        message=heard.id,
    )

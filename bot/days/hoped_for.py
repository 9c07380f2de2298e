"""Hoped for, and not yet so: "he might manage the afternoon if the calpol works", of a child reported away today.

A hope changes nothing of the morning, and settles nothing of the afternoon: that register tells, as of a day that the
family leaves open. Taken for a return, it left the child unexplained from the morning on, and the family was asked
about a child of whom it had told us an hour before (reading A52).
"""

from __future__ import annotations

import re
from dataclasses import replace

from attendance.absences import Absence
from attendance.calendar import local
from attendance.closing import LATE
from bot.drafts import called_names
from bot.known import is_away_on
from bot.outcome import Heard, Outcome, Record, Reply, Situation
from bot.readback import read_back
from bot.understanding import Understanding

HOPES_IN = frozenset({"return", "late", "question", "chat"})
"""What such words are taken for: with another reason or a plain absence they say more."""
_HOPE = re.compile(
    r"\b(?:might|may|maybe|perhaps|possibly|depend\w*"
    r"|not sure (?:if|whether)|see (?:if|how|whether)|try(?:ing)? (?:to|and)"
    r"|if (?!that|this|it is ok|it is fine|not ok|you|i may|i can)\w+)\b"
)
_COMES = re.compile(
    r"\b(?:(?:bring|send|drop|get|take|pop|fetch)\w* (?:\w+ ){0,2}?"
    r"(?:in|back|up|over|round|this|after|at|for|later|to)\b"
    r"|(?:bring|send|drop)\w* (?:him|her|them)|(?:come|comes|coming|be|make it|going|go) (?:back )?in\b|make it|manage"
    r"|well enough|up to (?:it|coming)|feels? up)\b"
)
_OTHERWISE = re.compile(
    r"^(?:(?:is|are|can|could|will|would|should|shall|do|does) (?:i|we|you|he|she|they|it|the)\b"
    r"|what |when |where |how |why )"
    r"|\?|\b(?:should|shall|can|could|do) (?:i|we)\b|\b(?:his|her|their) (?:\w+ )?(?:brother|sister|twin)s?\b"
    r"|\b(?:tomorrow|tonight|next|week|monday|tuesday|wednesday|thursday|friday|not (?:be )?(?:coming|sending|bringing)"
    r"|on (?:his|her|their|our|my|the) way|setting off|just left)\b"
)


def only_hoped(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """What stands of today, with the afternoon left open, read back. None where the words say more than a hope, or
    nothing is known of today.
    """
    days = {report.return_day for report in understood.reports} | {report.first_day for report in understood.reports}
    if understood.intent not in HOPES_IN or understood.urgent or understood.safeguarding or days - {None, heard.day}:
        return None
    question = situation.conversation.open_question(heard.at)
    asked = question is not None and not question.is_beside_a_record
    if asked or not is_only_a_hope(heard):
        return None
    held = away_today(heard, understood, situation)
    if not held:
        return None
    stands = [_this_morning(one, heard, situation) for one in held]
    effects = tuple(Record(now, was) for now, was in zip(stands, held, strict=True) if now != was)
    names = {one.pupil: situation.school.roll.pupils[one.pupil].called for one in held}
    conversation = replace(
        situation.conversation, recorded=tuple(one.id for one in stands), recorded_at=heard.at
    )  # what we asked beside the record is still asked
    what = read_back(stands, names, heard.day)
    values = {"what": what, "hoped": called_names(situation, tuple(names))}
    return Outcome(conversation, effects, Reply("absence.recorded", tuple(names), values))


def is_only_a_hope(heard: Heard) -> bool:
    """Whether the words say that the child may come, today, and neither that it does nor that it does not."""
    line = heard.line
    return bool(_HOPE.search(line) and _COMES.search(line)) and not _OTHERWISE.search(line)


def _this_morning(held: Absence, heard: Heard, situation: Situation) -> Absence:
    """The same for the morning alone, where it was of today, until an open end, and the afternoon is still to come."""
    window = situation.school.window(situation.school.roll.pupils[held.pupil], "pm")
    of_today = held.first_day == heard.day and held.return_day is None and held.half == "day"
    if not of_today or window is None or window.opens <= local(heard.at).time():
        return held
    return replace(
        held, id=f"{heard.id}/{held.pupil}/hoped", half="am", return_day=heard.day, recorded_at=heard.at,
        message=heard.id,
    )  # fmt: skip


def away_today(heard: Heard, understood: Understanding, situation: Situation) -> list[Absence]:
    """What we hold of today of the children whom the words mean; "him" is whoever is away."""
    held = {
        one.pupil: one
        for one in sorted(situation.known, key=lambda known: known.recorded_at)
        if one.live and one.code != LATE and is_away_on(one, heard.day) and one.pupil in situation.sender.may_report
    }
    meant = {child for report in understood.reports for child in report.children}
    if "child" in understood.ask or not meant:
        meant = set(held) if len(held) == 1 else meant & set(held)
    return [held[pupil] for pupil in held if pupil in meant] if meant <= set(held) else []

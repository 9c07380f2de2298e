""" "Sorry, the other way round", after "Tom off ill today; Ella at an appointment": each has what we held of the other.

Words that bring a reason which neither of them had are read for what they say.
"""

from __future__ import annotations

import re
from dataclasses import replace

from attendance.absences import Absence
from attendance.codes import is_unexplained
from bot.corrections.stands import entered_otherwise, it_stands
from bot.corrections.uncovered import unexplained_again
from bot.outcome import BotEffect, Heard, Outcome, Record, Reply, Situation
from bot.readback import read_back
from bot.recording import told_to_its_case
from bot.understanding import Understanding

_SWAPS = re.compile(
    r"\b(?:(?:the )?(?:wrong|other|opposite) way (?:a?round|about)|vice versa"
    r"|swap(?:ped)? (?:them|those|it|that|their names)"
    r"|(?:swap|swop|switch)(?:ped|ed)? (?:round|over|around)"
    r"|(?:got|get|had|have|put|ve) (?:them|it|that|those|the (?:two|2|kids|names|children|boys|girls|twins)|their names"
    r"|my (?:two|2|kids|children|boys|girls))? ?(?:all )?(?:mixed|muddled|jumbled) up"
    r"|(?:mixed|muddled) (?:them|those|the (?:two|kids|names)) up"
    r"|(?:mixed|muddled) up (?:the|their|my) (?:two|names|kids|children)"
    r"|^\W*(?:(?:sorry|oops|oh|no)\W+)*(?:mixed|muddled) up)\b",
    re.IGNORECASE,
)


def the_other_way_round(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """The reports of the last read-back, each for the other child. None for any other words."""
    held = situation.last_told(heard.at)
    if len(held) != 2 or _SWAPS.search(heard.text) is None:
        return None
    one, other = held
    codes = {one.code, other.code}
    brings = {report.code for report in understood.reports if not is_unexplained(report.code)}
    mine = {one.pupil, other.pupil} <= set(situation.sender.may_report) and one.pupil != other.pupil
    if not mine or len(codes) != 2 or not brings <= codes or heard.day not in (one.first_day, other.first_day):
        return None
    swapped = [_for(other.pupil, one, heard, understood), _for(one.pupil, other, heard, understood)]
    effects: list[BotEffect] = []
    for was, now in zip((other, one), swapped, strict=True):
        effects.append(Record(now, was))
        effects += _told_to_the_case(heard, now, situation)
    pupils = tuple(now.pupil for now in swapped)
    if entered_otherwise(swapped, situation):
        return Outcome(
            situation.conversation.has_recorded((), heard.at), tuple(effects), it_stands(pupils, swapped, situation)
        )
    what = read_back(swapped, {pupil: situation.school.roll.pupils[pupil].called for pupil in pupils}, heard.day)
    conversation = situation.conversation.has_recorded(tuple(now.id for now in swapped), heard.at)
    conversation = replace(conversation, question=None)
    return Outcome(conversation, tuple(effects), Reply("absence.corrected", pupils, {"what": what}))


def _for(pupil: str, held: Absence, heard: Heard, understood: Understanding) -> Absence:
    """What was held of one child, for the other, with the day of return that the words give this one."""
    said = [one for one in understood.reports if pupil in one.children and one.code == held.code]
    back = next((one.return_day for one in said if one.return_day is not None), held.return_day)
    return replace(
        held, id=f"{heard.id}/{pupil}/swapped", pupil=pupil, recorded_at=heard.at, message=heard.id,
        return_day=held.return_day if held.return_day is not None else back,
    )  # fmt: skip


def _told_to_the_case(heard: Heard, now: Absence, situation: Situation) -> list[BotEffect]:
    case = situation.cases.get(now.pupil)
    if case is None or now.covers(case.session, situation.school.calendar):
        return told_to_its_case(heard, now, situation)
    return [unexplained_again(heard, now.pupil, situation)]

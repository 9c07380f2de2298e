"""Two contacts who cannot both be right about where a child is today: heard at once, whoever wrote first (promise 3).

A case decides for itself whether words contradict what it knows. Where the first report came before the register
closed there is no case: then the reports are compared here, by the same rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from attendance.absences import Absence
from attendance.answers import SAME_KIND
from attendance.calendar import local
from attendance.calling import advance
from attendance.case import LATER_IN
from attendance.closing import LATE
from attendance.codes import is_unexplained
from attendance.effects import OpenTask, RaiseAlert
from attendance.events import NotWithMe, OnTheWay, ReasonGiven
from bot.known import is_away_on
from bot.outcome import BotEffect, CaseEvent, Heard, Record, Situation

MAY_CONTRADICT = ReasonGiven | OnTheWay | NotWithMe
RING_WITHIN = timedelta(minutes=10)


def contradicted_cases(heard: Heard, effects: Iterable[BotEffect], situation: Situation) -> tuple[str, ...]:
    """The pupils whose case takes these words for a contradiction, and raises the alarm itself."""
    found: list[str] = []
    for one in effects:
        case = situation.cases.get(one.pupil) if isinstance(one, CaseEvent) else None
        if case is None or not isinstance(one, CaseEvent) or not isinstance(one.event, MAY_CONTRADICT):
            continue
        _, decided = advance(case, one.event, heard.at, situation.school)
        if any(isinstance(effect, RaiseAlert) and effect.reason == "contradicted" for effect in decided):
            found.append(one.pupil)
    return tuple(found)


def contradicted_reports(heard: Heard, effects: Iterable[BotEffect], situation: Situation) -> tuple[BotEffect, ...]:
    """The alarm for each child without a case, of whom another contact has reported something else for today."""
    found: list[BotEffect] = []
    for one in effects:
        if not isinstance(one, Record) or one.absence.pupil in situation.cases:
            continue
        other = next((known for known in situation.known if _cannot_both_be(known, one.absence, heard)), None)
        if other is not None:
            found += _alarm(heard, other, one.absence)
    return tuple(found)


def _cannot_both_be(known: Absence, new: Absence, heard: Heard) -> bool:
    other = known.live and known.pupil == new.pupil and None not in (known.contact, new.contact)
    if not other or known.contact == new.contact:
        return False
    if not (is_away_on(known, heard.day) and is_away_on(new, heard.day)) or {known.half, new.half} == {"am", "pm"}:
        return False
    codes = {known.code, new.code}
    if len(codes) == 1 or codes <= SAME_KIND or any(is_unexplained(code) for code in codes):
        return False
    if LATE in codes:  # better since yesterday is no contradiction
        return codes.isdisjoint(LATER_IN) and local(known.recorded_at).date() == heard.day
    return True


def _alarm(heard: Heard, known: Absence, new: Absence) -> list[BotEffect]:
    said = ["on the way" if code == LATE else code for code in (known.code, new.code)]
    because = f"One contact's report means {said[0]}, another's {said[1]}."
    pupil = new.pupil
    key = f"message/{heard.id}"
    return [
        RaiseAlert(f"{key}/contradicted/{pupil}", "contradicted", True, (pupil,), because),
        OpenTask(f"{key}/ring/{pupil}", "ring", "attendance_officer", heard.at + RING_WITHIN, (pupil,)),
    ]

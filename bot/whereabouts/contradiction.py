"""Two contacts who cannot both be right about where a child is today: heard at once, whoever wrote first (promise 3).

A case decides for itself whether words contradict what it knows. Where the first report came before the register
closed there is no case: then the reports are compared here, by the same rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from attendance.absences import Absence
from attendance.answers import CODE_TO_DECIDE, NO_GOOD_REASON, SAME_KIND
from attendance.calendar import local
from attendance.calling import advance
from attendance.case import LATER_IN
from attendance.closing import LATE
from attendance.codes import is_unexplained
from attendance.effects import OpenTask, RaiseAlert
from attendance.events import NotWithMe, OnTheWay, ReasonGiven
from bot.known import is_away_on
from bot.outcome import BotEffect, CaseEvent, Heard, Outcome, Record, Situation
from bot.whereabouts.accounted import says_where

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


def with_two_accounts(heard: Heard, answered: Outcome, situation: Situation) -> Outcome:
    """The same with a discrepancy for the office of each child without a case, of whom another contact has reported
    something else for today, and of whom the two agree that nobody need look for it.
    """
    found: list[BotEffect] = []
    for one in answered.effects:
        if not isinstance(one, Record) or one.absence.pupil in situation.cases:
            continue
        other = next((known for known in situation.known if _differs_harmlessly(known, one.absence, heard)), None)
        if other is not None:
            found.append(_to_decide(heard, other, one.absence))
    return replace(answered, effects=(*answered.effects, *found)) if found else answered


def _cannot_both_be(known: Absence, new: Absence, heard: Heard) -> bool:
    return _says_otherwise(known, new, heard) and not _nobody_is_sought(known, new, heard)


def _differs_harmlessly(known: Absence, new: Absence, heard: Heard) -> bool:
    differs = _says_otherwise(known, new, heard) or (known.code == LATE and _stays_unexplained(known, new, heard))
    return differs and _nobody_is_sought(known, new, heard)


def _nobody_is_sought(known: Absence, new: Absence, heard: Heard) -> bool:
    """Whoever was to bring it says that it stays with them; or both have it away, one without any good reason."""
    vague = new.code == NO_GOOD_REASON or is_unexplained(new.code)
    if known.code == LATE:
        return vague and says_where(heard)
    return new.code != LATE and NO_GOOD_REASON in (known.code, new.code)


def _stays_unexplained(known: Absence, new: Absence, heard: Heard) -> bool:
    return _of_another(known, new) and known.first_day == heard.day and is_unexplained(new.code)


def _of_another(known: Absence, new: Absence) -> bool:
    other = known.live and known.pupil == new.pupil and None not in (known.contact, new.contact)
    return other and known.contact != new.contact


def _says_otherwise(known: Absence, new: Absence, heard: Heard) -> bool:
    if not _of_another(known, new):
        return False
    if not (is_away_on(known, heard.day) and is_away_on(new, heard.day)) or {known.half, new.half} == {"am", "pm"}:
        return False
    codes = {known.code, new.code}
    if len(codes) == 1 or codes <= SAME_KIND or any(is_unexplained(code) for code in codes):
        return False
    if LATE in codes:  # better since yesterday is no contradiction
        return codes.isdisjoint(LATER_IN) and local(known.recorded_at).date() == heard.day
    return True


def _what_each_says(known: Absence, new: Absence) -> str:
    said = ["on the way" if code == LATE else code for code in (known.code, new.code)]
    return f"One contact's report means {said[0]}, another's {said[1]}."


def _to_decide(heard: Heard, known: Absence, new: Absence) -> RaiseAlert:
    because = f"{_what_each_says(known, new)} {CODE_TO_DECIDE}"
    return RaiseAlert(f"message/{heard.id}/discrepancy/{new.pupil}", "discrepancy", False, (new.pupil,), because)


def _alarm(heard: Heard, known: Absence, new: Absence) -> list[BotEffect]:
    because = _what_each_says(known, new)
    pupil = new.pupil
    key = f"message/{heard.id}"
    return [
        RaiseAlert(f"{key}/contradicted/{pupil}", "contradicted", True, (pupil,), because),
        OpenTask(f"{key}/ring/{pupil}", "ring", "attendance_officer", heard.at + RING_WITHIN, (pupil,)),
    ]

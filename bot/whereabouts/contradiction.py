"""Two contacts who cannot both be right about where a child is today: heard at once, whoever wrote first (promise 3).

A case decides for itself whether words contradict what it knows. Where the first report came before the register
closed there is no case: then the reports are compared here, by the same rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from attendance.absences import APPOINTMENT, Absence
from attendance.answers import CODE_TO_DECIDE, NO_GOOD_REASON, ONLY_WITH_THEM, SAME_KIND, WITH_BOTH
from attendance.calendar import local
from attendance.calling import advance
from attendance.case import LATER_IN, Case
from attendance.closing import LATE
from attendance.codes import is_unexplained
from attendance.effects import OpenTask, RaiseAlert
from attendance.events import NotWithMe, OnTheWay, ReasonGiven, SafeWithoutReason
from bot.corrections.which_taken_back import AT_AN_APPOINTMENT
from bot.known import is_away_on
from bot.outcome import BotEffect, CaseEvent, Heard, Outcome, Record, Situation
from bot.understanding import Understanding
from bot.whereabouts.accounted import says_where
from bot.whereabouts.has_it import brings_the_child

MAY_CONTRADICT = ReasonGiven | SafeWithoutReason | OnTheWay | NotWithMe
ILL = "I"
SEE_WHETHER_IT_COMES = "By the one it comes in today, by the other it does not: see whether it does."
RING_WITHIN = timedelta(minutes=10)


def contradicted_cases(heard: Heard, effects: Iterable[BotEffect], situation: Situation) -> tuple[str, ...]:
    """The pupils whose case takes these words for a contradiction, and raises the alarm itself. It hears of them one
    after the other: who has said that the child is at the dentist does not contradict it by "in at ten".
    """
    found: list[str] = []
    moved: dict[str, Case] = {}
    for one in effects:
        case = moved.get(one.pupil, situation.cases.get(one.pupil)) if isinstance(one, CaseEvent) else None
        if case is None or not isinstance(one, CaseEvent) or not isinstance(one.event, MAY_CONTRADICT):
            continue
        moved[one.pupil], decided = advance(case, one.event, heard.at, situation.school)
        if any(isinstance(effect, RaiseAlert) and effect.reason == "contradicted" for effect in decided):
            found.append(one.pupil)
    return tuple(found)


def contradicted_reports(heard: Heard, effects: Iterable[BotEffect], situation: Situation) -> tuple[BotEffect, ...]:
    """The alarm for each child without a case, of whom another contact has reported something else for today."""
    found: list[BotEffect] = []
    for one in effects:
        if not isinstance(one, Record) or one.absence.pupil in situation.cases:
            continue
        new = one.absence
        other = next((known for known in situation.known if _cannot_both_be(known, new, heard, situation)), None)
        if any(_is_with_both(known, new, heard, situation) for known in situation.known):
            found += _alarm(heard, new.pupil, WITH_BOTH)
        elif other is not None:
            found += _alarm(heard, new.pupil, _what_each_says(other, new))
    return tuple(found)


def with_two_accounts(heard: Heard, answered: Outcome, situation: Situation) -> Outcome:
    """The same with a discrepancy for the office of each child of whom another contact has reported something else for
    today, and of whom the two agree that nobody need look for it. What a case knows of it says the case by itself.
    """
    found: list[BotEffect] = []
    for one in answered.effects:
        if not isinstance(one, Record):
            continue
        new, in_case = one.absence, one.absence.pupil in situation.cases
        apart = () if in_case else situation.known
        other = next((k for k in apart if _differs_harmlessly(k, new, heard, situation)), None)
        other = other or next((k for k in situation.known if _only_the_one_comes_in(k, new, heard, situation)), None)
        if other is not None:
            found.append(_to_decide(heard, other, new))
        elif not in_case and any(_has_it_and_says_not_why(k, new, heard, situation) for k in situation.known):
            because = f"{ONLY_WITH_THEM} {CODE_TO_DECIDE}"
            key = f"message/{heard.id}/discrepancy/{new.pupil}"
            found.append(RaiseAlert(key, "discrepancy", False, (new.pupil,), because))
    return replace(answered, effects=(*answered.effects, *found)) if found else answered


def _cannot_both_be(known: Absence, new: Absence, heard: Heard, situation: Situation) -> bool:
    return _says_otherwise(known, new, heard) and not _nobody_is_sought(known, new, heard, situation)


def _differs_harmlessly(known: Absence, new: Absence, heard: Heard, situation: Situation) -> bool:
    differs = _says_otherwise(known, new, heard) or (known.code == LATE and _stays_unexplained(known, new, heard))
    return differs and _nobody_is_sought(known, new, heard, situation)


def _is_with_both(known: Absence, new: Absence, heard: Heard, situation: Situation) -> bool:
    """Two parents who do not live together, and each says today that the child is with them: at most one is right."""
    said = known.is_with_them and new.is_with_them and local(known.recorded_at).date() == heard.day
    return said and _of_this_day(known, new, heard) and _are_parents_apart(known, new, situation)


def _has_it_and_says_not_why(known: Absence, new: Absence, heard: Heard, situation: Situation) -> bool:
    """ "Tobi's with me for the day", of a child that the other home has reported ill: a person sees which it is."""
    plain = new.is_with_them and is_unexplained(new.code) and not is_unexplained(known.code) and known.code != LATE
    today = local(known.recorded_at).date() == heard.day and not known.is_with_them
    return plain and today and _of_this_day(known, new, heard) and _are_parents_apart(known, new, situation)


def _of_this_day(known: Absence, new: Absence, heard: Heard) -> bool:
    both = _of_another(known, new) and is_away_on(known, heard.day) and is_away_on(new, heard.day)
    return both and {known.half, new.half} != {"am", "pm"}


def _are_parents_apart(known: Absence, new: Absence, situation: Situation) -> bool:
    roll, both = situation.school.roll, (known.contact or "", new.contact or "")
    links = [roll.link(new.pupil, contact) for contact in both]
    parents = all(link is not None and link.is_parent for link in links)
    return parents and not roll.same_household(new.pupil, *both)


def _only_the_one_comes_in(known: Absence, new: Absence, heard: Heard, situation: Situation) -> bool:
    """Ill at home by the one home's word, in after the dentist by the other's: a person may tell which holds."""
    both = _of_another(known, new) and is_away_on(known, heard.day) and is_away_on(new, heard.day)
    if not both or situation.school.roll.same_household(new.pupil, known.contact or "", new.contact or ""):
        return False
    comes = [one for one in (known, new) if one.comes_in_on(heard.day)]
    return len(comes) == 1 and {known.code, new.code} == SAME_KIND and {known.half, new.half} != {"am", "pm"}


def in_after_an_appointment(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """ "In at 10 after dentist", of a child whom the other contact has reported ill: by itself it would say that
    the ill child comes back, and contradict; it tells of an appointment.
    """
    reports = understood.reports
    plain = understood.intent in ("return", "late") and not understood.safeguarding and bool(reports)
    if not plain or AT_AN_APPOINTMENT.search(heard.line) is None or "?" in heard.text:
        return understood
    if not all(one.arrives and one.return_day in (None, heard.day) for one in reports):
        return understood
    children = {child for one in reports for child in one.children}
    theirs = [one for one in situation.known if one.live and one.pupil in children and is_away_on(one, heard.day)]
    others = {one.pupil for one in theirs if one.contact not in (None, situation.sender.writer) and one.code == ILL}
    if others != children or any(one.contact == situation.sender.writer for one in theirs):
        return understood
    told = tuple(
        replace(one, code=APPOINTMENT, first_day=heard.day, return_day=heard.day, session="am") for one in reports
    )
    return replace(understood, intent="absence", reports=told, urgent=False, ask=())


def _nobody_is_sought(known: Absence, new: Absence, heard: Heard, situation: Situation) -> bool:
    """The words say plainly where the child is: whoever was to bring it says that it stays with them; or both have it
    away, one without any good reason; or a parent brings it now from the home from which it was reported away.
    """
    if new.code == LATE and brings_the_child(heard.line):
        link = situation.school.roll.link(new.pupil, new.contact or "")
        home = situation.school.roll.same_household(new.pupil, known.contact or "", new.contact or "")
        return link is not None and link.is_parent and home
    if not says_where(heard):
        return False
    vague = new.code == NO_GOOD_REASON or is_unexplained(new.code)
    return vague if known.code == LATE else new.code != LATE and NO_GOOD_REASON in (known.code, new.code)


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
    comes = known.comes_in_on(heard.day) or new.comes_in_on(heard.day) or new.code == LATE
    because = f"{_what_each_says(known, new)} {SEE_WHETHER_IT_COMES if comes else CODE_TO_DECIDE}"
    return RaiseAlert(f"message/{heard.id}/discrepancy/{new.pupil}", "discrepancy", False, (new.pupil,), because)


def _alarm(heard: Heard, pupil: str, because: str) -> list[BotEffect]:
    key = f"message/{heard.id}"
    return [
        RaiseAlert(f"{key}/contradicted/{pupil}", "contradicted", True, (pupil,), because),
        OpenTask(f"{key}/ring/{pupil}", "ring", "attendance_officer", heard.at + RING_WITHIN, (pupil,)),
    ]

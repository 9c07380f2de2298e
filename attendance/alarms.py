"""Alarms: danger is heard in every stage, the settled one too, and only a named person ends it (promise 3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from attendance.case import LATER_IN, ON_THE_WAY, PRESENT_OUTCOMES, Case
from attendance.effects import CancelWords, Effect, OpenTask, RaiseAlert, StandDown
from attendance.events import DangerHeard
from attendance.ladder import Alert
from attendance.people import Pupil
from attendance.school import School

ACT_WITHIN = timedelta(minutes=10)
SEARCH = frozenset({"believed_in_school", "missing"})
OF_WHERE = "with_barred"
"""A part of the key of an alert of harm that is about where the child is said to be, and about nothing else."""
RING_FIRST = "not_reached/ring"
"""Under a case's key: the alert of a round that only rings, before anybody was written to."""
GONE_AFTER_LUNCH, ON_THE_LIST = "afternoon_absence", "vulnerable_absent"
"""Under a case's key: the alerts of its beginning. Whatever is graver takes their place."""
FIRST_TO_HEAR = {"safeguarding": ("safeguarding_lead",), "barred_contact_wrote": ("safeguarding_lead",)}


def raise_alarm(case: Case, event: DangerHeard, now: datetime, school: School) -> tuple[Case, list[Effect]]:
    """Alert staff with a fresh ladder; open the tasks that such a danger needs; stop what is still queued.

    A disclosure of harm does not say where the child is: it alerts, and leaves the chase as it stands. Its alert is
    named apart from the case's, because an answer or a mark that settles the case does not settle the harm; where all
    of it is who is said to have the child, whoever settles the case knowing of it settles it (`is_of_where`).
    """
    case = replace(case, alarms=case.alarms + 1)
    harm = event.kind == "safeguarding"
    of_harm = OF_WHERE if event.where else "safeguarding"
    alert = RaiseAlert(
        key=f"{of_harm}/{case.key}/{case.alarms}" if harm else f"{case.key}/alarm/{case.alarms}",
        reason=event.kind,
        urgent=True,
        pupils=(case.pupil,),
        session=case.session,
        roles=FIRST_TO_HEAR.get(event.kind, ()),
        because=event.because,
        beside=None if harm else case.key,
    )
    if harm:
        return case, [alert]
    effects: list[Effect] = [alert, *_at_once_too(case, alert, school)]
    effects += [StandDown(f"{case.key}/{one}") for one in (GONE_AFTER_LUNCH, ON_THE_LIST)]
    if event.kind in SEARCH:
        effects.append(_task(case, "find_child", now))
    if event.contact is not None:
        effects.append(_task(case, "ring", now))
    asked = {attempt.contact for attempt in case.attempts}
    wrote = event.kind in SEARCH and not event.id.startswith(f"{case.key}/")
    worried = (event.contact,) if wrote and event.contact is not None else ()
    alarmed = replace(
        case,
        worried=tuple(dict.fromkeys((*case.worried, *worried))),
        cleared=case.cleared and event.contact not in asked,  # told that all is well, and worried again
        stage="alarmed",
        whereabouts="alarmed",
        outcome="contradicted" if _says_otherwise(case, event) else outcome_of(event),
        next_at=None,
        held=False,
    )
    return alarmed, [StandDown(f"{case.key}/not_reached/"), CancelWords(case.pupil, case.session), *effects]


def outcome_of(event: DangerHeard) -> str:
    """What a danger that is no disclosure says of the child."""
    return {"missing": "does_not_know", "contradicted": "contradicted"}.get(event.kind, "believed_in_school")


def _says_otherwise(case: Case, event: DangerHeard) -> bool:
    """Whether another contact has reported the child away, of whom this one believes that it is in school: both cannot
    be right (promise 3). After an appointment it may have come in.
    """
    if event.kind != "believed_in_school" or case.stage not in ("answered", "settled"):
        return False
    another = case.answered_by is not None and event.contact not in (None, case.answered_by)
    return another and case.code not in LATER_IN and case.outcome not in PRESENT_OUTCOMES | ON_THE_WAY


def is_of_where(alert: Alert) -> bool:
    """The child is said to be with somebody who is barred for it: over when a person has settled where it is."""
    return OF_WHERE in alert.key.split("/")


def _at_once_too(case: Case, alert: RaiseAlert, school: School) -> list[RaiseAlert]:
    """Who hears at once of a child of the priority list, or of one that is gone after lunch, hears of its alarm at once
    too, whatever the ladder says.
    """
    pupil = school.roll.pupils.get(alert.pupils[0])
    return at_once(alert, who_hears_at_once(case, pupil, school), school, pupil) if pupil is not None else []


def who_hears_at_once(case: Case, pupil: Pupil, school: School) -> tuple[str, ...]:
    """The roles that are told of this child together with the ladder's first rung, which stands first."""
    ladder = tuple(rung.role for rung in school.policy.firstday.ladder[:1])
    after_lunch = ("safeguarding_lead",) if case.afternoon_missed and case.session.half == "pm" else ()
    return (*ladder, *after_lunch, *school.policy.notify_for(pupil.tags))


def at_once(first: RaiseAlert, roles: tuple[str, ...], school: School, pupil: Pupil) -> list[RaiseAlert]:
    """Every further one of these roles hears at once; only the first one's alert climbs."""
    return [
        replace(first, key=f"{first.key}/{role}", roles=(role,), staff=None, climbs=False)
        for role in _further(roles, school, pupil)
    ]


def _further(roles: tuple[str, ...], school: School, pupil: Pupil) -> list[str]:
    """The roles after the first that somebody here holds (for this pupil's house and year), each person once."""
    found = {role: school.roll.staff_for(role, house=pupil.house, year=pupil.year) for role in roles}
    holders = {role: some[0].id for role, some in found.items() if some}
    known = {holders.get(role) for role in roles[:1]}
    others: list[str] = []
    for role in roles[1:]:
        if role in holders and holders[role] not in known:
            known.add(holders[role])
            others.append(role)
    return others


def _task(case: Case, what: str, now: datetime) -> OpenTask:
    return OpenTask(
        key=f"{case.key}/{what}/alarm/{case.alarms}",
        what=what,
        role="attendance_officer",
        due=now + ACT_WITHIN,
        pupils=(case.pupil,),
        session=case.session,
    )

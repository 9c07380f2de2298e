"""Alarms: danger is heard in every stage, the settled one too, and only a named person ends it (promise 3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from attendance.case import Case
from attendance.effects import CancelWords, Effect, OpenTask, RaiseAlert, StandDown
from attendance.events import DangerHeard
from attendance.school import School

ACT_WITHIN = timedelta(minutes=10)
SEARCH = frozenset({"believed_in_school", "missing"})
FIRST_TO_HEAR = {"safeguarding": ("safeguarding_lead",), "barred_contact_wrote": ("safeguarding_lead",)}


def raise_alarm(case: Case, event: DangerHeard, now: datetime, school: School) -> tuple[Case, list[Effect]]:
    """Alert staff with a fresh ladder; open the tasks that such a danger needs; stop what is still queued.

    A disclosure of harm does not say where the child is: it alerts, and leaves the chase as it stands. Its alert is
    named apart from the case's, because an answer or a mark that settles the case does not settle the harm.
    """
    case = replace(case, alarms=case.alarms + 1)
    harm = event.kind == "safeguarding"
    effects: list[Effect] = [
        RaiseAlert(
            key=f"safeguarding/{case.key}/{case.alarms}" if harm else f"{case.key}/alarm/{case.alarms}",
            reason=event.kind,
            urgent=True,
            pupils=(case.pupil,),
            session=case.session,
            roles=FIRST_TO_HEAR.get(event.kind, ()),
            because=event.because,
        )
    ]
    if harm:
        return case, effects
    if event.kind in SEARCH:
        effects.append(_task(case, "find_child", now))
    if event.contact is not None:
        effects.append(_task(case, "ring", now))
    asked = {attempt.contact for attempt in case.attempts}
    wrote = event.contact is not None and event.kind in SEARCH and not event.id.startswith(f"{case.key}/")
    alarmed = replace(
        case,
        worried=tuple(dict.fromkeys((*case.worried, *((event.contact,) if wrote and event.contact else ())))),
        cleared=case.cleared and event.contact not in asked,  # told that all is well, and worried again
        stage="alarmed",
        whereabouts="alarmed",
        outcome={"missing": "does_not_know", "contradicted": "contradicted"}.get(event.kind, "believed_in_school"),
        next_at=None,
        held=False,
    )
    return alarmed, [StandDown(f"{case.key}/not_reached/"), CancelWords(case.pupil, case.session), *effects]


def _task(case: Case, what: str, now: datetime) -> OpenTask:
    return OpenTask(
        key=f"{case.key}/{what}/alarm/{case.alarms}",
        what=what,
        role="attendance_officer",
        due=now + ACT_WITHIN,
        pupils=(case.pupil,),
        session=case.session,
    )

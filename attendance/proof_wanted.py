"""When a policy wants proof of an absence: a task for the office, never a demand that leaves by itself.

- `evidence.appointment = "required"` (Blue Coat 4.8, St Joseph & St Bede 4.3, West Coventry 10): the card or letter of
  an appointment is asked for when it is reported. With "ask" a person may.
- `evidence.illness_at_stage` (West Coventry App 2, Looe App 5): a new illness of a pupil who is at one of these stages
  is put before the attendance officer, who decides: blanket demands are against the guidance (paras 365-366).
- Any other illness is believed; doubt is a person's (`evidence.illness = "doubt"`).
- An illness or an appointment that a person does not accept (O in its place) is told to the family, by a person
  (St Joseph & St Bede 4.2, Looe; statute notes, section 6; reading A90).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from attendance.absences import APPOINTMENT, Absence
from attendance.calendar import local
from attendance.continuous import ILL
from attendance.effects import CloseTasks, OpenTask
from attendance.register import Entry
from attendance.school import School

WHAT = "ask_evidence"
ROLE = "attendance_officer"
REFUSED = "O"
"""The code of a reason that was given and is not accepted (a person's decision)."""


def evidence_task(absence: Absence, stages: Collection[str], now: datetime, school: School) -> OpenTask | None:
    """The task that a report leads to, or None. `stages`: those opened for the pupil in this school year."""
    note = _note(absence, stages, school)
    if note is None:
        return None
    due = school.due_on(max(absence.first_day, local(now).date()), now)  # told days later: not overdue at once
    return OpenTask(task_key(absence), WHAT, ROLE, due, (absence.pupil,), note=note)


def after_refusing(before: Entry, code: str, now: datetime, school: School) -> OpenTask | CloseTasks | None:
    """What follows when a person enters `code`: whoever does not accept a reason rings the family before the day is
    over, once for all sessions of a day; another code than O needs nobody to ring.
    """
    key = f"refused/{before.session.day}/{before.pupil}"
    if code != REFUSED:
        return CloseTasks(key)
    if before.current not in (ILL, APPOINTMENT):
        return None
    due = school.due_on(local(now).date(), now)
    said = "an illness" if before.current == ILL else "an appointment"
    note = f"The register had {said} on {before.session.day:%-d %B}, and O stands now: tell the family why."
    return OpenTask(key, "ring", ROLE, due, (before.pupil,), session=before.session, note=note)


def may_concern(absence: Absence, school: School) -> bool:
    """True when the pupil's stages have to be known to say."""
    evidence = school.policy.evidence
    return absence.code == ILL and evidence.illness != "never" and bool(evidence.illness_at_stage)


def task_key(absence: Absence) -> str:
    """What the task of this report is called: a report that is taken back takes it along."""
    return f"evidence/{absence.id}"


def _note(absence: Absence, stages: Collection[str], school: School) -> str | None:
    evidence = school.policy.evidence
    if absence.code == APPOINTMENT and evidence.appointment == "required":
        return "An appointment was reported: the policy wants its card or letter. You decide on the code."
    named = [stage for stage in evidence.illness_at_stage if stage in stages]
    if may_concern(absence, school) and named:
        return (
            f"Ill again, and at stage {named[-1]} of the policy, where it lets you ask for proof of an illness. You"
            " decide each time; the illness itself is believed."
        )
    return None

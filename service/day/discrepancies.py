"""What the register, the reports and the entries of staff say differently: a person looks, no family is written to."""

from __future__ import annotations

from dataclasses import replace

from attendance.absences import Absence
from attendance.case import LATER_IN
from attendance.closing import LATE
from attendance.codes import SIGNED_IN
from attendance.effects import RaiseAlert
from attendance.register import Entry
from service.day.no_longer import discrepancy_key
from service.turns.turn import Turn
from storage import absences


async def was_to_come_in(turn: Turn, entry: Entry) -> bool:
    """The report that the entry is of says at what time of this day the child comes back."""
    day = entry.session.day
    reports = await absences.covering(turn.db, turn.school.id, day, [entry.pupil])
    return any(one.live and one.comes_in_on(day) for one in reports)


async def was_to_come_late(turn: Turn, entry: Entry) -> bool:
    """The family has told that the child comes late, and so why: it is not asked for at the office (reading R2)."""
    day = entry.session.day
    reports = await absences.covering(turn.db, turn.school.id, day, [entry.pupil])
    return any(one.live and one.code == LATE and one.contact is not None and one.first_day == day for one in reports)


def newly_disagrees(before: Entry, code: str, expected: bool) -> RaiseAlert | None:
    """The alert about a mark that says otherwise than what was reported, where the mark before it did not."""
    if before.ours is None:
        return None
    after = replace(before, mis=code)
    return discrepancy(after, expected) if after.disagrees and not before.disagrees else None


def discrepancy(entry: Entry, expected: bool = False) -> RaiseAlert:
    """Reported absent and marked present: a person looks, no family is written to.

    Somebody who was at an appointment, or whom the family said to be on the way (`expected`), and who signs in late did
    what was said: only the code is for the office to choose. Whoever sits in class before an appointment is to be let
    go (reading A38).
    """
    came_in = (expected or entry.ours in LATER_IN) and entry.mis in SIGNED_IN
    if entry.ours in LATER_IN and not came_in and not entry.decided:
        return replace(_of_the_register(entry, GOES_LATER.format(code=entry.ours, mark=entry.mis)), climbs=False)
    away = f"Entered as {entry.ours} by {entry.by}" if entry.decided else f"Reported absent ({entry.ours})"
    because = (
        f"Came in ({entry.mis}), as it was said, after {_away(entry)} ({entry.ours}): choose the code that stands."
        if came_in
        else f"{away}, and the register says {entry.mis}."
    )
    return replace(_of_the_register(entry, because), climbs=not came_in)


GOES_LATER = (
    "An appointment was reported ({code}), and the register says {mark}: see that the child may go when it is time. "
    "Whoever misses no register needs no code."
)


def _of_the_register(entry: Entry, because: str) -> RaiseAlert:
    return RaiseAlert(
        discrepancy_key(entry),
        "discrepancy",
        False,
        (entry.pupil,),
        because,
        session=entry.session,
        roles=("attendance_officer",),
    )


def _away(entry: Entry) -> str:
    return "an appointment" if entry.ours in LATER_IN else "a report"


def said_otherwise(entry: Entry, absence: Absence) -> RaiseAlert:
    """A contact reports something else than what a person entered: the entry stands until a person has looked."""
    return RaiseAlert(
        f"discrepancy/{entry.session}/{entry.pupil}/{absence.id}",
        "discrepancy",
        False,
        (entry.pupil,),
        f"Entered by staff as {entry.ours}, and a contact now reports {absence.code}.",
        session=entry.session,
        roles=("attendance_officer",),
    )


def no_longer_said(entry: Entry, absence: Absence) -> RaiseAlert:
    """A contact takes back the report that a person confirmed: the entry stands until a person has looked."""
    because = f"Entered by {entry.by} as {entry.ours} after a contact's report, and the contact now takes it back."
    return replace(said_otherwise(entry, absence), because=because)


def explained_late(entry: Entry, absence: Absence) -> RaiseAlert:
    """A reason for an earlier day on which the register was decided without it (O after five school days): a person
    amends it or lets it stand. Read once is enough.
    """
    day = f"{entry.session.day:%-d %B}"
    return replace(
        said_otherwise(entry, absence),
        climbs=False,
        because=f"{day} stands as {entry.ours} ({entry.by}), and a contact now reports {absence.code}: amend it, or "
        "let it stand.",
    )

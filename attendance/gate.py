"""Signing in after the gate: a late child who came after `gate_until` is asked for a reason at the office.

Source: West Coventry 8 and 9, reading R2. Whether the reason satisfies, and the mark with it, is a person's decision.
"""

from __future__ import annotations

from datetime import datetime

from attendance.calendar import instant
from attendance.codes import is_unexplained
from attendance.effects import OpenTask
from attendance.register import Entry
from attendance.school import School

LATE_MARKS = frozenset({"L", "U"})


def reason_to_ask(before: Entry, code: str, now: datetime, school: School) -> OpenTask | None:
    """A task for the office when a child who was not here is marked late after the gate; None otherwise.

    Only a mark that follows another one says when the child came: a first mark may be a register that was sent late.
    """
    pupil = school.roll.pupils.get(before.pupil)
    window = school.window(pupil, before.session.half) if pupil else None
    if not school.policy.late.after_gate_needs_reason or window is None or window.gate_until is None:
        return None
    came_later = before.mis is not None and is_unexplained(before.current) and code in LATE_MARKS
    if not came_later or now < instant(before.session.day, window.gate_until):
        return None
    return OpenTask(
        key=f"gate/{before.session}/{before.pupil}",
        what="ask_evidence",
        role="attendance_officer",
        due=school.end_of_day(before.session.day),
        pupils=(before.pupil,),
        session=before.session,
        note=f"Came after {window.gate_until:%H:%M}: ask for the reason. Without one that satisfies, the policy says "
        "unauthorised; you decide on the mark.",
    )

"""Said to be on a trip of the school's, and the school's own register does not know: somebody looks now.

A visit is arranged and supervised by the school and known in advance, so its code is never a family's to propose
(policies/codes, `parent_can_propose`). Most often the office forgot it; else the child is where nobody thinks it is.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from attendance.calendar import Session
from attendance.effects import OpenTask, RaiseAlert

ON_A_TRIP = "V"
LOOK_WITHIN = timedelta(minutes=10)
TRIP = "trip/"
"""How the key of what somebody looks into begins."""


def trip_key(day: date, pupil: str) -> str:
    return f"{TRIP}{day}/{pupil}"


def look_on_the_trip(pupil: str, session: Session, now: datetime) -> tuple[RaiseAlert, OpenTask]:
    """Once a day: the afternoon asks nobody again."""
    key = trip_key(session.day, pupil)
    because = (
        "The family says that the child is on a school trip, and the register has N: ask whoever leads it now, then "
        "enter the code, or look for the child."
    )
    alert = RaiseAlert(
        key, "believed_in_school", True, (pupil,), because, session=session, roles=("attendance_officer",)
    )
    task = OpenTask(key, "find_child", "attendance_officer", now + LOOK_WITHIN, (pupil,), session=session)
    return alert, task

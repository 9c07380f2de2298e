"""Children at an appointment (or ill) when a register closes: who is to come in is waited for, who is not back is
looked for.

Nobody is all day at the dentist's; where no time was said the office looks, and no family is asked.
"""

from __future__ import annotations

from attendance.absences import APPOINTMENT
from attendance.calendar import Session
from attendance.calling import new_case
from attendance.case import LATER_IN
from attendance.closing import Cleaned
from attendance.effects import RaiseAlert
from attendance.events import OnTheWay, ReasonGiven
from bot.whereabouts.lateness import expected_at
from service.turns.turn import Turn


def appointment_key(pupil: str, session: Session) -> str:
    """The key of the alert that a child is still not back from an appointment."""
    return f"appointment/{session}/{pupil}"


def still_at_an_appointment(pupil: str, session: Session) -> RaiseAlert:
    """Nobody is all day at the dentist's: the attendance officer looks; it is no alarm."""
    return RaiseAlert(
        appointment_key(pupil, session),
        "not_returned",
        False,
        (pupil,),
        "At an appointment since this morning, no time was said, and not in this afternoon: look who has signed in, or "
        "ring the family.",
        session=session,
        roles=("attendance_officer",),
        climbs=False,
    )


async def look_after_appointments(turn: Turn, cleaned: Cleaned, session: Session) -> None:
    """At an appointment since the morning, and nobody said until when: the office looks, and no family is asked."""
    gone = [pupil.id for pupil, absence in cleaned.reported if session.half == "pm" and absence.some_time_that_day]
    morning = await turn.entries(gone, session.day, session.day) if gone else {}
    for pupil in gone:
        before = morning.get((pupil, Session(session.day, "am")))
        if before is not None and before.current == APPOINTMENT:
            await turn.raise_alert(still_at_an_appointment(pupil, session))


async def expect_after_appointments(turn: Turn, cleaned: Cleaned, session: Session) -> None:
    """A time of arrival that was said before the close is waited for as one that is said after it."""
    for pupil, absence in cleaned.expected:
        case = await turn.open_case(new_case(pupil, session, turn.now, "N", turn.school))
        case = await turn.move(case, ReasonGiven(f"close/{session}/{pupil.id}", absence.contact or "", absence.code))
        due = expected_at(session.day, absence.arrives, turn.now)
        stands = absence.code not in LATER_IN
        await turn.move(case, OnTheWay(f"close/{session}/{pupil.id}/in", absence.contact or "", due, stands))

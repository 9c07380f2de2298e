"""Children about whom more is known than their register says: in a class that nobody marked, who is seen, reported or
settled is accounted for; and who is in the afternoon's register is not sought because of the morning's.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from attendance.calendar import Session
from attendance.calling import new_case
from attendance.case import Case
from attendance.effects import RaiseAlert
from attendance.events import MarkChanged
from attendance.ladder import stand_down
from attendance.people import Pupil
from service.turns.turn import Turn


async def accounted_for(turn: Turn, session: Session, pupils: Collection[str]) -> None:
    """These children are looked for no more because their class was not marked; the others of the class are."""
    for alert in await turn.live_alerts() if pupils else ():
        if not alert.key.startswith(f"unaccounted/{session}/"):
            continue
        left = tuple(pupil for pupil in alert.pupils if pupil not in pupils)
        if not left:
            turn.put_alert(stand_down(alert))
        elif left != alert.pupils:
            turn.put_alert(replace(alert, pupils=left))


async def cases_of_the_unmarked(turn: Turn, pupil: str, today: date, found: bool) -> list[Case]:
    """A person says what came of a child of a class that nobody marked: nobody looks for it any more because of that.
    Of a child who was `found` there is a case from now on, so that it is known when the next register is in.
    """
    sessions = {
        alert.session
        for alert in await turn.live_alerts()
        if alert.key.startswith("unaccounted/") and pupil in alert.pupils
    }
    child = turn.school.roll.pupils[pupil]
    made: list[Case] = []
    for session in sorted(one for one in sessions if one is not None and one.day == today):
        if found:
            made.append(await turn.open_case(new_case(child, session, turn.now, None, turn.school)))
        await accounted_for(turn, session, {pupil})
    return made


async def without_those_seen_since(turn: Turn, pupils: Sequence[Pupil], session: Session) -> list[Pupil]:
    """A morning's N that comes, or is put right, after the afternoon's register had the child in school: nobody looks
    for it, and no family reads that it is missed. Its reason is open, and the attendance officer hears of that.
    """
    if session.half == "pm" or not pupils:
        return list(pupils)
    later = Session(session.day, "pm")
    known = await turn.entries([pupil.id for pupil in pupils], session.day, session.day)
    here = {pupil for (pupil, of), entry in known.items() if of == later and entry.present}
    for pupil in pupils:
        if pupil.id not in here:
            continue
        case = await turn.open_case(new_case(pupil, session, turn.now, "N", turn.school))
        seen = MarkChanged(f"later/{session}/{pupil.id}", known[pupil.id, later].current, later=True)
        await turn.move(case, seen)
        await turn.raise_alert(
            RaiseAlert(
                f"discrepancy/{session}/{pupil.id}/seen_since",
                "discrepancy",
                False,
                (pupil.id,),
                "The morning's mark is N since the afternoon's register had the child in school. Nobody was written "
                "to: find out why it missed the morning, or put the mark right.",
                session=session,
                roles=("attendance_officer",),
                climbs=False,
            )
        )
    return [pupil for pupil in pupils if pupil.id not in here]

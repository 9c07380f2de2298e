"""The children of a class that nobody marked, one by one: who is seen, reported or settled is accounted for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from attendance.calendar import Session
from attendance.calling import new_case
from attendance.case import Case
from attendance.ladder import stand_down
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

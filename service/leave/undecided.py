"""Away on a day for which leave was asked after the last register, so that hardly anybody could decide.

What the family has said says where the child is and why, as a report would: nobody is asked again, no code is put
forward, and whoever decides hears at once, beside the attendance officer. An older request says no such thing: the
family may have waited for its answer and sent the child. Source: reading A48.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from attendance.calendar import CalendarTooShort, Half, Session, instant
from attendance.calling import new_case
from attendance.effects import RaiseAlert
from attendance.events import ReasonGiven
from attendance.leave import LeaveRequest
from attendance.leave.people import deciding_role
from attendance.people import Pupil, Standing
from service.turns.turn import Turn
from storage import inbox, leave

HALVES: tuple[Half, ...] = ("pm", "am")
"""The later register of a day first."""


async def left_to_chase(turn: Turn, session: Session, pupils: Iterable[Pupil]) -> list[Pupil]:
    """Those of the unexplained `pupils` of whom no such request speaks; the cases of the others are answered."""
    rest = {pupil.id: pupil for pupil in pupils}
    for request in await leave.open(turn.db, turn.school.id) if rest else ():
        if request.pupil in rest and await _says_where(turn, request, session, rest[request.pupil]):
            await _answered(turn, request, session, rest.pop(request.pupil))
    return list(rest.values())


async def _says_where(turn: Turn, request: LeaveRequest, session: Session, pupil: Pupil) -> bool:
    calendar = turn.school.calendar
    undecided = request if request.until is None else request.longer(calendar)
    if request.contact is None or session.half not in request.halves or not undecided.covers(session.day):
        return False
    if turn.school.roll.standing(pupil.id, request.contact) is not Standing.MAY_REPORT:
        return False
    return await _last_words(turn, request) >= _last_register(turn, undecided.first_day, pupil)


async def _last_words(turn: Turn, request: LeaveRequest) -> datetime:
    """When the family wrote of it last (UTC)."""
    row = await inbox.get(turn.db, request.told[-1]) if request.told else None
    return request.asked_at if row is None else row.received_at


def _last_register(turn: Turn, day: date, pupil: Pupil) -> datetime:
    """When the last register before this day closed (UTC); at the very start of the calendar, midnight."""
    try:
        before = turn.school.calendar.before(day)
    except CalendarTooShort:
        return instant(day, time.min)
    times = (turn.school.closes_at(pupil, Session(before, half)) for half in HALVES)
    return next((at for at in times if at is not None), instant(day, time.min))


async def _answered(turn: Turn, request: LeaveRequest, session: Session, pupil: Pupil) -> None:
    case = await turn.open_case(new_case(pupil, session, turn.now, "N", turn.school))
    await turn.move(case, ReasonGiven(f"close/{session}/{pupil.id}", request.contact or "", request.code))
    for role in dict.fromkeys((deciding_role(turn.school), "attendance_officer")):
        await turn.raise_alert(_alert(request, session, role))


def _alert(request: LeaveRequest, session: Session, role: str) -> RaiseAlert:
    return RaiseAlert(
        f"leave/{request.id}/away/{role}",
        "leave_to_decide",
        True,
        (request.pupil,),
        "Not here today, as the family said when it asked for leave after the last register, and nobody has decided. "
        "The family is not asked again, and the mark stays N until somebody enters a code.",
        session=session,
        roles=(role,),
        climbs=False,
    )

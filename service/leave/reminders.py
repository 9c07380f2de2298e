"""A decision that is due: whoever decides today is told again, each school day until the first day away."""

from __future__ import annotations

from attendance.calendar import local
from attendance.effects import RaiseAlert
from attendance.leave.people import deciding_role
from service.leave.requests import remind
from service.turns.turn import Turn
from storage import leave
from storage.timers import Timer


async def due(turn: Turn, timer: Timer) -> None:
    """The timer of a request fell due. One that was decided meanwhile reminds nobody."""
    request = await leave.get(turn.db, turn.school.id, timer.key)
    if request is None or not request.is_open:
        return
    today = local(turn.now).date()
    starts = f"The first day away is {request.first_day:%-d %B}."
    if request.until is not None:
        agreed = request.return_day or request.back_on(turn.school.calendar)
        starts = f"The family asks to be back on {request.until:%-d %B} instead of {agreed:%-d %B}."
    elif request.first_day == today:
        starts = "The first day away is today: once its last register has closed it cannot be granted any more."
    lacks = " The family has not answered yet." if request.lacks else ""
    await turn.raise_alert(
        RaiseAlert(
            f"leave/{request.id}/due/{today}",
            "leave_overdue",
            False,
            (request.pupil,),
            f"A decision on leave is due. {starts}{lacks}",
            roles=(deciding_role(turn.school),),
            climbs=False,
        )
    )
    await remind(turn, request)

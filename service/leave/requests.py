"""Requests as they come in and change: kept with the record beside them, and with the timer that reminds."""

from __future__ import annotations

from dataclasses import replace

from attendance.calendar import Session, local
from attendance.leave import LeaveRequest
from attendance.leave.due import reminds_at
from office.desk import Overtaken
from service.day import registers
from service.errors import Stale
from service.leave import days as granted_days
from service.leave import letters
from service.leave.raised_flags import with_record
from service.turns.turn import Turn
from storage import leave, timers
from storage.timers import Timer

REMINDER = "leave"
"""The kind of timer that reminds whoever decides; its key is the request's id."""


async def put(turn: Turn, request: LeaveRequest) -> LeaveRequest:
    """A new request, with the flags that the pupil's record raises."""
    flagged = await with_record(turn, request)
    await leave.add(turn.db, turn.school.id, flagged)
    turn.note_leave(replace(flagged, state="requested"))
    if flagged.state != "requested":
        turn.note_leave(flagged)
    await remind(turn, flagged)
    return flagged


async def change(turn: Turn, request: LeaveRequest) -> None:
    """The request as the family's words leave it. Raises Stale where somebody decided meanwhile."""
    flagged = await with_record(turn, request)
    before = await leave.get(turn.db, turn.school.id, request.id)
    if before is None or not await leave.save(turn.db, turn.school.id, flagged, request.version):
        raise Stale(request.id)
    asks_longer = flagged.until is not None and flagged.until != before.until
    turn.note_leave(flagged.longer(turn.school.calendar) if asks_longer else flagged)
    if flagged.state == "withdrawn":
        await turn.stand_down(f"leave/{request.id}")
    await granted_days.open_again(turn, flagged, before)
    await letters.follow(turn, flagged, before)
    await chase_today(turn, flagged, before)
    await remind(turn, flagged)


async def as_it_was(turn: Turn, named: str) -> LeaveRequest:
    """The request that words to staff name as `<id>@<version>`, unchanged since they left. Raises Overtaken."""
    id, _, version = named.rpartition("@")
    request = await leave.get(turn.db, turn.school.id, id)
    if request is None or str(request.version) != version:
        raise Overtaken("The request changed, or somebody decided it. Look at it in the office.")
    return request


async def chase_today(turn: Turn, request: LeaveRequest, before: LeaveRequest) -> None:
    """Granted for today and not any more, after the register closed: a child whom nobody explains is chased now."""
    today = local(turn.now).date()
    if today in granted_days.not_any_more(turn, request, before):
        for half in request.halves:
            await registers.chase_now(turn, request.pupil, Session(today, half))


async def remind(turn: Turn, request: LeaveRequest) -> None:
    """Set the reminder for a request that waits; nobody is reminded of one that does not."""
    at = reminds_at(request, turn.now, turn.school)
    if at is None:
        await timers.drop(turn.db, turn.school.id, [(REMINDER, request.id)])
    else:
        await timers.put(turn.db, turn.school.id, [Timer(REMINDER, request.id, at, {})])

"""The days of a request in the register: entered when they are granted, proposed as G or O when refused ones are taken.

Everything is an amendment with the name of who decided it, or with the machine's where it is only proposed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from attendance.absences import Absence
from attendance.calendar import CalendarTooShort, Half, Session
from attendance.codes import is_unexplained
from attendance.effects import RaiseAlert
from attendance.leave import LeaveRequest, machine
from attendance.leave.grounds import taken_as
from attendance.people import StaffMember
from attendance.register import MACHINE, MACHINE_POSITION, Amendment, Entry
from service.turn import Turn
from storage import absences, leave

HALVES: tuple[Half, ...] = ("am", "pm")


async def enter(turn: Turn, member: StaffMember, request: LeaveRequest, before: LeaveRequest) -> None:
    """Agreed sessions are entered in the head's name in advance, so that nobody is chased for them.

    Coming sessions that were agreed before and are not any more are opened again.
    """
    calendar = turn.school.calendar
    agreed, earlier = request.granted_days(calendar), before.granted_days(calendar)
    known = await absences.of_pupils(turn.db, turn.school.id, [request.pupil], request.first_day)
    old = [one.id for one in known if one.live and one.id.startswith(f"{request.id}/granted")]
    await absences.set_state(turn.db, turn.school.id, old, "replaced")
    for first, last in runs_of(agreed, turn):
        await turn.add_absence(_absence(request, first, _day_after(last, turn), turn))
    reason = f"Leave granted: {request.reason}" if request.reason else "Leave granted"
    await _mark(turn, member, request.pupil, [day for day in agreed if day not in earlier], request.code, reason)
    gone = [day for day in earlier if day not in agreed]
    await _mark(turn, member, request.pupil, gone, "-", "Leave not granted any more")


def runs_of(days: Sequence[date], turn: Turn) -> list[tuple[date, date]]:
    """The first and last day of each stretch of school days without a gap."""
    found: list[tuple[date, date]] = []
    for day in days:
        if found and not turn.school.calendar.between(found[-1][1], day)[1:]:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def _day_after(day: date, turn: Turn) -> date:
    try:
        return turn.school.calendar.after(day)
    except CalendarTooShort:
        return day + timedelta(days=1)


def _absence(request: LeaveRequest, first: date, back: date, turn: Turn) -> Absence:
    return Absence(
        id=f"{request.id}/granted/{first}/{request.version}",
        pupil=request.pupil,
        first_day=first,
        code=request.code,
        recorded_at=turn.now,
        return_day=back,
        contact=request.contact,
        message=request.message,
        state="confirmed",
    )


async def _mark(turn: Turn, member: StaffMember, pupil: str, days: Sequence[date], code: str, reason: str) -> None:
    if not days:
        return
    entries = await turn.entries([pupil], days[0], days[-1])
    sessions = [Session(day, half) for day in days for half in HALVES]
    await turn.amend(
        [
            Amendment(
                pupil=pupil,
                session=session,
                original=entries.get((pupil, session), Entry(pupil, session)).current,
                code=code,
                provisional=False,
                by=member.name,
                position=member.position,
                reason=reason,
                at=turn.now,
            )
            for session in sessions
        ]
    )


async def say_taken(turn: Turn, session: Session, pupils: Iterable[str]) -> None:
    """Away at the close on a day for which leave was not agreed: G or O is proposed, with the request beside it.

    The family is asked as always: that leave was refused does not say where the child is.
    """
    away = set(pupils)
    for request in await leave.covering(turn.db, turn.school.id, session.day) if away else ():
        refused = request.state in ("refused", "taken", "granted_in_part") and not request.grants(session.day)
        if request.pupil not in away or not refused:
            continue
        await _propose(turn, session, request)
        taken = machine.taken(request)
        if taken != request and await leave.save(turn.db, turn.school.id, taken, request.version):
            turn.note_leave(taken)
        await turn.raise_alert(_alert(request, session))


async def _propose(turn: Turn, session: Session, request: LeaveRequest) -> None:
    entries = await turn.entries([request.pupil], session.day, session.day)
    entry = entries.get((request.pupil, session), Entry(request.pupil, session))
    if not is_unexplained(entry.current):
        return
    decided = f" by {request.decided_by}" if request.decided_by else ""
    await turn.amend(
        [
            Amendment(
                pupil=request.pupil,
                session=session,
                original=entry.current,
                code=taken_as(request.code),
                provisional=True,
                by=MACHINE,
                position=MACHINE_POSITION,
                reason=f"Leave for this day was refused{decided}",
                at=turn.now,
            )
        ]
    )


def _alert(request: LeaveRequest, session: Session) -> RaiseAlert:
    code = taken_as(request.code)
    return RaiseAlert(
        f"leave/{request.id}/taken",
        "leave_taken",
        False,
        (request.pupil,),
        f"Leave from {request.first_day:%d %B} was refused, and the child is not here. {code} is proposed; look at the "
        "request before you confirm it. The family is asked as always.",
        session=session,
        roles=("attendance_officer",),
        climbs=False,
    )


async def say_n_over_leave(turn: Turn, session: Session, entries: Iterable[Entry]) -> None:
    """The school's own system says N on a granted day: nobody is chased, and the office hears it once a request."""
    over = {entry.pupil for entry in entries if entry.mis == "N" and not is_unexplained(entry.current)}
    for request in await leave.granted_on(turn.db, turn.school.id, session.day) if over else ():
        if request.pupil in over:
            await turn.raise_alert(
                RaiseAlert(
                    f"discrepancy/leave/{request.id}",
                    "discrepancy",
                    False,
                    (request.pupil,),
                    f"The register says N on a day of granted leave ({request.code}); nobody was asked. Enter "
                    f"{request.code} in the school's own system.",
                    session=session,
                    roles=("attendance_officer",),
                    climbs=False,
                )
            )

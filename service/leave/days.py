"""The days of a request in the register: entered when they are granted, proposed as G or O when refused ones are taken.

Everything is an amendment with the name of who decided it, or with the machine's where it is only proposed. A child who
was seen in school is never marked away.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from attendance.absences import Absence
from attendance.calendar import CalendarTooShort, Session, local
from attendance.codes import has_arrived, is_unexplained
from attendance.continuous import ILL
from attendance.effects import RaiseAlert
from attendance.events import MarkChanged
from attendance.leave import LeaveRequest, machine
from attendance.leave.grounds import taken_as
from attendance.people import StaffMember
from attendance.proposals import NO_MARK
from attendance.register import MACHINE, MACHINE_POSITION, Amendment, Entry
from service.turns.turn import Turn
from storage import absences, leave


async def enter(turn: Turn, member: StaffMember, request: LeaveRequest, before: LeaveRequest) -> None:
    """Agreed sessions are entered in the head's name in advance, so that nobody is chased for them.

    Coming sessions that were agreed before and are not any more are opened again; days that are over were granted when
    they came, and stay.
    """
    calendar = turn.school.calendar
    agreed, earlier = request.granted_days(calendar), before.granted_days(calendar)
    await _keep_absences(turn, request, before)
    reason = f"Leave granted: {request.reason}" if request.reason else "Leave granted"
    new = await _sessions(turn, request, [day for day in agreed if day not in earlier])
    here = [entry for entry in new if not has_arrived(entry.current)]
    await _mark(turn, here, request.code, reason, (member.name, member.position))
    await _nobody_is_sought(turn, member, request, here)
    gone = await _sessions(turn, request, not_any_more(turn, request, before))
    await _mark(turn, gone, NO_MARK, "Leave not granted any more", (member.name, member.position))


async def _nobody_is_sought(turn: Turn, member: StaffMember, request: LeaveRequest, agreed: Sequence[Entry]) -> None:
    """Granted on the day itself: a case that today's register has opened is explained (reading A86)."""
    today = {entry.session for entry in agreed if entry.session.day == local(turn.now).date()}
    for case in await turn.cases_of(local(turn.now).date(), [request.pupil]) if today else ():
        if case.session in today:
            event_id = f"leave/{request.id}/granted/{request.version}/{case.session}"
            await turn.move(case, MarkChanged(event_id, request.code, by_staff=member.name))


async def open_again(turn: Turn, request: LeaveRequest, before: LeaveRequest) -> None:
    """The family takes granted days back: the child is expected, so an N on one of them is an N like any other.

    The head's marks on coming sessions are opened, provisionally, until a person has looked. Marks that somebody
    amended since are left alone.
    """
    days = not_any_more(turn, request, before)
    if not days:
        return
    await _keep_absences(turn, request, before)
    found = [entry for entry in await _sessions(turn, request, days) if entry.ours == before.code]
    reason = "The family took this day of leave back"
    await _mark(turn, found, NO_MARK, reason, (MACHINE, MACHINE_POSITION), provisional=True)


def not_any_more(turn: Turn, request: LeaveRequest, before: LeaveRequest) -> list[date]:
    """Days from today on that were granted and are not any more."""
    agreed, today = request.granted_days(turn.school.calendar), local(turn.now).date()
    return [day for day in before.granted_days(turn.school.calendar) if day not in agreed and day >= today]


async def _keep_absences(turn: Turn, request: LeaveRequest, before: LeaveRequest) -> None:
    """What says that the child is away on the days that stand: those agreed, and those that are over."""
    known = await absences.of_pupils(turn.db, turn.school.id, [request.pupil], before.first_day)
    old = [one.id for one in known if one.live and one.id.startswith(f"{request.id}/granted")]
    await absences.set_state(turn.db, turn.school.id, old, "replaced")
    gone = not_any_more(turn, request, before)
    days = {*request.granted_days(turn.school.calendar), *before.granted_days(turn.school.calendar)}.difference(gone)
    for first, last in runs_of(sorted(days), turn):
        await turn.add_absence(_absence(request, first, _day_after(last, turn), turn))


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
        half=request.half,
        contact=request.contact,
        message=request.message,
        state="confirmed",
    )


async def _sessions(turn: Turn, request: LeaveRequest, days: Sequence[date]) -> list[Entry]:
    """What the register says of each session of these days that the leave is for."""
    pupil = request.pupil
    if not days:
        return []
    entries = await turn.entries([pupil], days[0], days[-1])
    sessions = (Session(day, half) for day in days for half in request.halves)
    return [entries.get((pupil, session), Entry(pupil, session)) for session in sessions]


async def _mark(
    turn: Turn, entries: Sequence[Entry], code: str, reason: str, by: tuple[str, str], *, provisional: bool = False
) -> None:
    """`by` is the name and position of who made it."""
    await turn.amend(
        [
            Amendment(
                pupil=entry.pupil,
                session=entry.session,
                original=entry.stood,
                code=code,
                provisional=provisional,
                by=by[0],
                position=by[1],
                reason=reason,
                at=turn.now,
            )
            for entry in entries
        ]
    )


async def say_taken(
    turn: Turn, session: Session, pupils: Iterable[str], reported: Iterable[tuple[str, str]] = ()
) -> None:
    """Away at the close on a day for which leave was not agreed: G or O is proposed, with the request beside it.

    The family is asked as always: that leave was refused does not say where the child is. `reported` are children whose
    family has said already that they are away, with the code of their words.
    """
    said = dict(reported)
    away = {*pupils, *said}
    for request in await leave.covering(turn.db, turn.school.id, session.day) if away else ():
        if request.pupil not in away or not _is_refused(request, session):
            continue
        if (code := said.get(request.pupil, taken_as(request.code))) != taken_as(request.code):
            if code == ILL:  # another matter than what was asked for, or the same one by another name: a person looks
                await turn.raise_alert(_ill_instead(request, session))
            continue
        await _propose(turn, session, request)
        taken = machine.taken(request)
        if taken != request and await leave.save(turn.db, turn.school.id, taken, request.version):
            turn.note_leave(taken)
        await turn.raise_alert(_alert(request, session, asked=request.pupil not in said))


def _is_refused(request: LeaveRequest, session: Session) -> bool:
    decided = request.state in ("refused", "taken", "granted_in_part")
    return decided and not request.grants(session.day) and session.half in request.halves


async def say_ill_instead(turn: Turn, absence: Absence) -> None:
    """Reported ill, after the close, on a day for which leave was refused: the office hears it with the words, and not
    with the next register (READINGS, A45).
    """
    today = local(turn.now).date()
    if absence.code != ILL or not absence.first_day <= today:
        return
    for session in absence.sessions(turn.school.calendar):
        if session.day != today or await turn.case(absence.pupil, session) is None:
            continue
        requests = await leave.covering(turn.db, turn.school.id, today)
        for request in requests:
            if request.pupil == absence.pupil and _is_refused(request, session):
                await turn.raise_alert(_ill_instead(request, session))
                return


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
                original=entry.stood,
                code=taken_as(request.code),
                provisional=True,
                by=MACHINE,
                position=MACHINE_POSITION,
                reason=f"Leave for this day was refused{decided}",
                at=turn.now,
            )
        ]
    )


def _alert(request: LeaveRequest, session: Session, asked: bool) -> RaiseAlert:
    code = taken_as(request.code)
    family = "The family is asked as always." if asked else "The family has said that the child is away."
    refused = "was agreed for other days only" if request.is_granted else "was refused"
    return RaiseAlert(
        f"leave/{request.id}/taken",
        "leave_taken",
        False,
        (request.pupil,),
        f"Leave from {request.first_day:%-d %B} {refused}, and the child is not here. {code} is proposed; look at "
        f"the request before you confirm it. {family}",
        session=session,
        roles=("attendance_officer",),
        climbs=False,
    )


def _ill_instead(request: LeaveRequest, session: Session) -> RaiseAlert:
    return RaiseAlert(
        f"leave/{request.id}/ill",
        "leave_taken",
        False,
        (request.pupil,),
        f"Leave from {request.first_day:%-d %B} was refused, and the child is reported ill for a day of it. {ILL} is "
        "proposed as reported; look at the request before you confirm it. The family is not asked.",
        session=session,
        roles=("attendance_officer",),
        climbs=False,
    )


async def say_n_over_leave(turn: Turn, session: Session, entries: Iterable[Entry]) -> None:
    """The school's own system says N on a granted day: nobody is chased, and the office hears it once a request."""
    over = {entry.pupil for entry in entries if entry.mis == "N" and not is_unexplained(entry.current)}
    for request in await leave.granted_on(turn.db, turn.school.id, session.day) if over else ():
        if request.pupil in over and session.half in request.halves:
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

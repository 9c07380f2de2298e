"""The record beside a request for leave: the flags of the policy that the school year and the calendar raise."""

from __future__ import annotations

from dataclasses import replace

from attendance.calendar import local
from attendance.leave import LeaveRequest
from attendance.leave.assessments import NEAR, near
from attendance.leave.flags import performance_flags, record_flags
from office.leave.leave_facts import record_of, sessions_asked
from service.turns.turn import Turn


async def with_record(turn: Turn, request: LeaveRequest) -> LeaveRequest:
    """The request with the flags of the policy that the pupil's record and the calendar raise."""
    wanted = turn.school.policy.leave.flags
    if not wanted:
        return request
    record = await record_of(turn.db, turn.school, request.pupil, local(turn.now).date())
    raised = (
        *_assessed(turn, request, wanted),
        *record_flags(record, wanted),
        *performance_flags(record, request.code, sessions_asked(request, turn.school), wanted),
    )
    return replace(request, flags=tuple(dict.fromkeys((*request.flags, *raised))))


def _assessed(turn: Turn, request: LeaveRequest, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The flag of days near an assessment of the pupil's year."""
    calendar, pupil = turn.school.calendar, turn.school.roll.pupils.get(request.pupil)
    if NEAR not in wanted or pupil is None:
        return ()
    return (NEAR,) if near(request.school_days(calendar), pupil.year, calendar) else ()

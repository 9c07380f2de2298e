"""The record beside a request for leave: the flags of the policy that the pupil's school year raises."""

from __future__ import annotations

from dataclasses import replace

from attendance.calendar import local
from attendance.leave import LeaveRequest
from attendance.leave.flags import record_flags
from office.leave_facts import record_of
from service.turn import Turn


async def with_record(turn: Turn, request: LeaveRequest) -> LeaveRequest:
    """The request with the flags of the policy that the pupil's record raises."""
    wanted = turn.school.policy.leave.flags
    if not wanted:
        return request
    record = await record_of(turn.db, turn.school, request.pupil, local(turn.now).date())
    return replace(request, flags=tuple(dict.fromkeys((*request.flags, *record_flags(record, wanted)))))

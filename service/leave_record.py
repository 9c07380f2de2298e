"""The record beside a request for leave: the sessions of the school year so far, and the flags that they raise."""

from __future__ import annotations

from dataclasses import replace

from attendance.calendar import local
from attendance.leave import LeaveRequest
from attendance.leave_flags import Record, codes_of, record_flags
from attendance.periods import school_year
from service.turn import Turn
from storage import counting, history


async def with_record(turn: Turn, request: LeaveRequest) -> LeaveRequest:
    """The request with the flags of the policy that the pupil's record raises."""
    wanted = turn.school.policy.leave.flags
    if not wanted:
        return request
    flags = record_flags(await record_of(turn, request.pupil), wanted)
    return replace(request, flags=tuple(dict.fromkeys((*request.flags, *flags))))


async def record_of(turn: Turn, pupil: str) -> Record:
    """Sessions from the first day of the school year up to today, in our register and in the record before it."""
    today = local(turn.now).date()
    first, _ = school_year(today)
    spans = [
        span
        for span in (await history.of_pupils(turn.db, turn.school.id, [pupil])).get(pupil, ())
        if span.begins_in(first, turn.school.calendar)
    ]
    found = {}
    for name, codes in codes_of(turn.school.policy.code_set).items():
        counted = await counting.sessions(turn.db, turn.school.id, [pupil], codes, first, today)
        before = sum(number for span in spans for code, number in span.absent.items() if code in codes)
        found[name] = counted.get(pupil, 0) + before
    found["attended"] += sum(span.attended for span in spans)
    return Record(**found)

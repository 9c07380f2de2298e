"""The days that are ticked under an alert: they stand in the button itself, so that nothing is kept between presses."""

from __future__ import annotations

import re
from datetime import date

from attendance.calendar import SchoolCalendar
from attendance.leave import LeaveRequest
from service.errors import CannotDo

_TICKS = re.compile(r"[0-9a-f]{1,5}")
MOST_DAYS = 20
"""Four school weeks: more buttons than that nobody ticks on a phone."""


def base_of(act: str) -> str:
    """What a button under an alert does, without its ticks."""
    return act.partition(".")[0]


def ticks_of(act: str) -> int:
    """The ticks that a button carries: bit n is the n-th day. Raises CannotDo for what is no button of ours."""
    ticks = act.partition(".")[2] or "0"
    if not _TICKS.fullmatch(ticks):
        raise CannotDo("That button is none of ours; open the request in the office.")
    return int(ticks, 16)


def ticked(act: str, request: LeaveRequest, calendar: SchoolCalendar) -> tuple[list[date], bool]:
    """The days of the request that a button's ticks choose, and whether that is all of them. Raises CannotDo."""
    days, ticks = request.asked_days(calendar), ticks_of(act)
    chosen = [day for number, day in enumerate(days) if ticks >> number & 1]
    if not chosen or ticks >> len(days):
        raise CannotDo("No day of the request was ticked; open it in the office.")
    return chosen, len(chosen) == len(days)

"""When a decision is due, and when whoever decides is reminded. All of it is rows in the table of timers."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from attendance.calendar import CalendarTooShort, instant, local
from attendance.leave.request import LeaveRequest
from attendance.school import School

REMIND_AT = time(10, 0)
"""After the first hour, which belongs to the children who are missing. Own choice."""


def decide_by(asked: date, first_day: date, school: School) -> date:
    """The school day by which the head decides: `leave.decide_days` after asking, and before the first day away.

    The day of asking where there is no school day between (or the calendar ends).
    """
    calendar = school.calendar
    try:
        usual = calendar.after(asked, school.policy.leave.decide_days)
        latest = calendar.before(first_day)
    except CalendarTooShort:
        return asked
    return max(asked, min(usual, latest))


def reminds_at(request: LeaveRequest, now: datetime, school: School) -> datetime | None:
    """The next instant (UTC) after `now` at which whoever decides is reminded; None when nothing is left to decide.

    On the day by which it is due, and each school day after that until the first day away; of a longer stay, while one
    of its days is left.
    """
    if not request.is_open:
        return None
    today = local(now).date()
    last = request.first_day if request.until is None else request.until - timedelta(days=1)
    day = max(request.decide_by or today, today)
    while day <= last:
        at = instant(day, REMIND_AT)
        if at > now and school.calendar.is_school_day(day):
            return at
        day += timedelta(days=1)
    return None

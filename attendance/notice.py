"""How long beforehand leave was asked for, and what the policy says of that. Advice to the head, never a refusal."""

from __future__ import annotations

from datetime import date

from attendance.calendar import CalendarTooShort
from attendance.school import School

SHORT_NOTICE = "short_notice"


def notice_days(asked: date, first_day: date) -> int:
    """Calendar days from asking to the first day away. Both are school (London) dates."""
    return (first_day - asked).days


def flags_of(asked: date, first_day: date, school: School) -> tuple[str, ...]:
    """The flags of a request. Source: the policy's `leave.notice`."""
    notice = school.policy.leave.notice
    if notice.count == 0:
        return ()
    try:
        met = notice.is_met(asked, first_day, school.calendar)
    except CalendarTooShort:
        return ()
    return () if met else (SHORT_NOTICE,)

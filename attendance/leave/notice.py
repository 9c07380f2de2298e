"""How long beforehand leave was asked for, and what the policy says of that. Advice to the head, never a refusal."""

from __future__ import annotations

from datetime import date

from attendance.calendar import CalendarTooShort
from attendance.policy.values import Notice
from attendance.school import School

SHORT_NOTICE = "short_notice"
UNITS = {"d": ("day", "days"), "w": ("week", "weeks"), "sw": ("school week", "school weeks")}
MOST = 60
"""Weeks after which nobody counts on."""


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


def given(asked: date, first_day: date, school: School) -> int:
    """The notice that was given, in whole units of the school's own rule: days, weeks or school weeks."""
    unit = school.policy.leave.notice.unit
    if first_day <= asked:
        return 0
    if unit == "d":
        return notice_days(asked, first_day)
    if unit == "w":
        return notice_days(asked, first_day) // 7
    whole = 0
    while whole < MOST and Notice(whole + 1, unit).is_met(asked, first_day, school.calendar):
        whole += 1
    return whole


def notice_words(asked: date, first_day: date, school: School) -> str:
    """What the head reads: "3 school weeks; the policy asks for 4 school weeks"."""
    wanted = school.policy.leave.notice
    said = _count(given(asked, first_day, school), wanted.unit)
    if wanted.count == 0:
        asks = school.policy.leave.notice_text or "no particular notice"
        return f"{said}; the policy asks for it {asks}"
    return f"{said}; the policy asks for {_count(wanted.count, wanted.unit)}"


def _count(number: int, unit: str) -> str:
    return f"{number} {UNITS[unit][number != 1]}"

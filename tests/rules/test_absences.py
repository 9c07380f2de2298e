"""Which registers a report covers (promise 9): the first day or until the return day, and its half of a part day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from attendance.absences import Absence, AbsenceState, Span
from attendance.calendar import SchoolCalendar, Session, Term
from attendance.leave import LeaveRequest

CALENDAR = SchoolCalendar(
    (Term("autumn", date(2026, 9, 1), date(2026, 10, 23)),), closed_days=frozenset({date(2026, 9, 11)})
)
THURSDAY, FRIDAY_CLOSED, MONDAY, TUESDAY, WEDNESDAY = (date(2026, 9, day) for day in (10, 11, 14, 15, 16))


def report(first: date, back: date | None = None, half: Span = "day") -> Absence:
    return Absence("a1", "mo", first, "I", datetime(2026, 9, 10, 7, tzinfo=UTC), return_day=back, half=half)


@pytest.mark.parametrize(
    ("absence", "covered"),
    [
        (report(MONDAY), "Mon am, Mon pm"),
        (report(MONDAY, half="pm"), "Mon pm"),
        (report(MONDAY, half="am"), "Mon am"),
        (report(MONDAY, MONDAY, "am"), "Mon am"),
        (report(MONDAY, MONDAY), "Mon am, Mon pm"),
        (report(MONDAY, TUESDAY), "Mon am, Mon pm"),
        (report(MONDAY, TUESDAY, "am"), "Mon am"),
        (report(MONDAY, TUESDAY, "pm"), "Mon pm"),
        (report(MONDAY, WEDNESDAY), "Mon am, Mon pm, Tue am, Tue pm"),
        (report(MONDAY, WEDNESDAY, "pm"), "Mon pm, Tue am, Tue pm"),
        (report(MONDAY, WEDNESDAY, "am"), "Mon am, Mon pm, Tue am, Tue pm"),
        (report(THURSDAY, MONDAY), "Thu am, Thu pm"),
        (report(THURSDAY, MONDAY, "am"), "Thu am"),
        (report(THURSDAY, TUESDAY), "Thu am, Thu pm, Mon am, Mon pm"),
        (report(FRIDAY_CLOSED, MONDAY), ""),
    ],
)
def test_a_report_covers_these_registers_and_no_other(absence: Absence, covered: str) -> None:
    sessions = absence.sessions(CALENDAR)
    assert ", ".join(f"{session.day:%a} {session.half}" for session in sessions) == covered
    for day in CALENDAR.school_days:
        for session in (Session(day, "am"), Session(day, "pm")):
            assert absence.covers(session, CALENDAR) == (session in sessions)


def test_only_a_recorded_or_confirmed_report_is_live() -> None:
    states: tuple[AbsenceState, ...] = ("recorded", "confirmed", "rejected", "replaced", "cancelled")
    absences = [Absence("a", "mo", MONDAY, "I", datetime(2026, 9, 14, tzinfo=UTC), state=state) for state in states]
    assert [absence.state for absence in absences if absence.live] == ["recorded", "confirmed"]


def test_leave_lasts_until_the_day_of_return() -> None:
    asked = LeaveRequest("l1", "mo", MONDAY, WEDNESDAY, "C", datetime(2026, 9, 1, tzinfo=UTC))
    assert [day for day in (THURSDAY, MONDAY, TUESDAY, WEDNESDAY) if asked.covers(day)] == [MONDAY, TUESDAY]
    one_day = LeaveRequest("l2", "mo", MONDAY, None, "C", datetime(2026, 9, 1, tzinfo=UTC))
    assert [day for day in (THURSDAY, MONDAY, TUESDAY) if one_day.covers(day)] == [MONDAY]

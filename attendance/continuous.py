"""Absences that go on from day to day: unexplained, without contact, without authorisation, or ill.

A school day counts, ends the absence, or was not due and does neither. Counting is in school days of the school's own
calendar, over weekends and holidays (SI 2024/208 reg 10(7)-(9) counts so).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from attendance.absences import APPOINTMENT
from attendance.calendar import CalendarTooShort, SchoolCalendar
from attendance.case import Case
from attendance.codes import has_arrived, is_unexplained
from attendance.history import UNAUTHORISED
from attendance.register import Entry

NO_REASON = "O"
"""What N becomes when nobody gave a reason: the absence is still unexplained."""
ILL = "I"
NOT_DUE = frozenset("# X Y3 Y4 Z".split())
"""The child was not expected that session, or there was no school: such a day neither counts nor ends anything."""

EXPLAINS = frozenset("answered_ill answered_other on_leave not_expected present_after_all arrived_late".split())
"""Outcomes with which a case says why, or that the child came, even where nobody has changed the mark."""
CONTACT = EXPLAINS | frozenset("no_reason_given with_other_parent answered_by_other_adult late_on_the_way".split())
"""Outcomes that need somebody of the family to have spoken to us."""
BRIDGED = 1
"""School days without any mark that an absence reaches across. More of them: nothing is known, it begins anew."""


@dataclass(frozen=True, slots=True)
class Known:
    """One pupil's school day as it is known: the marks that count (blank: ""), and what the cases say besides."""

    marks: tuple[str, ...]
    explained: bool = False
    in_contact: bool = False


Days = Mapping[date, Known]
Verdict = Literal["counts", "ends", "not_due"]
Judge = Callable[[Known], Verdict]


def known(entries: Iterable[Entry], cases: Iterable[Case]) -> Known:
    """One pupil's day from its entries and cases; a blank child of a marked class has a case and no entry."""
    cases = tuple(cases)
    marks = tuple(entry.current or "" for entry in entries) or ("",)
    return Known(marks, any(_explains(case) for case in cases), any(_in_contact(case) for case in cases))


def _explains(case: Case) -> bool:
    if case.stage == "alarmed":
        return False
    on_the_way = case.stage == "answered" and case.outcome == "late_on_the_way"
    return on_the_way or case.reason in ("proposed", "confirmed") or case.outcome in EXPLAINS


def _in_contact(case: Case) -> bool:
    return case.answered_by is not None or case.outcome in CONTACT


def unexplained(day: Known) -> Verdict:
    """Nobody has said why and nobody has seen the child; a day with any present mark or an explanation ends it."""
    return _judged(day, lambda mark: is_unexplained(mark) or mark == NO_REASON, day.explained)


def without_contact(day: Known) -> Verdict:
    """Unexplained, and nobody of the family has spoken to us either."""
    return "ends" if day.in_contact else unexplained(day)


def unauthorised(day: Known) -> Verdict:
    """Absent without authorisation in every session that was marked: O, N, G or U."""
    return _judged(day, lambda mark: is_unexplained(mark) or mark in UNAUTHORISED)


def ill(day: Known) -> Verdict:
    """Ill in at least one session, and not seen in the other."""
    return _away_for(day, {ILL})


def in_treatment(day: Known) -> Verdict:
    """Ill, or at an appointment: what a report of an operation with weeks at home may be read as."""
    return _away_for(day, {ILL, APPOINTMENT})


def _away_for(day: Known, codes: set[str]) -> Verdict:
    verdict = _judged(day, lambda mark: not has_arrived(mark))
    return "ends" if verdict == "counts" and codes.isdisjoint(day.marks) else verdict


def _judged(day: Known, fits: Callable[[str], bool], ended: bool = False) -> Verdict:
    due = [mark for mark in day.marks if mark not in NOT_DUE]
    if not due:
        return "not_due"
    return "counts" if not ended and all(fits(mark) for mark in due) else "ends"


def run(days: Days, last: date, judge: Judge, calendar: SchoolCalendar, bridged: int = BRIDGED) -> tuple[date, ...]:
    """The school days of one continuous absence up to `last`, in order; empty when `last` is no day of one."""
    return tuple(reversed(_walk(days, last, judge, calendar.before, bridged)))


def _walk(days: Days, start: date, judge: Judge, onward: Callable[[date], date], bridged: int) -> list[date]:
    found: list[date] = []
    gap: list[date] = []
    day = start
    while len(gap) <= bridged:
        verdict = judge(days[day]) if day in days else None
        if verdict == "ends" or (not found and verdict != "counts"):
            break
        if verdict == "counts":
            found += [*gap, day]
            gap = []
        elif verdict is None:
            gap.append(day)
        try:
            day = onward(day)
        except CalendarTooShort:
            break
    return found


def stretch(days: Days, anchor: date, calendar: SchoolCalendar, judge: Judge = ill) -> tuple[date, ...]:
    """The school days of the continuous sickness around `anchor`, what is reported of the days to come included."""
    before = _walk(days, anchor, judge, calendar.before, 0)
    after = _walk(days, anchor, judge, calendar.after, 0)
    return (*reversed(before), *after[1:])

"""Absences that go on or add up: which days count, what is due then, for whom, by when, and how often."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from attendance import days_after
from attendance.absences import Absence
from attendance.calendar import SchoolCalendar, Session, Term, instant
from attendance.case import Case
from attendance.continuous import (
    Known,
    Verdict,
    ill,
    in_treatment,
    known,
    run,
    stretch,
    unauthorised,
    unexplained,
    without_contact,
)
from attendance.days_after import Due
from attendance.people import Roll
from attendance.periods import period_begins, school_year
from attendance.policy import policy_by_key, with_override
from attendance.register import Entry
from attendance.school import School

CALENDAR = SchoolCalendar(
    (
        Term("Autumn 1", date(2026, 9, 2), date(2026, 10, 23)),
        Term("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)),
        Term("Spring 1", date(2027, 1, 5), date(2027, 2, 12)),
    )
)
MON, TUE, WED, THU, FRI = (date(2026, 11, day) for day in (9, 10, 11, 12, 13))
NEXT_MON, NEXT_TUE = date(2026, 11, 16), date(2026, 11, 17)
AT = datetime(2026, 11, 9, 9, 15, tzinfo=UTC)


def school(policy: str, rules: Mapping[str, Any] | None = None) -> School:
    return School(policy, with_override(policy_by_key(policy), rules or {}), CALENDAR, Roll.of((), (), (), ()))


def days(marks: str, first: date = MON) -> dict[date, Known]:
    """Days from `first` on: "N N-I /" is three days, a day's marks together; "." is a day without any mark."""
    words = marks.split()
    places = [day for day in CALENDAR.school_days if day >= first][: len(words)]
    return {day: Known(tuple(word.split("+"))) for day, word in zip(places, words, strict=True) if word != "."}


def told(due: list[Due]) -> list[tuple[str, str]]:
    return [(one.task.what, one.task.role) for one in due]


# -- which days count ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("marks", "verdict"),
    [
        ("N+N", "counts"),
        ("N", "counts"),
        ("-", "counts"),
        ("O+O", "counts"),
        ("O+N", "counts"),
        ("/+N", "ends"),
        ("N+\\", "ends"),
        ("U+N", "ends"),
        ("N+I", "ends"),
        ("G+G", "ends"),  # a holiday is a reason, though none that the school accepts
        ("#+#", "not_due"),
        ("X+X", "not_due"),
        ("N+X", "counts"),
    ],
)
def test_a_present_mark_or_an_explanation_ends_an_unexplained_absence(marks: str, verdict: Verdict) -> None:
    assert unexplained(Known(tuple(marks.split("+")))) == verdict


@pytest.mark.parametrize(
    ("marks", "verdict"),
    [("O+N", "counts"), ("G+U", "counts"), ("N+I", "ends"), ("O+\\", "ends"), ("M+O", "ends"), ("Z", "not_due")],
)
def test_o_n_g_and_u_are_without_authorisation(marks: str, verdict: Verdict) -> None:
    assert unauthorised(Known(tuple(marks.split("+")))) == verdict


@pytest.mark.parametrize(("marks", "verdict"), [("I+I", "counts"), ("M+I", "counts"), ("I+\\", "ends"), ("M", "ends")])
def test_ill_and_not_seen(marks: str, verdict: Verdict) -> None:
    assert ill(Known(tuple(marks.split("+")))) == verdict


@pytest.mark.parametrize(
    ("marks", "last", "number"),
    [
        ("N N N", WED, 3),
        ("N / N", WED, 1),
        ("N N /", WED, 0),
        ("N N N N N N", NEXT_MON, 6),  # over the weekend
        ("N . N", WED, 3),  # nobody marked the class on Tuesday
        ("N . . N", THU, 1),
        ("N # N", WED, 2),
        (". . N", WED, 1),
    ],
)
def test_counting_in_school_days(marks: str, last: date, number: int) -> None:
    assert len(run(days(marks), last, unexplained, CALENDAR)) == number


def test_half_term_does_not_end_an_absence() -> None:
    thursday, friday, monday = date(2026, 10, 22), date(2026, 10, 23), date(2026, 11, 2)
    assert run(days("N N N", thursday), monday, unexplained, CALENDAR) == (thursday, friday, monday)


def test_the_first_day_that_the_calendar_knows() -> None:
    first = date(2026, 9, 2)
    assert run(days("N N", first), date(2026, 9, 3), unexplained, CALENDAR) == (first, date(2026, 9, 3))


def test_a_sickness_reaches_over_the_days_to_come() -> None:
    assert stretch(days("/ I I I I /"), WED, CALENDAR) == (TUE, WED, THU, FRI)
    assert stretch(days("I . I"), WED, CALENDAR) == (WED,)  # a day without word is none of it
    assert stretch(days("/ I"), MON, CALENDAR) == ()
    assert stretch(days("M+M M+I I /"), MON, CALENDAR) == ()
    assert stretch(days("M+M M+I I /"), MON, CALENDAR, in_treatment) == (MON, TUE, WED)


CASE = Case("mo", Session(MON, "am"), AT, AT)


@pytest.mark.parametrize(
    ("case", "explained", "in_contact"),
    [
        (CASE, False, False),
        (replace(CASE, stage="handed_over", outcome="not_reached"), False, False),
        (replace(CASE, stage="settled", outcome="not_reached", whereabouts="confirmed"), False, False),
        (replace(CASE, stage="answered", reason="proposed", answered_by="mum"), True, True),
        (replace(CASE, stage="answered", outcome="no_reason_given", answered_by="mum"), False, True),
        (replace(CASE, stage="settled", outcome="no_reason_given"), False, True),  # a person rang
        (replace(CASE, stage="settled", outcome="answered_ill"), True, True),
        (replace(CASE, stage="answered", outcome="late_on_the_way", answered_by="mum"), True, True),
        (replace(CASE, stage="alarmed", outcome="believed_in_school", answered_by="mum"), False, True),
        (replace(CASE, stage="settled", outcome="wrong_person"), False, False),
    ],
)
def test_what_a_case_says_beside_the_mark(case: Case, explained: bool, in_contact: bool) -> None:
    day = known([Entry("mo", case.session, "N")], [case])
    assert (day.explained, day.in_contact) == (explained, in_contact)
    assert unexplained(day) == ("ends" if explained else "counts")
    assert without_contact(day) == ("ends" if in_contact or explained else "counts")


def test_a_blank_child_of_a_marked_class_has_a_case_and_no_entry() -> None:
    assert unexplained(known([], [CASE])) == "counts"


# -- the policy's steps ----------------------------------------------------------------------------------------------


def steps(
    policy: str, number: int, clock: time, rules: Mapping[str, Any] | None = None, reached: bool = False
) -> list[Due]:
    absent = CALENDAR.school_days[-30:][:number]
    return days_after.steps("mo", absent, instant(absent[-1], clock), school(policy, rules), reached)


VISIT = [("home_visit", "attendance_officer"), ("home_visit", "pastoral")]


@pytest.mark.parametrize(
    ("number", "due"),
    [(1, [("risk_assess", "safeguarding_lead")]), (2, []), (3, VISIT), (4, []), (5, []), (6, VISIT), (9, VISIT)],
)
def test_st_joseph_visits_on_day_three_and_every_third_day(number: int, due: list[tuple[str, str]]) -> None:
    assert told(steps("st-joseph-st-bede", number, time(12, 0))) == due
    assert told(steps("st-joseph-st-bede", number, time(11, 59))) == []


def test_mary_bassett_weighs_up_then_warns_then_visits() -> None:
    assert told(steps("mary-bassett", 1, time(12, 0))) == [("risk_assess", "attendance_officer")]
    assert told(steps("mary-bassett", 2, time(9, 59))) == []
    [warning] = steps("mary-bassett", 2, time(10, 0))
    assert (warning.task.what, warning.task.role) == ("warn_of_visit", "office")
    assert warning.task.due.time() == time(11, 0)
    noon = steps("mary-bassett", 2, time(12, 0))
    assert told(noon) == [("warn_of_visit", "office"), ("home_visit", "senior_leader"), ("home_visit", "office")]
    assert noon[0].task.key == warning.task.key  # looking again opens nothing anew
    assert noon[1].task.note.endswith("Together: senior leader, office.")
    assert {one.task.due.time() for one in noon[1:]} == {time(16, 0)}
    assert told(steps("mary-bassett", 3, time(12, 0))) == []


@pytest.mark.parametrize(
    ("policy", "number", "due"),
    [
        ("blue-coat", 1, []),  # 5.5.1: no emergency contact reached
        ("st-joseph-st-bede", 1, []),  # 4.5: not reached
        ("st-joseph-st-bede", 3, VISIT),  # 4.5: without satisfactory explanation
        ("mary-bassett", 1, [("risk_assess", "attendance_officer")]),  # App A 3: each N
        ("mary-bassett", 2, []),  # a visit follows if there is no reply by 12:00
        ("looe", 4, [("ring", "attendance_officer")]),  # 6: to discuss the reasons
    ],
)
def test_a_family_that_spoke_without_a_reason(policy: str, number: int, due: list[tuple[str, str]]) -> None:
    assert told(steps(policy, number, time(12, 0), reached=True)) == due
    assert told(steps(policy, number, time(12, 0)))


def test_a_warning_is_due_before_the_visit() -> None:
    rules = {
        "unexplained": [
            {"day": 2, "at": "11:30", "action": "warn_of_visit", "who": ["office"]},
            {"day": 2, "at": "12:00", "action": "home_visit", "who": ["office"]},
        ]
    }
    [warning] = steps("looe", 2, time(11, 30), rules)
    assert warning.task.due.time() == time(12, 0)


def test_a_step_without_a_time_is_due_when_the_case_opens() -> None:
    rules = {"unexplained": [{"day": 2, "action": "home_visit", "who": ["pastoral"], "repeat_every_days": 1}]}
    assert told(steps("looe", 1, time(9, 5), rules)) == []
    assert told(steps("looe", 2, time(9, 5), rules)) == [("home_visit", "pastoral")]
    assert told(steps("looe", 3, time(9, 5), rules)) == [("home_visit", "pastoral")]


def test_nobody_is_away_and_nothing_is_due() -> None:
    assert days_after.steps("mo", (), AT, school("st-joseph-st-bede")) == []


def test_looe_rings_on_the_fourth_day() -> None:
    assert told(steps("looe", 4, time(9, 30))) == [("ring", "attendance_officer")]
    assert told(steps("looe", 3, time(9, 30))) == told(steps("looe", 5, time(9, 30))) == []


# -- returns, referral, letters --------------------------------------------------------------------------------------


def test_missing_education_at_blue_coat_on_the_fifth_day_without_contact() -> None:
    week = (MON, TUE, WED, THU, FRI)
    at = school("blue-coat")
    assert days_after.referral("mo", week[:4], AT, at) == []
    [due] = days_after.referral("mo", week, instant(FRI, time(9, 15)), at)
    assert (due.task.what, due.task.role, due.task.due) == (
        "la_referral",
        "attendance_officer",
        instant(FRI, time(16, 0)),
    )
    [again] = days_after.referral("mo", (*week, NEXT_MON), instant(NEXT_MON, time(9, 15)), at)
    assert due.task.key in again.unless  # once for this absence
    assert days_after.referral("mo", week, AT, school("looe")) == []


def test_a_policy_whose_steps_name_the_referral_has_its_own_day() -> None:
    rules = {"unexplained": [{"day": 3, "action": "la_referral", "who": ["safeguarding_lead"]}]}
    assert days_after.referral("mo", (MON, TUE, WED, THU, FRI), AT, school("blue-coat", rules)) == []


def test_ten_school_days_without_authorisation() -> None:
    absent = CALENDAR.between(date(2026, 10, 20), date(2026, 11, 9))
    assert len(absent) == 9  # four before half term, five after it
    at = school("looe")
    assert days_after.attendance_return("mo", absent, AT, at) == []
    [due] = days_after.attendance_return("mo", (*absent, MON), AT, at)
    assert (due.task.what, due.task.role) == ("la_return", "attendance_officer")
    [again] = days_after.attendance_return("mo", (*absent, MON, TUE), AT, at)
    assert due.task.key in again.unless


def test_a_sickness_is_a_return_when_the_days_will_be_enough() -> None:
    at, sick = school("looe"), (TUE, WED, THU)
    assert days_after.sickness_return("mo", sick, 29, MON, AT, at) == []
    assert days_after.sickness_return("mo", (), 30, MON, AT, at) == []
    [due] = days_after.sickness_return("mo", sick, 30, MON, AT, at)
    assert (due.task.what, due.task.role, due.task.due) == (
        "sickness_return",
        "attendance_officer",
        instant(MON, time(16, 0)),
    )
    [longer] = days_after.sickness_return("mo", (MON, *sick), 32, WED, AT, at)  # Monday turned out to be of it too
    assert due.task.key in longer.unless
    [other] = days_after.sickness_return("mo", (NEXT_TUE,), 32, NEXT_TUE, AT, at)
    assert due.task.key not in other.unless


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (instant(FRI, time(9, 0)), instant(FRI, time(16, 0))),
        (instant(FRI, time(19, 0)), instant(NEXT_MON, time(16, 0))),
        (instant(date(2026, 11, 14), time(10, 0)), instant(NEXT_MON, time(16, 0))),
    ],
)
def test_what_is_heard_after_school_is_due_on_the_next_school_day(now: datetime, due: datetime) -> None:
    [found] = days_after.sickness_return("mo", (NEXT_MON,), 30, now.date(), now, school("looe"))
    assert found.task.due == due


def test_a_letter_after_more_than_three_lates_once_in_a_term() -> None:
    at, since = school("st-joseph-st-bede"), date(2026, 9, 2)
    assert days_after.late_letter("mo", 3, since, MON, AT, at) == []
    [due] = days_after.late_letter("mo", 4, since, MON, AT, at)
    assert (due.task.what, due.task.role) == ("late_letter", "attendance_officer")
    assert days_after.late_letter("mo", 5, since, TUE, AT, at)[0].task.key == due.task.key
    assert days_after.late_letter("mo", 40, since, MON, AT, school("looe")) == []


def test_more_than_the_policys_lates_are_a_meeting_that_the_named_role_invites_to() -> None:
    at, since = school("st-joseph-st-bede"), date(2026, 11, 2)
    assert days_after.late_meeting("mo", 3, since, MON, AT, at) == []
    [due] = days_after.late_meeting("mo", 4, since, MON, AT, at)
    assert (due.task.what, due.task.role) == ("late_meeting", "attendance_officer")
    assert days_after.late_meeting("mo", 5, since, TUE, AT, at)[0].task.key == due.task.key
    only = school("west-coventry", {"late.meeting_after": 5})
    assert days_after.late_meeting("mo", 5, since, MON, AT, only) == []
    assert len(days_after.late_meeting("mo", 6, since, MON, AT, only)) == 1
    assert days_after.late_letter("mo", 6, since, MON, AT, only) == []
    assert days_after.late_meeting("mo", 40, since, MON, AT, school("looe")) == []


def test_the_meeting_is_the_work_of_the_role_that_the_policy_names() -> None:
    own = school("st-joseph-st-bede")
    late = own.policy.late.model_copy(update={"meeting_role": "tutor"})
    own = replace(own, policy=own.policy.model_copy(update={"late": late}))
    [due] = days_after.late_meeting("mo", 4, date(2026, 11, 2), MON, AT, own)
    assert due.task.role == "tutor"


def test_what_the_reminder_and_the_alert_say() -> None:
    report = Absence("a1", "mo", MON, "I", AT, return_day=THU)
    due = days_after.daily_contact("mo", report, TUE, instant(TUE, time(8, 30)), school("blue-coat"))
    assert (due.task.what, due.task.role) == ("daily_contact", "attendance_officer")
    assert due.task.note == "No word today; reported absent since yesterday, expected back Thursday."
    alert = days_after.not_returned(replace(CASE, session=Session(THU, "am")), report)
    assert (alert.reason, alert.urgent, alert.climbs, alert.roles) == (
        "not_returned",
        False,
        False,
        ("attendance_officer",),
    )


# -- what falls away -------------------------------------------------------------------------------------------------


def entry(day: date, mis: str, ours: str | None = None, provisional: bool = False) -> Entry:
    return Entry("mo", Session(day, "am"), mis, ours=ours, provisional=provisional)


@pytest.mark.parametrize(
    ("what", "of_day", "entries", "gone"),
    [
        ("home_visit", TUE, [entry(TUE, "N")], False),
        ("home_visit", TUE, [entry(TUE, "L")], True),
        ("home_visit", MON, [entry(MON, "N"), entry(TUE, "/")], True),
        ("home_visit", TUE, [entry(TUE, "N", "I", provisional=True)], False),  # a word that may be taken back
        ("home_visit", TUE, [entry(TUE, "N", "I")], True),  # a person confirmed it
        ("home_visit", TUE, [entry(TUE, "I")], True),
        ("home_visit", TUE, [entry(TUE, "N", "O")], False),
        ("home_visit", MON, [entry(MON, "/"), entry(TUE, "N")], True),
        ("la_referral", MON, [entry(MON, "N"), entry(TUE, "/")], True),
        ("daily_contact", TUE, [entry(TUE, "I")], False),
        ("daily_contact", TUE, [entry(TUE, "/")], True),
        ("la_return", TUE, [entry(TUE, "/")], True),
        ("la_return", MON, [entry(MON, "O"), entry(TUE, "/")], False),  # ten days they were
        ("sickness_return", TUE, [entry(TUE, "/")], False),
        ("late_letter", TUE, [entry(TUE, "/")], False),
        ("home_visit", TUE, [], False),
    ],
)
def test_a_task_falls_away_when_the_child_is_seen_or_a_person_knows_why(
    what: str, of_day: date, entries: list[Entry], gone: bool
) -> None:
    assert days_after.falls_away(what, of_day, TUE, entries, school("st-joseph-st-bede")) == gone


def test_the_day_is_read_from_the_key() -> None:
    [due] = days_after.referral("m/o", (MON, TUE, WED, THU, FRI), AT, school("blue-coat"))
    assert days_after.day_of(due.task.key) == FRI
    assert days_after.day_of("ncode/mo/2026-11-09/am") is None


# -- periods ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "begins"),
    [
        ("week", date(2026, 11, 9)),
        ("half_term", date(2026, 11, 2)),
        ("term", date(2026, 9, 2)),
        ("year", date(2026, 8, 1)),
    ],
)
def test_when_a_period_begins(period: Any, begins: date) -> None:
    assert period_begins(WED, period, CALENDAR) == begins


def test_a_term_without_names_begins_after_a_long_holiday() -> None:
    plain = replace(CALENDAR, terms=tuple(replace(term, name=f"term {n}") for n, term in enumerate(CALENDAR.terms)))
    assert period_begins(WED, "term", plain) == date(2026, 9, 2)
    assert period_begins(date(2027, 1, 11), "term", plain) == date(2027, 1, 5)


def test_a_day_in_the_holidays_belongs_to_the_stretch_before_it() -> None:
    assert period_begins(date(2026, 10, 28), "half_term", CALENDAR) == date(2026, 9, 2)
    assert period_begins(date(2026, 8, 20), "term", CALENDAR) == date(2026, 8, 1)


def test_the_school_year() -> None:
    assert school_year(date(2026, 7, 31)) == (date(2025, 8, 1), date(2026, 7, 31))
    assert school_year(date(2026, 8, 1)) == (date(2026, 8, 1), date(2027, 7, 31))

"""Statutory assessments in the school's calendar: the flag that a policy wants raised near them."""

from __future__ import annotations

from datetime import date

import pytest

from attendance.calendar import CalendarFault, SchoolCalendar
from attendance.leave.assessments import near, warnings
from attendance.policy import PolicyFault, calendar_of, policy_by_key, with_override
from office.wording import LEAVE_FLAGS

TERM = {"name": "Summer", "first_day": "2027-05-03", "last_day": "2027-07-21"}
CHECK = {"name": "Phonics screening check", "first_day": "2027-06-07", "last_day": "2027-06-11", "years": [1]}
CALENDAR = SchoolCalendar.from_mapping({"terms": [TERM], "closed_days": ["2027-06-04"], "assessments": [CHECK]})


@pytest.mark.parametrize(
    ("days", "year", "raised"),
    [
        (["2027-06-07"], 1, True),
        (["2027-06-11"], 1, True),
        (["2027-06-14"], 1, False),
        (["2027-05-28"], 1, True),  # five school days before: 28 May, 31 May to 3 June, with the 4th closed
        (["2027-05-27"], 1, False),
        (["2027-05-24", "2027-06-08"], 1, True),
        (["2027-06-07"], 2, False),
        (["2027-06-07"], -1, False),
    ],
)
def test_just_before_and_during_an_assessment_of_the_pupils_own_year(days: list[str], year: int, raised: bool) -> None:
    found = near([date.fromisoformat(day) for day in days], year, CALENDAR)
    assert [one.name for one in found] == (["Phonics screening check"] if raised else [])


def test_an_assessment_without_years_is_everybodys() -> None:
    calendar = SchoolCalendar.from_mapping({"terms": [TERM], "assessments": [{**CHECK, "years": []}]})
    assert near([date(2027, 6, 7)], 4, calendar)


@pytest.mark.parametrize(
    "wrong",
    [{"first_day": "2027-06-12"}, {"last_day": "soon"}, {"years": ["one"]}, {"years": 1}, {"name": ""}],
)
def test_an_assessment_that_cannot_be_used_is_a_fault(wrong: dict[str, object]) -> None:
    with pytest.raises(CalendarFault, match="assessment"):
        SchoolCalendar.from_mapping({"terms": [TERM], "assessments": [{**CHECK, **wrong}]})


SCHOOLS = {
    "blue-coat": set(),
    "looe": set(),
    "st-joseph-st-bede": {"protest", "family_holiday"},
    "mary-bassett": {
        "near_statutory_assessment",
        "any_unauthorised",
        "authorised_above_10pct",
        "performance_below_95",
        "family_holiday",
    },
    "west-coventry": {"family_holiday"},
}


@pytest.mark.parametrize("school", SCHOOLS)
def test_each_school_has_the_flags_of_its_policy_and_each_has_words(school: str) -> None:
    """Mary Bassett's passage on leave of absence, St Joseph & St Bede 5.1, West Coventry 10; the others name none."""
    flags = set(policy_by_key(school).leave.flags)
    assert flags == SCHOOLS[school]
    assert flags <= set(LEAVE_FLAGS)


def test_a_school_that_wants_the_flag_has_the_dates() -> None:
    for school, flags in SCHOOLS.items():
        if "near_statutory_assessment" in flags:
            assert calendar_of(policy_by_key(school)).assessments


def test_a_flag_that_nobody_raises_is_a_fault_of_the_policy() -> None:
    with pytest.raises(PolicyFault, match="any_unauthorised"):
        with_override(policy_by_key("looe"), {"leave.flags": ["any_unautorised"]})


def test_a_calendar_without_them_is_said_when_the_policy_is_checked() -> None:
    (said,) = warnings(["near_statutory_assessment"], SchoolCalendar.from_mapping({"terms": [TERM]}))
    assert "no `assessments`" in said
    old = {**CHECK, "first_day": "2025-06-09", "last_day": "2025-06-13"}
    assert warnings(["near_statutory_assessment"], SchoolCalendar.from_mapping({"terms": [TERM], "assessments": [old]}))
    assert warnings(["near_statutory_assessment"], CALENDAR) == warnings([], CALENDAR) == []

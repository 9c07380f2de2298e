"""From a report to marks: what it proposes, what it leaves alone, what is taken back with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from attendance.absences import Absence
from attendance.calendar import Session
from attendance.proposals import proposals, withdrawals
from attendance.register import Entry
from tests.support.builders import AM, DAY, PM, at, report, school

CALENDAR = school().calendar
NOW = at("09:20")
ILL = report("a")


def proposed(absence: Absence, *entries: Entry) -> dict[str, str]:
    known = {(entry.pupil, entry.session): entry for entry in entries}
    return {str(one.session)[5:]: one.code for one in proposals(absence, known, NOW, CALENDAR)}


def test_a_report_proposes_its_code_for_both_halves_of_its_first_day() -> None:
    assert proposed(ILL) == {"11-10/am": "I", "11-10/pm": "I"}


VISIT = report("a", code="M")
"""At the dentist's that day; nobody said when."""


@pytest.mark.parametrize(
    ("visit", "entries", "codes"),
    [
        (VISIT, (), {}),
        (VISIT, (Entry("amina", AM, mis="N"),), {"11-10/am": "M"}),
        (VISIT, (Entry("amina", AM, mis="/"), Entry("amina", PM, mis="N")), {"11-10/pm": "M"}),
        (report("a", code="M", half="am"), (), {"11-10/am": "M"}),
        (report("a", code="M", return_day=date(2026, 11, 11)), (), {"11-10/am": "M", "11-10/pm": "M"}),
    ],
)
def test_an_appointment_without_a_time_has_a_code_for_a_register_that_is_missed(
    visit: Absence, entries: tuple[Entry, ...], codes: dict[str, str]
) -> None:
    assert proposed(visit, *entries) == codes


def test_until_the_return_day_over_a_closed_day_and_a_weekend() -> None:
    long = report("a", first=date(2026, 11, 26), return_day=date(2026, 12, 1))
    assert list(proposed(long)) == ["11-26/am", "11-26/pm", "11-30/am", "11-30/pm"]


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (Entry("amina", AM, mis="N"), "I"),
        (Entry("amina", AM, mis="-"), "I"),
        (Entry("amina", AM, mis="N", ours="M", provisional=True), "I"),
        (Entry("amina", AM, mis="N", ours="I", provisional=True), None),
        (Entry("amina", AM, mis="N", ours="O", provisional=False, by="Ms Reed"), None),
        (Entry("amina", AM, mis="/"), None),
        (Entry("amina", AM, mis="U"), None),
        (Entry("amina", AM, mis="V"), None),
    ],
)
def test_what_a_person_decided_and_a_child_who_was_seen_are_left_alone(entry: Entry, code: str | None) -> None:
    assert proposed(ILL, entry).get("11-10/am") == code


@pytest.mark.parametrize("absence", [report("a", code="L"), report("a", code="N"), report("a", state="cancelled")])
def test_on_the_way_rather_not_say_and_what_was_taken_back_propose_nothing(absence: Absence) -> None:
    assert proposed(absence) == {}


def test_a_proposal_is_provisional_and_says_what_stood_there() -> None:
    one = proposals(ILL, {("amina", AM): Entry("amina", AM, mis="N")}, NOW, CALENDAR)[0]
    assert (one.original, one.code, one.provisional, one.by) == ("N", "I", True, "Firstcall")
    assert one.position
    assert one.reason


PROPOSED = {("amina", s): Entry("amina", s, mis="N", ours="I", provisional=True) for s in (AM, PM)}


def taken_back(instead: Absence | None, entries: dict[tuple[str, Session], Entry] | None = None) -> dict[str, str]:
    made = withdrawals(ILL, instead, PROPOSED if entries is None else entries, NOW, CALENDAR)
    return {one.session.half: one.code for one in made}


def test_a_report_that_does_not_hold_takes_its_codes_with_it() -> None:
    assert taken_back(None) == {"am": "N", "pm": "N"}
    blank = {key: replace(entry, mis=None) for key, entry in PROPOSED.items()}
    assert taken_back(None, blank) == {"am": "-", "pm": "-"}


def test_what_a_person_confirmed_stays() -> None:
    confirmed = {key: replace(entry, provisional=False) for key, entry in PROPOSED.items()}
    assert taken_back(None, confirmed) == {}


def test_the_report_that_replaces_it_keeps_what_it_covers() -> None:
    assert taken_back(replace(ILL, id="b", half="am")) == {"pm": "N"}
    assert taken_back(replace(ILL, id="b", return_day=date(2026, 11, 12))) == {}


def test_an_appointment_without_a_time_keeps_no_code_before_the_register_has_missed_the_child() -> None:
    """ "It's a hospital appointment, not ill": the old "ill" would stand, and be confirmed by the office."""
    blank = {key: replace(entry, mis=None) for key, entry in PROPOSED.items()}
    appointment = replace(ILL, id="b", code="M")
    assert taken_back(appointment, blank) == {"am": "-", "pm": "-"}
    assert taken_back(appointment) == {}
    assert taken_back(replace(appointment, half="am", arrives=time(11)), blank) == {"pm": "-"}


def test_on_the_way_and_rather_not_say_keep_nothing() -> None:
    """Else the old "ill" would hide the N of a child who never arrives."""
    assert taken_back(replace(ILL, id="b", code="L", half="am")) == {"am": "N", "pm": "N"}
    assert taken_back(replace(ILL, id="b", code="N")) == {"am": "N", "pm": "N"}


def test_the_days_of_this_test_are_school_days() -> None:
    assert CALENDAR.is_school_day(DAY)
    assert not CALENDAR.is_school_day(date(2026, 11, 27))

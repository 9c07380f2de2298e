"""An appointment at lunch or after it is missed in the afternoon, unless the child is back by then; dinner is lunch."""

from __future__ import annotations

import pytest

from tests.understanding.reading import day, read


@pytest.mark.parametrize(
    "text",
    [
        "Tom has an appointment after lunch today",
        "dentist after lunch today",
        "taking Tom to the dentist after lunch",
        "doctors appt after dinner today so picking him up",
        "I have Tom with me, picked him up at dinner time for the optician. Sorry forgot to sign him out",
        "physio at dinnertime",
    ],
)
def test_an_appointment_from_noon_on_is_of_the_afternoon(text: str) -> None:
    (report,) = read(text, "2026-11-10T09:20").reports
    assert (report.code, report.session, report.return_day) == ("M", "pm", day("11"))


@pytest.mark.parametrize(
    "text",
    [
        "dentist this morning, back after dinner",
        "at the doctors, he will be in for dinner time",
        "collected Tom for the dentist, he'll be back after lunch",
        "blood test this morning then in after lunch",
    ],
)
def test_who_is_back_by_noon_misses_the_morning(text: str) -> None:
    (report,) = read(text, "2026-11-10T09:20").reports
    assert (report.code, report.session, report.return_day) == ("M", "am", day("10"))


@pytest.mark.parametrize("sent", ["2026-11-10T09:20", "2027-01-21T13:50"])
def test_an_exam_in_the_afternoon_leaves_the_morning_alone(sent: str) -> None:
    (report,) = read("he has a piano exam at 2.15", sent, asked="absence").reports
    assert (report.code, report.session) == ("B", "pm")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Tom has the orthodontist this aft so not in after dinner", "M"),
        ("Tom will not be in after lunch, doctors", "M"),
        ("Not back in after lunch today, optician", "M"),
        ("Tom wont be in this afternoon, hes at physio", "M"),
        ("he's poorly so won't be in this afternoon", "I"),
        ("Not coming back this afternoon, he's got a headache", "I"),
        ("Tom won't be in after lunch, his nan's funeral is at 2", "C"),
    ],
)
def test_who_is_not_in_after_noon_misses_the_afternoon(text: str, code: str) -> None:
    (report,) = read(text, "2026-11-10T08:00").reports
    assert (report.code, report.session) == (code, "pm")


@pytest.mark.parametrize(
    "text", ["won't be in until after lunch, dentist", "not in this morning, optician, back after lunch"]
)
def test_who_is_not_in_before_noon_misses_the_morning(text: str) -> None:
    assert [report.session for report in read(text, "2026-11-10T08:00").reports] == ["am"]


ILL = {"children": ["c1"], "code": "I", "first_day": "2026-11-10", "session": "day"}


@pytest.mark.parametrize(
    "text",
    [
        "this affo if he perks up",
        "this arvo hopefully",
        "in this pm",
        "later on today I hope",
        "later today",
        "this afternoon",
    ],
)
def test_who_is_back_later_is_back_today(text: str) -> None:
    answer = read(text, "2026-11-10T09:20", asked="return", draft=ILL)
    assert (answer.intent, [report.return_day for report in answer.reports]) == ("return", [day("10")])


@pytest.mark.parametrize(
    "text", ["not this afternoon", "seeing the doctor later today", "will let you know later today"]
)
def test_what_is_known_later_is_no_return(text: str) -> None:
    answer = read(text, "2026-11-10T09:20", asked="return", draft=ILL)
    assert [report.return_day for report in answer.reports if report.return_day == day("10")] == []

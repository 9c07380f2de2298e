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

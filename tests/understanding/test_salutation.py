"""A headteacher who is a doctor, and a mother who is one: a salutation and a signature are about no appointment."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read

MORNING = "2026-11-10T07:30"


@pytest.mark.parametrize(
    "opening",
    [
        "Dear Dr Mellor,",
        "Hi Dr Mellor",
        "dear dr mellor",
        "Good morning Doctor Carne,",
        "To Dr Carne.",
        "Dear Mr Denham and Dr Mellor,",
    ],
)
def test_a_headteacher_who_is_a_doctor_is_no_appointment(opening: str) -> None:
    told = read(f"{opening} may Tom have Friday off for a family holiday, back Monday", MORNING, "Tom:8")
    assert (told.intent, [one.code for one in told.reports]) == ("leave", ["G"])
    late = read(f"{opening} Tom will be late, about 10", MORNING, "Tom:8")
    assert (late.intent, [one.code for one in late.reports]) == ("late", [None])


@pytest.mark.parametrize(
    "end", ["Kind regards, Dr P Crewe", "Thanks, Dr Crewe", "Many thanks\nDr Paula Crewe (mother)"]
)
def test_a_mother_who_is_a_doctor_is_no_appointment(end: str) -> None:
    told = read(f"Tom will be late today, about 10. {end}", MORNING, "Tom:8")
    assert (told.intent, [one.code for one in told.reports]) == ("late", [None])


@pytest.mark.parametrize(
    "text",
    [
        "Hi Dr Mellor, Tom has an appointment at Dr Shah's at 10",
        "Tom is seeing Dr Patel at 10, back after",
        "Tom has Dr Patel at 10",
        "Dear Dr Mellor, Tom is at the doctors this morning",
        "Hi Dr Patel at 10 for Tom",
        "Morning, Tom has a doctors appointment at 10",
    ],
)
def test_a_doctor_who_is_seen_is_one(text: str) -> None:
    told = read(text, MORNING, "Tom:8")
    assert [one.code for one in told.reports] == ["M"]

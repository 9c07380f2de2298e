"""An appointment is a medical one unless its own words say otherwise; and words that are cut short in texts."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read


def code(text: str, children: str = "Tom:3") -> str | None:
    return read(text, "2026-11-10T08:00", children).reports[0].code


@pytest.mark.parametrize(
    "text",
    [
        "hair appointment at 10 for Tom",
        "he has an appointment at the bank with me at 10",
        "Tom's got a tattoo appointment",
        "citizens advice appointment with me to translate",
        "the vet's appointment is at 9 so he'll be in after",
        "jobcentre appointment, Tom has to come along",
        "Tom has a barbers appointment before the wedding at 9",
        "mortgage appointment today and no sitter so Tom is with me",
        "Tom has an appointment with a letting agent with us",
    ],
)
def test_an_errand_is_no_medical_appointment(text: str) -> None:
    assert code(text) == "O"


@pytest.mark.parametrize(
    "text",
    [
        "Tom has a passport appointment in Liverpool today",
        "visa appointment at the embassy tomorrow, Tom must attend",
        "Home Office biometrics appointment for Tom in Croydon",
        "Tom's got an appointment with the solicitor about the accident",
        "housing appointment at the council at 10, he's coming with me",
    ],
)
def test_a_formality_is_for_the_head(text: str) -> None:
    assert code(text) in ("C", "O")


@pytest.mark.parametrize(
    "text",
    [
        "dermatology appointment for his hair loss at 10",
        "Tom has an appointment about his nails at the podiatrist",
        "appointment with the eye bank clinic at 9",
        "hospital appointment then the bank",
        "speech appointment at 10",
        "appointment at 9.30 this morning",
    ],
)
def test_a_medical_one_stays_one(text: str) -> None:
    assert code(text) == "M"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("nt wel", "I"),
        ("tom aint wel", "I"),
        ("tom not feelin wel", "I"),
        ("hse burnt down. we r ok. no school", "C"),
        ("at our hse with a fever", "I"),
        ("wel b away next week in spain", "G"),
    ],
)
def test_words_cut_short_are_known(text: str, meant: str) -> None:
    assert code(text) == meant


def test_wel_be_late_is_late() -> None:
    assert read("wel be late 10 mins").intent == "late"

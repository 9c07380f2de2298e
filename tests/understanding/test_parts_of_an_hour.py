"""Halves and quarters in figures, "quarter to" beside an hour that was told, and children told by a letter."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read, told


@pytest.mark.parametrize(
    "text",
    [
        "Tom will be 1/2 an hour late, hospital ran over",
        "Tom will be 1/2 hr late, missed the bus",
        "running 1/2 hour late with Tom",
        "Tom will be in in 1/2 an hour",
        "1/4 of an hour late sorry, Tom overslept",
        "ate only 1/2 his tea and was sick, Tom is off",
        "gave him 1/2 a paracetamol, Tom staying home with temp",
    ],
)
def test_half_an_hour_is_not_the_first_of_february(text: str) -> None:
    assert {report.first_day and str(report.first_day) for report in read(text).reports} <= {None, "2026-11-10"}


def test_the_first_of_february_stays_a_day() -> None:
    assert told(read("Tom's off on 1/2 for a funeral")) == {"c1": ["2027-02-01 2027-02-02"]}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Tom has an eye test at 3 so picking up at quarter to", "2026-11-10 2026-11-11 pm 14:45"),
        ("Tom doctors 9, will be in by half past", "2026-11-10 2026-11-10 am 09:30"),
        ("tom b in bout hr, dentist ran ova", "2026-11-10 2026-11-10 am 09:00"),
        ("Tom hospital at 1.15 picking up at quarter past 12", "2026-11-10 2026-11-11 pm 12:15"),
    ],
)
def test_an_hour_that_was_told_is_meant_again(text: str, days: str) -> None:
    assert told(read(text)) == {"c1": [days]}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("N is ill today, F is coming in", "c1"),
        ("F has a temperature so off, N in as normal", "c2"),
        ("N's poorly", "c1"),
        ("N off, temp. F fine", "c1"),
        ("F's got a temp, N's fine", "c2"),
        ("F in today, N not, she has a cough", "c1"),
        ("F & N both off, sick bug", "c1 c2"),
        ("Nora is off, temp. Thanks, F", "c1"),
    ],
)
def test_a_capital_letter_is_a_child(text: str, meant: str) -> None:
    assert " ".join(sorted(told(read(text, children="Nora:4 Finn:2")))) == meant

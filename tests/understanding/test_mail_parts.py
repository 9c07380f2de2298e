"""What stands in an e-mail beside its words: when its writer is at work, and a paper that comes with it."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read


@pytest.mark.parametrize(
    "line",
    [
        "My working days are Tuesday, Wednesday and Thursday.",
        "Working hours: Mon-Thu 9-3",
        "Office hours Monday to Wednesday 9am to 3pm",
        "Work days - Tues, Weds",
    ],
)
def test_the_days_of_work_are_not_the_childs(line: str) -> None:
    told = read(f"Tom won't be in, migraine.\n\nMo Lee | City Hospital\n{line}", "2026-11-10T07:30", "Tom:8")
    assert [(report.code, report.return_day) for report in told.reports] == [("I", None)]


@pytest.mark.parametrize(
    "text",
    [
        "Good morning,\n\nPlease see attached letter from the hospital for Tom.\n\nKind regards",
        "Please find attached Tom's appointment card",
        "Tom's hospital letter attached",
        "Here is the letter from the dentist for Tom",
    ],
)
def test_a_paper_alone_is_for_a_person(text: str) -> None:
    told = read(text, "2026-11-10T07:30", "Tom:8")
    assert (told.intent, told.reports) == ("question", ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Tom won't be in tomorrow, hospital appointment, letter attached", "M"),
        ("Tom is off today, see attached note from the doctor", "I"),
        ("Tom has the dentist at 10 today, please find attached his appointment card", "M"),
    ],
)
def test_a_day_beside_it_is_a_report(text: str, code: str) -> None:
    assert [report.code for report in read(text, "2026-11-10T07:30", "Tom:8").reports] == [code]

""" "Tom is off" is a report, whatever is asked or told beside it; "is Tom off?" is none."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Tom is off can you send work home", "N"),
        ("Tom is off, what work does he need to do?", "N"),
        ("tom won't be in. can his brother bring the work home", "N"),
        ("hi tom is off today. What time is parents evening?", "N"),
        ("hi tom has no uniform washing machine broke so hes off", "O"),
        ("tom has no pe kit so hes not coming", "O"),
    ],
)
def test_a_report_with_something_beside_it_is_a_report(text: str, code: str) -> None:
    told = read(text)
    assert (told.intent, [one.code for one in told.reports]) == ("absence", [code])


@pytest.mark.parametrize(
    "text",
    [
        "is tom off?",
        "is tom off on friday?",
        "tom is off swimming",
        "tom is off to his nans after school",
        "tom is off his food but hes in",
        "if tom is off do I need a note",
        "Why does it say tom is off?",
        "tom is not in swimming today",
        "tom is not coming on the trip",
        "Tom says his teacher is off, who is taking the class?",
    ],
)
def test_other_words_are_for_a_person(text: str) -> None:
    told = read(text, "2027-01-21T09:22", "Tom:8")
    assert (told.intent, told.reports) == ("question", ())

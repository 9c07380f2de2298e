"""Leave is asked for however it is phrased: "is it ok if" is a request, and not only a question."""

from __future__ import annotations

from datetime import date

import pytest

from tests.understanding.reading import read

THURSDAY = "2027-01-21T18:22"


@pytest.mark.parametrize(
    ("text", "code", "first"),
    [
        ("Is it ok if Tom has Monday off for his cousins wedding?", "C", date(2027, 1, 25)),
        ("is it ok if Tom misses monday for his uncles funeral", "C", date(2027, 1, 25)),
        ("do I need to ask for Tom to have the 5th Feb off for a wedding?", "C", date(2027, 2, 5)),
        ("Would it be a problem if we take Tom out on the 5th Feb, we are flying to Spain", "G", date(2027, 2, 5)),
        ("Tom would like to go to his uncles wedding on 5th feb. is that ok", "C", date(2027, 2, 5)),
    ],
)
def test_a_permission_that_is_asked_for_is_a_request(text: str, code: str, first: date) -> None:
    told = read(text, THURSDAY)
    assert (told.intent, [(one.code, one.first_day) for one in told.reports]) == ("leave", [(code, first)])


@pytest.mark.parametrize(
    "text",
    [
        "Is it ok if Tom misses PE on Monday, his ankle is still sore",
        "Is it ok to come in and see you on Monday about the wedding?",
        "Would it be ok if Tom missed Friday afternoon, school visit at his new secondary",
        "would you mind if Tom was off on monday for a funeral",
        "Is there school on Monday? We have a funeral in the morning",
        "Is it ok if he wears trainers on Monday",
    ],
)
def test_a_question_is_for_a_person_and_nothing_is_recorded(text: str) -> None:
    told = read(text, THURSDAY)
    assert (told.intent, told.reports) == ("question", ())

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
        ("would you mind if Tom was off on monday for a funeral", "C", date(2027, 1, 25)),
        ("Would it be ok if Tom had Monday off for his cousins wedding", "C", date(2027, 1, 25)),
        ("Tom would like to go to his uncles wedding on 5th feb. is that ok", "C", date(2027, 2, 5)),
    ],
)
def test_a_permission_that_is_asked_for_is_a_request(text: str, code: str, first: date) -> None:
    told = read(text, THURSDAY)
    assert (told.intent, [(one.code, one.first_day) for one in told.reports]) == ("leave", [(code, first)])


@pytest.mark.parametrize(
    "text",
    [
        "Would you mind if he was off Monday",
        "would it be ok if Tom was off on Monday?",
        "Is it alright if Tom misses Monday?",
        "do you mind if I take him out of school monday",
        "would it be a problem if he stayed home Monday",
    ],
)
@pytest.mark.parametrize("sent", [THURSDAY, "2027-01-22T08:20"])
def test_why_is_asked_of_who_says_none(text: str, sent: str) -> None:
    told = read(text, sent)
    assert (told.intent, told.ask) == ("leave", ("reason",))
    assert [(one.code, one.first_day) for one in told.reports] == [("N", date(2027, 1, 25))]


@pytest.mark.parametrize(
    "text",
    [
        "Is it ok if Tom misses PE on Monday, his ankle is still sore",
        "Is it ok to come in and see you on Monday about the wedding?",
        "Is it ok if Tom stays off PE on Monday",
        "would it be ok if Tom brings his lunch on Monday",
        "would it be ok if Tom was off games on Monday",
        "Would you mind if Tom was off early Monday",
        "is it ok if Tom was off last Monday",
        "Is there school on Monday? We have a funeral in the morning",
        "Is it ok if he wears trainers on Monday",
    ],
)
def test_a_question_is_for_a_person_and_nothing_is_recorded(text: str) -> None:
    told = read(text, THURSDAY)
    assert (told.intent, told.reports) == ("question", ())


def test_what_needs_no_leave_is_reported_for_the_day_to_come() -> None:
    told = read("Would it be ok if Tom missed Friday afternoon, school visit at his new secondary", THURSDAY)
    assert [(one.code, one.first_day, one.session) for one in told.reports] == [("V", date(2027, 1, 22), "pm")]


def test_of_a_day_that_is_over_nobody_asks() -> None:
    told = read("Tom was off on Monday for a funeral", THURSDAY)
    assert [(one.code, one.first_day) for one in told.reports] == [("C", date(2027, 1, 18))]

"""An interview or an exam "this morning" is of the morning; into the afternoon the child comes, or is missed then."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read


@pytest.mark.parametrize("asked", [None, "absence"])
@pytest.mark.parametrize(
    ("text", "half"),
    [
        ("Tom has a college interview this morning at Henley, I did tell his tutor", "am"),
        ("Tom's got an interview this morning", "am"),
        ("Tom has a music exam this morning in Bury", "am"),
        ("Tom has an interview this afternoon", "pm"),
    ],
)
def test_the_half_that_is_said_is_missed(text: str, half: str, asked: str | None) -> None:
    told = read(text, asked=asked, children="Tom:11")
    assert [one.session for one in told.reports] == [half]


@pytest.mark.parametrize(
    "text",
    [
        "Tom has an interview all day today",
        "Tom's at an interview in Leeds this morning, won't be back in",
        "Tom's at an apprenticeship interview this morning and then staying off",
        "Tom had an interview this morning but he has been sick so staying home",
    ],
)
def test_who_does_not_come_back_from_it_is_away_all_day(text: str) -> None:
    told = read(text, asked="absence", children="Tom:11")
    assert [one.session for one in told.reports] == ["day"]


@pytest.mark.parametrize(
    ("text", "half"),
    [
        ("Tom has his driving theory this morning", "am"),
        ("Tom has a driving lesson this afternoon", "pm"),
        ("Tom has a work experience interview this morning", "am"),
        ("Tom's got his driving test at 10", "am"),
        ("Tom has his driving test at 9.40 tomorrow", "am"),
        ("Driving test at 2 today for Tom", "pm"),
        ("Tom has an audition on Thursday at 3", "pm"),
        ("Tom has a citizenship ceremony at 10", "am"),
        ("Tom is off today, driving test at 10", "day"),
        (
            "Kindly release Tom on Friday, he has interview at the University of Nottingham, 10 am.",
            "day",
        ),
        ("Tom is picked for the county at hockey on Friday. whole day, minibus goes at 8.45", "day"),
        ("Tom has a passport appointment in Leeds at 11 on Friday. He will miss all the day", "day"),
        ("Tom won't be in on Friday, driving test at 12 in Leeds", "day"),
        ("Tom off all day today for his driving test", "day"),
        ("Tom's driving test is this morning and then staying off", "day"),
    ],
)
def test_what_has_an_hour_takes_its_half_whatever_code_it_has(text: str, half: str) -> None:
    told = read(text, children="Tom:13")
    assert [one.session for one in told.reports] == [half]

"""The last day in school before a holiday, and the return when the next term starts, in the words of families."""

from __future__ import annotations

import pytest

from bot.understanding.reader import look
from tests.understanding.reading import CALENDAR, read, told, written


@pytest.mark.parametrize(
    ("text", "sent", "days"),
    [
        ("We sail on the 16th so Nora's last day this term is Tuesday", "2026-12-11T17:00", "2026-12-16 2027-01-05"),
        (
            "can nora break up on weds 16th instead of friday, the flights are half the price",
            "2026-12-08T19:30",
            "2026-12-17 2027-01-05",
        ),
        (
            "we would like to start half term two days early so Nora's last day is Wednesday 21st",
            "2026-10-12T16:40",
            "2026-10-22 2026-11-02",
        ),
        (
            "Nora breaks up on Tuesday 23rd this term as we are flying to Krakow on Wednesday",
            "2027-03-16T18:00",
            "2027-03-24 2027-04-12",
        ),
        (
            "Nora's last day before Christmas will be Wednesday, we fly on Thursday",
            "2026-12-08T18:10",
            "2026-12-10 2027-01-05",
        ),
        ("Nora's last day is Wednesday 10th, back after half term", "2027-02-03T17:10", "2027-02-11 2027-02-22"),
        (
            "We start our holiday early. Nora's last day is Wednesday 21st and she is in class when school starts",
            "2026-10-18T19:30",
            "2026-10-22 2026-11-02",
        ),
    ],
)
def test_who_finishes_early_is_away_from_the_day_after(text: str, sent: str, days: str) -> None:
    assert told(read(text, sent, "Nora:4")) == {"c1": [days]}


@pytest.mark.parametrize(
    ("text", "sent", "days"),
    [
        (
            "Nora is finishing tomorrow dinnertime, off to Devon, I'll be at the office at 12. c u after half term",
            "2026-10-21T16:10",
            "2026-10-22 2026-11-02 pm 12:00",
        ),
        (
            "nora finishing tomorrow at 12 cos our flight is at 5. back in january",
            "2026-12-16T18:30",
            "2026-12-17 2027-01-05 pm 12:00",
        ),
        (
            "Nora will finish at lunchtime on Friday for our flight, back after half term",
            "2027-02-10T17:10",
            "2027-02-12 2027-02-22 pm",
        ),
    ],
)
def test_who_finishes_at_noon_misses_that_afternoon(text: str, sent: str, days: str) -> None:
    assert told(read(text, sent, "Nora:4")) == {"c1": [days]}


@pytest.mark.parametrize(
    ("text", "sent", "back"),
    [
        ("Nora finishes her antibiotics on Wednesday and will be back Thursday", "2026-12-08T18:10", "2026-12-10"),
        ("Nora has the last day of her antibiotics today, back tomorrow", "2026-12-08T08:10", "2026-12-09"),
        ("Nora is poorly, last day of it I hope. Wednesday", "2026-12-08T08:10", "2026-12-09"),
        ("Nora's off until we break up on Thursday, chicken pox", "2027-03-16T08:00", "2027-04-12"),
        ("nora go to pakistan 16 july to sep start, sorry miss", "2027-07-12T17:30", "2027-09-02"),
        ("nora flying to Nigeria thursday to jan start", "2026-12-15T17:00", "2027-01-05"),
        (
            "Nora is going to her dads in Spain on Thursday, back for the start of term",
            "2026-10-20T18:00",
            "2026-11-02",
        ),
        ("Nora will be in India from Monday until September", "2027-07-14T18:00", "2027-09-02"),
        ("We fly tonight so Nora will miss tomorrow. Back after the hols", "2027-03-24T16:30", "2027-04-12"),
    ],
)
def test_the_day_of_return_is_the_one_that_is_said(text: str, sent: str, back: str) -> None:
    assert [str(report.return_day) for report in read(text, sent, "Nora:4").reports] == [back]


@pytest.mark.parametrize(
    ("text", "sent", "back"),
    [
        ("nora finish already, we go holiday in turkey. see september", "2027-07-15T09:30", "2027-09-02"),
        ("nora already on plane. see january", "2026-12-15T09:30", "2027-01-05"),
    ],
)
def test_see_september_is_when_school_starts(text: str, sent: str, back: str) -> None:
    assert [str(report.return_day) for report in read(text, sent, "Nora:4", "absence").reports] == [back]


@pytest.mark.parametrize(
    "text", ["a cough since the start of September", "she needs 21 June off", "starts her new medicine now, see how"]
)
def test_a_month_that_is_only_named_starts_no_term(text: str) -> None:
    assert all(mention.form != "startterm" for mention in look(written(text, "2027-06-14T08:00"), CALENDAR).mentions)


@pytest.mark.parametrize(
    ("text", "sent", "days"),
    [
        (
            "Nora will not be back after half term until the Wednesday, our flight is on the Tuesday",
            "2026-10-19T21:48",
            "2026-11-02 2026-11-04",
        ),
        ("nora will not be coming after half term, dad takes her to pakistan", "2026-10-19T21:48", "2026-11-02 -"),
        ("Nora will be one day late back after half term, flights", "2027-02-09T18:00", "2027-02-22 2027-02-23"),
        ("Nora will be two days late back after half term, the flight", "2027-02-09T18:00", "2027-02-22 2027-02-24"),
        ("Nora has flu and will not be back until after half term", "2027-02-09T18:00", "2027-02-10 2027-02-22"),
        ("Nora is not well. back after half term", "2027-02-11T08:00", "2027-02-11 2027-02-22"),
        (
            "cheap flights means we go tonight not saturday!! so nora will miss friday, soz. back after the hols",
            "2027-05-27T16:35",
            "2027-05-28 2027-06-07",
        ),
        (
            "we go tomorrow and not on saturday, nora misses thursday, back after easter",
            "2027-03-24T16:35",
            "2027-03-25 2027-04-12",
        ),
    ],
)
def test_away_before_a_holiday_or_after_it(text: str, sent: str, days: str) -> None:
    assert told(read(text, sent, "Nora:4")) == {"c1": [days]}

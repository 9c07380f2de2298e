"""A second child that goes along has the days of the first, unless it has its own: "Finn has to come too"."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read, told

ILL = {"children": ["c1"], "code": "I", "first_day": "2026-11-10", "return_day": None, "session": "day"}


@pytest.mark.parametrize(
    ("text", "sent", "days"),
    [
        (
            (
                "Nora has a hospital appointment on Tuesday 16th March at 10 and Finn has to come along because nobody"
                " can have him, so both off the whole day"
            ),
            "2027-03-04T18:20",
            "2027-03-16 2027-03-17",
        ),
        (
            "nora off fri 20th nov for a show. finn too because its in leeds and hes nobody home",
            "2026-11-03T17:15",
            "2026-11-20 2026-11-23",
        ),
        (
            "Nora is bridesmaid on Friday 21st May so won't be in. Finn as well, he is the page boy",
            "2027-05-11T19:00",
            "2027-05-21 2027-05-24",
        ),
        (
            "nora out fri 9th july for the wedding in wales. finn also cos hes page boy",
            "2027-06-22T16:45",
            "2027-07-09 2027-07-12",
        ),
        (
            "Nora has a funeral on Wednesday in Swansea and won't be in, Finn will be coming with us too",
            "2027-04-19T19:40",
            "2027-04-21 2027-04-22",
        ),
        (
            "Nora has her scan on Thursday 19th November at 9.30, Finn will have to come with us as well",
            "2026-11-03T17:15",
            "2026-11-19 2026-11-19 am",
        ),
        (
            "please let Nora out at 1.15 for the dentist and Finn at the same time as I can't get back for him",
            "2027-01-12T11:40",
            "2027-01-12 2027-01-13 pm 13:15",
        ),
        (
            "Can Nora come out at 2 for her scan, and Finn at same time to look after the baby",
            "2027-06-15T12:10",
            "2027-06-15 2027-06-16 pm 14:00",
        ),
    ],
)
def test_who_goes_along_is_away_on_the_same_days(text: str, sent: str, days: str) -> None:
    assert told(read(text, sent, "Nora:4 Finn:2")) == {"c1": [days], "c2": [days]}


@pytest.mark.parametrize(
    ("text", "sent", "first", "second"),
    [
        (
            "nora has optician thurs 11th at 2 picking her up 1.30. finn has dentist same day 9.30 back by 10.45",
            "2027-02-02T20:10",
            "2027-02-11 2027-02-12 pm 13:30",
            "2027-02-11 2027-02-11 am 10:45",
        ),
        (
            "Nora has orthodontist on Monday 5th October at 11. Finn has an eye test the same day at 2.15, out at 1.45",
            "2026-09-22T18:00",
            "2026-10-05 2026-10-05 am",
            "2026-10-05 2026-10-06 pm 13:45",
        ),
    ],
)
def test_the_same_day_is_the_one_that_was_named(text: str, sent: str, first: str, second: str) -> None:
    assert told(read(text, sent, "Nora:4 Finn:2")) == {"c1": [first], "c2": [second]}


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (
            "Nora is at the dentist on Thursday at 9. Finn has a cold and is off today",
            "2026-11-19 2026-11-19 am",
            "2026-11-17 -",
        ),
        (
            "Finn has a bug and won't be in. Nora has the optician on Friday at 10, back by 11.30",
            "2026-11-20 2026-11-20 am 11:30",
            "2026-11-17 -",
        ),
        (
            "Nora off today with a cold, back tomorrow. Finn is off on Friday for a wedding",
            "2026-11-17 2026-11-18",
            "2026-11-20 2026-11-23",
        ),
    ],
)
def test_who_has_news_of_its_own_has_its_own_days(text: str, first: str, second: str) -> None:
    assert told(read(text, "2026-11-17T08:05", "Nora:5 Finn:3")) == {"c1": [first], "c2": [second]}


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("dr says nora off till monday, finn has it too so same for him from today", "2026-11-11 2026-11-16"),
        ("nora will be in on Thursday. finn has it now so he is off as well from this morning", "2026-11-11 -"),
    ],
)
def test_who_was_not_asked_about_is_away_from_today(text: str, second: str) -> None:
    """The question was about the other one, and about the day before."""
    assert told(read(text, "2026-11-11T09:30", "Nora:3 Finn:1", "return", ILL))["c2"] == [second]


@pytest.mark.parametrize(
    "text", ["Finn is off Friday 9 July for a wedding", "Finn has the dentist on friday 9.30, back by 11"]
)
def test_a_number_behind_friday_is_no_year_nine(text: str) -> None:
    assert list(told(read(text, "2027-06-28T19:00", "Nora:9 Finn:6"))) == ["c2"]


@pytest.mark.parametrize("text", ["the one in y 9 is ill", "my year 9 is ill today", "y9 off sick"])
def test_a_year_names_the_child_that_is_in_it(text: str) -> None:
    assert list(told(read(text, children="Nora:9 Finn:6"))) == ["c1"]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (
            "Thursday: Nora dentist 9.30, Finn dentist 9.45. Both in by 10.45",
            "2026-11-12 2026-11-12 am 10:45",
            "2026-11-12 2026-11-12 am 10:45",
        ),
        (
            "On Friday Nora is off for an audition and Finn is off to keep his nan company",
            "2026-11-13 2026-11-16",
            "2026-11-13 2026-11-16",
        ),
        (
            "Next Tuesday Nora has her hospital check. Finn won't be in either, I can't be in two places",
            "2026-11-17 2026-11-18",
            "2026-11-17 2026-11-18",
        ),
    ],
)
def test_a_day_that_stands_before_both_is_that_of_both(text: str, first: str, second: str) -> None:
    assert told(read(text, "2026-11-10T18:00", "Nora:5 Finn:3")) == {"c1": [first], "c2": [second]}


@pytest.mark.parametrize(
    "text",
    [
        "Tomorrow Nora is at the dentist and Finn is poorly so he's off today",
        "since Sunday Nora has had a temp, Finn has been sick this morning",
    ],
)
def test_who_is_off_today_is_not_off_tomorrow(text: str) -> None:
    assert told(read(text, "2026-11-10T08:00", "Nora:5 Finn:3"))["c2"][0].startswith("2026-11-10")


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (
            "Nora has an appointment at 9.30 and Finn at 9.45, both in by 11",
            "2026-11-10 2026-11-10 am 11:00",
            "2026-11-10 2026-11-10 am 11:00",
        ),
        (
            "Nora is at the optician at 3 and Finn at 3.15, picking both up at 2.30",
            "2026-11-10 2026-11-11 pm 14:30",
            "2026-11-10 2026-11-11 pm 14:30",
        ),
        ("Nora has hospital on Thursday and Finn on Friday", "2026-11-12 2026-11-13", "2026-11-13 2026-11-16"),
        ("Nora has the orthodontist tomorrow and Finn on Thursday", "2026-11-11 2026-11-12", "2026-11-12 2026-11-13"),
    ],
)
def test_an_appointment_that_is_left_out_is_the_same(text: str, first: str, second: str) -> None:
    answer = read(text, "2026-11-10T08:00", "Nora:4 Finn:2")
    assert told(answer) == {"c1": [first], "c2": [second]}
    assert {report.code for report in answer.reports} == {"M"}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Nora's poorly and Finn at 9.30 sorry, running late", {"c1": "I", "c2": None}),
        ("Nora has dentist at 9, Finn in at normal time", {"c1": "M"}),
        ("Nora is off with a cold and Finn with a bad ear", {"c1": "I", "c2": "I"}),
    ],
)
def test_what_is_told_in_full_is_not_the_same(text: str, codes: dict[str, str | None]) -> None:
    answer = read(text, "2026-11-10T08:00", "Nora:4 Finn:2")
    assert {child: report.code for report in answer.reports for child in report.children} == codes

"""Absences apart: two reasons in one message, days one by one, and days that are said not to be meant."""

from __future__ import annotations

from datetime import date

import pytest

from bot.understanding import Report
from tests.understanding.reading import day, read, told

DRAFT = {"children": ["c1"], "code": "I", "first_day": "2026-11-10", "return_day": None, "session": "day"}


def _days(reports: tuple[Report, ...]) -> list[tuple[str | None, date | None, date | None]]:
    return [(report.code, report.first_day, report.return_day) for report in reports]


@pytest.mark.parametrize(
    "text",
    [
        "Tom ill today and Friday off for a wedding",
        "ill today, and Friday off for a wedding",
        "Tom is poorly, and can he have Friday off for a wedding",
    ],
)
def test_ill_today_and_leave_later_are_two_reports(text: str) -> None:
    ill, leave = read(text).reports
    assert (ill.code, ill.first_day) == ("I", day("10"))
    assert (leave.code, leave.first_day, leave.return_day) == ("C", day("13"), day("16"))


def test_an_appointment_today_and_a_feast_tomorrow_are_two_reports() -> None:
    assert [report.code for report in read("dentist today at 2, and off tomorrow for Eid").reports] == ["M", "R"]


@pytest.mark.parametrize("text", ["Tom is ill, we see the doctor on Thursday", "Tom ill, back Friday for the wedding"])
def test_one_absence_with_another_day_in_it_stays_one(text: str) -> None:
    assert len(read(text).reports) == 1


def test_days_one_by_one_are_reports_of_one_day_each() -> None:
    assert _days(read("Tom off 12th, 17th and 24th for physio").reports) == [
        ("M", day("12"), day("13")),
        ("M", day("17"), day("18")),
        ("M", day("24"), day("25")),
    ]


@pytest.mark.parametrize("text", ["he won't be in tomorrow", "not tomorrow", "definitely not tomorrow", "not Monday"])
def test_a_day_that_is_denied_is_never_the_day_of_return(text: str) -> None:
    said = read(text, "2026-11-10T10:00", asked="return", draft=DRAFT)
    assert all(report.return_day not in (day("11"), day("16")) for report in said.reports)


def test_until_a_day_is_not_denied_by_the_not_before_it() -> None:
    (report,) = read("Tom has flu, not in until Thursday").reports
    assert report.return_day == day("12")


def test_children_with_news_of_their_own_are_not_asked_about() -> None:
    understood = read("Tom dentist at 10 back by 12, Ella poorly", children="Tom:3 Ella:6")
    assert "child" not in understood.ask
    assert {(report.children, report.code, report.session) for report in understood.reports} == {
        (("c1",), "M", "am"),
        (("c2",), "I", "day"),
    }


def test_a_morning_of_a_named_day_is_that_morning() -> None:
    (report,) = read("May Tom have leave of absence on Wednesday 18 November in the morning for a wedding").reports
    assert (report.first_day, report.return_day, report.session) == (day("18"), day("18"), "am")


@pytest.mark.parametrize("text", ["Tom has an operation next month", "We are away the first week of December"])
def test_a_plan_without_a_day_is_asked_about(text: str) -> None:
    assert "dates" in read(text).ask


@pytest.mark.parametrize("text", ["Sophie Brown 4C is ill", "Tom's brother Jack is ill", "Jack is ill, Tom is fine"])
def test_another_child_is_never_the_one_on_the_list(text: str) -> None:
    understood = read(text)
    assert all(report.children == () for report in understood.reports)
    assert "child" in understood.ask


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            (
                "Tom is off today with a bad cold. Could he also have Monday 14 December to Wednesday 16 December off"
                " please, it is his nan's 80th in Ireland"
            ),
            [(["c1"], "2026-11-10", None), (["c1"], "2026-12-14", "2026-12-17")],
        ),
        (
            (
                "Tom has a temperature today, back tomorrow. Could I request leave for Ella and Tom 7 to 9 December for"
                " my sister's wedding, back on the 10th"
            ),
            [(["c1"], "2026-11-10", "2026-11-11"), (["c1", "c2"], "2026-12-07", "2026-12-10")],
        ),
    ],
)
def test_days_asked_for_are_another_absence(text: str, told: list[tuple[list[str], str, str | None]]) -> None:
    reports = [report.to_json() for report in read(text, "2026-11-10T07:30", "Tom:3 Ella:6").reports]
    assert [(sorted(one["children"]), one["first_day"], one["return_day"]) for one in reports] == told
    assert (reports[0]["code"], reports[1]["code"] == "I") == ("I", False)


def test_a_return_and_leave_behind_it_are_not_one_list_of_days() -> None:
    ill, leave = read("Tom is ill today, back tomorrow, and Thursday 10th December off for a wedding").reports
    assert (ill.code, ill.first_day, ill.return_day) == ("I", day("10"), day("11"))
    assert (leave.code, leave.first_day) == ("C", date(2026, 12, 10))


def test_who_asks_for_tomorrow_or_for_the_weeks_of_a_broken_leg_is_away_once() -> None:
    for text in (
        "Tom is ill today. Can he have tomorrow off too please",
        "Tom broke his leg, can he be off until 1 December",
    ):
        assert len(read(text, "2026-11-10T07:30", "Tom:3 Ella:6").reports) == 1


@pytest.mark.parametrize(
    ("text", "sent", "days"),
    [
        (
            "Tom has university open days: Leeds this Friday, York the Friday after that",
            "2027-06-23T17:10",
            ["2027-06-25 2027-06-28", "2027-07-02 2027-07-05"],
        ),
        (
            "Tom has offer holder days: York on 3 March and Glasgow on 10 March",
            "2027-02-24T20:15",
            ["2027-03-03 2027-03-04", "2027-03-10 2027-03-11"],
        ),
        (
            "Tom has auditions in London on the 12th and again on the 19th",
            "2026-11-03T17:15",
            ["2026-11-12 2026-11-13", "2026-11-19 2026-11-20"],
        ),
        (
            "Tom is off on Thursday 12th for a wedding and on Monday 23rd for a funeral",
            "2026-11-03T17:15",
            ["2026-11-12 2026-11-13", "2026-11-23 2026-11-24"],
        ),
        (
            "Tom has physio next Tuesday and the Tuesday after, he won't be in on either day",
            "2027-04-14T18:00",
            ["2027-04-20 2027-04-21", "2027-04-27 2027-04-28"],
        ),
        (
            "Tom has the hospital on 24 May and then again on 26 May",
            "2027-05-17T18:00",
            ["2027-05-24 2027-05-25", "2027-05-26 2027-05-27"],
        ),
        ("Tom has music exams on Friday, and Monday 24th", "2027-05-17T18:00", ["2027-05-21 2027-05-25"]),
    ],
)
def test_two_days_of_one_thing_each_are_no_stay(text: str, sent: str, days: list[str]) -> None:
    """Recorded as one absence, nobody would look for the child on the days in between."""
    understood = read(text, sent, "Tom:12")
    assert (told(understood), "return" in understood.ask) == ({"c1": days}, False)


@pytest.mark.parametrize(
    ("text", "sent", "days"),
    [
        (
            "Tom is away from Thursday 12th, back on Thursday 19th, we are in Spain",
            "2026-11-03T17:15",
            "2026-11-12 2026-11-19",
        ),
        ("Tom flies on the 12th and lands on the 19th, holiday in Kenya", "2026-11-03T17:15", "2026-11-12 2026-11-20"),
        (
            "Tom has a wedding on 20 May, we stay over and he is back on 25 May",
            "2027-05-17T18:00",
            "2027-05-20 2027-05-25",
        ),
        (
            "Tom has his op on the 20th, he goes home on the 25th and back to school on the 27th",
            "2027-05-17T18:00",
            "2027-05-20 2027-05-27",
        ),
        ("Tom has a funeral on the 20th. His birthday is on the 25th", "2027-05-17T18:00", "2027-05-20 2027-05-21"),
        (
            "Tom has a wedding on 20 May. His sister's concert is on the 25th",
            "2027-05-17T18:00",
            "2027-05-20 2027-05-21",
        ),
        (
            "Tom gets his medal at the palace on Friday 13th November and guests under 18 may come",
            "2026-11-02T19:02",
            "2026-11-13 2026-11-16",
        ),
        ("Tom has court on the 20th, moved from the 18th", "2027-05-17T18:00", "2027-05-20 2027-05-21"),
    ],
)
def test_a_stay_from_one_day_to_another_is_one_absence(text: str, sent: str, days: str) -> None:
    assert told(read(text, sent, "Tom:12")) == {"c1": [days]}

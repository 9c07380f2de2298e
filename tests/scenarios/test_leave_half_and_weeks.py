"""Half a day and whole weeks, as families write them: the half alone is asked for; no week to come is a past one."""

from __future__ import annotations

from datetime import date

import pytest

from attendance.leave import LeaveRequest
from attendance.policy import calendar_of, policy_by_key
from bot.leave import days_said
from storage import leave
from tests.support.families import AMINA
from tests.support.fixtures import OpenSchool
from tests.support.school import School

PLAIN = {"leave.fields": ["dates", "reason"]}
CALENDAR = calendar_of(policy_by_key("blue-coat"))


async def only(school: School) -> LeaveRequest:
    async with school.world.database.read() as db:
        (request,) = await leave.recent(db, school.world.school_id)
    return request


@pytest.mark.parametrize(
    ("text", "half", "says"),
    [
        ("Can Amina have leave on the morning of 8 December for her citizenship ceremony", "am", "the morning of"),
        ("Can Amina have leave on 8 December for her citizenship ceremony, afternoon only", "pm", "the afternoon of"),
        (
            "Can Amina have leave on 8 December for her citizenship ceremony, just for the morning",
            "am",
            "the morning of",
        ),
    ],
)
async def test_the_half_that_is_written_is_the_half_that_is_asked_for(
    open_school: OpenSchool, text: str, half: str, says: str
) -> None:
    school = await open_school(AMINA, rules=PLAIN)
    await school.at("10:00").says("ngozi", text)
    assert (await only(school)).half == half
    assert f"away on {says} Tue 8 Dec. The headteacher" in school.words_to("ngozi")[-1]
    await school.at("11:00").staff("hart").grants("amina", "Ceremony")
    assert {line["session"] for line in school.of_kind("mark", "amina")} == {half}
    assert f"for {says} Tue 8 Dec. Please tell us" in school.words_to("ngozi")[-1]


async def test_the_day_back_said_once_more_leaves_the_half(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, rules=PLAIN)
    await school.at("10:00").says("ngozi", "can u let Amina out at 12 on friday pls shes going camping with the cubs")
    assert (await only(school)).half == "pm"
    await school.at("10:05").says("ngozi", "back in monday obvs")
    assert (await only(school)).half == "pm"


async def test_out_before_noon_and_back_for_the_last_lesson_is_leave_of_the_afternoon(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, rules=PLAIN)
    text = "Amina has an interview at college on Thursday 3 December 11am, out from 10.15 and back for last lesson"
    await school.at("10:00").says("ngozi", text)
    request = await only(school)
    assert (request.code, request.half, request.first_day) == ("J1", "pm", date(2026, 12, 3))


@pytest.mark.parametrize(
    ("text", "first", "back"),
    [
        ("I want to take Amina out of school for the last week of term for a holiday", (2026, 12, 14), (2027, 1, 5)),
        ("Please may Amina have leave w/c 7 Dec for a holiday", (2026, 12, 7), (2026, 12, 14)),
    ],
)
async def test_a_week_to_come(
    open_school: OpenSchool, text: str, first: tuple[int, int, int], back: tuple[int, int, int]
) -> None:
    school = await open_school(AMINA, rules=PLAIN)
    await school.at("10:00").says("ngozi", text)
    request = await only(school)
    assert (request.first_day, request.return_day) == (date(*first), date(*back))
    assert not school.of_kind("mark"), "it was read as last week, and recorded"


@pytest.mark.parametrize(
    ("text", "today", "first", "last"),
    [
        ("w/c 7th December", (2026, 11, 17), (2026, 12, 7), (2026, 12, 11)),
        ("the week beginning Wednesday 9 December", (2026, 11, 17), (2026, 12, 7), (2026, 12, 11)),
        ("the last week of half term", (2026, 9, 14), (2026, 10, 19), (2026, 10, 23)),
        ("the last week of term", (2026, 9, 14), (2026, 12, 14), (2026, 12, 18)),
    ],
)
def test_weeks(text: str, today: tuple[int, int, int], first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    said = days_said.week_said(text, date(*today), CALENDAR)
    assert said is not None
    assert (said.first, said.last) == (date(*first), date(*last))


def test_a_week_that_is_over_and_two_halves_are_neither() -> None:
    assert days_said.week_said("she was away last week", date(2026, 11, 17), CALENDAR) is None
    assert days_said.half_said("the morning of the 8th and the afternoon of the 9th") is None
    assert days_said.half_said("the wedding is in the morning") is None


@pytest.mark.parametrize(
    ("text", "half", "says"),
    [
        (
            "Please can Amina have leave for the afternoons of 8 and 9 December, her cousin's wedding",
            "pm",
            "afternoons",
        ),
        ("Can Amina have 8 and 9 December off, afternoons only, for her cousin's wedding", "pm", "afternoons"),
        ("Leave request: Amina, the mornings of 8 and 9 December, for a wedding", "am", "mornings"),
    ],
)
async def test_two_afternoons_are_not_two_days(open_school: OpenSchool, text: str, half: str, says: str) -> None:
    school = await open_school(AMINA, rules=PLAIN)
    await school.at("10:00").says("ngozi", text)
    assert f"away on the {says} of Tue 8 Dec and Wed 9 Dec." in school.words_to("ngozi")[-1]
    await school.at("11:00").staff("hart").grants("amina", "Wedding")
    await school.at("11:05").staff("hart").grants("amina", "Wedding")
    marks = {(line["day"], line["session"]) for line in school.of_kind("mark", "amina")}
    assert marks == {("2026-12-08", half), ("2026-12-09", half)}


@pytest.mark.parametrize(
    ("text", "half"),
    [
        ("next Tuesday and Wednesday afternoon off", "pm"),
        ("all day Tuesday and Wednesday afternoon", None),
        ("Tuesday morning and Wednesday afternoon", None),
        ("Good morning, leave for 8 and 9 December please", None),
        ("three mornings next week: Mon, Tue and Wed", "am"),
        ("away from Tuesday afternoon, back Thursday", None),
    ],
)
def test_the_half_of_each_day(text: str, half: str | None) -> None:
    assert days_said.half_of_each(text) == half

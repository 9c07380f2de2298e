"""Days of leave that are asked for one by one, put right, added and given up one by one."""

from __future__ import annotations

from datetime import date

import pytest

from attendance.leave import LeaveRequest
from tests.support.asking_leave import after, requests
from tests.support.fixtures import OpenSchool

TWO_DAYS = "Please can Ola have Tuesday 8th December and Thursday 10th December off for her aunt's wedding in Leeds"
ONE_DAY = "Please can Ola have Tuesday 8th December off for her aunt's wedding in Leeds"


def days(made: list[LeaveRequest]) -> list[tuple[date, date | None]]:
    return sorted((one.first_day, one.return_day) for one in made if one.is_open)


def december(*numbers: int) -> list[tuple[date, date | None]]:
    return [(date(2026, 12, number), date(2026, 12, number + (3 if number in (4, 11) else 1))) for number in numbers]


async def test_what_lies_between_two_days_is_not_asked_for(open_school: OpenSchool) -> None:
    school = await after(open_school, TWO_DAYS)
    assert days(await requests(school)) == december(8, 10)


@pytest.mark.parametrize(
    ("first", "then", "asked_for"),
    [
        (ONE_DAY, "sorry the wedding is actually Tuesday and Thursday, change it please", (8, 10)),
        (ONE_DAY, "and the Thursday too please", (8, 10)),
        (ONE_DAY, "and Friday 11th as well", (8, 11)),
        (TWO_DAYS, "Actually it's 9 and 11 December", (9, 11)),
        (TWO_DAYS, "it's the Monday and the Thursday actually, change it", (7, 10)),
        (TWO_DAYS, "Thursday is cancelled, only Tuesday now", (8,)),
        (TWO_DAYS, "actually we only need the Thursday now, the henna on tuesday is cancelled", (10,)),
    ],
)
async def test_days_are_put_right_one_by_one(
    open_school: OpenSchool, first: str, then: str, asked_for: tuple[int, ...]
) -> None:
    school = await after(open_school, first, then)
    assert days(await requests(school)) == december(*asked_for)


@pytest.mark.parametrize(
    "then", ["Thursday we will be back at home, just so you know", "thank you, Leeds is where it is"]
)
async def test_another_day_that_is_named_is_not_asked_for(open_school: OpenSchool, then: str) -> None:
    school = await after(open_school, ONE_DAY, then)
    (only,) = await requests(school)
    assert only.first_day == date(2026, 12, 8)

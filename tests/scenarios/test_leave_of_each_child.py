"""Leave of one child beside another's: days of their own, one of them after all, in school as planned."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.asking_leave import after, codes_of_this_day, requests
from tests.support.fixtures import OpenSchool

ASKED_FOR_BOTH = "Ola and Tom need Monday 7th December off for my brothers wedding"
ASKED_FOR_OLA = "Ola needs Monday 7th December off for my brothers wedding"
THU, FRI, MON, TUE, WED, THURSDAY = (date(2026, 12, day) for day in (3, 4, 7, 8, 9, 10))


@pytest.mark.parametrize(
    "text",
    [
        "Can Ola have Thursday 3rd December off and Tom Friday 4th December, they each have an audition in London",
        "Ola sings at the cathedral on Thursday 3 December and Tom is at his cousins christening on Friday 4 December",
    ],
)
async def test_each_child_has_the_day_that_stands_beside_its_name(open_school: OpenSchool, text: str) -> None:
    school = await after(open_school, text)
    assert [(one.pupil, one.first_day) for one in await requests(school)] == [("ola", THU), ("tom", FRI)]
    assert all(one.return_day in (FRI, MON) for one in await requests(school))


async def test_days_that_stand_behind_both_names_are_both_childrens(open_school: OpenSchool) -> None:
    school = await after(open_school, "Can Ola and Tom have 3rd and 4th December off for my brothers wedding please")
    assert [(one.pupil, one.first_day, one.return_day) for one in await requests(school)] == [
        ("ola", THU, MON),
        ("tom", THU, MON),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "actually just Ola, Tom doesnt want to miss his trip",
        "just Ola, Tom will be in as normal",
        "sorry only for Ola",
        "only Ola not Tom please",
    ],
)
async def test_leave_for_one_of_them_after_all(open_school: OpenSchool, text: str) -> None:
    school = await after(open_school, ASKED_FOR_BOTH, text)
    assert [(one.pupil, one.first_day, one.state) for one in await requests(school)] == [
        ("ola", MON, "requested"),
        ("tom", MON, "withdrawn"),
    ]
    assert await codes_of_this_day(school) == set()


@pytest.mark.parametrize("text", ["just Ola, Tom will be in as normal hes too little", "only Ola by the way"])
async def test_just_the_one_who_was_asked_for_changes_nothing(open_school: OpenSchool, text: str) -> None:
    school = await after(open_school, ASKED_FOR_OLA, text)
    assert [(one.pupil, one.state) for one in await requests(school)] == [("ola", "requested")]
    assert await codes_of_this_day(school) == set()


async def test_just_the_one_who_is_ill_is_of_the_illness(open_school: OpenSchool) -> None:
    school = await after(open_school, ASKED_FOR_BOTH, "Ola and Tom are both off sick today", "sorry just Ola is ill")
    assert {one.state for one in await requests(school)} == {"requested"}
    assert school.marks("ola")[-1] == (None, "I")


@pytest.mark.parametrize(
    "text",
    [
        "Ola will be in school on the 7th after all",
        "Ola will be in school on Monday 7th december after all",
    ],
)
async def test_in_school_on_the_first_day_of_the_leave_takes_it_back(open_school: OpenSchool, text: str) -> None:
    school = await after(open_school, ASKED_FOR_OLA, text)
    assert [(one.pupil, one.state) for one in await requests(school)] == [("ola", "withdrawn")]
    assert await codes_of_this_day(school) == set()


async def test_back_from_an_illness_takes_no_leave_back(open_school: OpenSchool) -> None:
    school = await after(open_school, ASKED_FOR_OLA, "Ola is poorly today", "Ola will be in on the 7th")
    assert [(one.pupil, one.state) for one in await requests(school)] == [("ola", "requested")]


async def test_in_on_a_day_that_is_not_the_leaves_takes_nothing_back(open_school: OpenSchool) -> None:
    school = await after(open_school, ASKED_FOR_OLA, "Ola will be in on the 4th")
    assert [(one.pupil, one.state) for one in await requests(school)] == [("ola", "requested")]

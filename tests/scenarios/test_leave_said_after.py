"""What is said after a request for leave that is still to come: it is about that leave, and nothing of this week."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.support.asking_leave import BISI, OLA, PLAIN, TOM, after, codes_of_this_day, requests
from tests.support.fixtures import OpenSchool
from tests.support.school import DAY

ASKED = "Can Ola have Monday 7th and Tuesday 8th December off for my brothers wedding"
FRI, MON, TUE, WED, THU = (date(2026, 12, day) for day in (4, 7, 8, 9, 10))


@pytest.mark.parametrize(
    ("text", "first", "back"),
    [
        ("Sorry I forgot, we will only be back on the 11th", MON, date(2026, 12, 11)),
        ("we're back on the Thursday actually", MON, THU),
        ("home on the 9th so back in school on the 10th", MON, THU),
        ("and wednesday the 9th as well please", MON, THU),
        ("can she have the 9th too", MON, THU),
        ("and the friday before too, we travel then", FRI, WED),
        ("sorry i meant monday only", MON, TUE),
        ("just the monday actually", MON, TUE),
    ],
)
async def test_other_days_are_days_of_the_request(open_school: OpenSchool, text: str, first: date, back: date) -> None:
    school = await after(open_school, ASKED, text)
    assert [(one.pupil, one.first_day, one.return_day, one.code) for one in await requests(school)] == [
        ("ola", first, back, "C")
    ]
    assert await codes_of_this_day(school) == set()


@pytest.mark.parametrize("text", ["and Tom", "Tom as well please", "oh and tom too sorry"])
async def test_another_child_is_asked_for_on_the_same_days(open_school: OpenSchool, text: str) -> None:
    school = await after(open_school, ASKED, text)
    assert [(one.pupil, one.first_day, one.return_day, one.code) for one in await requests(school)] == [
        ("ola", MON, WED, "C"),
        ("tom", MON, WED, "C"),
    ]
    assert await codes_of_this_day(school) == set()


async def test_a_day_of_return_is_of_the_illness_where_the_child_is_away_now(open_school: OpenSchool) -> None:
    school = await after(open_school, ASKED, "Ola is poorly today", "back on Thursday")
    (request,) = await requests(school)
    assert (request.first_day, request.return_day) == (MON, WED)
    assert school.marks("ola")[-1] == (None, "I")


async def test_a_child_that_is_ill_as_well_is_no_child_to_be_on_leave(open_school: OpenSchool) -> None:
    school = await after(open_school, ASKED, "Ola is poorly today", "and Tom")
    assert [one.pupil for one in await requests(school)] == ["ola"]


async def test_a_day_far_from_the_leave_is_asked_for_by_itself(open_school: OpenSchool) -> None:
    school = await after(open_school, ASKED, "and Wednesday 16th December as well please")
    ola = [one for one in await requests(school) if one.first_day == MON]
    assert [(one.return_day) for one in ola] == [WED]


async def test_more_days_of_leave_that_was_granted_are_the_heads_to_decide(open_school: OpenSchool) -> None:
    school = await after(open_school, ASKED)
    await school.at("11:00").staff("hart").grants("ola")
    await school.at("11:30").says("bisi", "Sorry I forgot, we will only be back on the 10th")
    (request,) = await requests(school)
    assert (request.is_granted, request.until) == (True, THU)
    assert await codes_of_this_day(school) == set()


async def test_longer_than_asked_for_is_the_same_request_also_when_it_has_begun_undecided(
    open_school: OpenSchool,
) -> None:
    school = await open_school(OLA, TOM, adults=(BISI,), rules=PLAIN)
    tomorrow = DAY + timedelta(days=1)
    await school.at("18:00").says("bisi", "Ola will be absent tomorrow for a family bereavement, returning Thursday")
    await school.at("09:30", tomorrow).says("bisi", "Sorry we are staying until Friday now, funeral has been delayed")
    (request,) = await requests(school)
    assert (request.first_day, request.return_day, request.state) == (tomorrow, date(2026, 11, 20), "requested")
    assert "C" not in {code for _, code in school.marks("ola")}


async def test_another_day_from_the_day_back_is_the_same_request(open_school: OpenSchool) -> None:
    school = await open_school(OLA, TOM, adults=(BISI,), rules=PLAIN)
    await school.at("16:45").says("bisi", "Ola wont be in tomorow it is my dads funeral in Leicester at 12")
    tomorrow = DAY + timedelta(days=1)
    await school.at("20:10", tomorrow).says("bisi", "we are staying another day with my mum, Ola back on friday")
    (request,) = await requests(school)
    assert (request.first_day, request.return_day, request.code) == (tomorrow, DAY + timedelta(days=3), "C")


async def test_days_beside_a_holy_day_are_leave_of_their_own(open_school: OpenSchool) -> None:
    school = await open_school(OLA, adults=(BISI,), rules=PLAIN)
    await school.at("10:00").says("bisi", "Ola wont be in on 7th January, we celebrate Orthodox Christmas")
    await school.at("10:05").says("bisi", "and can she have the 8th as well because we travel back from Leeds")
    found = sorted(await requests(school), key=lambda one: one.first_day)
    assert [(one.first_day, one.code == "R") for one in found] == [
        (date(2027, 1, 7), True),
        (date(2027, 1, 8), False),
    ]

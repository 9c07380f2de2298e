"""Days of leave put right in a sentence, while we ask where the family will travel; and days said in answer."""

from __future__ import annotations

from datetime import date

import pytest

from attendance.leave import LeaveRequest
from tests.support.asking_leave import after, codes_of_this_day, requests
from tests.support.fixtures import OpenSchool

A_WEEK = "We have a holiday booked 7th to 11th December, can Ola have the time off please"
AFTERNOON = "Ola needs Friday afternoon 4th December off, her brothers passing out parade at Catterick"
TO_PAKISTAN = "We are going to Pakistan in February to see my mother who is old. Can Ola have leave"
ASKS_WHERE = {"leave.fields": ["dates", "reason", "travel_places", "stay_address"]}


def day(number: int, month: int = 12) -> date:
    return date(2026 if month == 12 else 2027, month, number)


async def made(open_school: OpenSchool, first: str, then: str) -> LeaveRequest:
    school = await after(open_school, first, then, rules=ASKS_WHERE)
    assert await codes_of_this_day(school) == set()
    (request,) = await requests(school)
    return request


@pytest.mark.parametrize(
    ("text", "first", "back"),
    [
        ("sorry we fly on the 8th so she'll be in on the monday", day(8), day(14)),
        ("got the dates wrong, 8th to the 11th", day(8), day(14)),
        ("sorry flights are the 8th, back at school 15th", day(8), day(15)),
        ("sorry its only till the 10th", day(7), day(10)),
    ],
)
async def test_other_days_are_no_place_to_travel_to(
    open_school: OpenSchool, text: str, first: date, back: date
) -> None:
    request = await made(open_school, A_WEEK, text)
    assert (request.first_day, request.return_day, request.lacks[0]) == (first, back, "travel_places")


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("in on the Monday, we go on the Tuesday", day(8)),
        ("we fly on the 8th now", day(8)),
        ("she'll be in school Monday and Tuesday, we leave on Wednesday", day(9)),
        ("not the Monday now, we go on the Wednesday", day(9)),
        ("we fly on the Monday", day(7)),
        ("we fly on the 6th now", day(7)),
    ],
)
async def test_the_day_of_leaving_puts_the_first_day_right(open_school: OpenSchool, text: str, first: date) -> None:
    request = await made(open_school, A_WEEK, text)
    assert (request.first_day, request.return_day) == (first, day(14))
    assert first == day(7) or request.lacks[0] == "travel_places", "the day is no place"


async def test_the_day_of_leaving_is_no_reason(open_school: OpenSchool) -> None:
    without = "Can Ola have leave from Monday 7 December to Friday 11 December"
    school = await after(open_school, without, "in on the Monday, we go on the Tuesday", "a family wedding in Cork")
    (request,) = await requests(school)
    assert (request.first_day, request.return_day, request.code) == (day(8), day(14), "C")


@pytest.mark.parametrize(
    "text",
    ["Tenerife, flying on the 7th", "sorry forgot to say Tenerife, villa Sol", "sorry Tenerife, we fly 7th at 6am"],
)
async def test_an_answer_with_a_day_is_an_answer(open_school: OpenSchool, text: str) -> None:
    request = await made(open_school, A_WEEK, text)
    assert (request.first_day, request.return_day) == (day(7), day(14))
    assert "travel_places" not in request.lacks


@pytest.mark.parametrize(
    "text",
    [
        "got the time wrong its the morning they start so she'll need all day friday",
        "sorry make that all day",
        "whole day actually, it starts at 11",
    ],
)
async def test_all_of_the_day_instead_of_the_half(open_school: OpenSchool, text: str) -> None:
    request = await made(open_school, AFTERNOON, text)
    assert (request.half, request.first_day, request.return_day) == ("day", day(4), day(7))


async def test_the_other_half(open_school: OpenSchool) -> None:
    request = await made(open_school, AFTERNOON, "sorry its the morning not afternoon")
    assert (request.half, request.first_day, request.return_day) == ("am", day(4), day(4))


@pytest.mark.parametrize("text", ["Catterick, he's parading all day", "no not all day, sorry if that was unclear"])
async def test_all_day_in_an_answer_changes_no_half(open_school: OpenSchool, text: str) -> None:
    assert (await made(open_school, AFTERNOON, text)).half == "pm"


@pytest.mark.parametrize(
    "text",
    [
        "2nd to the 9th, she'll be back in school on the 10th",
        "from the 2nd, back 10th",
        "leaving on the 2nd and back at school on 10th",
        "2nd Feb to 9th Feb",
    ],
)
async def test_the_days_that_were_asked_for_and_why_is_known(open_school: OpenSchool, text: str) -> None:
    school = await after(open_school, TO_PAKISTAN, text)
    (request,) = await requests(school)
    assert (request.first_day, request.return_day, request.code) == (day(2, 2), day(10, 2), "G")


TWO_DAYS = "please can Ola have 3rd and 4th december off, it's her aunties wedding in Ireland"


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        ("great thank you, its only the friday we need now though", True),
        ("we'll only need the 4th now", True),
        ("great thank you, just what we needed", False),
        ("thanks! only 2 weeks to go", False),
    ],
)
async def test_fewer_days_than_were_granted_are_no_mere_thanks(
    open_school: OpenSchool, text: str, is_read: bool
) -> None:
    school = await after(open_school, TWO_DAYS)
    await school.at("11:00").staff("hart").grants("ola", "Wedding")
    await school.at("14:00").says("bisi", text)
    (request,) = await requests(school)
    read = [one for one in school.of_kind("alert", "ola") if "fewer days are needed" in str(one.get("because"))]
    assert (request.state, bool(read)) == ("granted", is_read)


@pytest.mark.parametrize(
    "text",
    [
        "boat is later now so she'll be in Thursday, just off Friday",
        "she will be at school thurs, just the Friday off now",
    ],
)
async def test_the_first_of_two_granted_days_that_is_not_needed_is_opened(open_school: OpenSchool, text: str) -> None:
    school = await after(open_school, TWO_DAYS)
    await school.at("11:00").staff("hart").grants("ola", "Wedding")
    await school.at("14:00").says("bisi", text)
    (request,) = await requests(school)
    assert (request.state, request.first_day, request.return_day) == ("granted", day(4), day(7))
    assert [one for one in school.of_kind("alert", "ola") if "first days are not needed" in str(one.get("because"))]


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        ("wedding has been moved to Friday so she'll be in on Thursday, off Friday and Monday instead", True),
        ("she can come in on Thursday now, it's on the Friday", True),
        ("thank you, so she won't be in on Thursday", False),
        ("thanks, is it ok if she isn't in school Thursday and Friday then", False),
        ("brilliant, she will be in on Monday", False),
    ],
)
async def test_a_day_of_granted_leave_on_which_the_child_is_in_after_all_is_opened_by_a_person(
    open_school: OpenSchool, text: str, is_read: bool
) -> None:
    school = await after(open_school, TWO_DAYS)
    await school.at("11:00").staff("hart").grants("ola", "Wedding")
    await school.at("14:00").says("bisi", text)
    read = [one for one in school.of_kind("alert", "ola") if "open that day" in str(one.get("because"))]
    assert bool(read) == is_read


async def test_who_takes_granted_leave_back_whole_is_told_of_as_before(open_school: OpenSchool) -> None:
    school = await after(open_school, TWO_DAYS)
    await school.at("11:00").staff("hart").grants("ola", "Wedding")
    await school.at("14:00").says("bisi", "the wedding is cancelled, she'll be in on Thursday and Friday after all")
    (request,) = await requests(school)
    assert request.state == "withdrawn"
    assert not [one for one in school.of_kind("alert", "ola") if "open that day" in str(one.get("because"))]

"""Leave that was asked for a moment ago, put right: its days by their numbers, its half, and whose it is."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.asking_leave import after, codes_of_this_day, requests
from tests.support.fixtures import OpenSchool
from tests.support.school import DAY

ONE_DAY = "Can Ola have Friday 4th December off please for her aunties wedding"
A_WEEK = "We're taking Ola to Lanzarote 1st to 5th February"
DEC_4, DEC_7, DEC_11, DEC_14 = (date(2026, 12, day) for day in (4, 7, 11, 14))


@pytest.mark.parametrize(
    "text",
    [
        "its the 11th sorry",
        "sorry I meant the 11th",
        "Actually its Friday 11th",
        "They've moved it to the 11th",
        "oops typo, 11th December",
        "its been put back to the 11th",
    ],
)
async def test_another_day_by_its_number(open_school: OpenSchool, text: str) -> None:
    school = await after(open_school, ONE_DAY, text)
    assert [(one.pupil, one.first_day, one.return_day, one.code) for one in await requests(school)] == [
        ("ola", DEC_11, DEC_14, "C")
    ]
    assert await codes_of_this_day(school) == set()


@pytest.mark.parametrize("text", ["sorry typo, 8th to 12th", "Sorry that should be 8th-12th Feb", "i meant 8 to 12"])
async def test_other_days_of_the_same_month(open_school: OpenSchool, text: str) -> None:
    (request,) = await requests(await after(open_school, A_WEEK, text))
    assert (request.first_day, request.return_day, request.code) == (
        date(2027, 2, 8),
        date(2027, 2, 22),
        "G",
    )


@pytest.mark.parametrize(
    "text",
    ["sorry Thursday not Friday", "not friday, its thursday sorry", "the wedding is thursday now not friday"],
)
async def test_another_day_of_the_same_week(open_school: OpenSchool, text: str) -> None:
    (request,) = await requests(await after(open_school, ONE_DAY, text))
    assert (request.first_day, request.return_day) == (date(2026, 12, 3), DEC_4)


async def test_a_day_that_was_not_asked_for_is_not_denied(open_school: OpenSchool) -> None:
    (request,) = await requests(await after(open_school, ONE_DAY, "sorry Thursday not Wednesday"))
    assert request.first_day == DEC_4


async def test_a_day_of_the_leave_is_none_of_the_illness_in_the_same_message(open_school: OpenSchool) -> None:
    asked = "Ola has a migraine today. also she has a wedding on the 4th december can she have it off"
    school = await after(open_school, asked, "sorry 11th december")
    assert [(one.first_day, one.return_day) for one in await requests(school)] == [(DEC_11, DEC_14)]
    assert not [one for one in school.of_kind("mark", "ola") if one["day"] != DAY.isoformat()]


async def test_a_day_that_is_over_in_this_month_is_one_of_the_next(open_school: OpenSchool) -> None:
    asked = "Could Ola have Monday 30th November off please, it is my brothers wedding"
    (request,) = await requests(await after(open_school, asked, "sorry its the 2nd"))
    assert request.first_day == date(2026, 12, 2)


@pytest.mark.parametrize(
    "text",
    [
        "the parents evening is the 11th?",
        "and the 7th as well please",
        "sorry the disco is on the 11th isnt it?",
        "the wedding invite says 11th floor reception at the Grand hotel in Leeds and there is parking too",
        "sorry, Tom is ill",
        "thanks, she is so excited",
    ],
)
async def test_near_misses_do_not_move_it(open_school: OpenSchool, text: str) -> None:
    (request,) = [one for one in await requests(await after(open_school, ONE_DAY, text)) if one.pupil == "ola"]
    assert request.first_day == DEC_4


async def test_one_day_of_a_week_that_was_asked_for_is_not_guessed(open_school: OpenSchool) -> None:
    (request,) = await requests(await after(open_school, A_WEEK, "sorry its the 8th"))
    assert (request.first_day, request.return_day) != (date(2027, 2, 8), date(2027, 2, 9))


@pytest.mark.parametrize(
    "text",
    [
        "actually she'll do the morning, its not till 2. I'll get her at 12.30",
        "sorry she can come in for the morning",
        "Actually she will be in in the morning",
    ],
)
async def test_in_for_its_morning_after_all(open_school: OpenSchool, text: str) -> None:
    school = await after(open_school, ONE_DAY, text)
    assert [(one.first_day, one.half) for one in await requests(school)] == [(DEC_4, "pm")]
    assert await codes_of_this_day(school) == set()


@pytest.mark.parametrize("text", ["sorry its only the morning she needs", "actually just for the morning please"])
async def test_the_morning_alone_is_asked_for(open_school: OpenSchool, text: str) -> None:
    (request,) = await requests(await after(open_school, ONE_DAY, text))
    assert request.half == "am"


@pytest.mark.parametrize(
    "text", ["she'll be in this morning but I'll get her at 12.30, dentist", "Tom will do the morning, he is poorly"]
)
async def test_what_is_of_today_changes_no_leave(open_school: OpenSchool, text: str) -> None:
    (request,) = [one for one in await requests(await after(open_school, ONE_DAY, text)) if one.pupil == "ola"]
    assert request.half == "day"


@pytest.mark.parametrize("text", ["sorry, brain fog, its Tom", "sorry I meant Tom", "no its for Tom not Ola"])
async def test_it_was_for_the_other_one(open_school: OpenSchool, text: str) -> None:
    school = await after(open_school, ONE_DAY, text)
    assert {(one.pupil, one.first_day, one.return_day, one.state) for one in await requests(school)} == {
        ("ola", DEC_4, DEC_7, "withdrawn"),
        ("tom", DEC_4, DEC_7, "requested"),
    }
    assert await codes_of_this_day(school) == set()


@pytest.mark.parametrize("text", ["and Tom too of course", "Tom as well obviously", "and Tom will need it too"])
async def test_for_both(open_school: OpenSchool, text: str) -> None:
    school = await after(open_school, ONE_DAY, text)
    assert {(one.pupil, one.first_day, one.state) for one in await requests(school)} == {
        ("ola", DEC_4, "requested"),
        ("tom", DEC_4, "requested"),
    }


@pytest.mark.parametrize("text", ["sorry, Tom is off ill today", "Tom is fine with it", "its Tom's birthday that day"])
async def test_other_words_of_the_other_one_leave_it_as_it_is(open_school: OpenSchool, text: str) -> None:
    (request,) = [one for one in await requests(await after(open_school, ONE_DAY, text)) if one.pupil == "ola"]
    assert request.state == "requested"


async def test_the_day_back_that_we_have_already_is_nothing_to_decide_anew(open_school: OpenSchool) -> None:
    school = await after(open_school, ONE_DAY, "she'd be back on the Monday")
    assert not [one for one in school.of_kind("alert", "ola") if "changed" in str(one.get("because", "")).lower()]

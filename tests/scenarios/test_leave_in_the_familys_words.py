"""Conversations as families have them on a phone, each of which went wrong when it was tried by hand."""

from __future__ import annotations

import pytest

from attendance.leave import LeaveRequest
from storage import leave
from tests.support.families import adult, child
from tests.support.fixtures import OpenSchool
from tests.support.school import School

CARYS = child("carys", "Carys Vaughan", "huw", group="9K", year=9)
NIA = child("nia", "Nia Vaughan", "huw")
HUW = adult("huw", "Huw Vaughan", 21, "father", "vaughan")
BOOKED = "Hiya we've booked a week away 7th-11th dec for one of the girls, is that alright"


async def opened(open_school: OpenSchool, *texts: str) -> School:
    school = await open_school(CARYS, NIA, adults=(HUW,))
    for number, text in enumerate((BOOKED, *texts)):
        await school.at(f"10:{number:02d}").says("huw", text)
    return school


async def requests(school: School) -> list[LeaveRequest]:
    async with school.world.database.read() as db:
        return sorted(await leave.recent(db, school.world.school_id), key=lambda one: one.pupil)


async def test_both_is_an_answer_and_a_holiday_stays_one(open_school: OpenSchool) -> None:
    school = await opened(open_school, "both")
    assert [(one.pupil, one.code) for one in await requests(school)] == [("carys", "G"), ("nia", "G")]
    assert not school.of_kind("mark"), "it was recorded as an illness of both"


async def test_a_place_is_no_childs_name(open_school: OpenSchool) -> None:
    school = await opened(open_school, "Los Cristianos")
    assert await requests(school) == []
    assert not school.of_kind("mark"), "it was recorded as Carys off ill for a week"
    assert school.words_to("huw")[-1].endswith("please tell us which child it is for.")
    await school.at("10:10").says("huw", "Carrys and Nia")
    assert [one.pupil for one in await requests(school)] == ["carys", "nia"]


async def test_illness_today_is_heard_whatever_we_had_asked(open_school: OpenSchool) -> None:
    school = await opened(open_school, "Carys is ill today")
    assert await requests(school) == []
    assert school.texts()[-1] == ("huw", "absence.recorded")


async def test_going_by_car_is_an_answer_and_nobody_who_comes_later(open_school: OpenSchool) -> None:
    school = await opened(open_school, "both", "Leicester like I said, by car")
    for one in await requests(school):
        assert "Leicester like I said, by car" in one.details.values()
    assert ("huw", "late.recorded") not in school.texts()
    await school.at("10:20").says("huw", "Nia is running late, 10 minutes")
    assert school.texts()[-1] == ("huw", "late.recorded")


async def test_leave_that_is_asked_for_in_so_many_words_is_a_request(open_school: OpenSchool) -> None:
    school = await open_school(CARYS, NIA, adults=(HUW,), rules={"leave.fields": ["dates", "reason"]})
    await school.at("10:00").says(
        "huw", "Requesting leave of absence for Nia on 15 December, she plays for the county in a cup match in Leeds"
    )
    (request,) = await requests(school)
    assert (request.pupil, request.first_day.isoformat(), request.state) == ("nia", "2026-12-15", "requested")
    assert not school.of_kind("mark"), "it was recorded as a sporting activity that nobody had approved"
    await school.at("10:10").says("huw", "Please cancel it, the match is put off")
    assert [one.state for one in await requests(school)] == ["withdrawn"]


async def test_an_appointment_stays_one_whatever_it_is_called(open_school: OpenSchool) -> None:
    school = await open_school(CARYS, NIA, adults=(HUW,), rules={"leave.fields": ["dates", "reason"]})
    await school.at("10:00").says(
        "huw", "Please can I request leave for Nia on 8 December, hospital appointment at ten"
    )
    assert await requests(school) == []
    assert {(line["pupil"], line["code"]) for line in school.of_kind("mark")} == {("nia", "M")}


async def test_other_days_meanwhile_change_the_request_and_answer_nothing(open_school: OpenSchool) -> None:
    school = await opened(open_school, "both", "actually can we make it 7 to 9 december only")
    found = await requests(school)
    assert {one.return_day.isoformat() for one in found if one.return_day} == {"2026-12-10"}
    assert not any("7 to 9" in said for one in found for said in one.details.values())


# -- what is not said is asked for, and never guessed ------------------------------------------------------------------


async def told(open_school: OpenSchool, *texts: str) -> School:
    school = await open_school(CARYS, NIA, adults=(HUW,), rules={"leave.fields": ["dates", "reason"]})
    for number, text in enumerate(texts):
        await school.at(f"10:{number:02d}").says("huw", text)
    return school


def missing(school: School) -> list[str]:
    """What we asked for, question by question."""
    return [words.rpartition("please tell us ")[2] for words in school.words_to("huw") if "please tell us " in words]


async def test_days_alone_are_no_holiday_of_all_children(open_school: OpenSchool) -> None:
    school = await told(open_school, "We would like 10 and 11 December off please", "Nia", "A wedding in Leeds")
    assert missing(school) == ["which child it is for.", "why you ask."]
    (request,) = await requests(school)
    assert (request.pupil, request.code, request.first_day.isoformat()) == ("nia", "C", "2026-12-10")


async def test_a_month_is_no_day(open_school: OpenSchool) -> None:
    school = await told(
        open_school, "Can Nia have a few days off in December", "8th to 10th", "visiting family in Poland"
    )
    assert missing(school) == ["the first day away and the day back.", "why you ask."]
    (request,) = await requests(school)
    assert (request.pupil, request.first_day.isoformat()) == ("nia", "2026-12-08")
    assert request.return_day is not None
    assert request.return_day.isoformat() == "2026-12-11"


async def test_days_are_no_reason(open_school: OpenSchool) -> None:
    school = await told(open_school, "Hi can I book Carys off for 2 days next month please", "10 and 11 December")
    assert missing(school) == ["the first day away and the day back.", "why you ask."]
    assert await requests(school) == []


async def test_the_reason_that_follows_goes_to_the_request_and_is_no_absence_of_today(open_school: OpenSchool) -> None:
    school = await told(open_school, "Nia will be off with us 10 and 11 December", "it's her cousins wedding")
    (request,) = await requests(school)
    assert (request.pupil, request.code, len(request.told)) == ("nia", "C", 2)
    assert not school.of_kind("mark"), "it was recorded as an absence of today"


@pytest.mark.parametrize(
    "text",
    [
        (
            "Please may I request leave for Nia from 7th to 11th December. Her dad is home on leave from the army and "
            "we'd like some family time before he's deployed"
        ),
        "We're moving house on the 4th of December so Nia will be off that day",
    ],
)
async def test_a_child_who_is_named_is_not_asked_for(open_school: OpenSchool, text: str) -> None:
    school = await told(open_school, text)
    assert [one.pupil for one in await requests(school)] == ["nia"]


async def test_whether_a_child_may_play_is_for_the_head(open_school: OpenSchool) -> None:
    school = await told(
        open_school, "Nia has been picked for the county hockey team, tournament Thursday 3 Dec, can she go?"
    )
    assert [(one.pupil, one.first_day.isoformat()) for one in await requests(school)] == [("nia", "2026-12-03")]
    assert not school.of_kind("mark"), "it was recorded as an activity that nobody had approved"


async def test_whoever_asks_whether_there_is_an_answer_hears_by_when(open_school: OpenSchool) -> None:
    school = await told(open_school, "please can Nia have leave on 8 December for a wedding")
    await school.at("11:00").says("huw", "is there an answer yet about the leave?")
    assert "The headteacher will decide by Tue 24 Nov" in school.words_to("huw")[-1]
    assert ("reed", "message_to_read") not in school.alerts("nia")
    assert len(await requests(school)) == 1


async def test_who_asks_about_time_off_is_asked_for_the_days_and_for_nothing_that_the_answer_says(
    open_school: OpenSchool,
) -> None:
    school = await open_school(CARYS, NIA, adults=(HUW,))
    await school.at("10:00").says("huw", "Hi can I ask about time off for Nia")
    assert school.texts()[-1] == ("huw", "leave.missing")
    assert "first day away" in school.words_to("huw")[-1]
    await school.at("10:01").says("huw", "its a family christening in Malta, 14th and 15th December, back on the 16th")
    assert [(one.pupil, one.code) for one in await requests(school)] == [("nia", "G")]
    assert school.texts()[-1] == ("huw", "leave.received")


@pytest.mark.parametrize(
    "text",
    [
        "Nia has a place in the regional swimming finals on Friday 4 December, can she have the day",
        "can Nia have the day off on Friday 4 December for county swimming",
        "Nia has a county hockey tournament on Friday 4 December. Please can she be released from school",
    ],
)
async def test_who_asks_for_a_day_of_sport_asks_the_headteacher(open_school: OpenSchool, text: str) -> None:
    school = await open_school(CARYS, NIA, adults=(HUW,))
    await school.at("10:00").says("huw", text)
    assert [one.pupil for one in await requests(school)] == ["nia"]
    assert not school.of_kind("mark"), "it was recorded as if somebody had agreed"

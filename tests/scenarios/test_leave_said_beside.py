"""Words beside a request that waits: no answer to what we asked, another day, the morning only, a question."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.asking_leave import after, codes_of_this_day, requests
from tests.support.fixtures import OpenSchool

JOURNEY = {"leave.fields": ["dates", "reason", "travel_places", "stay_address", "tickets"]}
MON, TUE = date(2026, 12, 7), date(2026, 12, 8)
ASKED = "Ola needs Monday 7th December off for my brothers wedding"
HOLIDAY = "Ola wont be in on Monday 7th December, family holiday"


@pytest.mark.parametrize("text", ["and Tom please", "Tom too"])
async def test_a_brothers_name_is_no_address(open_school: OpenSchool, text: str) -> None:
    school = await after(open_school, ASKED, text, rules=JOURNEY)
    ola, tom = await requests(school)
    assert (ola.details, tom.pupil, tom.first_day, tom.code) == ({}, "tom", MON, "C")


async def test_a_reason_put_right_while_we_ask_where_they_travel(open_school: OpenSchool) -> None:
    school = await after(open_school, HOLIDAY, "sorry I said holiday, its my fathers funeral in Accra", rules=JOURNEY)
    (ola,) = await requests(school)
    assert (ola.code, ola.first_day) == ("C", MON)


@pytest.mark.parametrize("text", ["Accra", "at my mums in Kumasi, 12 Church Street", "Funeral Road, Accra"])
async def test_a_place_is_no_other_reason(open_school: OpenSchool, text: str) -> None:
    (ola,) = await requests(await after(open_school, HOLIDAY, text, rules=JOURNEY))
    assert (ola.code, ola.first_day) == ("G", MON)


@pytest.mark.parametrize(
    "text", ["havent booked anything yet waiting to see if you say yes", "We have not bought the tickets yet"]
)
async def test_nothing_is_booked_yet_answers_all_we_asked_of_the_journey(open_school: OpenSchool, text: str) -> None:
    (ola,) = await requests(await after(open_school, HOLIDAY, text, rules=JOURNEY))
    assert (ola.state, ola.lacks) == ("requested", ())
    assert text in ola.details.values()


async def test_the_day_of_an_interview_is_moved(open_school: OpenSchool) -> None:
    school = await after(
        open_school,
        "Ola has an interview at the agricultural college on monday 7th december so wont be in that day",
        "college just rang its been moved to tuesday 8th december now",
    )
    assert [(one.first_day, one.code) for one in await requests(school)] == [(TUE, "J1")]


@pytest.mark.parametrize("text", ["only the morning, she'll be in for lessons 4 and 5", "just for the morning sorry"])
async def test_only_the_morning_of_the_day_that_was_asked_for(open_school: OpenSchool, text: str) -> None:
    school = await after(open_school, ASKED, text)
    assert [(one.first_day, one.half) for one in await requests(school)] == [(MON, "am")]
    assert await codes_of_this_day(school) == set()


async def test_only_this_morning_is_of_today(open_school: OpenSchool) -> None:
    school = await after(open_school, ASKED, "Ola is at the dentist today", "only for this morning")
    assert [(one.first_day, one.half) for one in await requests(school)] == [(MON, "day")]


@pytest.mark.parametrize(
    "text",
    [
        "how many days can I take Ola out for before you fine me",
        "will I get fined if I take Ola out of school for a holiday",
        "What happens if I take Ola on holiday in term time?",
    ],
)
async def test_a_question_about_the_rules_is_no_holiday_of_today(open_school: OpenSchool, text: str) -> None:
    school = await after(open_school, text)
    assert await codes_of_this_day(school) == set()
    assert await requests(school) == []


@pytest.mark.parametrize("text", ["Ola is on holiday today", "Ola wont be in, we are on holiday"])
async def test_a_holiday_of_today_is_still_told(open_school: OpenSchool, text: str) -> None:
    assert await codes_of_this_day(await after(open_school, text)) != set()


async def test_the_same_request_again_is_no_change(open_school: OpenSchool) -> None:
    school = await after(open_school, ASKED, ASKED)
    assert len(await requests(school)) == 1
    assert not [one for one in school.of_kind("alert", "ola") if "changed" in str(one.get("because", "")).lower()]


async def test_leave_has_its_reason_from_the_clause_behind_the_question(open_school: OpenSchool) -> None:
    text = "Hi can I take Ola out of school 7th to 11th December please, we are going to Poland for my sisters wedding"
    (ola,) = await requests(await after(open_school, text))
    assert (ola.first_day, ola.code) == (MON, "C")


@pytest.mark.parametrize("text", ["Sorry, Ola's is the 8th not the 7th", "not monday the 7th, its tuesday the 8th"])
async def test_the_day_put_right_by_its_number(open_school: OpenSchool, text: str) -> None:
    school = await after(open_school, ASKED, text)
    assert [(one.pupil, one.first_day, one.return_day) for one in await requests(school)] == [
        ("ola", TUE, date(2026, 12, 9))
    ]


async def test_a_day_that_is_none_of_the_requests_is_not_put_right(open_school: OpenSchool) -> None:
    school = await after(open_school, ASKED, "the parents evening is the 15th not the 14th")
    assert [one.first_day for one in await requests(school)] == [MON]


async def test_one_half_of_a_friday_is_no_whole_day(open_school: OpenSchool) -> None:
    text = "Can Ola have leave on Friday 4 December for a citizenship ceremony, afternoon only"
    assert [(one.half, one.first_day) for one in await requests(await after(open_school, text))] == [
        ("pm", date(2026, 12, 4))
    ]


async def test_who_leaves_behind_the_last_register_needs_no_leave(open_school: OpenSchool) -> None:
    text = "Ola needs to leave at 2.30pm on Friday please we have a long drive to a wedding"
    school = await after(open_school, text, rules=JOURNEY)
    assert await requests(school) == []
    assert ("attendance_officer", "message_to_read") in {
        (str(one["role"]), str(one["reason"])) for one in school.of_kind("alert", "ola")
    }


@pytest.mark.parametrize(
    "text",
    [
        "Ola has the orthodontist every second tuesday from next week till xmas, appointment at 10",
        "Ola has physio at the hospital each Thursday morning from next week",
    ],
)
async def test_a_series_of_days_is_agreed_with_a_person(open_school: OpenSchool, text: str) -> None:
    school = await after(open_school, text)
    assert school.marks("ola") == []
    assert school.alerted("message_to_read", "ola")


async def test_an_illness_of_today_beside_a_series_is_recorded(open_school: OpenSchool) -> None:
    school = await after(open_school, "Ola is off sick today, she gets migraines every week")
    assert school.marks("ola")[-1] == (None, "I")


@pytest.mark.parametrize("text", ["so is it a yes?", "is Ola allowed or not", "will that be authorised?"])
async def test_what_was_decided_is_told_again(open_school: OpenSchool, text: str) -> None:
    school = await after(open_school, ASKED, text)
    assert "The headteacher will decide by" in school.words_to("bisi")[-1]
    await school.at("11:00").staff("hart").grants("ola")
    await school.at("11:10").says("bisi", text)
    assert "has agreed leave for Ola from Mon 7 Dec, back Tue 8 Dec" in school.words_to("bisi")[-1]
    assert not school.alerted("message_to_read", "ola")


async def test_a_refusal_is_told_again_and_why_is_a_persons_to_say(open_school: OpenSchool) -> None:
    school = await after(open_school, ASKED)
    await school.at("11:00").staff("hart").refuses("ola", "Not exceptional")
    await school.at("11:10").says("bisi", "so is Ola allowed or not")
    assert "has not agreed leave for Ola on Mon 7 Dec" in school.words_to("bisi")[-1]
    await school.at("11:20").says("bisi", "can you tell me why not")
    assert school.alerted("message_to_read")
    assert "Not exceptional" not in "".join(school.words_to("bisi"))


async def test_when_the_child_is_due_back(open_school: OpenSchool) -> None:
    school = await after(open_school, ASKED)
    await school.at("11:00").staff("hart").grants("ola")
    await school.at("11:10").says("bisi", "what day is she due back sorry")
    assert "back Tue 8 Dec" in school.words_to("bisi")[-1]


async def test_a_question_of_the_weather_is_no_question_of_the_leave(open_school: OpenSchool) -> None:
    school = await after(open_school, ASKED, "are the teachers ok after the storm?")
    assert school.alerted("message_to_read")


async def test_or_tomorrow_is_one_more_day_away(open_school: OpenSchool) -> None:
    school = await after(
        open_school, "Ola wont be in today its my mums funeral", "or tomorrow, we are staying up there overnight"
    )
    assert "back Thursday" in school.words_to("bisi")[-1]


async def test_the_days_of_the_month_that_was_said_before(open_school: OpenSchool) -> None:
    school = await after(open_school, "hi can Ola have some time off in december for a family wedding", "11th to 15th")
    assert [(one.first_day, one.return_day) for one in await requests(school)] == [
        (date(2026, 12, 11), date(2026, 12, 16))
    ]


async def test_one_day_or_the_other_is_asked_for_as_both(open_school: OpenSchool) -> None:
    text = "Eid will be 9th or 10th March depending on the moon so Ola will be off that day"
    (ola,) = await requests(await after(open_school, text))
    assert (ola.first_day, ola.return_day) == (date(2027, 3, 9), date(2027, 3, 11))


async def test_where_the_family_wants_to_take_the_child_is_a_request(open_school: OpenSchool) -> None:
    text = "I'd like to take Ola to Disneyland Paris 1st to 4th December for her birthday"
    (ola,) = await requests(await after(open_school, text))
    assert (ola.first_day, ola.return_day) == (date(2026, 12, 1), MON)


async def test_where_the_child_is_to_be_taken_after_school_is_no_request(open_school: OpenSchool) -> None:
    school = await after(open_school, "I need to take Ola to the office to sign her form, is 4pm ok?")
    assert await requests(school) == []


async def test_who_refuses_to_come_today_is_not_told_of_the_leave(open_school: OpenSchool) -> None:
    school = await after(open_school, ASKED, "Ola is refusing to come in today")
    (ola,) = await requests(school)
    assert len(ola.told) == 1

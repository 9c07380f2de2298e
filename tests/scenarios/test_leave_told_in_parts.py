"""A request that comes in several messages: the head reads all of them, nothing is asked twice, and illness of today
in between closes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from attendance.leave import LeaveRequest
from bot import context
from bot.understanding import Message, Report, Understanding, reader
from storage import journal, leave
from tests.support.families import adult, child
from tests.support.fixtures import OpenSchool
from tests.support.school import DAY, School

CARYS = child("carys", "Carys Vaughan", "huw", group="9K", year=9)
NIA = child("nia", "Nia Vaughan", "huw")
HUW = adult("huw", "Huw Vaughan", 21, "father", "vaughan")
HOLIDAY = "Please may one of them have leave for a family holiday in Tenerife from 7 to 11 December"
TICKETS = (
    f"{HOLIDAY}. We fly out on 6 December at 07:10 and land at 18:30 on 13 December. "
    "We are staying at Hotel Sol, Avenida Bruselas."
)
SOME_DAY = "We would like to take Carys on holiday to Tenerife in December"
BOTH = "Carys is ill today. Could she also have 10 and 11 December off please, it is her aunts wedding in Leicester"
OFF, TO_TENERIFE = "Carys will be off from 7 to 11 December", "We are going on a family holiday to Tenerife"
ONE_DAY, HOSPITAL = "Please may Carys have leave on 8 December", "She has a hospital appointment"
PLAIN = {"leave.fields": ["dates", "reason"]}
MON, TUE, AFTER = date(2026, 12, 7), date(2026, 12, 8), date(2026, 12, 14)
NOBODY_NAMED = Understanding("leave", (Report((), "G", MON, AFTER, "day"),), ask=("child",))
READ = {
    HOLIDAY: NOBODY_NAMED,
    TICKETS: NOBODY_NAMED,
    SOME_DAY: Understanding("leave", (Report(("carys",), "G"),), ask=("dates",)),
    OFF: Understanding("absence", (Report(("carys",), "N", MON, AFTER, "day"),), ask=("reason",)),
    TO_TENERIFE: Understanding("leave", (Report(("carys",), "G", MON, AFTER, "day"),)),
    ONE_DAY: Understanding("leave", (Report(("carys",), "N", TUE, date(2026, 12, 9), "day"),), ask=("reason",)),
    HOSPITAL: Understanding("absence", (Report(("carys",), "M", TUE, date(2026, 12, 9), "day"),)),
}
"""How what we have to ask about is read: a better reader asks less often, and what follows is the same."""


@pytest.fixture(autouse=True)
def _read(monkeypatch: pytest.MonkeyPatch) -> None:
    def understand(message: Message, *more: Any, **options: Any) -> Understanding:
        return READ.get(message.text) or reader.understand(message, *more, **options)

    monkeypatch.setattr(context, "understand", understand)


async def opened(open_school: OpenSchool, *texts: str, rules: Mapping[str, object] | None = None) -> School:
    school = await open_school(CARYS, NIA, adults=(HUW,), rules=rules or {})
    for number, text in enumerate(texts):
        await school.at(f"10:{number:02d}").says("huw", text)
    return school


async def requests(school: School) -> list[LeaveRequest]:
    async with school.world.database.read() as db:
        return sorted(await leave.recent(db, school.world.school_id), key=lambda one: one.pupil)


async def words_of(school: School, request: LeaveRequest) -> list[str]:
    async with school.world.database.read() as db:
        lines = await journal.of_pupil(db, school.world.school_id, request.pupil)
    said = {line.data["message"]: line.data["text"] for line in lines if line.kind == "received"}
    return [said[message] for message in request.told]


# -- the first words count -------------------------------------------------------------------------------------------


async def test_the_first_words_and_the_answers_make_the_request(open_school: OpenSchool) -> None:
    school = await opened(open_school, HOLIDAY, "Carys")
    (request,) = await requests(school)
    assert (request.pupil, request.code, request.first_day) == ("carys", "G", MON)
    assert await words_of(school, request) == [HOLIDAY, "Carys"]
    assert request.details["travel_places"] == "Tenerife"
    assert request.lacks[0] != "travel_places", "the place was in the first message"


@pytest.mark.parametrize(
    ("why", "code"), [("It is a wedding in Leeds", "C"), ("Because our whole family meets there that week", "N")]
)
async def test_why_is_answered_for_the_children_and_days_of_the_question(
    open_school: OpenSchool, why: str, code: str
) -> None:
    first = "Could they have the week of 7 December off?"
    school = await opened(open_school, first, why, rules=PLAIN)
    found = await requests(school)
    assert [(one.pupil, one.first_day) for one in found] == [("carys", MON), ("nia", MON)]
    assert {one.code for one in found} == {code}
    assert await words_of(school, found[1]) == [first, why]


async def test_the_reason_of_an_absence_that_turns_out_to_be_leave(open_school: OpenSchool) -> None:
    school = await opened(open_school, OFF, TO_TENERIFE, rules=PLAIN)
    (request,) = await requests(school)
    assert await words_of(school, request) == [OFF, TO_TENERIFE]


async def test_notice_counts_from_the_first_words(open_school: OpenSchool) -> None:
    school = await opened(open_school, HOLIDAY)
    await school.at("10:00", DAY + timedelta(days=2)).says("huw", "Carys")
    (request,) = await requests(school)
    assert request.notice_days == (MON - DAY).days


async def test_what_is_no_answer_is_theirs_too(open_school: OpenSchool) -> None:
    school = await opened(open_school, HOLIDAY, "Los Cristianos", "Carys")
    (request,) = await requests(school)
    assert await words_of(school, request) == [HOLIDAY, "Los Cristianos", "Carys"]


async def test_tickets_and_address_of_the_first_message_are_not_asked_for(open_school: OpenSchool) -> None:
    school = await opened(open_school, TICKETS, "Carys")
    (request,) = await requests(school)
    assert (request.lacks, request.state) == ((), "requested")
    assert "6 December at 07:10" in request.details["tickets"]
    assert "Hotel Sol, Avenida Bruselas" in request.details["stay_address"]


async def test_the_days_are_an_answer_too(open_school: OpenSchool) -> None:
    school = await opened(open_school, SOME_DAY, "7 to 11 December 2026")
    (request,) = await requests(school)
    assert (request.first_day, request.return_day, request.code) == (MON, AFTER, "G")
    assert await words_of(school, request) == [SOME_DAY, "7 to 11 December 2026"]
    assert request.details["travel_places"] == "Tenerife"
    assert not school.of_kind("mark")


async def test_a_change_stands_beside_the_first_words(open_school: OpenSchool) -> None:
    change = "Can we change the leave for Carys to 7 to 9 December instead"
    school = await opened(open_school, HOLIDAY, "Carys", change, rules=PLAIN)
    (request,) = await requests(school)
    assert await words_of(school, request) == [HOLIDAY, "Carys", change]


async def test_words_about_something_else_are_not_joined(open_school: OpenSchool) -> None:
    other = "Please may Carys have leave on 15 December for her aunt's wedding"
    school = await opened(open_school, HOLIDAY, other)
    (request,) = await requests(school)
    assert request.first_day == date(2026, 12, 15)
    assert await words_of(school, request) == [other]
    assert "travel_places" not in request.details


# -- a week, written as a question -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Could they have the week of 7 December off?",
        "Could they have the week commencing 7 December off",
        "Can I take them out of school the week of 7 December?",
        "Would it be ok for both of them to have the week beginning 7 December off please",
    ],
)
async def test_a_week_off_as_a_question_is_a_request(open_school: OpenSchool, text: str) -> None:
    school = await opened(open_school, text, rules=PLAIN)
    assert school.texts() == [("huw", "leave.missing")], "why, and nothing else"
    assert "why you ask" in school.words_to("huw")[-1]
    await school.at("10:10").says("huw", "It is for a family holiday in Spain")
    found = await requests(school)
    assert [(one.pupil, one.code, one.first_day, one.return_day) for one in found] == [
        ("carys", "G", MON, AFTER),
        ("nia", "G", MON, AFTER),
    ]
    assert await words_of(school, found[0]) == [text, "It is for a family holiday in Spain"]


async def test_a_week_off_is_no_answer_to_why_somebody_is_away_today(open_school: OpenSchool) -> None:
    school = await open_school(CARYS, NIA, adults=(HUW,), rules=PLAIN)
    await school.at("09:15").register_closes(without_reason=["carys"])
    await school.at("09:20").says("huw", "Could they have the week of 7 December off?")
    assert not school.of_kind("mark"), "it was read as away from today until then"
    assert "why you ask" in school.words_to("huw")[-1]
    await school.at("09:22").says("huw", "Carys is ill")
    assert {(line["pupil"], line["code"]) for line in school.of_kind("mark")} == {("carys", "I")}
    await school.at("09:24").says("huw", "It is a wedding in Leeds")
    assert [(one.pupil, one.code, one.first_day) for one in await requests(school)] == [
        ("carys", "C", MON),
        ("nia", "C", MON),
    ]


async def test_a_week_off_with_its_reason_is_whole(open_school: OpenSchool) -> None:
    school = await opened(open_school, "Could Nia have the week of 7 December off for a family holiday?", rules=PLAIN)
    (request,) = await requests(school)
    assert (request.pupil, request.code, request.first_day, request.return_day) == ("nia", "G", MON, AFTER)


@pytest.mark.parametrize(
    "text", ["What is on in the week of 7 December?", "Is the week of 7 December off school for everyone?"]
)
async def test_a_question_about_a_week_stays_one(open_school: OpenSchool, text: str) -> None:
    school = await opened(open_school, text, rules=PLAIN)
    assert await requests(school) == []
    assert "leave.missing" not in [template for _, template in school.texts()]


# -- illness of today in between -------------------------------------------------------------------------------------


async def test_illness_today_leaves_which_child_open(open_school: OpenSchool) -> None:
    school = await opened(open_school, HOLIDAY, "Carys is ill today")
    assert school.texts()[-1] == ("huw", "absence.recorded")
    assert {line["code"] for line in school.of_kind("mark", "carys")} == {"I"}
    await school.at("10:10").says("huw", "Nia")
    (request,) = await requests(school)
    assert (request.pupil, request.code, request.first_day) == ("nia", "G", MON)
    assert await words_of(school, request) == [HOLIDAY, "Nia"], "the illness is no part of the request"


async def test_illness_today_leaves_the_reason_open(open_school: OpenSchool) -> None:
    school = await opened(open_school, "Please may Carys have leave from 7 to 11 December", "Nia is ill today")
    assert school.texts()[-1] == ("huw", "absence.recorded")
    assert {line["pupil"] for line in school.of_kind("mark")} == {"nia"}
    await school.at("10:10").says("huw", "family holiday in Spain")
    (request,) = await requests(school)
    assert (request.pupil, request.code, request.first_day) == ("carys", "G", MON)


async def test_illness_today_leaves_the_journey_open(open_school: OpenSchool) -> None:
    school = await opened(open_school, HOLIDAY, "Carys", "Nia is ill today")
    assert school.texts()[-1] == ("huw", "absence.recorded")
    (request,) = await requests(school)
    wanted = request.lacks[0]
    await school.at("10:10").says("huw", "Hotel Sol, Avenida Bruselas")
    (request,) = await requests(school)
    assert request.details[wanted] == "Hotel Sol, Avenida Bruselas"


async def test_illness_and_a_request_in_one_text_are_asked_about_in_one(open_school: OpenSchool) -> None:
    school = await opened(open_school, BOTH)
    assert school.texts()[-1] == ("huw", "absence.recorded")
    await school.at("10:10").says("huw", "with her aunt, 4 Mill Lane Leicester")
    (request,) = await requests(school)
    assert request.details["stay_address"] == "with her aunt, 4 Mill Lane Leicester"


async def test_no_to_such_a_text_takes_the_illness_back_and_answers_nothing(open_school: OpenSchool) -> None:
    school = await opened(open_school, BOTH)
    await school.at("10:10").says("huw", "NO")
    (request,) = await requests(school)
    assert "stay_address" not in request.details
    assert school.of_kind("mark", "carys")[-1]["code"] != "I"


async def test_a_child_who_comes_later_leaves_it_open(open_school: OpenSchool) -> None:
    school = await opened(open_school, HOLIDAY, "Nia is running late, 10 minutes")
    assert school.texts()[-1] == ("huw", "late.recorded")
    await school.at("10:10").says("huw", "Carys")
    (request,) = await requests(school)
    assert (request.pupil, request.first_day) == ("carys", MON)


async def test_which_child_is_ill_is_asked_first_and_then_the_leave_again(open_school: OpenSchool) -> None:
    school = await opened(open_school, HOLIDAY, "She is poorly today")
    assert school.texts()[-1] == ("huw", "absence.which_child")
    await school.at("10:10").says("huw", "Carys")
    assert school.texts()[-1] == ("huw", "absence.recorded")
    assert await requests(school) == []
    await school.at("10:20").says("huw", "Nia")
    (request,) = await requests(school)
    assert (request.pupil, request.code) == ("nia", "G")


async def test_our_own_question_of_the_morning_puts_it_aside(open_school: OpenSchool) -> None:
    school = await open_school(CARYS, NIA, adults=(HUW,))
    await school.at("08:10").says("huw", HOLIDAY)
    await school.at("09:30").register(carys="N")
    await school.at("10:00").says("huw", "She is ill")
    assert school.texts()[-1] == ("huw", "absence.recorded")
    await school.at("10:10").says("huw", "Nia")
    (request,) = await requests(school)
    assert (request.pupil, request.first_day) == ("nia", MON)


async def test_an_answer_that_is_no_leave_closes_the_question(open_school: OpenSchool) -> None:
    school = await opened(open_school, ONE_DAY, HOSPITAL)
    assert await requests(school) == []
    await school.at("10:10").says("huw", "Thank you")
    assert school.texts()[-1][1] != "leave.missing"


# -- a question without its days -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "days", "first", "code"),
    [
        ("Hi, can Carys have time off for a wedding?", "11 and 14 December", date(2026, 12, 11), "C"),
        ("Could Carys have a day off for Eid please", "on the 10th of December", date(2026, 12, 10), "R"),
        ("May I take Carys out of school for a family holiday", "7-11 December", MON, "G"),
        ("Would it be possible for Carys to have leave for the filming", "Tuesday 8th Dec", TUE, "C1"),
        ("can carys have some time off for her cousins wedding", "Friday 11 December", date(2026, 12, 11), "C"),
        ("Can Carys have time off for her cousin's wedding?", "Friday and Monday", date(2026, 11, 20), "C"),
        ("Can Carys have time off for her cousin's wedding?", "all of next week", date(2026, 11, 23), "C"),
    ],
)
async def test_a_question_that_says_no_days_is_asked_for_them(
    open_school: OpenSchool, text: str, days: str, first: date, code: str
) -> None:
    school = await opened(open_school, text, rules=PLAIN)
    assert school.texts() == [("huw", "leave.missing")]
    assert "for Carys, please tell us the first day away and the day back" in school.words_to("huw")[-1]
    assert (await requests(school), school.of_kind("mark")) == ([], []), "no day was guessed"
    await school.at("10:10").says("huw", days)
    (request,) = await requests(school)
    assert (request.pupil, request.code, request.first_day) == ("carys", code, first)
    assert await words_of(school, request) == [text, days]


async def test_the_child_then_the_days_then_why(open_school: OpenSchool) -> None:
    school = await opened(open_school, "Can she have some time off?", "Nia", "8 and 9 December", rules=PLAIN)
    asked = [words.rpartition("please tell us ")[2] for words in school.words_to("huw")]
    assert asked == ["which child it is for.", "the first day away and the day back.", "why you ask."]
    await school.at("10:20").says("huw", "Her aunt gets married, it is a wedding")
    (request,) = await requests(school)
    assert (request.pupil, request.code, request.first_day) == ("nia", "C", TUE)


@pytest.mark.parametrize(
    "text",
    [
        "Can you take my number off the list?",
        "Can Nia have her coat off in class?",
        "Is there any time off at Easter this year?",
        "Can Nia leave early today?",
    ],
)
async def test_a_question_of_something_else_stays_a_persons(open_school: OpenSchool, text: str) -> None:
    school = await opened(open_school, text, rules=PLAIN)
    assert ("huw", "leave.missing") not in school.texts()
    assert await requests(school) == []

"""What cannot be asked for, whose word it is not, and two parents who differ: one clear answer on every channel.

By text, in Telegram and by e-mail here; the form answers the same at its fields (tests/office/test_leave_door.py).
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from attendance.leave import LeaveRequest
from storage import leave
from tests.support.families import adult, child
from tests.support.fixtures import OpenSchool
from tests.support.school import DAY, School

PLAIN = {"leave.fields": ["dates", "reason"]}
CHANNELS = ("sms", "telegram", "email")
WEDDING = "Please may Amina have leave on 8 and 9 December for her aunt's wedding, back on the 10th"
ON_ALL = {"telegram": "71", "email": "ngozi@home.example"}
MOTHER = adult("ngozi", "Ngozi Okafor", 1, "mother", "okafor", **ON_ALL)
FATHER = adult("chidi", "Chidi Okafor", 2, "father", "chidi", telegram="72", email="chidi@home.example")
UNCLE = adult("ray", "Ray Okafor", 60, "uncle", "ray", barred=True)
AMINA = child("amina", "Amina Okafor", "ngozi", "chidi", "ray")


async def opened(open_school: OpenSchool) -> School:
    return await open_school(AMINA, adults=(MOTHER, FATHER, UNCLE), rules=PLAIN)


async def requests(school: School) -> list[LeaveRequest]:
    async with school.world.database.read() as db:
        return await leave.recent(db, school.world.school_id)


def answers(school: School, who: str) -> list[tuple[str, str]]:
    """(channel, words) of everything that this contact was told."""
    return [(line["channel"], line["text"]) for line in school.of_kind("sent") if line["to"] == who]


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Can Amina have leave from 7 December to 4 December please, a wedding", "end before they start"),
        ("Can Amina have leave from 22 December to 30 December for a family wedding", "School is closed"),
        ("I'd like to ask for leave for Amina from 8 November 2027 to 12 November 2027, holiday", "too far ahead"),
        ("Amina was away last Wednesday at a wedding, can you authorise it please", "after the event"),
        ("Leave please: Priya Nair is off on holiday from 8 to 9 December, back Thursday", "A member of staff"),
    ],
)
async def test_one_clear_answer_and_nothing_recorded(
    open_school: OpenSchool, channel: str, text: str, says: str
) -> None:
    school = await opened(open_school)
    await school.at("10:00").says("ngozi", text, channel=channel)
    ((by, words),) = answers(school, "ngozi")
    assert (by, says in words) == (channel, True), words
    assert await requests(school) == []
    assert not school.of_kind("mark")


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("day", ["30 February", "31 November"])
async def test_a_day_that_there_is_not_is_asked_for(open_school: OpenSchool, channel: str, day: str) -> None:
    school = await opened(open_school)
    await school.at("10:00").says("ngozi", f"leave for Amina {day}", channel=channel)
    ((by, words),) = answers(school, "ngozi")
    assert (by, "please tell us the first day away and the day back" in words) == (channel, True), words
    assert await requests(school) == []
    assert not school.of_kind("mark")


@pytest.mark.parametrize("channel", CHANNELS)
async def test_two_parents_who_differ_go_to_a_person_with_who_is_barred(open_school: OpenSchool, channel: str) -> None:
    school = await opened(open_school)
    await school.at("10:00").says("ngozi", WEDDING)
    other = "Amina needs leave on Wednesday 9 December to Friday 11th, we go to Spain on holiday"
    await school.at("11:00").says("chidi", other, channel=channel)
    (request,) = await requests(school)
    assert (request.contact, request.flags) == ("ngozi", ("parents_disagree",))
    ((by, words),) = answers(school, "chidi")
    assert by == channel
    assert "A member of staff at Blue Coat School will read it" in words
    told = {line["to"]: line["because"] for line in school.of_kind("alert") if line["reason"] == "leave_contradicted"}
    assert set(told) >= {"hart"}
    assert all("look at the court order first" in because for because in told.values())
    assert "Spain" not in "".join(words for _, words in answers(school, "ngozi"))


@pytest.mark.parametrize("channel", CHANNELS)
async def test_the_decision_goes_back_and_a_parents_no_takes_the_request_back(
    open_school: OpenSchool, channel: str
) -> None:
    school = await opened(open_school)
    await school.at("10:00").says("ngozi", WEDDING, channel=channel)
    await school.at("10:30").says("ngozi", "Please cancel the leave request for Amina, we are not going any more",
                                  channel=channel)  # fmt: skip
    (request,) = await requests(school)
    assert request.state == "withdrawn"
    assert [by for by, _ in answers(school, "ngozi")] == [channel, channel]


@pytest.mark.parametrize("channel", CHANNELS)
async def test_the_decision_is_told_where_it_was_promised(open_school: OpenSchool, channel: str) -> None:
    school = await opened(open_school)
    await school.at("10:00").says("ngozi", WEDDING, channel=channel)
    assert "and we will tell you here" in answers(school, "ngozi")[-1][1]
    await school.at("10:30").staff("hart").grants("amina", "Wedding")
    (_, told) = answers(school, "ngozi")
    assert (told[0], "has agreed leave for Amina" in told[1]) == (channel, True)


@pytest.mark.parametrize("channel", CHANNELS)
async def test_the_question_of_the_head_is_answered_where_it_was_asked(open_school: OpenSchool, channel: str) -> None:
    school = await opened(open_school)
    await school.at("10:00").says("ngozi", WEDDING, channel=channel)
    await school.at("11:00").staff("hart").asks_more("amina", "Could she travel after school?")
    by, words = answers(school, "ngozi")[-1]
    assert "Could she travel after school?" in words
    await school.at("11:30").says("ngozi", "No, the ceremony is at noon on the 8th", channel=by)
    (request,) = await requests(school)
    assert (request.state, request.details["more"]) == ("requested", "No, the ceremony is at noon on the 8th")


@pytest.mark.parametrize("channel", CHANNELS)
async def test_a_flight_that_is_late_goes_to_the_request(open_school: OpenSchool, channel: str) -> None:
    school = await opened(open_school)
    await school.at("10:00").says("ngozi", "Please may Amina have leave tomorrow for her aunt's wedding, back Thursday")
    await school.at("11:00").staff("hart").grants("amina", "Wedding")
    text = "Our flight is delayed, Amina will be back on Friday"
    await school.at("17:00", DAY + timedelta(days=1)).says("ngozi", text, channel=channel)
    (request,) = await requests(school)
    assert request.until == DAY + timedelta(days=3)
    assert answers(school, "ngozi")[-1][0] == channel

"""Staff answer an alert with what came of the child: recorded, read back, taken back; no vague word ends a search."""

from __future__ import annotations

import pytest

from tests.scenarios.test_staff_answer import HART, OKORO, REED, at_noon, number_of, taken, told
from tests.support.families import AMINA, BEN
from tests.support.fixtures import OpenSchool


@pytest.mark.parametrize(
    ("words", "outcome", "read_back"),
    [
        ("found her in the library", "present_after_all", "found safe in school"),
        ("she's in class, I've seen her", "present_after_all", "found safe in school"),
        ("she has just arrived", "arrived_late", "in school by now, late"),
        ("spoke to mum, she is ill at home", "answered_ill", "ill, says the family"),
        ("mum says he is running late", "late_on_the_way", "on the way, says the family"),
    ],
)
async def test_plain_words_settle_the_child_and_are_read_back(
    open_school: OpenSchool, words: str, outcome: str, read_back: str
) -> None:
    school = await at_noon(open_school, AMINA)
    number = number_of(told(school, REED)[-1])
    await school.at("12:05").says(REED, words)
    case = await school.case("amina")
    assert (case.stage, case.outcome) == ("settled", outcome)
    answer = told(school, REED)[-1].text
    assert f"12:05: A.O. 7M recorded as {read_back}. If that is wrong, reply UNDO {number}." in answer
    assert "Amina" not in answer
    assert not await school.live_alerts()


@pytest.mark.parametrize(
    "words",
    ["found out she's ill?", "not found", "found her brother", "she should be in class", "found her in town",
     "spoke to mum, she is at home", "found her crying in the toilets"],
)  # fmt: skip
async def test_vague_words_end_no_search_and_a_person_reads_them(open_school: OpenSchool, words: str) -> None:
    school = await at_noon(open_school, AMINA)
    await school.at("12:05").says(REED, words)
    assert school.state("amina") == "handed_over"
    assert "nothing was taken" in told(school, REED)[-1].text
    assert "message_to_read" in [one.reason for one in await school.live_alerts()]


async def test_a_child_who_is_sought_is_found_by_a_text_and_the_family_hears(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:20").says("ngozi", "she left at 8, she should be there")
    assert school.state("amina") == "alarmed"
    await school.at("09:25").says(REED, "found her in the music room, safe and well")
    assert (await school.case("amina")).outcome == "present_after_all"
    assert "Amina has been found and is in school" in school.words_to("ngozi")[-1]
    assert not [task for task in await school.open_tasks() if task.what == "find_child"]


async def test_with_several_children_it_is_asked_which_and_the_initials_say_so(open_school: OpenSchool) -> None:
    school = await at_noon(open_school, AMINA, BEN)
    await school.at("12:05").says(REED, "found her in the library")
    assert (school.state("amina"), school.state("ben")) == ("handed_over", "handed_over")
    asked = told(school, REED)[-1].text
    assert "Which child?" in asked
    assert "A.O. 7M" in asked
    assert "B.T. 7M" in asked
    await school.at("12:06").says(REED, "found A.O. 7M in the library")
    assert (school.state("amina"), school.state("ben")) == ("settled", "handed_over")
    await school.at("12:07").says(REED, "found him in the gym")  # one is left
    assert school.state("ben") == "settled"


async def test_the_number_of_an_alert_says_which_child(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN)
    await school.at("09:15").register_closes(without_reason=["amina", "ben"])
    await school.at("11:58").says("kelly", "he left at 8 for school")
    ben = number_of(told(school, REED)[-1])
    await school.at("12:00").nothing_heard()
    await school.at("12:02").says(REED, f"{ben} found him, he is in PE")
    assert (school.state("amina"), school.state("ben")) == ("handed_over", "settled")


@pytest.mark.parametrize("words", ["UNDO {number}", "undo", "no that's wrong", "sorry, wrong child"])
async def test_what_was_recorded_can_be_taken_back(open_school: OpenSchool, words: str) -> None:
    school = await at_noon(open_school, AMINA)
    number = number_of(told(school, REED)[-1])
    await school.at("12:05").says(REED, "found her in the library")
    await school.at("12:07").says(REED, words.format(number=number))
    assert school.state("amina") == "handed_over"
    assert any("taken back. A.O. 7M is looked for again" in one.text for one in told(school, REED)[-2:])
    (alert,) = [one for one in await school.live_alerts() if "amina" in one.pupils]
    assert "Ms Reed took back what was recorded" in alert.because


async def test_an_alarm_that_was_closed_by_mistake_is_an_alarm_again(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:20").says("ngozi", "she left at 8, she should be there")
    await school.at("09:25").says(REED, "found her in the music room")
    await school.at("09:26").says(REED, "undo")
    assert school.state("amina") == "alarmed"
    assert "The family was told that all is well: ring." in [one.because for one in await school.live_alerts()][-1]


async def test_nothing_is_taken_back_of_a_child_whom_the_register_has_seen_since(open_school: OpenSchool) -> None:
    school = await at_noon(open_school, AMINA)
    await school.at("12:05").says(REED, "found her in the library")
    await school.at("12:06").register(amina="/")
    await school.at("12:07").says(REED, "undo")
    assert school.state("amina") == "settled"
    assert "Not done" in told(school, REED)[-1].text


async def test_who_reached_the_family_has_it_and_is_asked_what_came_of_it(open_school: OpenSchool) -> None:
    school = await at_noon(open_school, AMINA)
    await school.at("12:05").says(REED, "spoke to mum")
    assert await taken(school, "amina") == ["reed"]
    assert "Say what came of it" in told(school, REED)[-1].text
    await school.at("12:06").says(REED, "spoke to mum, she is ill at home")
    assert school.state("amina") == "settled"


async def test_nobody_settles_a_child_of_whom_they_were_not_told(open_school: OpenSchool) -> None:
    school = await at_noon(open_school, AMINA)
    await school.at("12:05").says(HART, "found her in the library")
    assert school.state("amina") == "handed_over"
    await school.at("12:06").says("+447700900099", "found her in the library")
    assert school.state("amina") == "handed_over"


async def test_words_about_harm_are_not_ended_by_a_child_that_is_found(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:20").says("ngozi", "her dad hits her")
    await school.at("12:00").nothing_heard()
    await school.at("12:05").says(OKORO, "found her in the library")
    assert "safeguarding" in [one.reason for one in await school.live_alerts()]

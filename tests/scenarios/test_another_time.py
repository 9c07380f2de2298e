""" "Sorry, make that 1.45": the time that was read back changes, or the office hears; it is nobody's lateness."""

from __future__ import annotations

import pytest

from bot.whereabouts.outings import HALVES
from tests.support.families import AMINA, BEN, ZOFIA
from tests.support.fixtures import OpenSchool
from tests.support.school import School


def codes(school: School) -> dict[str, str | None]:
    """What is proposed for Amina, by half of the day."""
    return {half: found[-1][1] for half in HALVES if (found := school.marks("amina", half))}


async def test_another_time_to_be_collected_is_read_back(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("08:00").says("ngozi", "Amina has the dentist today, collecting her at 1")
    await school.at("08:05").says("ngozi", "sorry make that 1.15")
    assert "leaving at 13:15" in school.words_to("ngozi")[-1]
    assert codes(school) == {"pm": "M"}


async def test_by_the_new_time_no_register_is_missed(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("08:00").says("ngozi", "Amina has the dentist today, collecting her at 1.15")
    await school.at("08:05").says("ngozi", "sorry make that 1.45")
    assert codes(school) == {"pm": "-"}
    (read,) = [one for one in await school.live_alerts() if one.reason == "message_to_read"]
    assert read.because.startswith("The child is to leave during the day")


async def test_another_time_to_be_back_after_an_appointment(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("08:00").says("ngozi", "Amina is at the dentist this morning, back at 10.15")
    await school.at("08:05").says("ngozi", "sorry make that 10.45")
    assert "in at 10:45" in school.words_to("ngozi")[-1]


async def test_another_time_of_who_is_late(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("08:00").says("ngozi", "Amina will be late, in at 10")
    await school.at("08:05").says("ngozi", "sorry make that 10.30")
    assert "at about 10:30" in school.words_to("ngozi")[-1]


@pytest.mark.parametrize(
    "first",
    [
        "I'll collect Amina at 10 and have her back by 11.30",  # an outing, which the office has
        "Collecting Amina at 2pm for the dentist, she won't be back",
        "picking Amina up at 1.15 for the orthodontist, back by 2.30",  # either time may be meant
    ],
)
async def test_where_it_is_not_plain_the_office_hears_and_nobody_is_late(open_school: OpenSchool, first: str) -> None:
    school = await open_school(AMINA)
    await school.at("08:00").says("ngozi", first)
    before = codes(school)
    await school.at("08:05").says("ngozi", "sorry make that 1.45")
    assert "We expect" not in school.words_to("ngozi")[-1]
    read = [one for one in await school.live_alerts() if one.reason == "message_to_read"]
    assert any("amina" in one.pupils and one.because.startswith("A time is put right") for one in read)
    assert codes(school) == before


@pytest.mark.parametrize("words", ["It's hockey, all day", "a match, away all day"])
async def test_a_match_is_no_day_of_return_of_a_sister_who_is_ill(open_school: OpenSchool, words: str) -> None:
    school = await open_school(ZOFIA, {**BEN, "contacts": ["agata"]})
    await school.at("09:15").register_closes(without_reason=["zofia", "ben"])
    await school.at("09:20").says("agata", "Zofia has a temperature. Ben's at the county trials")
    await school.at("09:24").says("agata", words)
    answer = school.words_to("agata")[-1]
    assert "back tomorrow" not in answer.replace("Ben absent today, back tomorrow", "")


async def test_a_match_is_no_illness_where_the_reason_is_asked(open_school: OpenSchool) -> None:
    school = await open_school(ZOFIA, {**BEN, "contacts": ["agata"]})
    await school.at("09:15").register_closes(without_reason=["zofia", "ben"])
    await school.at("09:20").says("agata", "Zofia is poorly and Ben has a match with school")
    await school.at("09:24").says("agata", "It's hockey, all day")
    assert (await school.entry("ben")).ours in (None, "N")
    assert (await school.entry("zofia")).ours == "I"
    assert [one.pupils for one in await school.live_alerts() if one.reason == "message_to_read"] == [("ben",)]


@pytest.mark.parametrize("words", ["back tomorrow", "poorly after hockey, all day"])
async def test_a_day_or_an_illness_beside_it_is_read_as_ever(open_school: OpenSchool, words: str) -> None:
    school = await open_school(ZOFIA)
    await school.at("09:15").register_closes(without_reason=["zofia"])
    await school.at("09:20").says("agata", "Zofia is poorly")
    await school.at("09:24").says("agata", words)
    assert (await school.entry("zofia")).ours == "I"
    assert not [one for one in await school.live_alerts() if one.reason == "message_to_read"]

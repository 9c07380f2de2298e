"""One child has gone in and the other is off: each is read back for itself, and nobody looks for who is off."""

from __future__ import annotations

import pytest

from tests.support.families import JAN, ZOFIA
from tests.support.fixtures import OpenSchool

WORDS = "Zofia's gone in, got a mock. just Jan off"


async def test_of_two_who_were_reported_the_one_is_in_and_the_other_stands(open_school: OpenSchool) -> None:
    school = await open_school(ZOFIA, JAN)
    await school.at("08:00").says("agata", "Zofia and Jan are both ill today")
    await school.at("08:20").says("agata", WORDS)
    said = school.words_to("agata")[-1]
    assert school.texts()[-1] == ("agata", "absence.corrected")
    assert "Zofia in school today" in said
    assert "Jan off ill today" in said
    assert school.alerted("message_to_read") == []
    assert (school.marks("zofia")[-1][1], school.marks("jan")[-1][1]) == ("-", "I")


async def test_of_whom_the_register_misses_why_is_asked(open_school: OpenSchool) -> None:
    school = await open_school(ZOFIA, JAN)
    await school.at("09:15").register_closes(without_reason=["jan"])
    await school.at("09:20").says("agata", WORDS)
    assert school.texts()[-1] == ("agata", "absence.reason")
    assert school.alerted("believed_in_school") == []


async def test_who_is_said_to_be_in_and_is_missed_is_sought(open_school: OpenSchool) -> None:
    school = await open_school(ZOFIA, JAN)
    await school.at("09:15").register_closes(without_reason=["jan", "zofia"])
    await school.at("09:20").says("agata", WORDS)
    assert school.alerted("believed_in_school", "zofia")
    assert school.alerted("believed_in_school", "jan") == []


@pytest.mark.parametrize("words", ["Zofia got the bus but he wasn't on it", "Zofia is in. where is Jan?"])
async def test_of_whom_nothing_is_told_is_sought(open_school: OpenSchool, words: str) -> None:
    school = await open_school(ZOFIA, JAN)
    await school.at("09:15").register_closes(without_reason=["jan"])
    await school.at("09:20").says("agata", words)
    assert school.state("jan") == "alarmed"

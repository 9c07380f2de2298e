"""Ill, then coming in, then not after all: what was said an hour before is not asked again."""

from __future__ import annotations

import pytest

from tests.support.families import AMINA, BEN
from tests.support.fixtures import OpenSchool


@pytest.mark.parametrize(
    "again", ["Change of plan, it came back. Keeping her home", "no she's not coming in after all"]
)
async def test_the_reason_is_the_one_that_was_taken_back(open_school: OpenSchool, again: str) -> None:
    school = await open_school(AMINA, BEN)
    await school.at("08:30").says("ngozi", "Amina has a migraine")
    await school.at("08:32").says("ngozi", "scrap that she's coming in")
    await school.at("08:40").says("ngozi", again)
    assert school.marks("amina")[-1] == (None, "I")
    assert "off ill today" in school.words_to("ngozi")[-1]
    await school.at("09:14").register(amina="N", ben="/")
    await school.at("10:30").nothing_heard()
    assert school.state("amina") is None, "nobody is asked"


@pytest.mark.parametrize(
    ("first", "back"),
    [("Amina has the dentist at 9", "dentist cancelled, she'll be in"), ("Amina is ill", "NO")],
)
async def test_an_appointment_that_is_off_and_a_rejected_report_explain_nothing(
    open_school: OpenSchool, first: str, back: str
) -> None:
    school = await open_school(AMINA, BEN)
    await school.at("08:30").says("ngozi", first)
    await school.at("08:32").says("ngozi", back)
    await school.at("08:40").says("ngozi", "she's not coming in after all")
    assert "Amina" in school.words_to("ngozi")[-1]


async def test_more_about_what_was_told_asks_for_no_reason(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN)
    await school.at("09:14").register(amina="N", ben="/")
    await school.at("09:20").says("ngozi", "She's on the D of E expedition with your school!!")
    before = len(school.words_to("ngozi"))
    await school.at("09:24").says("ngozi", "Mr Clay has them all at the minibus")
    assert not any("why Amina is away" in words for words in school.words_to("ngozi")[before:])


async def test_no_to_what_was_read_back_is_one_question_to_whoever_said_it(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN)
    await school.at("08:30").says("ngozi", "Amina is ill today")
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:30").says("ngozi", "no that's wrong")
    assert len(school.words_to("ngozi")) == 2  # the read-back, and one question
    assert "Amina" in school.words_to("ngozi")[-1]

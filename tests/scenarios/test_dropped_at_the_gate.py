""" "Just dropped her at the gate": of a child who is expected it starts no search; of one who is missed it does."""

from __future__ import annotations

import pytest

from tests.support.families import AMINA, BEN
from tests.support.fixtures import OpenSchool

GATE = "Just dropped her at the gate"


async def test_brought_before_the_close_and_expected_is_on_the_way(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("08:25").says("ngozi", "Amina will be late, in at 9")
    await school.at("08:55").says("ngozi", GATE)
    assert not school.alerts("amina")
    assert "We expect Amina soon" in school.words_to("ngozi")[-1]
    await school.at("09:15").register_closes(without_reason=["amina"])
    assert school.state("amina") == "answered"
    await school.at("09:20").register(amina="L")
    await school.at("10:30").nothing_heard()
    assert not school.alerts("amina")
    assert school.state("amina") == "settled"


async def test_who_is_brought_and_has_no_mark_is_looked_for_after_the_usual_time(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("08:25").says("ngozi", "Amina will be late, in at 9")
    await school.at("08:55").says("ngozi", GATE)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:39").nothing_heard()
    assert not school.alerts("amina")
    await school.at("10:00").nothing_heard()
    assert school.state("amina") == "alarmed"


@pytest.mark.parametrize("words", [GATE, "dropped her off just now"])
async def test_brought_after_the_close_while_the_time_that_was_said_is_not_over(
    open_school: OpenSchool, words: str
) -> None:
    school = await open_school(AMINA)
    await school.at("08:25").says("ngozi", "Amina will be late, in at 9.30")
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:28").says("ngozi", words)
    assert not school.alerts("amina")
    await school.at("10:12").nothing_heard()
    assert not school.alerts("amina")
    await school.at("10:14").nothing_heard()
    assert school.state("amina") == "alarmed"


async def test_brought_after_an_appointment_keeps_the_appointment(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("08:25").says("ngozi", "Amina is at the dentist this morning, back by 10.45")
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("10:40").says("ngozi", GATE)
    assert not school.alerts("amina")
    assert (await school.entry("amina")).ours == "M"
    await school.at("10:50").register(amina="L")
    assert school.state("amina") == "settled"


@pytest.mark.parametrize(
    "words", ["she's in school, I dropped her at nine", "she should be there by now", "just dropped her, is she in?"]
)
async def test_words_of_a_time_before_are_looked_into_once_the_register_has_missed_her(
    open_school: OpenSchool, words: str
) -> None:
    school = await open_school(AMINA)
    await school.at("08:25").says("ngozi", "Amina will be late, in at 9.20")
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:28").says("ngozi", words)
    assert school.state("amina") == "alarmed"


async def test_a_child_whom_nobody_expected_is_searched_for_at_once(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:17").says("ngozi", "I dropped her at the gate at half eight")
    assert school.state("amina") == "alarmed"


async def test_one_of_two_who_was_not_expected_is_searched_for(open_school: OpenSchool) -> None:
    school = await open_school({**AMINA, "contacts": ["ngozi"]}, {**BEN, "contacts": ["ngozi"]})
    await school.at("08:25").says("ngozi", "Amina will be late, in at 9.30")
    await school.at("09:15").register_closes(without_reason=["amina", "ben"])
    await school.at("09:20").says("ngozi", "just dropped Amina and Ben at the gate")
    assert school.state("ben") == "alarmed"

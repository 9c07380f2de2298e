"""A thread that a person took over and never handed back is the machine's again after the school day: what we ask the
next day, and the answer to it, count.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from storage import journal
from tests.support.families import AMINA
from tests.support.fixtures import OpenSchool
from tests.support.school import School

COMPLAINT = "Why is it always me you lot pester?"
TOMORROW = date(2026, 11, 18)


async def _complained(open_school: OpenSchool) -> School:
    school = await open_school(AMINA)
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("09:20").says("ngozi", COMPLAINT)
    return school


async def _is_answered_the_next_day(school: School) -> None:
    await school.at("09:15", TOMORROW).register_closes(without_reason=["amina"])
    await school.at("09:20").says("ngozi", "Amina is ill, back tomorrow")
    assert school.texts()[-1] == ("ngozi", "absence.recorded")
    assert (await school.case("amina")).stage == "answered"
    assert school.marks("amina")[-1] == ("N", "I")


async def test_an_answer_of_the_next_day_counts(open_school: OpenSchool) -> None:
    school = await _complained(open_school)
    await school.at("09:24").staff("reed").takes_over("ngozi")
    await _is_answered_the_next_day(school)


@pytest.mark.parametrize("outcome", ["answered_other", "answered_ill", "no_reason_given"])
async def test_an_answer_counts_after_a_day_that_a_person_settled(open_school: OpenSchool, outcome: str) -> None:
    school = await _complained(open_school)
    await school.at("09:24").staff("reed").settles("amina", outcome)
    await _is_answered_the_next_day(school)


async def test_an_answer_counts_after_an_alert_that_a_person_took(open_school: OpenSchool) -> None:
    school = await _complained(open_school)
    await school.at("09:24").staff("reed").acknowledges("amina")
    await _is_answered_the_next_day(school)


async def test_a_thread_taken_over_in_the_evening_is_the_machines_the_next_morning(open_school: OpenSchool) -> None:
    school = await _complained(open_school)
    await school.at("17:30").staff("reed").takes_over("ngozi")
    await school.at("18:30").says("ngozi", "Amina is off tomorrow too, still ill")
    assert school.texts()[-1][1] != "absence.recorded", "hers for this evening"
    await _is_answered_the_next_day(school)


async def test_it_is_the_holders_until_the_school_day_ends(open_school: OpenSchool) -> None:
    school = await _complained(open_school)
    await school.at("09:24").staff("reed").takes_over("ngozi")
    said = school.words_to("ngozi")
    await school.at("15:50").says("ngozi", "Amina is ill")
    assert school.words_to("ngozi") == said
    await school.at("16:10").says("ngozi", "Amina is off tomorrow too, still ill")
    assert school.texts()[-1] == ("ngozi", "absence.recorded"), "what she reports in the evening is not lost"


async def test_staff_see_that_it_ended(open_school: OpenSchool) -> None:
    school = await _complained(open_school)
    await school.at("09:24").staff("reed").takes_over("ngozi")
    await school.at("16:30").nothing_heard()
    (taken, ended) = await _thread_lines(school)
    assert (taken["owner"], ended["owner"], ended["by"], ended["ended"]) == ("reed", None, "Ms Reed", "day")
    await school.at("08:00", TOMORROW).nothing_heard()
    assert len(await _thread_lines(school)) == 2, "once"


async def test_who_hands_back_needs_no_end_of_the_day(open_school: OpenSchool) -> None:
    school = await _complained(open_school)
    await school.at("09:24").staff("reed").takes_over("ngozi")
    await school.at("09:40").staff("reed").hands_back("ngozi")
    await school.at("16:30").nothing_heard()
    assert [line.get("ended") for line in await _thread_lines(school)] == [None, None]


async def _thread_lines(school: School) -> list[Mapping[str, Any]]:
    async with school.world.database.read() as db:
        lines = await journal.of_pupil(db, school.world.school_id, "amina")
    return [line.data for line in lines if line.kind == "thread"]


async def test_what_nobody_read_there_stays_unread(open_school: OpenSchool) -> None:
    school = await _complained(open_school)
    await school.at("09:24").staff("reed").takes_over("ngozi")
    await school.at("15:58").says("ngozi", "There is something I need to talk to you about")
    before = len(school.alerted("message_to_read"))
    await school.at("09:00", TOMORROW).nothing_heard()
    assert len(school.alerted("message_to_read")) > before, "it climbs"

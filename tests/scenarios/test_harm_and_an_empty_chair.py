"""Harm or a threat told before the register, and then the register misses the child: the lead hears at once."""

from __future__ import annotations

from datetime import timedelta

from tests.support.families import AMINA
from tests.support.fixtures import OpenSchool
from tests.support.school import DAY

KNIFE = "A boy in year 9 said he has a knife for Amina, she has left for school but she is terrified"


async def test_whoever_reads_of_it_hears_that_the_register_misses_the_child(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("08:20").says("ngozi", KNIFE)
    await school.at("08:30").staff("okoro").acknowledges("amina")
    await school.at("09:15").register_closes(without_reason=["amina"])
    assert ("09:15", "okoro") in school.alerted("vulnerable_absent", "amina")
    assert ("ngozi", "absence.ask") in school.texts("amina"), "the chase goes on"


async def test_of_a_child_who_is_in_nobody_hears_more(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("08:20").says("ngozi", KNIFE)
    await school.at("09:15").register_closes()
    assert school.alerted("vulnerable_absent") == []


async def test_what_was_told_days_ago_is_no_news_of_this_morning(open_school: OpenSchool) -> None:
    later = DAY + timedelta(days=2)
    school = await open_school(AMINA, all_in_until=later)
    await school.at("08:20").says("ngozi", KNIFE)
    await school.at("09:15").register_closes()
    await school.at("09:15", later).register_closes(without_reason=["amina"])
    assert school.alerted("vulnerable_absent") == []

"""Reported away without a day of return: the next day is asked about, and not as if nothing had been said."""

from __future__ import annotations

from datetime import timedelta

from tests.support.families import AMINA, BEN
from tests.support.fixtures import OpenSchool
from tests.support.school import DAY

NEXT_DAY = DAY + timedelta(days=1)
KNOWN = "Thank you for telling us about Tue 17 Nov; we do not know when Amina will be back."


async def test_whoever_told_us_is_asked_on_from_there_and_nobody_else(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("08:20").says("ngozi", "Amina is poorly today, will let you know when she's back")
    await school.at("09:15", NEXT_DAY).register_closes(without_reason=["amina"])
    await school.at("09:50", NEXT_DAY).nothing_heard()
    assert KNOWN in school.words_to("ngozi")[-1]
    (asked,) = school.words_to("chidi")
    assert "Thank you" not in asked


async def test_whoever_gets_the_case_hears_of_it(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("08:20").says("ngozi", "we can't get home from Spain, flight cancelled, Amina won't be in")
    await school.at("09:15", NEXT_DAY).register_closes(without_reason=["amina"])
    await school.at("12:01", NEXT_DAY).nothing_heard()
    (alert,) = [one for one in await school.live_alerts() if one.reason == "not_reached"]
    assert "It was reported away on 17 November, without a day of return." in alert.because


async def test_back_in_between_it_is_a_new_absence(open_school: OpenSchool) -> None:
    third = NEXT_DAY + timedelta(days=1)
    school = await open_school(AMINA)
    await school.at("08:20").says("ngozi", "Amina is poorly today, will let you know when she's back")
    await school.at("09:15", NEXT_DAY).register_closes()
    await school.at("09:15", third).register_closes(without_reason=["amina"])
    assert "Thank you" not in school.words_to("ngozi")[-1]


async def test_of_a_child_of_whom_nothing_was_said_nothing_is_known(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN)
    await school.at("08:20").says("ngozi", "Amina is poorly today, back tomorrow")
    await school.at("09:15", NEXT_DAY).register_closes(without_reason=["amina", "ben"])
    assert "Thank you" not in school.words_to("ngozi")[-1]
    assert "Thank you" not in school.words_to("kelly")[-1]

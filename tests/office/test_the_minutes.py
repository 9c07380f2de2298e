"""The minutes page: from a register's close to first attempt, answer and person; by child, by day and by term."""

from __future__ import annotations

from datetime import timedelta

from tests.office.browsing import Opener
from tests.support.families import AMINA, BEN, JAN
from tests.support.school import DAY


async def test_a_day_by_child_and_as_a_whole(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN, JAN)
    await office.school.at("09:10").register_closes(without_reason=["amina", "ben"])
    await office.school.at("09:27").says("ngozi", "Amina has a tummy bug, off today")
    await office.school.at("12:10").staff("reed").acknowledges("ben")
    reed = await office.sign_in("reed")
    await reed.see("/office/minutes")
    assert "Minutes, Tuesday 17 November 2026" in reed.text
    assert "Tue 17 Nov 2 0 min , longest 0 min 12 min , longest 12 min; 1 of 2" in reed.text
    assert "Amina Okafor 7M 09:15 morning in time 0 min 12 min not needed not needed" in reed.text
    assert "Ben Tolliver 7M 09:15 morning in time 0 min not yet 2 h 45 min 2 h 55 min" in reed.text
    assert "Jan" not in reed.text


async def test_an_earlier_day_and_a_day_that_is_none(open_office: Opener) -> None:
    office = await open_office(AMINA)
    await office.school.at("09:10").register_closes(without_reason=["amina"])
    await office.school.at("08:30", DAY + timedelta(days=1)).nothing_heard()
    reed = await office.sign_in("reed")
    await reed.see("/office/minutes")
    assert "Minutes, Wednesday 18 November 2026" in reed.text
    assert "No child was without a reason" in reed.text
    await reed.see(f"/office/minutes?day={DAY}")
    assert "Amina Okafor" in reed.text
    await reed.see("/office/minutes?day=never")
    assert "Minutes, Wednesday 18 November 2026" in reed.text


async def test_a_tutor_sees_the_own_group_only(open_office: Opener) -> None:
    office = await open_office(AMINA, JAN)
    await office.school.at("09:10").register_closes(without_reason=["amina", "jan"])
    await office.school.at("09:20").nothing_heard()
    wood = await office.sign_in("wood")
    await wood.see("/office/minutes")
    assert "Jan Wilk" in wood.text
    assert "Amina" not in wood.text


async def test_the_term_so_far_stands_below_the_days(open_office: Opener) -> None:
    office = await open_office(AMINA, BEN)
    await office.school.at("09:10").register_closes(without_reason=["amina", "ben"])
    await office.school.at("09:27").says("ngozi", "Amina has a tummy bug, off today")
    for days in (1, 2, 3, 6, 7, 8):
        day = DAY + timedelta(days=days)
        await office.school.at("09:15", day).register_closes(without_reason=["amina"])
        await office.school.at(f"09:{36 + days}", day).says("ngozi", "Amina is poorly, off today")
    reed = await office.sign_in("reed")
    await reed.see("/office/minutes")
    assert "Term so far since 2 Sep 8 0 min , longest 0 min 24 min , longest 29 min; 7 of 8 2 h 45 min" in reed.text
    await reed.see(f"/office/minutes?day={DAY + timedelta(days=1)}")
    assert "Term so far since 2 Sep 3 0 min , longest 0 min 17 min , longest 22 min; 2 of 3" in reed.text


async def test_the_term_of_a_tutor_is_of_the_own_group_only(open_office: Opener) -> None:
    office = await open_office(AMINA, JAN)
    await office.school.at("09:10").register_closes(without_reason=["amina", "jan"])
    await office.school.at("09:20").nothing_heard()
    wood = await office.sign_in("wood")
    await wood.see("/office/minutes")
    assert "Term so far since 2 Sep 1 0 min" in wood.text

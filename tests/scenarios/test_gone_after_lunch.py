"""Missed after lunch: nobody hears of one child twice in the same minute."""

from __future__ import annotations

from collections import Counter

from tests.support.families import AMINA, BEN
from tests.support.fixtures import OpenSchool
from tests.support.school import School


def told_twice(school: School) -> list[tuple[str, str, str]]:
    """Who was told of one child more than once in one minute."""
    lines = [line for line in school.of_kind("alert") if line.get("pupils")]
    told = Counter((line["at"][11:16], line["to"], pupil) for line in lines for pupil in line["pupils"])
    return [one for one, times in told.items() if times > 1]


async def test_a_child_of_the_priority_list_who_is_gone_after_lunch(open_school: OpenSchool) -> None:
    school = await open_school({**AMINA, "tags": ["social_worker"]}, BEN)
    await school.at("09:00").register(amina="/", ben="/")
    await school.at("13:40").register_closes("pm", without_reason=["amina", "ben"])
    assert sorted(who for who, _ in school.alerted("afternoon_absence", "amina")) == ["13:40", "13:40"]
    await school.at("15:30").nothing_heard()
    assert told_twice(school) == []


async def test_a_search_beside_it_is_one_thing_that_climbs(open_school: OpenSchool) -> None:
    school = await open_school(AMINA)
    await school.at("09:00").register(amina="/")
    await school.at("13:40").register_closes("pm", without_reason=["amina"])
    await school.at("13:50").says("ngozi", "no idea, she should be there")
    climbs = [one.reason for one in await school.live_alerts() if one.climbs and "amina" in one.pupils]
    assert len(climbs) == 1
    told = {line["to"] for line in school.of_kind("alert", "amina") if line["at"][11:16] == "13:50"}
    assert {"reed", "okoro"} <= told

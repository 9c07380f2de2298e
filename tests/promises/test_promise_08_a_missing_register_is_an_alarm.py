"""Promise 8. A class that nobody marked: staff, the ladder and the call sheet; its families hear nothing."""

from __future__ import annotations

from datetime import date, timedelta

from tests.support.families import AMINA, BEN, JAN, ZOFIA
from tests.support.fixtures import OpenSchool
from tests.support.school import DAY

NOT_IN = {"unaccounted", "register_missing"}


async def test_the_class_is_chased_not_its_families(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN, JAN)
    await school.at("09:14").register(group="7M", amina="/", ben="/")
    await school.at("09:30").nothing_heard()
    assert school.texts() == []
    assert [minute for minute, _ in school.alerted("register_missing")][:1] == ["09:15"]
    assert [(minute, who) for minute, who in school.alerted("unaccounted", "jan")] == [("09:30", "reed")]
    assert school.alerted("unaccounted", "amina") == []


async def test_it_climbs_and_ends_when_the_register_comes(open_school: OpenSchool) -> None:
    school = await open_school(ZOFIA, JAN)
    await school.at("09:14").register(group="7M", zofia="/")
    await school.at("09:46").nothing_heard()
    assert [who for _, who in school.alerted("unaccounted", "jan")] == ["reed", "okoro"]
    await school.at("09:50").register(group="9K", jan="/")
    told = len(school.alerts())
    await school.at("12:30").nothing_heard()
    assert len(school.alerts()) == told
    assert school.texts() == []


async def test_an_n_in_the_late_register_is_chased_from_then_on(open_school: OpenSchool) -> None:
    school = await open_school(ZOFIA, JAN)
    await school.at("09:14").register(group="7M", zofia="/")
    await school.at("09:50").register(group="9K", jan="N")
    assert school.texts() == [("agata", "absence.ask")]
    assert school.of_kind("sent")[0]["at"][11:16] == "09:50"


async def test_a_child_reported_away_is_not_unaccounted(open_school: OpenSchool) -> None:
    school = await open_school(ZOFIA, JAN)
    await school.at("08:20").says("agata", "Zofia is ill today")
    await school.at("09:14").register(group="9K", jan="/")
    await school.at("09:31").nothing_heard()
    assert ("09:15", "reed") in school.alerted("register_missing")
    assert school.alerted("unaccounted", "zofia") == []


async def test_the_next_school_days_register_is_the_newer_alarm_and_ends_the_older(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, JAN)
    next_day = DAY + timedelta(days=1)

    async def missed() -> set[date]:
        return {one.session.day for one in await school.live_alerts() if one.session and one.reason in NOT_IN}

    await school.at("16:00").nothing_heard()
    assert await missed() == {DAY}
    await school.at("09:35", next_day).nothing_heard()
    assert await missed() == {next_day}


async def test_the_register_of_class_1_ends_no_alarm_about_class_10(open_school: OpenSchool) -> None:
    school = await open_school({**AMINA, "group": "class 1"}, {**JAN, "group": "class 10"})
    await school.at("09:31").nothing_heard()
    await school.at("09:35").register(group="class 1", amina="/")
    assert {one.pupils for one in await school.live_alerts() if one.reason in NOT_IN} == {("jan",)}

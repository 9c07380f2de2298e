"""Days on which no register comes in: everybody who must hears of it, and nobody hears of it a hundred times."""

from __future__ import annotations

from collections import Counter

from tests.support.families import AMINA, BEN, STAFF, child, staff
from tests.support.fixtures import OpenSchool
from tests.support.school import clock_of

OTHER = child("zofia", "Zofia Wilk", "agata", group="9K", year=9)
TUTORS = (
    staff("lane", "Mr Lane", "Tutor of 7M", "tutor", 910, group="7M"),
    staff("gray", "Ms Gray", "Tutor of 9K", "tutor", 911, group="9K"),
)


async def test_the_teacher_and_the_office_hear_at_the_close(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, OTHER, staff=(*STAFF, *TUTORS))
    await school.at("09:29").nothing_heard()
    assert sorted(school.alerted("register_missing")) == [("09:15", "gray"), ("09:15", "lane"), ("09:15", "reed")]
    [office] = [
        line for line in school.of_kind("alert") if line["to"] == "reed" and line["reason"] == "register_missing"
    ]
    assert set(office["pupils"]) == {"amina", "zofia"}
    await school.at("09:31").nothing_heard()
    assert school.alerted("unaccounted") == [("09:30", "reed")]
    assert len(school.alerted("register_missing")) == 3


async def test_the_class_that_comes_in_is_taken_off_and_the_other_climbs(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, OTHER, staff=(*STAFF, *TUTORS))
    await school.at("09:35").register(amina="/")
    await school.at("09:46").nothing_heard()
    [line] = [line for line in school.of_kind("alert") if line["reason"] == "unaccounted" and clock_of(line) == "09:45"]
    assert (line["to"], line["pupils"]) == ("okoro", ["zofia"])


async def test_the_next_days_register_ends_all_of_it(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN, staff=(*STAFF, *TUTORS))
    await school.at("09:31").nothing_heard()
    tomorrow = school.world.scenario.start.date().replace(day=18)
    await school.at("09:00", tomorrow).register_closes()
    await school.at("09:16").nothing_heard()
    assert await school.live_alerts() == []


async def test_a_week_without_registers_is_not_a_thousand_alerts(open_school: OpenSchool) -> None:
    classes = [child(f"p{n}", f"Child{n} Test", "ngozi", group=f"C{n}") for n in range(6)]
    school = await open_school(*classes)
    for day in (17, 18, 19, 20, 23):
        await school.at("20:00", school.world.scenario.start.date().replace(day=day)).nothing_heard()
    heard = Counter(line["at"][:10] for line in school.of_kind("alert") if line["reason"] != "morning_summary")
    assert max(heard.values()) <= 60
    assert school.texts() == []

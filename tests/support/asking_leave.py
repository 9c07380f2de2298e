"""A mother of two who asks for leave by text, and what a school then holds of it."""

from __future__ import annotations

from collections.abc import Mapping

from attendance.leave import LeaveRequest
from storage import leave, register
from tests.support.families import adult, child
from tests.support.fixtures import OpenSchool
from tests.support.school import DAY, School

OLA = child("ola", "Ola Adeyemi", "bisi")
TOM = child("tom", "Tom Adeyemi", "bisi")
BISI = adult("bisi", "Bisi Adeyemi", 31, "mother", "adeyemi")
PLAIN: Mapping[str, object] = {"leave.fields": ["dates", "reason"]}
"""A school that wants to know no more than when and why."""


async def after(open_school: OpenSchool, *texts: str, rules: Mapping[str, object] = PLAIN) -> School:
    """The school after these texts of the mother's, a minute apart."""
    school = await open_school(OLA, TOM, adults=(BISI,), rules=rules)
    for number, text in enumerate(texts):
        await school.at(f"10:{number:02d}").says("bisi", text)
    return school


async def requests(school: School) -> list[LeaveRequest]:
    """Every request for leave, by child."""
    async with school.world.database.read() as db:
        return sorted(await leave.recent(db, school.world.school_id), key=lambda one: one.pupil)


async def codes_of_this_day(school: School) -> set[str | None]:
    """What stands in the register of the day on which all this is written."""
    async with school.world.database.read() as db:
        return {one.current for one in await register.entries(db, school.world.school_id, DAY)}

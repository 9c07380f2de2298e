"""The evening before, a family that does not know yet: no request of leave, and no absence until it says so (A51)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage import leave
from tests.support.families import AMINA, BEN
from tests.support.fixtures import OpenSchool
from tests.support.school import DAY

NEXT = DAY + timedelta(days=1)


@pytest.mark.parametrize("text", ["might be off tomorrow will let you know", "Amina may not be in tomorrow"])
async def test_it_is_asked_once_whether_it_is_so_and_why_when_it_is(open_school: OpenSchool, text: str) -> None:
    school = await open_school(AMINA, BEN)
    await school.at("21:30").says("ngozi", text)
    assert "Just to be sure: Amina absent tomorrow" in school.words_to("ngozi")[-1]
    async with school.world.database.read() as db:
        assert await leave.recent(db, school.world.school_id) == []
    assert school.marks("amina") == []
    await school.at("07:55", NEXT).says("ngozi", "yes keeping her off")
    assert "why Amina is away" in school.words_to("ngozi")[-1]
    await school.at("08:00", NEXT).says("ngozi", "bad cold")
    assert school.marks("amina")[-1] == (None, "I")


async def test_a_bump_that_is_watched_is_no_absence_of_tomorrow(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN)
    await school.at("19:00").says("ngozi", "Amina fell over in PE. Big bump. Will keep an eye on her tonight")
    assert school.marks("amina") == []

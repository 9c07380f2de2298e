"""The minutes of a day that was lived through, as the office is shown them."""

from __future__ import annotations

from attendance.minutes import Spread
from office.figures.measured import minutes_of
from tests.support.families import AMINA, BEN
from tests.support.fixtures import OpenSchool, open_school
from tests.support.school import DAY

__all__ = ["open_school"]


async def test_the_minutes_of_a_morning(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN)
    await school.at("09:10").register_closes(without_reason=["amina", "ben"])
    await school.at("09:27").says("ngozi", "Amina has a tummy bug, off today")
    await school.at("12:10").staff("reed").acknowledges("ben")
    world = school.world
    async with world.database.read() as db:
        day = await minutes_of(db, await world.runner.school(world.school_id), DAY)
    amina, ben = day.children
    assert (amina.pupil, amina.to_attempt, amina.to_answer, amina.to_person) == ("amina", 0, 12, None)
    assert (ben.pupil, ben.to_attempt, ben.to_answer, ben.to_person, ben.to_acknowledged) == ("ben", 0, None, 165, 175)
    assert day.to_attempt == Spread(2, 2, 0, 0)

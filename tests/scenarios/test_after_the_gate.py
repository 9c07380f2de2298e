"""West Coventry 8 and 9, reading R2: after 09:00 a late child signs in at the office and is asked for a reason."""

from __future__ import annotations

import pytest

from tests.support.families import AMINA, BEN
from tests.support.fixtures import OpenSchool


@pytest.mark.parametrize(
    ("policy", "first", "clock", "mark", "asked"),
    [
        ("west-coventry", "N", "09:08", "L", ["ask_evidence"]),
        ("west-coventry", "-", "09:21", "U", ["ask_evidence"]),
        ("west-coventry", "N", "08:58", "L", []),  # at the gate
        ("west-coventry", "/", "09:08", "L", []),  # was here
        ("west-coventry", "N", "09:08", "/", []),
        ("blue-coat", "N", "09:08", "L", []),  # no such rule
    ],
)
async def test_who_is_asked_for_a_reason(
    open_school: OpenSchool, policy: str, first: str, clock: str, mark: str, asked: list[str]
) -> None:
    school = await open_school(AMINA, BEN, policy=policy)
    await school.at("08:50").register(amina=first, ben="/")
    await school.at(clock).register(amina=mark)
    await school.at("09:40").nothing_heard()
    assert [what for what in school.tasks("amina") if what == "ask_evidence"] == asked
    assert school.tasks("ben") == []


async def test_a_register_that_is_sent_after_the_gate_says_nothing_of_when_a_child_came(
    open_school: OpenSchool,
) -> None:
    school = await open_school(AMINA, BEN, policy="west-coventry")
    await school.at("09:10").register(amina="L", ben="/")
    assert school.tasks() == []


async def test_a_child_whose_lateness_was_explained_is_not_asked(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN, policy="west-coventry")
    await school.at("08:20").says("ngozi", "Amina has the dentist this morning, back at school by 9.30")
    await school.at("08:50").register(amina="N", ben="/")
    await school.at("09:28").register(amina="U")
    keys = [task.key for task in await school.open_tasks()]
    assert [key for key in keys if key.startswith("gate/")] == []
    assert len(keys) == 1, "the card of the appointment, which this policy wants (10)"


async def test_a_child_whose_family_told_why_it_comes_late_is_not_asked(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN, policy="west-coventry")
    await school.at("08:22").says("ngozi", "Amina will be late, the 87 bus never turned up. in by about 9.05")
    await school.at("08:50").register(amina="N", ben="N")
    await school.at("09:07").register(amina="L", ben="L")
    assert school.tasks("amina") == []
    assert school.tasks("ben") == ["ask_evidence"]

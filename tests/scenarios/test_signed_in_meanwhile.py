"""Reported absent, signed in late by the office, and only then said to be on the way: nobody is looked for."""

from __future__ import annotations

import pytest

from tests.support.families import AMINA, BEN
from tests.support.fixtures import OpenSchool

WORDS = ["she felt better so she's coming in", "scrap that she's on her way", "sorry it was cancelled she's come in"]


@pytest.mark.parametrize("text", WORDS)
async def test_whom_the_office_has_seen_is_not_waited_for(open_school: OpenSchool, text: str) -> None:
    school = await open_school(AMINA, BEN)
    await school.at("07:50").says("ngozi", "Amina is ill")
    await school.at("09:14").register(amina="N", ben="/")
    await school.at("09:40").register(amina="L")
    await school.at("09:45").says("ngozi", text)
    await school.at("11:00").nothing_heard()
    assert school.alerted("missing") == []
    assert school.tasks("amina") == []


@pytest.mark.parametrize("text", WORDS[:2])
async def test_whom_nobody_has_seen_is_looked_for(open_school: OpenSchool, text: str) -> None:
    school = await open_school(AMINA, BEN)
    await school.at("07:50").says("ngozi", "Amina is ill")
    await school.at("09:14").register(amina="N", ben="/")
    await school.at("09:45").says("ngozi", text)
    await school.at("11:00").nothing_heard()
    assert school.alerted("missing") != []
    assert "find_child" in school.tasks("amina")

"""A child went on leave that was refused, and the family says when it comes back: the days stay unauthorised."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.families import AMINA
from tests.support.fixtures import OpenSchool
from tests.support.school import School

ASKED = "We take Amina on holiday to Spain from 8 December to 9 December, back Thursday 10"
TUE, WED = date(2026, 12, 8), date(2026, 12, 9)


async def refused(open_school: OpenSchool) -> School:
    school = await open_school(AMINA, rules={"leave.fields": ["dates", "reason"]}, all_in_until=TUE)
    await school.at("10:00").says("ngozi", ASKED)
    await school.at("11:00").staff("hart").refuses("amina", "A holiday is not exceptional")
    await school.at("08:55", TUE).register(amina="N")
    await school.at("09:20", TUE).says("ngozi", "We are in Spain as I told you")
    return school


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("back tomorrow, flight late", "back tomorrow"),
        ("our flight is delayed, back on Friday", "back Friday"),
    ],
)
async def test_the_day_back_is_noted_and_the_days_stay_unauthorised(
    open_school: OpenSchool, text: str, back: str
) -> None:
    school = await refused(open_school)
    before = len(school.alerted("leave_to_decide", "amina"))
    await school.at("17:00", WED).says("ngozi", text)
    said = school.words_to("ngozi")[-1]
    assert back in said
    assert "did not agree to this leave, so the days stay unauthorised" in said
    assert school.texts()[-1][1] in ("absence.recorded", "absence.corrected")
    assert school.alerts("amina")[-1] == ("reed", "message_to_read")
    assert len(school.alerted("leave_to_decide", "amina")) == before, "there is nothing to decide"
    assert {code for _, code in school.marks("amina")} == {"G"}


async def test_without_a_day_it_is_asked_for(open_school: OpenSchool) -> None:
    school = await refused(open_school)
    await school.at("17:00", WED).says("ngozi", "our flight is delayed")
    assert school.texts()[-1] == ("ngozi", "leave.until_when")
    await school.at("17:10", WED).says("ngozi", "Back on Friday")
    assert "back Friday" in school.words_to("ngozi")[-1]
    assert "unauthorised" in school.words_to("ngozi")[-1]

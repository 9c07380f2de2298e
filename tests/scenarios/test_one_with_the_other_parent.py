"""Two who are missed: one is with the other parent, who is asked, and why the other is away is recorded at once."""

from __future__ import annotations

import pytest

from tests.support.families import adult, child
from tests.support.fixtures import OpenSchool

ZOE = child("zoe", "Zoe Pak", "dad", "mum")
MAX = child("max", "Max Pak", "dad", "mum")
DAD = adult("dad", "Gwang Pak", 41, "father", "pak")
MUM = adult("mum", "Minji Seo", 42, "mother", "seo")


@pytest.mark.parametrize(
    "text",
    [
        "Zoe is at her mums this week and Max has a cough, he's with me",
        "Zoe's with her mum this week. Max is ill",
        "Max is ill, Zoe is with Minji",
    ],
)
async def test_the_one_is_recorded_and_the_other_asked_about(open_school: OpenSchool, text: str) -> None:
    school = await open_school(ZOE, MAX, adults=(DAD, MUM))
    await school.at("09:14").register(zoe="N", max="N")
    await school.at("09:17").says("dad", text)
    assert school.state("max") == "answered"
    assert school.marks("max")[-1][1] == "I"
    assert school.state("zoe") == "asked"
    assert "Zoe was not in registration" in school.words_to("mum")[-1]
    assert "Max off ill today" in school.words_to("dad")[-1]
    await school.at("09:30").says("mum", "Zoe's here, poorly with the same cough")
    assert school.state("zoe") == "answered"

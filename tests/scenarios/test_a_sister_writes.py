"""A sister who writes on the mother's phone is checked; one who is on the list herself is heard."""

from __future__ import annotations

import pytest

from tests.support.families import adult, child
from tests.support.fixtures import OpenSchool

AMINA = child("amina", "Amina Okafor", "first", "dad")
DAD = adult("dad", "Chidi Okafor", 52, "father", "okafor")


@pytest.mark.parametrize(("relation", "state"), [("mother", "asked"), ("adult sister", "answered")])
async def test_whose_phone_it_is_decides(open_school: OpenSchool, relation: str, state: str) -> None:
    first = adult("first", "Ada Okafor", 51, relation, "okafor")
    school = await open_school(AMINA, adults=(first, DAD))
    await school.at("09:14").register(amina="N")
    await school.at("09:20").says("first", "It's her sister, she's not well today")
    assert school.state("amina") == state
    assert (school.alerted("sender_doubt", "amina") == []) == (state == "answered")

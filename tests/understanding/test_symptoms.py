"""Words of an illness, in the groups in which a school counts it."""

from __future__ import annotations

import pytest

from bot.understanding.data import table
from bot.understanding.reasons.symptoms import LABELS, symptoms_of


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("Amina was sick twice in the night", {"stomach"}),
        ("Amina is off sick today", set()),
        ("She's been sick", {"stomach"}),
        ("Ben has a temp and a bad cough", {"fever", "chest_and_throat"}),
        ("Bad cold, no temperature", {"chest_and_throat"}),
        ("Chicken pox, back next week", {"rash"}),
        ("Covered in spots this morning", {"rash"}),
        ("He has a migraine", {"head"}),
        ("Broke his arm at football", {"injury"}),
        ("d&v again", {"stomach"}),
        ("Zofia ma goraczke i kaszel", {"fever", "chest_and_throat"}),
        ("Mo is poorly", set()),
        ("We are going on holiday", set()),
        ("", set()),
    ],
)
def test_what_is_counted(text: str, groups: set[str]) -> None:
    assert symptoms_of(text) == groups


def test_every_group_has_a_name_for_the_page() -> None:
    assert set(LABELS) == set(table("symptoms.toml"))

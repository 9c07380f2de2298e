"""A child that says who harmed it, on a parent's phone: danger, no reason, and no word of the parent's."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "dad hit me",
        "my dad hit me last night so im not coming in",
        "dad hit me and I'm poorly",
        "mums boyfriend keeps hitting me",
        "i cant come in im scared of my stepdad",
    ],
)
def test_a_child_writes(text: str) -> None:
    told = read(text, "2026-11-10T09:20", "Amina:7", asked="absence")
    assert told.safeguarding
    assert told.sender_doubt


@pytest.mark.parametrize(
    "text",
    [
        "her dad hit me last night, she is with me",
        "Amina's dad hit me",
        "their dad hit me so we are at my sister's",
        "her dad hit her last night, she's at home with me",
        "my husband hit me, Amina is at my sister's",
        "her mum hits me, my solicitor knows",
        "dad says it hurts, he is off",
    ],
)
def test_a_parent_writes(text: str) -> None:
    assert not read(text, "2026-11-10T09:20", "Amina:7", asked="absence").sender_doubt

"""What a missed child said of itself is a guess of why it is away, and no end of the chase."""

from __future__ import annotations

import pytest

from bot.context import read_in_context
from bot.outcome import Heard, Situation
from tests.support.builders import at
from tests.support.messages import Thread, case


def of_a_missed_child(text: str, writer: str = "dad", stage: str = "asked") -> str:
    """What the words mean, of Amina, whom the register has missed."""
    thread = Thread(writer, cases=[case("amina", stage=stage)])
    heard = Heard("m1", "sms", thread.address, text, at("09:25"))
    return read_in_context(heard, Situation(thread.school, thread.sender, thread.conversation, (), thread.cases)).intent


@pytest.mark.parametrize("writer", ["mum", "dad"])
@pytest.mark.parametrize(
    "text",
    [
        "she said she had a headache last night",
        "she did say she felt poorly this morning",
        "she was complaining of a tummy ache yesterday",
    ],
)
def test_a_guess_is_read_by_a_person(text: str, writer: str) -> None:
    assert of_a_missed_child(text, writer) != "absence"


@pytest.mark.parametrize(
    "text",
    [
        "she said she felt sick so I kept her off",
        "she told me she has a headache, she is in bed",
        "her mum said shes got a headache so shes stopping in",
        "she has a headache",
        "she was sick in the night",
    ],
)
def test_a_report_is_one(text: str) -> None:
    assert of_a_missed_child(text) == "absence"

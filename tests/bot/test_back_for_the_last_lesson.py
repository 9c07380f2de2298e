"""Who leaves in the morning and is back for the last lesson misses the afternoon's register."""

from __future__ import annotations

from datetime import time

import pytest

from bot.outcome import Record
from tests.support.messages import Thread, means, of, says

OUT = says("amina", code="M", session="am", leaves=time(11))


@pytest.mark.parametrize(
    ("text", "halves"),
    [
        ("Amina has the dentist, will leave at 11, back for last lesson", ["pm"]),
        ("dentist, leaving at 11, back in time for her last period", ["pm"]),
        ("dentist, leaving at 11, back by lunch", []),
        ("dentist, leaving at 11, missing the last lesson of the morning", []),
    ],
)
def test_the_register_that_is_missed(text: str, halves: list[str]) -> None:
    outcome = Thread("mum").hears(means("absence", OUT), text, "08:10")
    assert [one.absence.half for one in of(outcome, Record)] == halves

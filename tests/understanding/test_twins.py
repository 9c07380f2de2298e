""" "The twins" are those of a family who are in one year; a brother or sister beside them was not meant."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.understanding import understand
from tests.understanding.reading import CALENDAR, written

FAMILY = "Amy:9 Ella:9 Huw:7"


def away(text: str, asked: bool) -> set[str]:
    message = written(text, children=FAMILY, asked="absence" if asked else None)
    if message.asked is not None:
        message = replace(message, asked=replace(message.asked, child=None, children=("c1", "c2", "c3")))
    return {child for report in understand(message, CALENDAR).reports for child in report.children}


@pytest.mark.parametrize("asked", [False, True])
@pytest.mark.parametrize(
    "text",
    [
        "The twins are both full of cold, back tomorrow",
        "Twins are poorly",
        "both twins off today with a bug",
        "The twins are ill so they wont be in",
        "The twins have a bug, Huw is on his way",
    ],
)
def test_the_twins_are_two_of_three(text: str, asked: bool) -> None:
    assert away(text, asked) == {"c1", "c2"}


@pytest.mark.parametrize(
    "text",
    ["All three are ill", "The twins and Huw are ill", "The twins and their brother are ill", "They are all ill"],
)
def test_who_is_told_of_beside_them_is_away_too(text: str) -> None:
    assert away(text, asked=True) == {"c1", "c2", "c3"}

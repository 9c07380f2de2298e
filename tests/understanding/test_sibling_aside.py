"""What is said of a sibling beside the child that we asked about says nothing of the child."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.understanding import Asked, Report, Understanding, understand
from tests.understanding.reading import CALENDAR, written

TODAY = date(2026, 11, 10)


def of_amina(text: str, held: bool = True, about: str = "c1") -> Understanding:
    """To why Amina, who may be reported ill, or Tobi (c2), is away."""
    message = written(text, "2026-11-10T09:20", "Amina:7 Tobi:9")
    known = (Report(("c1",), "I", TODAY, None, "day"),) if held else ()
    return understand(replace(message, known=known, asked=Asked("absence", about, (about,), TODAY)), CALENDAR)


@pytest.mark.parametrize(
    "text",
    [
        "she should be in later, she's feeling better. her brother is in",
        "should be in later if it goes down. Her brother is in",
        "She's still poorly but her brother's in school",
        "her brother is in school",
        "her brother is fine and in. she has a temperature",
    ],
)
@pytest.mark.parametrize("held", [True, False])
def test_nobody_looks_for_the_ill_sister(text: str, held: bool) -> None:
    told = of_amina(text, held)
    assert told.intent not in ("present", "missing")
    assert not told.urgent


@pytest.mark.parametrize(
    "text",
    [
        "She's in school, and her brother is in",
        "her brother is in, so is she",
        "her brother is in and she is too",
        "she went in with her brother",
        "her brother dropped her",
        "her brother walked her in",
        "Her brother is in. I don't know where she is",
    ],
)
def test_she_is_looked_for_all_the_same(text: str) -> None:
    told = of_amina(text)
    assert told.intent in ("present", "missing")
    assert told.urgent


def test_the_brother_that_we_asked_about_is() -> None:
    told = of_amina("Amina is ill. Her brother is in school", about="c2")
    assert (told.intent, told.reports[0].children, told.urgent) == ("present", ("c2",), True)

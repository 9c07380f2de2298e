"""A child called by its initial and family name, or by its class, where only one it can be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.understanding import Child, understand
from tests.understanding.reading import CALENDAR, written

FAMILY = (Child("amina", "Amina", "Okafor", (), 7, "7M"), Child("tobi", "Tobi", "Okafor", (), 9, "9L"))


def whom(text: str, family: tuple[Child, ...] = FAMILY) -> tuple[tuple[str, ...], ...]:
    answer = understand(replace(written(text), children=family), CALENDAR)
    return tuple(report.children for report in answer.reports)


@pytest.mark.parametrize(
    ("text", "child"),
    [
        ("A Okafor 7M - migraine - out today", "amina"),
        ("Okafor T. 9L ill today", "tobi"),
        ("T. Okafor is ill", "tobi"),
        ("my child in 7M is ill", "amina"),
        ("9L Okafor poorly today", "tobi"),
    ],
)
def test_the_only_one_it_can_be(text: str, child: str) -> None:
    assert whom(text) == ((child,),)


@pytest.mark.parametrize("text", ["ill today, thanks, A Okafor", "Mrs A Okafor: ill today", "A Okafor here, he is ill"])
def test_a_writers_name_is_no_childs(text: str) -> None:
    assert ("amina",) not in whom(text)


def test_two_whom_it_fits_are_asked_about() -> None:
    twins = (Child("amina", "Amina", "Okafor", (), 7, "7M"), Child("ada", "Ada", "Okafor", (), 7, "7M"))
    assert whom("A Okafor 7M - migraine - out today", twins) == ((),)

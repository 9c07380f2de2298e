"""Somebody of the family "will bring her in": nobody believes that she is there, and no illness keeps her away."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "aunty will bring her in",
        "her aunty will bring her in",
        "my mum will drop her in",
        "her dad will drop her to school",
        "her nan's going to bring her in",
        "grandad will walk her in",
        "her uncle will take her in now",
    ],
)
def test_she_is_on_her_way(text: str) -> None:
    told = read(text, "2026-11-10T09:20", "Amina:7", asked="absence")
    assert (told.intent, told.urgent) == ("late", False)
    assert all(report.code is None for report in told.reports)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("will bring her in after the dentist", "absence"),
        ("aunty brought her in", "present"),
        ("my mum dropped her in at half 8", "present"),
        ("aunty will bring her in tomorrow, she's ill today", "absence"),
    ],
)
def test_who_is_not(text: str, intent: str) -> None:
    assert read(text, "2026-11-10T09:20", "Amina:7", asked="absence").intent == intent


def test_unasked_no_illness_is_recorded_of_her() -> None:
    told = read("Amina was sick in the night but fine now, her aunty will bring her in", children="Amina:7")
    assert told.intent == "question"


@pytest.mark.parametrize("text", ["Amina's with me for the day", "Amina is with me today"])
def test_with_me_is_no_coming_back(text: str) -> None:
    assert read(text, children="Amina:7").intent == "absence"

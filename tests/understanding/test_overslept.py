"""Who only overslept is late; who stays away for it, or is ill besides, is not."""

from __future__ import annotations

import pytest

from tests.understanding.reading import TUESDAY, read

TWO = "Amina:7 Tobi:9"


@pytest.mark.parametrize(
    "text",
    [
        "tobi overslept n so did amina",
        "amina overslept and so did tobi",
        "both overslept",
        "amina slept through her alarm",
    ],
)
def test_who_overslept_is_on_the_way(text: str) -> None:
    understood = read(text, TUESDAY, TWO)
    assert understood.intent == "late"
    assert all(report.code is None for report in understood.reports)


def test_the_one_overslept_and_the_other_is_ill() -> None:
    reports = {report.children: report.code for report in read("tobi overslept, amina ill", TUESDAY, TWO).reports}
    assert reports == {("c2",): None, ("c1",): "I"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("amina overslept and is staying off", "O"),
        ("amina wont be in she overslept", "O"),
        ("amina overslept after a bad night, being sick", "I"),
    ],
)
def test_near_misses_are_away(text: str, code: str) -> None:
    understood = read(text, TUESDAY, TWO)
    assert (understood.intent, [report.code for report in understood.reports]) == ("absence", [code])

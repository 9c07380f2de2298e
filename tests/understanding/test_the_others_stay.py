"""One is fetched, and the others stay in school: nothing is reported of those, and nobody asks which child is meant."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read

NOON = "2026-11-10T11:40"
THREE = "Olive:-1 Jude:1 Hattie:4"


@pytest.mark.parametrize(
    "text",
    [
        "I've just picked Olive up from nursery early as she's been sick. The other two are staying",
        "Just collected Olive as she's poorly. The others are staying till home time",
        "Olive's been sick so I've collected her, the other two are staying",
        "Olive's sick, the rest stay till 3",
        "Collected Olive as she's poorly, Jude and Hattie are staying",
        "I've picked Olive up early, she's been sick. Hattie and Jude stay till normal time",
    ],
)
def test_who_stays_in_school_is_not_reported(text: str) -> None:
    told = read(text, NOON, THREE)
    assert [(report.children, report.code) for report in told.reports] == [(("c1",), "I")]
    assert "child" not in told.ask


@pytest.mark.parametrize(
    "text",
    [
        "Olive's been sick. The other two are staying home as well",
        "Olive's been sick. The other two are staying off too",
        "Olive's got a tummy bug and the other two are staying with my mum",
        "I've picked Olive up, she's sick. Jude and Hattie are staying home with me as well",
    ],
)
def test_who_stays_at_home_is(text: str) -> None:
    told = read(text, NOON, THREE)
    assert {child for report in told.reports for child in report.children} == {"c1", "c2", "c3"}

"""A child that has died is read back to nobody, and no day of return is asked for."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read


@pytest.mark.parametrize("text", ["Tom passed away", "Tom sadly died on Sunday", "he died last night", "Tom has died"])
def test_no_reason_is_recorded_and_nothing_asked(text: str) -> None:
    told = read(text, "2026-11-10T09:20", "Tom:8", asked="absence")
    assert [report.code for report in told.reports] in ([], ["N"])
    assert told.ask == ()


@pytest.mark.parametrize(
    "text", ["Tom's grandad passed away", "my mum has died so Tom is off today", "his nan passed away last night"]
)
def test_a_death_in_the_family_is_a_report(text: str) -> None:
    told = read(text, "2026-11-10T09:20", "Tom:8", asked="absence")
    assert [report.code for report in told.reports] == ["C"]
    assert "return" not in told.ask

"""A time that has to pass before the child is back is when it comes in, and not when it leaves."""

from __future__ import annotations

from datetime import time

import pytest

from tests.understanding.reading import read


@pytest.mark.parametrize(
    ("text", "arrives"),
    [
        ("Tom is at the dentist, it'll be gone 1 when we get back", time(13)),
        ("Tom at the hospital, still waiting to be seen, now gone 12 before we are back", time(12)),
        ("Tom is at the doctors, will be past 11 by the time he gets in", time(11)),
    ],
)
def test_gone_twelve_before_we_are_back(text: str, arrives: time) -> None:
    (report,) = read(text, "2026-11-10T09:20").reports
    assert (report.code, report.session, report.arrives, report.leaves) == ("M", "am", arrives, None)


@pytest.mark.parametrize(
    "text", ["picking Tom up after 2 when we are back from work, dentist", "collecting Tom just after 2, optician"]
)
def test_fetched_after_two_is_leaving(text: str) -> None:
    (report,) = read(text, "2026-11-10T09:20").reports
    assert (report.session, report.arrives, report.leaves) == ("pm", None, time(14))

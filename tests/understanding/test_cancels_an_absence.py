""" "Cancel" by itself stops our texts; "cancel the absence" takes a report back and stops nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.understanding import Report, understand
from tests.understanding.reading import CALENDAR, read, written

ILL = (Report(("c1",), "I", date(2026, 11, 10), None, "day"), Report(("c2",), "I", date(2026, 11, 10), None, "day"))


@pytest.mark.parametrize(
    "text", ["please cancel the absence", "can you cancel Tobi's absence", "cancel the appointment pls"]
)
def test_what_is_cancelled_is_said(text: str) -> None:
    message = replace(written(text, "2026-11-10T10:20", "Amina:7 Tobi:9"), known=ILL)
    assert understand(message, CALENDAR).intent == "cancel"
    assert read(text).intent != "stop"


@pytest.mark.parametrize("text", ["cancel", "CANCEL", "stop texting me", "unsubscribe"])
def test_cancel_alone_stops(text: str) -> None:
    assert read(text).intent == "stop"

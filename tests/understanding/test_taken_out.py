"""A child whom its family took out of school at noon is not sought: why it went is asked."""

from __future__ import annotations

from datetime import time

import pytest

from tests.understanding.reading import read

AFTER_LUNCH = "2027-04-21T13:52"


@pytest.mark.parametrize(
    "text",
    [
        "I signed him out at dinner time",
        "Sorry, we signed Tom out before lunch",
        "you rang me to collect him",
        "school called me to come and get him",
        "I collected him at 12",
        "Hi I picked Tom up at lunchtime",
        "I collected him at 12 reception called me",
        "my husband picked him up from the office at lunch time",
        "My mum collected him at half 12",
    ],
)
def test_taken_out_by_the_family_is_away(text: str) -> None:
    told = read(text, AFTER_LUNCH, asked="absence")
    assert (told.intent, told.urgent, "reason" in told.ask) == ("absence", False, True)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("I haven't signed him out", "present"),
        ("no I didnt collect him, where is he", "missing"),
        ("I didnt pick him up at lunch", "present"),
        ("I picked him up at 12 and dropped him back at 1", "present"),
        ("took him back to school at 1 after the dentist", "present"),
    ],
)
def test_what_nobody_did_is_looked_into(text: str, intent: str) -> None:
    told = read(text, AFTER_LUNCH, asked="absence")
    assert (told.intent, told.urgent) == (intent, True)


def test_the_other_child_is_sought_all_the_same() -> None:
    told = read("I picked Tom up at lunch, Ella should be in", AFTER_LUNCH, "Tom:3 Ella:6", asked="absence")
    assert told.urgent or "child" in told.ask


def test_signed_out_for_an_appointment() -> None:
    told = read("hospital appt, signed him out at 12.15", AFTER_LUNCH, asked="absence")
    assert [(one.code, one.session) for one in told.reports] == [("M", "pm")]


def test_the_time_is_that_of_leaving() -> None:
    told = read("reception signed him out with me at 12", AFTER_LUNCH, asked="absence")
    assert [(one.session, one.arrives, one.leaves) for one in told.reports] == [("pm", None, time(12))]

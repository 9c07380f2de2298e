"""Whoever is a step from the door is late, however little is said of it, and whatever courtesies stand around it."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read

AT_TWENTY_PAST_NINE = "2026-11-10T09:20"


@pytest.mark.parametrize("asked", ["absence", None])
@pytest.mark.parametrize(
    "text",
    [
        "Hi we're at the gates now",
        "Oh sorry at the gate now x",
        "just pulling up outside x",
        "Just pulled up outside school now",
        "were just parking up sorry",
        "coming through the gates now thanks",
        "turning into the school road now",
        "Hi, nearly there x",
        "just round the corner",
        "Tom's just left, won't be long",
        "traffic is awful sorry",
        "Sat in traffic on the ring road, nearly there",
        "parked up, just walking in",
    ],
)
def test_a_step_from_the_door(text: str, asked: str | None) -> None:
    told = read(text, AT_TWENTY_PAST_NINE, "Tom:8", asked)
    assert (told.intent, told.urgent, told.safeguarding) == ("late", False, False)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("he's set off", "present"),
        ("he left the house", "present"),
        ("he's at school", "present"),
        ("he's in now", "present"),
        ("he's at the gates and wont come in", "absence"),
        ("he's in the car park being sick", "absence"),
        ("on our way to hospital", "absence"),
        ("driving", "question"),
    ],
)
def test_more_or_less_than_a_step_from_the_door(text: str, kind: str) -> None:
    assert read(text, AT_TWENTY_PAST_NINE, "Tom:8", "absence").intent == kind


def test_somebody_outside_of_whom_nobody_asked_may_be_feared() -> None:
    assert read("he is outside the school now", AT_TWENTY_PAST_NINE, "Tom:8").safeguarding
    assert read("his dad is sat outside school waiting for him", AT_TWENTY_PAST_NINE, "Tom:8").safeguarding


def test_whoever_waits_outside_with_a_child_is_no_danger() -> None:
    told = read("sat outside school with him, he won't budge", AT_TWENTY_PAST_NINE, "Tom:8", "absence")
    assert (told.intent, told.urgent, told.safeguarding) == ("absence", False, False)


@pytest.mark.parametrize("text", ["Hi I'm just outside", "just parking up x"])
def test_in_the_afternoon_somebody_comes_to_fetch_it(text: str) -> None:
    assert read(text, "2026-11-10T15:05", "Tom:8").intent != "late"

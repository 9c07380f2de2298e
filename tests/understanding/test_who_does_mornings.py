""" "My wife does mornings": whoever brings the child has to be asked, and the writer has no reason to tell."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "im at work mate no idea, abi does mornings",
        "Not sure, my wife deals with all that",
        "his brother usually gets him up",
        "my partner does the school run, I've been at work since 7",
        "Abi sorts the mornings",
        "mum deals with school stuff not me",
        "My husband does the drop off on a Tuesday",
        "I'm in a meeting, my husband deals with all the school stuff",
    ],
)
def test_somebody_else_brings_the_child_and_is_asked(text: str) -> None:
    told = read(text, asked="absence")
    assert (told.intent, told.urgent) == ("other_parent", False)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("No idea, I'm at work, his mum does the school run", "missing"),
        ("my wife does mornings, I thought he was in", "present"),
        ("my wife does the school run so he should be there", "present"),
        ("I do the school run and dropped him at 8.40", "present"),
        ("his mum usually does the school run but she is ill so hes off", "absence"),
        ("his dad does mornings but hes got a cold today so kept him off", "absence"),
        ("my wife does the school run, she's just texted to say he's ill", "absence"),
        ("my mum gets her ready, she's got a cold so she kept her home", "absence"),
        ("his nan gets him up and takes him to school so he should be there", "present"),
        ("my alarm gets him up but it didn't go off, he's running late", "late"),
        ("he only does mornings", "absence"),
        ("Tom does mornings only at the moment", "absence"),
        ("who does the mornings there", "question"),
    ],
)
def test_what_is_told_besides_counts(text: str, kind: str) -> None:
    assert read(text, asked="absence").intent == kind


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("my childminder takes her, ask mags", "other_parent"),
        ("his dad takes him in every day, try him", "other_parent"),
        ("the childminder usually takes him, ring her", "other_parent"),
        ("my childminder took him this morning, ask mags", "present"),
        ("childminder takes him in", "present"),
        ("the childminder takes him and he left at 8, ask her", "present"),
        ("nan takes him but he's ill today, ask her if you want", "absence"),
    ],
)
def test_who_takes_it_every_day_is_asked_of_today(text: str, intent: str) -> None:
    answer = read(text, "2026-11-10T09:20", "Tom:3", "absence")
    assert (answer.intent, answer.urgent) == (intent, intent == "present")

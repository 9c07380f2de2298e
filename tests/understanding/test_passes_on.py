"""To why a child is away: who asks about the other parent, or will find out, has not got it and knows no reason."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read

CLOSED = "2026-11-24T09:25"


@pytest.mark.parametrize(
    "text",
    [
        "Isn't he with his dad? It's changeover day",
        "Is he not with his dad?",
        "isnt he at his nans",
        "he's meant to be with his dad, it's changeover",
        "He's supposed to be at his nan's",
        "Let me ring home and I'll get back to you",
        "Im on nights so im not there, his brother usually gets him up. Let me ring home and ill get back to you",
        "I'll find out and let you know",
        "Will check with his dad and get back to you",
        "I'm not sure, I'll ring his mum",
        "Let me ask my wife",
    ],
)
def test_somebody_else_is_asked(text: str) -> None:
    told = read(text, CLOSED, "Tom:8", asked="absence")
    assert (told.intent, told.reports, told.urgent) == ("other_parent", (), False)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("let me check, he left at 8 as usual", "present"),
        ("is he not in school? I'll ring him", "present"),
        ("is she not with you on the trip", "present"),
        ("he's poorly. I'll ring his dad and let him know too", "absence"),
        ("I'll ring the doctors and let you know", "absence"),
        ("I'll check his temperature and let you know", "absence"),
        ("I'll call you when I finish work", "question"),
        ("Isn't it inset day?", "question"),
    ],
)
def test_what_is_told_besides_counts(text: str, intent: str) -> None:
    assert read(text, CLOSED, "Tom:8", asked="absence").intent == intent

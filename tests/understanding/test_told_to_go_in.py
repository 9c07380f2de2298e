"""A child that was told to go in all the same set off, whatever ails it: missed, it is looked for at once."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read

CLOSED = "2026-11-10T09:20"


@pytest.mark.parametrize(
    "text",
    [
        "Liv says she feels sick but I think its the maths test, ive told her to go in",
        "Liv feels sick but I told her she's got to go in",
        "she said she had a tummy ache, told her to get herself to school",
        "Liv has a headache but I've packed her off to school",
        "bit of a sore throat but told her to go in and see how she goes",
    ],
)
def test_sent_with_an_ache_and_missed_is_looked_for(text: str) -> None:
    told = read(text, CLOSED, "Liv:8", asked="absence")
    assert (told.intent, told.urgent) == ("present", True)


@pytest.mark.parametrize(
    "text",
    [
        "Liv feels sick so ive told her not to go in",
        "Liv is off sick today, told her to go in tomorrow",
        "Liv's ill, the doctor told her to go in for a scan",
        "Liv feels sick so ive told her to stay in bed",
        "Liv was sick at school, told her to go in and get her coat, she's home with me now",
    ],
)
def test_kept_at_home_is_ill(text: str) -> None:
    told = read(text, CLOSED, "Liv:8", asked="absence")
    assert (told.intent, [one.code for one in told.reports]) == ("absence", ["I"])

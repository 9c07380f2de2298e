"""Where the half is named in which a child is in school, the other half is missed."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "Tom is just doing the morning today, easing him back in after his grommets op. I'll pick him up 11.45",
        "Tom just in for the morning today, still not 100%",
        "Tom will only do the morning today as hes still got a cough",
        "Tom going to try and do the morning, will pick him up at 11.45, bad chest",
        "Tom only managing a half day today, still got a temp, picking up at lunch",
        "only sending Tom in for the morning hes got a bad cold",
    ],
)
def test_who_does_the_morning_misses_the_afternoon(text: str) -> None:
    told = read(text)
    assert [one.session for one in told.reports] == ["pm"]


@pytest.mark.parametrize(
    ("text", "first", "half"),
    [
        ("Tom will be in on Wednesday morning but off in the afternoon for a funeral", "2026-11-11", "pm"),
        ("Tom will be in tomorrow morning but off in the afternoon for a funeral", "2026-11-11", "pm"),
        ("Tom has his gran's funeral tomorrow at 1.45 so he'll be in for the morning only", "2026-11-11", "pm"),
        ("Tom is in this morning but off in the afternoon, dentist", "2026-11-10", "pm"),
        ("Tom is off this morning with a tummy ache but in for the afternoon", "2026-11-10", "am"),
    ],
)
def test_in_for_the_morning_of_another_day_is_off_in_its_afternoon(text: str, first: str, half: str) -> None:
    assert [(str(one.first_day), one.session) for one in read(text).reports] == [(first, half)]


@pytest.mark.parametrize(
    "text",
    [
        "Tom cant do the morning hes been sick, in after lunch",
        "Tom wont manage the morning, poorly tum, back in this afternoon",
        "Tom has the dentist this morning, in for lunch",
        "Tom has a temp, he only did the morning yesterday",
        "Tom is not doing the morning today he feels sick",
    ],
)
def test_other_words_of_the_morning_do_not(text: str) -> None:
    told = read(text)
    assert "pm" not in [one.session for one in told.reports]

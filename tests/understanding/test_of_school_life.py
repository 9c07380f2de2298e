"""What is asked of the school's own business is no absence, no day of return and no child that "is there"."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read

TEXTS = [
    "can we move parents evening",
    "when is the school trip paid by",
    "is there football club tonight",
    "Any news on the school trip?",
    "what time is the play tomorrow",
    "is swimming on tomorrow",
    "Hi, could you tell me when the trip letter has to be in by",
]
DRAFT = {"children": ["c1"], "code": "I", "first_day": "2026-11-10", "return_day": None}
DRAFT |= {"session": "day", "arrives": None, "leaves": None}


@pytest.mark.parametrize("asked", [None, "absence", "reason", "return", "confirm"])
@pytest.mark.parametrize("text", TEXTS)
def test_the_office_is_asked(text: str, asked: str | None) -> None:
    understood = read(text, children="Tom:8", asked=asked, draft=DRAFT if asked == "confirm" else None)
    assert (understood.intent, understood.reports, understood.urgent) == ("question", (), False)


@pytest.mark.parametrize(
    ("text", "asked", "intent", "code"),
    [
        ("can we move his dentist to Thursday", None, "absence", "M"),
        ("he's ill. when is the school trip paid by", "absence", "absence", "I"),
        ("can we have today off for the school fair", "absence", "absence", "O"),
        ("after the club on Thursday", "return", "return", None),
        ("can we go on a trip to Spain next week", None, "leave", "G"),
    ],
)
def test_of_a_child_it_is_read_as_before(text: str, asked: str | None, intent: str, code: str | None) -> None:
    understood = read(text, children="Tom:8", asked=asked)
    assert (understood.intent, [report.code for report in understood.reports]) == (intent, [code])


@pytest.mark.parametrize("text", ["is the trip today", "isn't he on the trip"])
def test_where_it_may_be_today_is_no_question_of_the_trip(text: str) -> None:
    assert read(text, children="Tom:8", asked="absence").intent != "question"


@pytest.mark.parametrize(
    "text", ["he won't be at football club tonight", "Tom isn't staying for homework club", "Tom can't make choir"]
)
def test_who_stays_away_from_a_club_is_in_school(text: str) -> None:
    assert (read(text, children="Tom:8").intent, read(text, children="Tom:8").reports) == ("question", ())


@pytest.mark.parametrize(
    "text",
    [
        "he won't be in today or at football club tonight",
        "he won't be at football club tonight he's ill",
        "Tom is not in school or football club today",
    ],
)
def test_who_stays_away_from_school_as_well_is_away(text: str) -> None:
    assert read(text, children="Tom:8").intent == "absence"

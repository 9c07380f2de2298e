"""An earlier message that is taken back: with it the absence, or only its day."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read, told

EVENING = "2026-11-10T20:20"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "Ignore what I said about Thursday, it's NEXT Thursday he's at the hospital (19th) sorry",
            "2026-11-19 2026-11-20",
        ),
        ("Scrap that, Tom's hospital appointment is on the 18th not the 12th", "2026-11-18 2026-11-19"),
        ("Forget my last message, Tom's dentist is Monday", "2026-11-16 2026-11-17"),
        ("ignore that last one, its Friday tom is off for the funeral, not thurs", "2026-11-13 2026-11-16"),
        (
            "Disregard my earlier text. Tom's appointment is Wednesday 18th at 10, back by 11.30",
            "2026-11-18 2026-11-18 am 11:30",
        ),
        ("Sorry wrong day earlier, Tom's dentist is Friday not Thursday", "2026-11-13 2026-11-16"),
        ("I told you Wednesday for Tom's scan but it's actually Friday", "2026-11-13 2026-11-16"),
    ],
)
def test_another_day_is_an_absence(text: str, days: str) -> None:
    answer = read(text, EVENING)
    assert answer.intent in ("absence", "leave")
    assert told(answer) == {"c1": [days]}


@pytest.mark.parametrize(
    "text",
    [
        "Ignore what I said about Thursday, hospital cancelled so Tom will be in",
        "Ignore my last message about Thursday, Tom is in after all",
        "Tom's appointment on Thursday has been cancelled, he will be in",
        "Ignore my message about Tom's dentist on Thursday",
        "Ignore my last message, Tom doesn't need the dentist on Thursday",
        "Scrap the dentist on Thursday for Tom, they've moved it to the holidays",
    ],
)
def test_what_is_taken_back_is_cancelled(text: str) -> None:
    assert read(text, EVENING).intent == "cancel"

"""What a child does in school is no reason why it is not there: the writer believes it in school."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read


@pytest.mark.parametrize(
    "text",
    [
        "he has a maths test today",
        "hes doing his SATs",
        "he'll be with the SENCO",
        "its his cello lesson",
        "Tom has a music lesson on Tuesdays",
        "he has a music lesson Tuesday mornings in school",
        "hes at choir",
        "He's got his English mock this morning",
        "he is with Miss Green for phonics",
        "he will be in assembly",
    ],
)
def test_whoever_says_what_the_child_does_in_school_believes_it_there(text: str) -> None:
    told = read(text, asked="absence")
    assert (told.intent, told.urgent, told.reports[0].code) == ("present", True, None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("he has a blood test today", "M"),
        ("he has his grade 5 piano exam in Truro", "B"),
        ("hes got a maths test so he is refusing to come in", "O"),
        ("he's too anxious to come in because of the maths test", "I"),
        ("he has a music lesson today but he's got a temperature", "I"),
        ("he's got a test tomorrow so hes resting, he has a bad cold", "I"),
        ("driving lesson", "O"),
    ],
)
def test_a_reason_of_its_own_is_a_reason(text: str, code: str) -> None:
    told = read(text, asked="absence")
    assert (told.intent, told.reports[0].code) == ("absence", code)


def test_unasked_it_is_no_alarm() -> None:
    assert not read("he has a maths test today").urgent

"""Whoever only guesses why a child is away, and says whom to ask, has not answered: the other one is asked."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read

CLOSED = "2026-11-10T09:20"


@pytest.mark.parametrize(
    "text",
    [
        "i think hes ill, ask his dad",
        "ask his dad, think he's ill",
        "probably poorly? text his mum",
        "ask her mum, she was ill at the weekend",
        "might be a cold but ring his dad he has him",
        "I think he has the dentist, ask his mum",
    ],
)
def test_a_guess_is_no_report(text: str) -> None:
    told = read(text, CLOSED, "Tom:8", asked="absence")
    assert (told.intent, told.reports) == ("other_parent", ())


@pytest.mark.parametrize(
    "text",
    [
        "he's ill, ask his dad if you need more",
        "hes ill, his dad is taking him to the doctors",
        "Tom has a temperature. I think his dad rang you",
        "tummy bug, call his dad about the form",
    ],
)
def test_near_misses_are_reports(text: str) -> None:
    told = read(text, CLOSED, "Tom:8", asked="absence")
    assert (told.intent, [one.code for one in told.reports]) == ("absence", ["I"])


@pytest.mark.parametrize(
    "text", ["I thought he was at school, ask his dad", "not sure, should be in school, ring his mum"]
)
def test_who_believes_the_child_in_school_is_heard(text: str) -> None:
    assert read(text, CLOSED, "Tom:8", asked="absence").intent == "present"


@pytest.mark.parametrize(
    "text",
    [
        "Think her mum's taken her to the docs, she was coughing all weekend when she was with her. Ask Clare",
        "I think his mum has taken him to the dentist",
        "probably his nan is keeping him off, he had a cold",
        "Maybe his dad's kept him off, he wasn't well last night",
    ],
)
def test_who_supposes_what_another_did_with_the_child_has_not_got_it(text: str) -> None:
    told = read(text, CLOSED, "Tom:8", asked="absence")
    assert (told.intent, told.reports) == ("other_parent", ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("dentist today, ask his mum what time", "M"),
        ("his mum has taken him to the doctors", "M"),
        ("i think the doctor has taken him off the antibiotics, hes still ill tho", "I"),
        ("I think his dad has given him the bug, he's been sick all night", "I"),
        ("he has a cold, i think his sister has got him sick", "I"),
        ("He's with me, I think his dad has got him a doctors appointment at 11", "M"),
    ],
)
def test_who_knows_it_reports(text: str, code: str) -> None:
    told = read(text, CLOSED, "Tom:8", asked="absence")
    assert (told.intent, [one.code for one in told.reports]) == ("absence", [code])


def test_who_was_to_be_taken_to_school_is_believed_there() -> None:
    assert read("I thought his nan was taking him to school", CLOSED, "Tom:8", asked="absence").intent == "present"

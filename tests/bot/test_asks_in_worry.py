"""A parent's worry, put as a question, about a child who was accounted for: for a person, and no search."""

from __future__ import annotations

import pytest

from bot.for_staff.only_asks import asks_in_worry, only_asks
from bot.outcome import Heard
from bot.understanding import Understanding
from tests.bot.test_with_another import GARY_BARRED
from tests.support.builders import at
from tests.support.messages import Thread, alerted, case, means, says

MISSED: Understanding = means("missing", says("amina", code=None, first=None), urgent=True)


def heard(text: str) -> Heard:
    return Heard("m1", "sms", "+447700900001", text, at("09:20"))


@pytest.mark.parametrize(
    "text",
    [
        "Is he there then? youve got me worried sick",
        "oh god is she ok?? nobody told me",
        "OMG is she alright",
        "Is she in? I was worried",
        "where is she, please let me know",
        "You had me worried!! is he ok?",
    ],
)
def test_worry_beside_a_question_is_a_question(text: str) -> None:
    assert asks_in_worry(heard(text), MISSED)


@pytest.mark.parametrize(
    "text",
    [
        "Is he there? he rang me from town",
        "oh god I cant find her",
        "is she ok, she left at eight",
        "nobody told me. she should be there",
        "You have got me worried",
        "is he there? he is not answering his phone",
    ],
)
def test_news_beside_a_question_is_heard(text: str) -> None:
    assert not asks_in_worry(heard(text), MISSED)


@pytest.mark.parametrize("text", ["Is Amina in today. I have every right to know", "Where is she? she is my daughter"])
def test_a_right_that_is_claimed_is_no_news_of_the_child(text: str) -> None:
    assert only_asks(heard(text), MISSED)
    assert alerted(Thread("gary", cases=[case()], of=GARY_BARRED).hears(MISSED, text)) == [
        ("barred_contact_wrote", True)
    ]

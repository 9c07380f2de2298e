"""A read-back of two children, and words that it held for one of them only."""

from __future__ import annotations

from typing import Any

import pytest

from bot.outcome import Record, Withdraw
from tests.support.messages import Thread, alerted, case, events, means, of, says, template


def _both_recorded() -> Thread:
    thread = Thread("mum", cases=[case(), case("ben")])
    thread.keeps(thread.hears(means("absence", says("amina", "ben"))))
    return thread


@pytest.mark.parametrize(
    "text",
    [
        "just Ben sorry",
        "only Ben, not Amina",
        "sorry not Amina",
        "Ben not Amina",
        "No, its just for Ben",
        "Ben",
        "its Ben x",
        "just Ben, Amina's are clear",
        "no only Ben, Amina is fine",
        "took Amina to school after all, just Ben at the dentist",
        "Forget what I said about Amina she was only having a moan about her maths test, just Ben",
    ],
)
@pytest.mark.parametrize(
    "understood", [means("reject"), means("absence", says("ben")), means("return", says("amina", code=None))]
)
def test_what_was_not_meant_is_taken_back_and_asked_about(text: str, understood: Any) -> None:
    told = _both_recorded().hears(understood, text)
    assert [one.absence.pupil for one in of(told, Withdraw)] == ["amina"]
    assert ("amina", "ReasonWithdrawn") in events(told)
    assert template(told) == "absence.corrected"
    assert told.reply is not None
    assert (told.reply.pupils, told.reply.values["why"]) == (("ben",), ("Amina",))


@pytest.mark.parametrize(
    "text",
    [
        "not just Ben, Amina too",
        "just Ben and Amina",
        "I just got your text about Ben",
        "Both of them, Ben is only slightly better",
        "Ben is not well",
        "just Ben, Amina, both really",
        "only Ben and Amina, the eldest is fine and has gone in to her exam as normal",
        "all just too much, Ben and Amina are not well",
    ],
)
def test_other_words_take_nothing_back(text: str) -> None:
    assert of(_both_recorded().hears(means("chat"), text), Withdraw) == []


def test_whose_the_other_reason_is_a_person_reads() -> None:
    words = "Sorry no not Amina, shes at the dentist til 10, just Ben"
    told = _both_recorded().hears(means("absence", says("ben", code="M")), words)
    assert (of(told, Record), of(told, Withdraw)) == ([], [])
    assert alerted(told) == [("message_to_read", False)]

"""Beside a brother's illness: who is to be collected is no child of whom a reason is wanted."""

from __future__ import annotations

from datetime import time

import pytest

from attendance.effects import RaiseAlert
from bot.outcome import Record
from bot.whereabouts.to_be_collected import TO_BE_COLLECTED
from tests.support.messages import Thread, case, means, of, says, template

BEN_ILL = says("ben")
AMINA_OUT = says("amina", code="N", session="pm", leaves=time(13))
TOLD = means("absence", BEN_ILL, AMINA_OUT, ask=("reason", "return"))


@pytest.mark.parametrize(
    "text",
    [
        "Ben is ill today. can Amina be picked up at 1",
        "Ben poorly, please can Amina be collected by her aunt at 3",
        "ben has a tummy bug. amina's nan collecting her at 3.15",
    ],
)
def test_the_office_hears_of_it_and_the_family_is_not_asked_why(text: str) -> None:
    outcome = Thread("mum").hears(TOLD, text, "08:10")
    assert template(outcome) == "absence.recorded"
    assert [one.absence.pupil for one in of(outcome, Record)] == ["ben"]
    read = [one for one in of(outcome, RaiseAlert) if one.because == TO_BE_COLLECTED]
    assert [one.pupils for one in read] == [("amina",)]
    assert outcome.reply is not None
    assert not outcome.reply.values.get("why")


@pytest.mark.parametrize("text", ["Ben is ill and Amina is off too", "Ben is ill, can she be picked up at 1"])
def test_who_is_off_or_is_not_named_is_asked_about(text: str) -> None:
    outcome = Thread("mum").hears(TOLD, text, "08:10")
    assert outcome.reply is not None
    assert outcome.reply.values.get("why")


def test_of_a_child_whom_we_miss_why_is_asked() -> None:
    outcome = Thread("mum", cases=[case("amina")]).hears(TOLD, "Ben is ill. can Amina be picked up at 1")
    assert TO_BE_COLLECTED not in [one.because for one in of(outcome, RaiseAlert)]


def test_the_time_of_leaving_is_of_the_child_that_is_named_with_it() -> None:
    mixed = means("absence", says("ben", session="pm", leaves=time(14)), ask=("return",))
    outcome = Thread("mum").hears(mixed, "Ben's poorly. Could you let me pick Amina up at 2 please", "08:20")
    assert [(one.absence.pupil, one.absence.half, one.absence.leaves) for one in of(outcome, Record)] == [
        ("ben", "day", None)
    ]
    assert [one.pupils for one in of(outcome, RaiseAlert) if one.because == TO_BE_COLLECTED] == [("amina",)]


def test_who_is_ill_and_collected_is_one_child() -> None:
    ill = means("absence", says("ben", session="pm", leaves=time(14)), ask=("return",))
    outcome = Thread("mum").hears(ill, "Ben's poorly, can I pick Ben up at 2. Amina is fine", "08:20")
    assert TO_BE_COLLECTED not in [one.because for one in of(outcome, RaiseAlert)]

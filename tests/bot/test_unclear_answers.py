"""An answer that settles nothing: the case knows that its writer wrote, and the chase goes on."""

from __future__ import annotations

import pytest

from attendance.case import Attempt
from bot.understanding import Understanding
from tests.support.builders import at, link, school
from tests.support.messages import Thread, case, events, means, says, template

ASKED = (Attempt("mum", "sms", "+447700900001", 1, at("09:16"), "delivered"),)


@pytest.mark.parametrize(
    ("understood", "text"),
    [
        (means("absence", says("amina", code="N"), ask=("reason",)), "Amina is not in"),
        (means("absence", says("amina"), ask=("confirm",)), "Amina ..."),
        (means("question"), "why are you texting me"),
    ],
)
def test_the_case_knows_that_somebody_wrote(understood: Understanding, text: str) -> None:
    outcome = Thread("mum", cases=[case(attempts=ASKED)]).hears(understood, text)
    assert events(outcome) == [("amina", "UnclearAnswer")]


@pytest.mark.parametrize("understood", [means("absence", says("amina")), means("chat")])
def test_what_settles_it_and_what_says_nothing_are_none(understood: Understanding) -> None:
    outcome = Thread("mum", cases=[case(attempts=ASKED)]).hears(understood, "Amina is ill")
    assert ("amina", "UnclearAnswer") not in events(outcome)


def test_whoever_was_not_asked_gave_no_answer() -> None:
    outcome = Thread("dad", cases=[case(attempts=ASKED)]).hears(means("question"), "is everything ok at school")
    assert template(outcome) == "absence.handed_to_staff"
    assert events(outcome) == []


def test_whoever_was_not_asked_and_is_asked_back_wrote_all_the_same() -> None:
    understood = means("absence", says("amina", code="C"), ask=("dates",))
    outcome = Thread("dad", cases=[case(attempts=ASKED)]).hears(understood, "at an audition in January")
    assert events(outcome) == [("amina", "UnclearAnswer")]


@pytest.mark.parametrize(
    ("relation", "reply"), [("grandmother", "absence.handed_to_staff"), ("father", "absence.reason")]
)
def test_only_a_parent_or_carer_is_asked_why(relation: str, reply: str) -> None:
    ours = school(links=[link("amina", "mum", 1), link("amina", "nan", 2, relation)])
    outcome = Thread("nan", cases=[case()], of=ours).hears(
        means("absence", says("amina", code="N"), ask=("reason",)), "not here love"
    )
    assert template(outcome) == reply

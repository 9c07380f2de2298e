"""Who only asks whether we have it hears what stands; who was asked too and tells nothing contradicts nobody."""

from __future__ import annotations

import pytest

from attendance.absences import Absence
from bot.context import read_in_context
from bot.for_staff.asks_whether_heard import only_asks_whether_heard
from bot.outcome import CaseEvent, Heard, Outcome, Situation
from tests.support.builders import DAY, at
from tests.support.messages import Thread, alerted, case, of, template

DADS = Absence("m0/amina/0", "amina", DAY, "I", at("09:20"), contact="dad", message="m0")
MUMS = Absence("m0/amina/0", "amina", DAY, "I", at("08:05"), contact="mum", message="m0")


def hears(thread: Thread, words: str, clock: str = "10:50") -> Outcome:
    heard = Heard("m1", "sms", thread.address, words, at(clock))
    known = Situation(thread.school, thread.sender, thread.conversation, thread.known, thread.cases)
    return thread.hears(read_in_context(heard, known), words, clock)


def the_other_has_answered() -> Thread:
    """Amina's father, in another home, has told why she is away; her mother was asked at the close."""
    told = case("amina", stage="answered", whereabouts="claimed", reason="proposed", code="I", answered_by="dad")
    return Thread("mum", known=[DADS], cases=[told])


@pytest.mark.parametrize(
    "words",
    [
        "sorry just on break. is that sorted",
        "sorry in a meeting, all sorted now?",
        "running late for work sorry, did her dad ring you",
    ],
)
def test_whether_it_is_sorted_contradicts_nobody_and_tells_no_reason(words: str) -> None:
    outcome = hears(the_other_has_answered(), words)
    assert (template(outcome), alerted(outcome), of(outcome, CaseEvent)) == (
        "absence.settled_other_household",
        [],
        [],
    )


def test_an_apology_alone_is_no_answer() -> None:
    outcome = hears(the_other_has_answered(), "sorry only just got my phone back")
    assert (outcome.reply, outcome.effects) == (None, ())


@pytest.mark.parametrize("words", ["sorry we overslept, just leaving now", "sorry shes late, be there in 10"])
def test_who_says_that_the_child_is_on_the_way_contradicts(words: str) -> None:
    assert template(hears(the_other_has_answered(), words)) == "absence.danger"


def test_who_tells_the_same_is_heard() -> None:
    assert template(hears(the_other_has_answered(), "yes sorry shes got a nasty chest")) == "absence.recorded"


@pytest.mark.parametrize(
    "words", ["can you confirm you got this please", "Did you get my message?", "that all you need?"]
)
def test_what_stands_is_read_back(words: str) -> None:
    outcome = hears(Thread("mum", known=[MUMS]), words, "08:41")
    assert (template(outcome), outcome.effects) == ("absence.recorded", ())


def test_nothing_stands_and_a_person_answers() -> None:
    outcome = hears(Thread("mum"), "did you get my message?", "08:41")
    assert (template(outcome), alerted(outcome)) == ("absence.handed_to_staff", [("message_to_read", False)])


@pytest.mark.parametrize(
    "words",
    [
        "did you get my email about the trip money",
        "did you get her inhaler from the office?",
        "is that ok?",
        "have you got her coat",
        "did you see what happened to her",
        "Did you get my message? What time is parents evening",
        "have you told her teacher",
    ],
)
def test_whatever_else_is_asked_goes_to_a_person(words: str) -> None:
    assert not only_asks_whether_heard(words)


@pytest.mark.parametrize(
    "words",
    [
        "is that all sorted now?",
        "Hi has this been recorded",
        "just checking you got my text",
        "sorry, was at work. did her nan ring you?",
        "do you need anything else from me?",
        "can you please confirm receipt",
    ],
)
def test_words_that_only_ask_whether_we_have_it(words: str) -> None:
    assert only_asks_whether_heard(words)

"""Which of a family's reports words take back, and what is asked where they do not tell."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from attendance.absences import Absence
from bot.conversation import Conversation
from bot.outcome import Withdraw
from bot.understanding import Understanding
from tests.support.builders import DAY, at
from tests.support.messages import Thread, alerted, case, means, of, says, template

THURSDAY = date(2026, 11, 12)
"""Two days after the day of these tests."""
CANCEL = means("cancel", says("amina", code=None, first=None))


def told(child: str, clock: str = "08:05", code: str = "I", day: date = DAY, **more: object) -> Absence:
    number = f"m{child}{clock}"
    return Absence(f"{number}/{child}/0", child, day, code, at(clock), contact="mum", message=number, **more)  # type: ignore[arg-type]


def read_back(*absences: Absence, when: datetime) -> Conversation:
    return Conversation(None, tuple(one.id for one in absences), when)


AMINA, BEN = told("amina"), told("ben", "08:07")
BENS_DENTIST = told("ben", "08:07", "M", THURSDAY, half="pm")


@pytest.mark.parametrize(
    ("known", "words", "understood", "gone"),
    [
        ((AMINA, BEN), "ignore that last message", CANCEL, {"ben"}),
        ((AMINA, BENS_DENTIST), "cancel that please", CANCEL, {"ben"}),
        ((AMINA, BENS_DENTIST), "the appointment has been cancelled", CANCEL, {"ben"}),
        (
            (AMINA, BENS_DENTIST),
            "Please cancel Thursday",
            means("cancel", says("amina", "ben", code=None, first=THURSDAY), ask=("child",)),
            {"ben"},
        ),
        ((AMINA, BEN), "Amina is fine, cancel hers", CANCEL, {"amina"}),
        ((AMINA, BEN), "cancel both", CANCEL, {"amina", "ben"}),
        ((AMINA,), "the dentist is cancelled", CANCEL, set()),
    ],
)
def test_only_what_is_meant_is_taken_back(
    known: tuple[Absence, ...], words: str, understood: Understanding, gone: set[str]
) -> None:
    thread = Thread("mum", known=known, conversation=read_back(known[-1], when=at("08:07")))
    outcome = thread.hears(understood, words, "08:20")
    assert {one.absence.pupil for one in of(outcome, Withdraw)} == gone


def test_two_children_and_no_word_of_whose_is_asked_and_both_stand_until_the_answer() -> None:
    thread = Thread("mum", known=[AMINA, BEN], conversation=read_back(BEN, when=at("08:07")))
    asked = thread.hears(CANCEL, "please cancel the absence", "10:20")
    assert template(asked) == "absence.which_child"
    assert of(asked, Withdraw) == []
    assert alerted(asked) == [("message_to_read", False)]
    answered = thread.hears(means("chat"), "Ben's", "10:21")
    assert {one.absence.pupil for one in of(answered, Withdraw)} == {"ben"}


def test_another_word_than_a_name_is_no_answer_to_whose_it_is() -> None:
    thread = Thread("mum", known=[AMINA, BEN], conversation=read_back(BEN, when=at("08:07")))
    thread.hears(CANCEL, "please cancel the absence", "10:20")
    outcome = thread.hears(means("chat"), "thank you", "10:21")
    assert of(outcome, Withdraw) == []


@pytest.mark.parametrize("intent", ["return", "present"])
def test_an_appointment_that_is_off_is_no_return_and_no_search(intent: str) -> None:
    words = means(intent, says("ben", code=None, first=None, return_day=THURSDAY), urgent=intent == "present")
    thread = Thread("mum", known=[AMINA, BENS_DENTIST], conversation=read_back(BENS_DENTIST, when=at("08:07")))
    outcome = thread.hears(words, "Dentist has cancelled, so Ben will be in", "08:20")
    assert {one.absence.pupil for one in of(outcome, Withdraw)} == {"ben"}
    assert ("believed_in_school", True) not in alerted(outcome)


def test_a_child_who_is_missed_is_looked_for_whatever_is_called_off() -> None:
    words = means("present", says("ben", code=None, first=None), urgent=True)
    dentist = told("ben", code="M")
    outcome = Thread("mum", known=[dentist], cases=[case("ben")]).hears(
        words, "dentist was cancelled, Ben is in school"
    )
    assert of(outcome, Withdraw) == []


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("sorry Ben has perked up so cancel his, Amina still off", {"ben"}),
        ("cancel Ben's please but Amina is still poorly", {"ben"}),
        ("Ben's still off. Scrap Amina's though", {"amina"}),
    ],
)
@pytest.mark.parametrize("intent", ["return", "absence", "cancel"])
def test_the_one_is_taken_back_and_the_other_stands(text: str, gone: set[str], intent: str) -> None:
    words = means(intent, says("amina", code=None, first=None), ask=("return",))
    thread = Thread("mum", known=[AMINA, BEN], conversation=read_back(BEN, when=at("08:07")))
    assert {one.absence.pupil for one in of(thread.hears(words, text, "08:20"), Withdraw)} == gone

"""Words that a person must hear: a ring that is asked for, a recording, where a child is without why, another child."""

from __future__ import annotations

from datetime import time

import pytest

from attendance.absences import Absence
from attendance.case import Attempt
from attendance.effects import OpenTask, RaiseAlert
from bot.conversation import Conversation, Question
from bot.for_staff.ring_back import wants_a_ring
from bot.outcome import Heard, Outcome
from bot.placeholders import stands_for_a_file
from bot.whereabouts.accounted import says_where
from tests.support.builders import DAY, at
from tests.support.messages import Thread, alerted, case, means, of, says, template


def heard(text: str) -> Heard:
    return Heard("m", "sms", "+447700900001", text, at("09:20"))


@pytest.mark.parametrize(
    "text",
    [
        "can someone ring me please, dont want to put it in a text",
        "Pls ring me",
        "its personal, can the attendance lady call me",
        "She is ill. Could someone give me a ring when you get a mo",
        "can i talk to someone about Amina",
    ],
)
def test_a_ring_is_asked_for(text: str) -> None:
    assert wants_a_ring(heard(text))


@pytest.mark.parametrize(
    "text",
    [
        "she has a cold, ring me if you need anything",
        "no need to ring me he has a cold",
        "please don't call me at work, she is ill",
        "I will call you later",
        "why did you ring me",
        "call me when she needs picking up",
    ],
)
def test_no_ring_is_asked_for_now(text: str) -> None:
    assert not wants_a_ring(heard(text))


def test_who_would_rather_be_rung_is_asked_nothing_by_text() -> None:
    unsaid = means("absence", says("amina", code="N"), ask=("reason", "return"))
    outcome = Thread("mum", cases=[case()]).hears(unsaid, "can someone ring me please, its private")
    assert template(outcome) == "absence.handed_to_staff"
    assert [reason for reason, _ in alerted(outcome)] == ["message_to_read"]
    assert [(task.what, task.role) for task in of(outcome, OpenTask)] == [("ring_back", "attendance_officer")]


def test_who_asks_for_a_ring_beside_a_report_hears_that_it_was_passed_on() -> None:
    ill = means("absence", says("amina", code="I"))
    outcome = Thread("mum", cases=[case()]).hears(ill, "she has impetigo. can someone ring me about her lunch money")
    assert [task.what for task in of(outcome, OpenTask)] == ["ring_back"]
    assert outcome.reply is not None
    assert (outcome.reply.template, outcome.reply.values["passed_on"]) == ("absence.recorded", True)


@pytest.mark.parametrize(
    "text",
    [
        "he's at home with me",
        "with me",
        "She's at home",
        "keeping her off today",
        "at her nan's today",
        "he's with me, I'd rather not say why",
        "at home with me. I do not want to say why",
    ],
)
def test_where_the_child_is_is_said(text: str) -> None:
    assert says_where(heard(text))


@pytest.mark.parametrize(
    "text",
    [
        "is he at home?",
        "I think shes at home",
        "she's not at home",
        "I am at home, no idea",
        "he should be at home",
        "not in today",
        "he was at home when I left for work",
        "he's not at home and I'd rather not say where",
        "I'd rather not say",
    ],
)
def test_a_guess_or_a_question_says_nothing_of_where(text: str) -> None:
    assert not says_where(heard(text))


UNSAID = means("absence", says("amina", code="N"), ask=("return",))


def climbing(outcome: Outcome) -> list[bool]:
    return [one.climbs for one in of(outcome, RaiseAlert)]


def test_at_home_and_rather_not_say_why_is_nobodys_hurry() -> None:
    assert climbing(Thread("mum", cases=[case()]).hears(UNSAID, "she's at home with me, I'd rather not say why")) == [
        False
    ]
    before = Absence("m0/amina/0", "amina", DAY, "N", at("09:18"), contact="mum", message="m0")
    thread = Thread("mum", cases=[case(stage="answered", answered_by="mum")], known=[before])
    assert climbing(thread.hears(UNSAID, "I'd rather not say why")) == [False]


def test_rather_not_say_of_a_child_of_whom_nobody_has_said_where_it_is_climbs() -> None:
    assert climbing(Thread("mum", cases=[case()]).hears(UNSAID, "I'd rather not say why")) == [True]
    fathers = Absence("m0/amina/0", "amina", DAY, "N", at("09:18"), contact="dad", message="m0")
    thread = Thread("mum", cases=[case()], known=[fathers])
    assert climbing(thread.hears(UNSAID, "I'd rather not say why")) == [True]


@pytest.mark.parametrize(
    "text", ["[Voice message, 0:14]", "Voice note", "[Photo]", "WhatsApp audio 2026-11-10 at 09.01"]
)
def test_what_is_no_text(text: str) -> None:
    assert stands_for_a_file(text)


@pytest.mark.parametrize("text", ["photo day today?", "she lost her voice", "Amina"])
def test_what_is_text(text: str) -> None:
    assert not stands_for_a_file(text)


def test_whoever_answers_about_the_brother_is_reminded_of_the_child_we_asked_about() -> None:
    left = (Attempt("mum", "sms", "+447700900001", 1, at("09:15"), "left"),)
    asked = Conversation(Question("absence", ("amina",), DAY, at("09:15")))
    thread = Thread("mum", cases=[case(attempts=left)], conversation=asked)
    reply = thread.hears(means("absence", says("ben")), "Ben is ill").reply
    assert reply is not None
    assert (reply.pupils, reply.values["still"]) == (("ben",), ("Amina",))


@pytest.mark.parametrize(
    ("words", "stage", "searched"),
    [
        ("please send Amina to reception at 12, I'm collecting her", "asked", True),
        ("Amina needs to leave at 12 for the dentist", "handed_over", True),
        ("She's at home with me, we leave at 12 for the hospital", "asked", False),
        ("Amina needs to leave at 12 for the dentist", "answered", False),
    ],
)
def test_who_is_to_leave_later_and_is_not_here_is_thought_to_be_in_school(
    words: str, stage: str, searched: bool
) -> None:
    later = means("absence", says("amina", code="M", session="pm", leaves=time(12, 0)))
    outcome = Thread("mum", cases=[case(stage=stage)]).hears(later, words)
    assert (template(outcome) == "absence.danger") is searched

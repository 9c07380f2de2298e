"""A question whether a child is in school is no statement: the register answers it, or a person, or it is a search."""

from __future__ import annotations

from typing import Any

import pytest

from attendance.events import DangerHeard
from attendance.register import Entry
from bot.outcome import Heard
from bot.understanding import Understanding
from bot.whereabouts.asks_whether_in import asked_whether_in
from tests.support.builders import AM, at, report
from tests.support.messages import Thread, alerted, case, event, events, means, says, template

QUESTION = means("question")
BELIEVES = means("present", says("amina", code=None, first=None), urgent=True)
TICKED = Entry("amina", AM, mis="/", mis_at=at("09:14"))
SIGNED_IN = Entry("amina", AM, mis="L", mis_at=at("09:40"))
IN_LATE: dict[str, Any] = {"stage": "settled", "outcome": "arrived_late", "whereabouts": "confirmed"}


def asked(text: str, writer: str = "dad") -> tuple[str, ...]:
    thread = Thread(writer)
    found: list[tuple[str, ...]] = []

    class Situation:
        school, sender, cases = thread.school, thread.sender, thread.cases

    found.append(asked_whether_in(Heard("m1", "sms", thread.address, text, at("09:50")), Situation()))  # type: ignore[arg-type]
    return found[0]


@pytest.mark.parametrize(
    "text",
    [
        "Is Amina in school today?",
        "can you check she arrived",
        "did Amina turn up this morning??",
        "Can you confirm aminas in please",
        "just checking Amina made it to school",
        "has she arrived safely",
        "Hi. Is my daughter in? Thanks",
        "I want to know if she got in ok",
        "is she there yet",
    ],
)
def test_words_that_only_ask(text: str) -> None:
    assert asked(text) == ("amina",)


@pytest.mark.parametrize(
    "text",
    [
        "Amina is in school today",
        "she is in",
        "is she in? she never answers her phone",
        "Is Amina in trouble?",
        "Is Amina in school on Friday?",
        "is she in for PE today?",
        "is Amina's teacher in today?",
        "is Zed in school today?",
        "where is Amina?",
        "Is Amina in school today? She left at 8",
        "is she coming in?",
    ],
)
def test_words_that_say_or_ask_something_else(text: str) -> None:
    assert asked(text) == ()


def test_of_two_children_the_one_that_is_named_or_missed() -> None:
    assert asked("Is Ben in?", "mum") == ("ben",)
    assert asked("is she in?", "mum") == ()


def test_the_register_answers() -> None:
    outcome = Thread("dad", entered=[TICKED]).hears(QUESTION, "Is Amina in school today?", "10:00")
    assert (template(outcome), alerted(outcome), events(outcome)) == ("absence.in_school", [], [])
    assert outcome.reply is not None
    assert outcome.reply.values["at"] is None


@pytest.mark.parametrize("understood", [QUESTION, BELIEVES])
def test_who_was_signed_in_late_is_said_to_be_here_since_when(understood: Understanding) -> None:
    thread = Thread("mum", cases=[case(**IN_LATE)], entered=[SIGNED_IN])
    outcome = thread.hears(understood, "Is Amina in?", "09:50")
    assert (template(outcome), alerted(outcome)) == ("absence.in_school", [])
    assert outcome.reply is not None
    assert f"{outcome.reply.values['at']:%H:%M}" == "09:40"


def test_before_the_register_says_anything_a_person_answers() -> None:
    outcome = Thread("dad").hears(QUESTION, "Is Amina in school today?", "08:50")
    assert (template(outcome), alerted(outcome)) == ("absence.handed_to_staff", [("message_to_read", False)])


def test_of_a_child_whom_the_other_parent_reported_a_person_answers() -> None:
    thread = Thread("dad", known=[report("k", contact="mum")], entered=[TICKED])
    assert template(thread.hears(QUESTION, "Is Amina in school today?", "10:00")) == "absence.handed_to_staff"


def test_of_a_child_who_is_missed_nobody_knows_where_it_is() -> None:
    outcome = Thread("dad", cases=[case()]).hears(BELIEVES, "Is Amina in school today?")
    danger = event(outcome)
    assert isinstance(danger, DangerHeard)
    assert (danger.kind, template(outcome)) == ("missing", "absence.danger")


def test_who_says_so_believes_it() -> None:
    danger = event(Thread("dad", cases=[case()]).hears(BELIEVES, "Amina is in school, I took her"))
    assert isinstance(danger, DangerHeard)
    assert danger.kind == "believed_in_school"


def test_who_was_signed_in_late_though_it_left_in_time_is_not_sought() -> None:
    thread = Thread("mum", cases=[case(**IN_LATE)], entered=[SIGNED_IN])
    outcome = thread.hears(BELIEVES, "But she left at 8??", "09:50")
    assert (template(outcome), alerted(outcome)) == ("absence.in_school", [("message_to_read", False)])


@pytest.mark.parametrize("entered", [[], [Entry("amina", AM, mis="N")]])
def test_who_was_not_signed_in_is_sought(entered: list[Entry]) -> None:
    outcome = Thread("mum", cases=[case()], entered=entered).hears(BELIEVES, "But she left at 8??", "09:50")
    assert template(outcome) == "absence.danger"
    danger = event(outcome)
    assert isinstance(danger, DangerHeard)
    assert danger.kind == "believed_in_school"

""" "NO" after a read-back: of a child whom the register has in school, or after a question about another child."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from attendance.absences import Absence
from attendance.register import Entry
from bot.conversation import Conversation, Question
from bot.outcome import Outcome, Withdraw
from tests.support.builders import AM, DAY, at
from tests.support.messages import Thread, alerted, case, means, of, template

AMINA_ILL = Absence("m0/amina/0", "amina", DAY, "I", at("08:00"), contact="mum", message="m0")
READ_BACK = Conversation(recorded=(AMINA_ILL.id,), recorded_at=at("08:00"))


def says_no(conversation: Conversation = READ_BACK, **state: Any) -> Outcome:
    thread = Thread("mum", known=[AMINA_ILL], **state)
    thread.conversation = conversation
    return thread.hears(means("reject"), "NO", "09:40")


def withdrawn(outcome: Outcome) -> list[str]:
    return [one.absence.pupil for one in of(outcome, Withdraw)]


@pytest.mark.parametrize("mark", ["/", "L", "U"])
def test_nobody_looks_for_or_asks_about_a_child_whom_the_register_has_in_school(mark: str) -> None:
    outcome = says_no(entered=[Entry("amina", AM, mis=mark)])
    assert (withdrawn(outcome), alerted(outcome), template(outcome)) == (["amina"], [], "absence.corrected")
    assert outcome.reply is not None
    assert outcome.reply.values["what"] == "Amina in school today"


@pytest.mark.parametrize("entered", [[], [Entry("amina", AM, mis="N")], [Entry("amina", AM, mis="I")]])
def test_who_is_not_seen_is_looked_for_and_asked_about(entered: list[Entry]) -> None:
    outcome = says_no(entered=entered)
    assert (withdrawn(outcome), template(outcome)) == (["amina"], "absence.reason")
    assert ("message_to_read", True) in alerted(outcome)


def test_asked_about_the_brother_since_a_person_reads_which_of_the_two_is_meant() -> None:
    asked = replace(READ_BACK, question=Question("absence", ("ben",), DAY, at("09:15")))
    outcome = says_no(asked, cases=[case("ben")])
    assert (withdrawn(outcome), [reason for reason, _ in alerted(outcome)]) == ([], ["message_to_read"])
    assert outcome.reply is not None
    assert (template(outcome), outcome.reply.pupils) == ("absence.reason", ("ben",))


def test_asked_about_the_brother_before_the_read_back_is_meant() -> None:
    asked = replace(READ_BACK, question=Question("absence", ("ben",), DAY, at("07:50")))
    assert withdrawn(says_no(asked, cases=[case("ben")])) == ["amina"]

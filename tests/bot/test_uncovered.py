"""What a correction leaves unexplained: an empty chair this morning, and an appointment that is only at two now."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from attendance.absences import Absence
from attendance.events import ReasonWithdrawn
from attendance.register import Entry
from bot.conversation import Conversation
from bot.outcome import CaseEvent, Outcome
from tests.support.builders import AM, DAY, at
from tests.support.messages import Thread, alerted, case, means, of, says, template

THIS_MORNING = Absence("m0/amina/0", "amina", DAY, "M", at("09:18"), DAY, "am", contact="mum", message="m0")
READ_BACK = Conversation(recorded=(THIS_MORNING.id,), recorded_at=at("09:18"))
ANSWERED = case(stage="answered", whereabouts="claimed", reason="proposed", code="M", answered_by="mum")
AT_TWO = says("amina", code="M", session="pm", leaves=time(14))


def hears(words: str, clock: str = "09:22", known: Absence = THIS_MORNING, **state: Any) -> Outcome:
    thread = Thread("mum", known=[known], **{"cases": [ANSWERED], **state})
    thread.conversation = replace(READ_BACK, recorded=(known.id,))
    return thread.hears(means("absence", AT_TWO), words, clock)


def asked_again(outcome: Outcome) -> bool:
    """The case waits again, and the writer is asked about now beside what is read back."""
    waits = [one.pupil for one in of(outcome, CaseEvent) if isinstance(one.event, ReasonWithdrawn)]
    question = outcome.conversation.question
    assert outcome.reply is not None
    beside = "now" in outcome.reply.values and question is not None and question.children == ("amina",)
    assert (waits == ["amina"]) == beside
    return beside


def test_the_morning_that_was_explained_by_it_waits_again_and_is_asked_about() -> None:
    outcome = hears("moved to 2")
    assert (template(outcome), asked_again(outcome)) == ("absence.corrected", True)


def test_whom_the_register_has_in_school_is_not_asked_about() -> None:
    assert not asked_again(hears("moved to 2", entered=[Entry("amina", AM, mis="L")]))


def test_what_another_contact_said_of_the_morning_stands() -> None:
    ill = Absence("m9/amina/0", "amina", DAY, "I", at("08:50"), contact="dad", message="m9")
    thread = Thread("mum", known=[THIS_MORNING, ill], cases=[ANSWERED])
    thread.conversation = READ_BACK
    outcome = thread.hears(means("absence", AT_TWO), "moved to 2", "09:22")
    assert not [one for one in of(outcome, CaseEvent) if isinstance(one.event, ReasonWithdrawn)]


def test_before_the_register_has_closed_it_is_to_tell() -> None:
    early = replace(THIS_MORNING, recorded_at=at("08:10"))
    outcome = hears("moved to 2", "08:22", early, cases=[])
    assert (("message_to_read", True) in alerted(outcome), asked_again(outcome)) == (False, False)


@pytest.mark.parametrize(("mark", "looked_for"), [("M", True), ("N", True), ("/", False)])
def test_explained_at_the_close_so_that_no_case_asks_a_person_does(mark: str, looked_for: bool) -> None:
    early = replace(THIS_MORNING, recorded_at=at("08:10"))
    outcome = hears("moved to 2", "09:40", early, cases=[], entered=[Entry("amina", AM, mis=mark)])
    assert (("message_to_read", True) in alerted(outcome)) == looked_for


def test_a_morning_that_becomes_a_whole_day_is_explained_as_before() -> None:
    thread = Thread("mum", known=[THIS_MORNING], cases=[ANSWERED])
    thread.conversation = READ_BACK
    outcome = thread.hears(means("absence", says("amina", code="M")), "turns out it takes all day", "09:40")
    assert not [one for one in of(outcome, CaseEvent) if isinstance(one.event, ReasonWithdrawn)]

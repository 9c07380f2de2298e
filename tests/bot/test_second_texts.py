"""What a second text adds to the first: another child, a name put right, a late child that made it, no day yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from attendance.absences import Absence
from attendance.leave import LeaveRequest
from bot.conversation import Conversation, Question
from bot.leave.for_another import the_same_for_another
from bot.leave.standing import about_a_request
from bot.outcome import ChangeLeave, Heard, Outcome, Record, Situation, Withdraw
from bot.understanding import Understanding
from tests.support.builders import DAY, at
from tests.support.messages import Thread, alerted, case, means, of, says, template


def reported(child: str = "amina", code: str = "I", **more: Any) -> Absence:
    return Absence(f"m0/{child}/0", child, DAY, code, at("08:05"), contact="mum", message="m0", **more)


def told(*absences: Absence, question: Question | None = None) -> Conversation:
    return Conversation(question, tuple(one.id for one in absences), at("08:05"))


def test_the_wrong_one_put_right_while_it_is_on_the_bus_is_no_search() -> None:
    words = means("present", says("ben", code=None, first=None), says("amina"), urgent=True, ask=("return",))
    thread = Thread("mum", known=[reported("ben")], conversation=told(reported("ben")))
    outcome = thread.hears(words, "thats wrong its Amina whos ill, Ben is on the bus", "08:20")
    assert [(one.absence.pupil, one.state) for one in of(outcome, Withdraw)] == [("ben", "cancelled")]
    assert [one.absence.pupil for one in of(outcome, Record)] == ["amina"]
    assert (template(outcome), alerted(outcome)) == ("absence.corrected", [])


def test_said_after_the_close_the_child_on_the_bus_is_looked_for() -> None:
    words = means("present", says("ben", code=None, first=None), says("amina"), urgent=True, ask=("return",))
    thread = Thread("mum", known=[reported("ben")], conversation=told(reported("ben")))
    outcome = thread.hears(words, "thats wrong its Amina whos ill, Ben is on the bus", "09:40")
    assert ("believed_in_school", True) in alerted(outcome)


def test_a_late_child_that_made_it_before_the_close_is_nobodys_to_read() -> None:
    late = reported(code="L", half="am")
    words = means("cancel", says("amina", code=None, first=None))
    outcome = Thread("mum", known=[late], conversation=told(late)).hears(words, "ignore that we made it!", "08:57")
    assert [one.state for one in of(outcome, Withdraw)] == ["cancelled"]
    assert (template(outcome), alerted(outcome)) == ("absence.corrected", [])


def test_ignore_that_takes_back_what_was_just_told_and_not_the_brothers_illness() -> None:
    known = [reported("amina"), reported("ben")]
    outcome = Thread("mum", known=known, conversation=told(known[0])).hears(means("cancel"), "ignore that", "08:15")
    assert [one.absence.pupil for one in of(outcome, Withdraw)] == ["amina"]


@pytest.mark.parametrize("text", ["when the doctor says so!", "flu", "shes very poorly"])
def test_the_day_of_return_is_asked_for_once(text: str) -> None:
    asked = Question("return", ("amina",), DAY, at("08:05"))
    words = means("return", says("amina", code=None, first=None), ask=("return",))
    outcome = Thread("mum", known=[reported()], conversation=told(reported(), question=asked)).hears(
        words, text, "08:30"
    )
    assert (template(outcome), outcome.effects, outcome.conversation.question) == ("absence.recorded", (), asked)


def test_the_office_hears_of_a_child_to_be_fetched_before_we_know_which() -> None:
    leaves = replace(says(code="M", session="am"), leaves=at("10:30").time())
    outcome = Thread("mum").hears(means("absence", leaves, ask=("child",)), "will collect at half 10", "08:07")
    assert (template(outcome), alerted(outcome)) == ("absence.which_child", [("message_to_read", False)])


def test_an_illness_of_we_do_not_know_whom_is_only_asked_about() -> None:
    outcome = Thread("mum").hears(means("absence", says(), ask=("child",)), "not coming in today, ill", "08:07")
    assert (template(outcome), alerted(outcome)) == ("absence.which_child", [])


def after_leave_for_amina(text: str, minutes: int = 2) -> tuple[str, list[tuple[tuple[str, ...], str | None]]]:
    thread = Thread("mum")
    day = DAY + timedelta(days=1)
    asked = LeaveRequest("r", "amina", day, None, "C", at("08:00"), contact="mum")
    now: datetime = at("08:00") + timedelta(minutes=minutes)
    situation = Situation(thread.school, thread.sender, Conversation(), (), {}, leave=(asked,))
    heard = Heard("m1", "sms", thread.address, text, now)
    meant = the_same_for_another(heard, means("leave", says("ben", code="N", first=day), ask=("reason",)), situation)
    return meant.intent, [(one.children, one.code) for one in meant.reports]


@pytest.mark.parametrize("text", ["and Ben", "And Ben too please", "oh also Ben", "same for Ben"])
def test_and_his_brother_asks_for_the_same_leave(text: str) -> None:
    assert after_leave_for_amina(text) == ("leave", [(("ben",), "C")])


@pytest.mark.parametrize(
    ("text", "minutes"), [("and Ben has the dentist", 2), ("Ben", 2), ("and Ben", 90), ("and Amina", 2)]
)
def test_other_words_ask_for_nothing_of_the_kind(text: str, minutes: int) -> None:
    assert after_leave_for_amina(text, minutes) == ("leave", [(("ben",), "N")])


def test_an_afternoons_appointment_that_is_off_alarms_nobody_in_the_morning() -> None:
    dentist = reported(code="M", half="pm")
    words = means("cancel", says("amina", code=None, first=None))
    outcome = Thread("mum", known=[dentist], conversation=told(dentist)).hears(words, "theyve cancelled", "10:00")
    assert alerted(outcome) == [("message_to_read", False)]


def test_a_mornings_absence_that_is_off_after_the_close_is_looked_into() -> None:
    words = means("cancel", says("amina", code=None, first=None))
    thread = Thread("mum", known=[reported()], conversation=told(reported()))
    assert ("message_to_read", True) in alerted(thread.hears(words, "ignore that", "10:00"))


ASKS = means("present", says("amina", code=None, first=None), urgent=True)


def test_a_father_who_asks_of_a_child_that_its_mother_reported_is_answered_by_a_person() -> None:
    outcome = Thread("dad", known=[reported()]).hears(ASKS, "is Amina in today", "09:30")
    assert (template(outcome), alerted(outcome)) == ("absence.handed_to_staff", [("message_to_read", False)])


@pytest.mark.parametrize(
    "text", ["she's not ill, I dropped her at the gate", "is Amina in? she isn't answering her phone"]
)
def test_a_father_who_believes_her_in_school_or_cannot_find_her_is_danger(text: str) -> None:
    outcome = Thread("dad", known=[reported()]).hears(ASKS, text, "09:30")
    assert ("believed_in_school", True) in alerted(outcome)


def beside_leave_for_amina(words: Understanding, text: str, minutes: int = 2) -> Outcome | None:
    thread = Thread("mum")
    asked = LeaveRequest("r", "amina", DAY + timedelta(days=9), None, "C", at("08:00"), contact="mum")
    heard = Heard("m1", "sms", thread.address, text, at("08:00") + timedelta(minutes=minutes))
    situation = Situation(thread.school, thread.sender, Conversation(), (), {}, leave=(asked,))
    return about_a_request(heard, words, situation)


@pytest.mark.parametrize(
    ("text", "code"),
    [("staying with her uncle at 14 Church Road", "O"), ("its at 11am if that helps", "N"), ("it's a wedding", "C")],
)
def test_what_is_added_to_a_request_is_no_absence_of_today(text: str, code: str) -> None:
    outcome = beside_leave_for_amina(means("absence", says("amina", code=code), ask=("reason",)), text)
    assert outcome is not None
    assert [(one.request.code, one.request.told) for one in of(outcome, ChangeLeave)] == [("C", ("m1",))]
    assert (template(outcome), of(outcome, Record)) == ("leave.received", [])


@pytest.mark.parametrize(
    ("text", "code", "minutes"),
    [
        ("Amina is off", "N", 2),
        ("she wont be coming", "N", 2),
        ("its at 11am if that helps", "N", 90),
        ("refusing to come in today", "O", 2),
    ],
)
def test_who_is_away_now_is_not_told_of_the_leave(text: str, code: str, minutes: int) -> None:
    assert beside_leave_for_amina(means("absence", says("amina", code=code), ask=("reason",)), text, minutes) is None


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("ok thank you will she get detention for it", [("message_to_read", False)]),
        ("ta. and is it on zoom or in person", [("message_to_read", False)]),
        ("ok thanks, will do", []),
        ("thank you, it is much appreciated", []),
    ],
)
def test_a_question_behind_the_thanks_is_answered_by_a_person(text: str, reads: list[tuple[str, bool]]) -> None:
    assert alerted(Thread("mum", known=[reported()]).hears(means("chat"), text, "08:40")) == reads


@pytest.mark.parametrize(
    ("text", "asks"), [("yes", True), ("Yeah, sorry", True), ("👍", True), ("ok thanks", True), ("yes miss", False)]
)
def test_a_plain_yes_or_a_thumb_to_why_a_child_is_away_is_asked_why_once(text: str, asks: bool) -> None:
    thread = Thread("mum", cases=[case()], conversation=Conversation(Question("absence", ("amina",), DAY, at("09:15"))))
    first, again = thread.hears(means("chat"), text, "09:18"), thread.hears(means("chat"), text, "09:24")
    assert (template(first), template(again)) == ("absence.reason" if asks else None, None)

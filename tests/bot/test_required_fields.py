"""What the policy requires of a report is asked for, one question at a time; the day of return last, and once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from attendance.effects import RaiseAlert
from attendance.events import ReasonGiven
from attendance.policy import policy_by_key
from bot.asking import required_of_a_report
from bot.context import read_in_context
from bot.outcome import CaseEvent, Heard, Outcome, Record, Situation, Withdraw
from bot.understanding import Understanding
from tests.support.builders import AMINA, DAD, DAY, MUM, NAN, at, school
from tests.support.messages import BEN, FAMILY_OF_TWO, Thread, alerted, case, event, events, means, of, says, template

THURSDAY = date(2026, 11, 12)
ILL = means("absence", says("amina"), ask=("return",))


def requiring(*fields: str, writer: str = "mum") -> Thread:
    """A writer's thread at a school whose reports must hold these fields."""
    ours = school(pupils=[AMINA, BEN], contacts=[MUM, DAD, NAN], links=FAMILY_OF_TWO)
    report = ours.policy.report.model_copy(update={"fields": fields})
    ours = replace(ours, policy=ours.policy.model_copy(update={"report": report}))
    return Thread(writer, cases=[case()], of=ours)


def until_when(outcome: Outcome) -> tuple[str, ...]:
    """Whose day of return the answer asks for."""
    return tuple(outcome.reply.values.get("until", ())) if outcome.reply else ()


def reads(thread: Thread, text: str) -> Understanding:
    """What the reader makes of real words in this thread, after what was recorded."""
    heard = Heard("m9", "sms", thread.address, text, at("09:25"))
    situation = Situation(thread.school, thread.sender, thread.conversation, thread.known, thread.cases)
    return read_in_context(heard, situation)


def recorded(thread: Thread, understood: Understanding = ILL) -> Outcome:
    """The report is heard, and known from then on."""
    outcome = thread.hears(understood)
    thread.known = tuple(one.absence for one in of(outcome, Record))
    return outcome


@pytest.mark.parametrize(
    ("key", "asked"),
    [
        ("blue-coat", {"child", "reason", "return"}),
        ("looe", {"child", "reason"}),
        ("st-joseph-st-bede", {"child", "reason", "return"}),
        ("mary-bassett", {"child", "reason", "return"}),
        ("west-coventry", {"child", "reason"}),
    ],
)
def test_what_each_of_the_five_policies_has_asked(key: str, asked: set[str]) -> None:
    assert required_of_a_report(policy_by_key(key)) == asked


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        (("child", "reason"), ()),
        (("child", "tutor_group", "reason", "sender", "relation"), ()),
        (("reason", "return_date"), ("Amina",)),
        (("reason", "length"), ("Amina",)),
    ],
)
def test_the_day_of_return_is_asked_where_it_is_required_and_the_reason_counts_at_once(
    fields: tuple[str, ...], asked: tuple[str, ...]
) -> None:
    thread = requiring(*fields)
    outcome = thread.hears(ILL)
    assert isinstance(event(outcome), ReasonGiven)
    assert (template(outcome), until_when(outcome)) == ("absence.recorded", asked)
    assert (thread.conversation.question is not None) == bool(asked)
    assert thread.conversation.last_recorded(at("09:30"))


@pytest.mark.parametrize(
    "understood",
    [
        means("absence", says("amina", return_day=THURSDAY)),
        means("absence", says("amina")),
        means("absence", says("amina", session="am"), ask=("return",)),
    ],
    ids=["said", "they do not know yet", "half a day"],
)
def test_what_was_said_is_not_asked(understood: Understanding) -> None:
    assert until_when(requiring("return_date").hears(understood)) == ()


def test_the_reason_is_asked_first_and_the_day_of_return_after_it() -> None:
    thread = requiring("reason", "return_date")
    first = thread.hears(means("absence", says("amina", code="N"), ask=("reason", "return", "confirm")))
    assert (template(first), until_when(first), events(first)) == ("absence.reason", (), [("amina", "UnclearAnswer")])
    assert len(first.effects) == 1
    assert until_when(thread.hears(ILL)) == ("Amina",)


def test_a_doubt_is_asked_first_and_the_day_of_return_after_the_yes() -> None:
    thread = requiring("reason", "return_date")
    first = thread.hears(means("absence", says("amina"), ask=("return", "confirm")))
    assert (template(first), events(first)) == ("absence.confirm", [("amina", "UnclearAnswer")])
    yes = thread.hears(means("confirm"))
    assert events(yes) == [("amina", "ReasonGiven")]
    assert until_when(yes) == ("Amina",)


def test_a_doubt_is_asked_and_no_day_where_none_is_required() -> None:
    thread = requiring("child", "reason")
    assert template(thread.hears(means("absence", says("amina"), ask=("return", "confirm")))) == "absence.confirm"
    assert until_when(thread.hears(means("confirm"))) == ()


def test_nobody_is_asked_twice_on_one_day() -> None:
    thread = requiring("return_date")
    assert until_when(recorded(thread)) == ("Amina",)
    assert until_when(thread.hears(means("absence", says("amina", code="M"), ask=("return",)))) == ()
    both = means("absence", says("amina", "ben"), ask=("return",))
    assert until_when(thread.hears(both)) == ("Ben",)


def test_an_appointment_is_over_the_same_day_and_asks_for_no_other() -> None:
    outcome = requiring("return_date").hears(means("absence", says("amina", code="M"), ask=("return",)))
    assert (template(outcome), until_when(outcome)) == ("absence.recorded", ())


@pytest.mark.parametrize("text", ["Thursday", "back Thursday", "Thursday hopefully", "she'll be back on Thursday"])
def test_the_day_that_is_answered_is_recorded(text: str) -> None:
    thread = requiring("return_date")
    recorded(thread)
    outcome = thread.hears(reads(thread, text), text)
    (made,) = of(outcome, Record)
    assert (made.absence.code, made.absence.return_day, template(outcome)) == ("I", THURSDAY, "absence.recorded")


@pytest.mark.parametrize("text", ["not sure yet", "dont know", "when she is better"])
def test_not_knowing_is_an_answer(text: str) -> None:
    thread = requiring("return_date")
    recorded(thread)
    outcome = thread.hears(reads(thread, text), text)
    assert (outcome.effects, template(outcome), until_when(outcome)) == ((), "absence.recorded", ())
    assert thread.conversation.question is None


@pytest.mark.parametrize("text", ["NO", "no", "No that's wrong"])
def test_no_still_rejects_what_was_read_back(text: str) -> None:
    thread = requiring("return_date")
    recorded(thread)
    outcome = thread.hears(reads(thread, text), text)
    assert [one.state for one in of(outcome, Withdraw)] == ["rejected"]


@pytest.mark.parametrize("text", ["she left for school at 8", "I don't know where she is, she should be back by now"])
def test_danger_is_heard_although_a_day_was_asked_for(text: str) -> None:
    thread = requiring("return_date")
    recorded(thread)
    outcome = thread.hears(reads(thread, text), text)
    assert any(
        one.urgent if isinstance(one, RaiseAlert) else type(one.event).__name__ == "DangerHeard"
        for one in outcome.effects
        if isinstance(one, RaiseAlert | CaseEvent)
    )


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Amina and Ben back Thursday", True),
        ("both Thursday", True),
        ("Amina tomorrow, Ben Thursday", False),
        ("Amina on Thursday and Ben next week", False),
    ],
)
def test_two_days_for_two_children_are_for_a_person(text: str, read: bool) -> None:
    thread = requiring("return_date")
    recorded(thread, means("absence", says("amina", "ben"), ask=("return",)))
    days = means("return", says("amina", "ben", code=None, first=None, return_day=THURSDAY))
    outcome = thread.hears(days, text)
    assert len(of(outcome, Record)) == (2 if read else 0)
    assert alerted(outcome) == ([] if read else [("message_to_read", False)])


def test_ok_thanks_leaves_it_open() -> None:
    thread = requiring("return_date")
    recorded(thread)
    outcome = thread.hears(reads(thread, "ok thanks"), "ok thanks")
    assert (outcome.effects, outcome.reply) == ((), None)
    question = thread.conversation.question
    assert question is not None
    assert (question.kind, question.children, question.day) == ("return", ("amina",), DAY)


def test_danger_is_heard_although_a_draft_waits_for_a_yes() -> None:
    thread = requiring("return_date")
    thread.hears(means("absence", says("amina"), ask=("return", "confirm")))
    read = reads(thread, "Amina left for school at eight as usual")
    assert (read.intent, read.urgent) == ("present", True)
    assert [type(event_of.event).__name__ for event_of in of(thread.hears(read), CaseEvent)] == ["DangerHeard"]


def test_of_two_that_were_asked_about_only_the_one_that_is_left_is_read_back() -> None:
    thread = requiring("child", "reason", "return_date")
    recorded(thread, means("absence", says("amina", "ben"), ask=("return",)))
    words = means("return", says("amina", code=None, first=None), ask=("return",))
    outcome = thread.hears(words, "Actually Ben says he's ok and is going. just Amina", "09:25")
    assert outcome.reply is not None
    assert "Ben" not in outcome.reply.values["what"]
    assert "Amina" in outcome.reply.values["what"]


def test_the_same_report_again_within_minutes_is_answered_in_the_very_words_which_do_not_leave_twice() -> None:
    thread = requiring("return_date")
    first = recorded(thread)
    again, later = thread.hears(ILL, clock="09:29"), thread.hears(ILL, clock="10:30")
    assert first.reply is not None
    assert again.reply is not None
    assert (again.reply.template, again.reply.values) == (first.reply.template, first.reply.values)
    assert until_when(later) == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("actually its a hospital appt not ill sorry only just looked at the calender", "M"),
        ("sorry its a hospital appointment not illness", "M"),
        ("she's not ill, she has the orthodontist, my mistake", "M"),
    ],
)
def test_another_reason_is_no_answer_to_until_when(text: str, code: str) -> None:
    thread = requiring("return_date")
    recorded(thread)
    read = reads(thread, text)
    assert (read.intent, [one.code for one in read.reports]) == ("absence", [code])


@pytest.mark.parametrize("text", ["its flu", "not sure, seeing the doctor at 2", "not yet, still ill", "thursday"])
def test_what_goes_on_from_the_illness_is_one(text: str) -> None:
    thread = requiring("return_date")
    recorded(thread)
    assert reads(thread, text).intent == "return"

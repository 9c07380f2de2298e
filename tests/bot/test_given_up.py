"""Expected later today, and not coming after all: nobody waits for such a child, or asks about it after lunch."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest

from attendance.absences import Absence
from attendance.calling import advance
from attendance.events import SafeWithoutReason
from bot.outcome import Outcome, Record
from bot.understanding import Understanding
from tests.support.builders import DAY, at
from tests.support.messages import Thread, case, events, family, means, of, says, template

TOMORROW = DAY + timedelta(days=1)
RETURN = means("return", says("amina", code=None, first=None, return_day=TOMORROW))
CANCEL = means("cancel", says("amina", code=None, first=None))


def said(code: str, **more: Any) -> Absence:
    return Absence("m0/amina/0", "amina", DAY, code, at("08:05"), half="am", contact="mum", message="m0", **more)


APPOINTMENT = said("M", return_day=DAY, arrives=time(10, 30))
LATE = said("L")


def hears(words: Understanding, text: str, known: Absence, writer: str = "mum", clock: str = "10:10") -> Outcome:
    waits = case(stage="answered", outcome="late_on_the_way", answered_by="mum", next_at=at("10:45"))
    return Thread(writer, cases=[waits], known=[known]).hears(words, text, clock)


def recorded(outcome: Outcome) -> list[tuple[str, str, object, object]]:
    return [
        (one.absence.code, one.absence.half, one.absence.return_day, one.absence.arrives) for one in records(outcome)
    ]


def records(outcome: Outcome) -> list[Record]:
    return of(outcome, Record)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (RETURN, "She was a bit upset so I'm taking her home, she'll be in tomorrow"),
        (means("absence", says("amina", code="O", return_day=TOMORROW)), "not worth bringing her in now, in tomorrow"),
        (means("absence", says("amina", code="M")), "going straight home after as she's had 2 teeth out"),
        (CANCEL, "running so late we've gone home"),
    ],
)
def test_from_the_appointment_home_is_a_day_away_at_the_appointment(words: Understanding, text: str) -> None:
    outcome = hears(words, text, APPOINTMENT)
    assert recorded(outcome) == [("M", "day", TOMORROW, None)]
    assert (template(outcome), events(outcome)) == ("absence.corrected", [("amina", "ReasonGiven")])


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (CANCEL, "Car is dead, no bus till 2 so not worth it. he'll be in tomorrow"),
        (RETURN, "I'm going to keep him off today after all"),
        (CANCEL, "bus never came so we've gone home"),
    ],
)
def test_who_was_late_and_stays_at_home_is_accounted_for_and_why_is_a_persons_to_hear(
    words: Understanding, text: str
) -> None:
    outcome = hears(words, text, LATE)
    assert [code for code, *_ in recorded(outcome)] == ["N"]
    assert events(outcome) == [("amina", "SafeWithoutReason")]


@pytest.mark.parametrize(
    ("words", "text", "known"),
    [
        (RETURN, "see you tomorrow at parents evening", LATE),
        (CANCEL, "ignore that, we made it", LATE),
        (means("absence", says("amina", code="O")), "can you send her home if she's no better?", APPOINTMENT),
        (means("absence", says("amina", code="M")), "taking her home after school for the dentist", APPOINTMENT),
    ],
)
def test_near_misses_account_for_nobody(words: Understanding, text: str, known: Absence) -> None:
    outcome = hears(words, text, known)
    assert "SafeWithoutReason" not in [name for _, name in events(outcome)]
    assert ("M", "day", TOMORROW, None) not in recorded(outcome)


def test_another_contacts_appointment_is_not_theirs_to_give_up() -> None:
    outcome = hears(CANCEL, "we've gone home, in tomorrow", APPOINTMENT, writer="dad")
    assert ("M", "day", TOMORROW, None) not in recorded(outcome)


def test_whoever_expected_the_child_ends_the_waiting_and_nobody_else_does() -> None:
    waits = case(stage="answered", outcome="late_on_the_way", answered_by="mum", next_at=at("10:45"))
    school = family()
    turned_back, _ = advance(waits, SafeWithoutReason("e", "mum"), at("09:30"), school)
    assert (turned_back.outcome, turned_back.next_at) == ("no_reason_given", None)
    assert advance(waits, SafeWithoutReason("e", "dad"), at("09:30"), school)[0].outcome == "late_on_the_way"


def test_who_refuses_to_come_now_is_the_one_that_was_late() -> None:
    late = Absence("m0/ben/0", "ben", DAY, "L", at("09:25"), half="am", contact="mum", message="m0")
    dentist = Absence("m0/amina/0", "amina", DAY, "M", at("09:25"), contact="mum", message="m0")
    cases = [
        case(stage="answered", outcome="answered_other", answered_by="mum", code="M"),
        case("ben", stage="answered", outcome="late_on_the_way", answered_by="mum", next_at=at("10:00")),
    ]
    words = means("absence", says("ben"), ask=("child", "return"))
    thread = Thread("mum", cases=cases, known=[dentist, late])
    outcome = thread.hears(words, "he's refusing to come now, stomach ache. keeping him home", "09:50")
    assert [one.absence.pupil for one in records(outcome)] == ["ben"]
    assert ("ben", "ReasonGiven") in events(outcome)


@pytest.mark.parametrize("text", ["ok see you tomorrow at parents evening", "ok thank you, speak tomorrow"])
def test_politeness_leaves_a_child_on_its_way_looked_for(text: str) -> None:
    outcome = hears(means("absence", says("amina", code="O", return_day=TOMORROW)), text, LATE)
    assert (template(outcome), events(outcome), records(outcome)) == ("absence.handed_to_staff", [], [])


def test_who_refuses_to_come_is_not_asked_about_again() -> None:
    words = means("absence", says("amina", code="O", return_day=TOMORROW), ask=("confirm",))
    outcome = hears(words, "she's refusing to come now so we'll try again tomorrow", LATE)
    assert events(outcome) == [("amina", "SafeWithoutReason")]

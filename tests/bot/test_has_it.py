"""Each of two parents who live apart says that the child is with them: at most one is right, and staff hear at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from attendance.absences import Absence
from attendance.school import School
from bot.context import read_in_context
from bot.outcome import Heard, Situation
from bot.route import route
from bot.understanding import Understanding
from bot.understanding.places import ACCOUNTED, places_in
from bot.understanding.words.normalise import line_of
from tests.support.builders import DAY, at, link
from tests.support.messages import Thread, alerted, case, events, family, means, says, template

ILL = means("absence", says("amina"))
SAFE = means("absence", says("amina", code="N"))
AT_ONE_ADDRESS = family(link("amina", "mum", 1, household="a"), link("amina", "dad", 2, "father", household="a"))
WITH_GRAN = family(link("amina", "mum", 1, household="a"), link("amina", "dad", 2, "grandfather", household="b"))


@pytest.mark.parametrize(
    "text",
    [
        "Percy is with me in Leeds this week",
        "Percy is poorly in bed here, he'll be off till Monday",
        "he's at mine with a cold",
        "She's here with a temperature",
        "with me, she's ill",
        "I've got him here, he's been sick",
        "she is off sick, at home with me",
        "Yeah Demis here with me, throwing up",
        "Yeah Demi's with me",
        "Demi's at ours in bed",
        "she's round mine, poorly",
        "Demi's on my sofa with a sick bucket",
        "got Demi here with me she's been sick",
    ],
)
def test_who_has_the_child(text: str) -> None:
    assert places_in(line_of(text)).has_it_now()


@pytest.mark.parametrize(
    "text",
    [
        "he's ill at home",
        "is she with you?",
        "she was with me until eight",
        "not with me",
        "she has a cold",
        "he should be here by ten",
        "I've got him an appointment at 10",
        "off with a temperature",
    ],
)
def test_who_does_not_say_so(text: str) -> None:
    assert not places_in(line_of(text)).has_it_now()


@pytest.mark.parametrize(("first", "then"), [(None, ILL), (None, SAFE), ("I", SAFE), ("I", ILL)])
def test_with_each_of_two_parents_is_an_alarm(first: str | None, then: object) -> None:
    outcome_before = "answered_ill" if first else "no_reason_given"
    answered = case(stage="answered", outcome=outcome_before, code=first, answered_by="mum", with_contact="mum")
    said = Thread("dad", cases=[answered]).hears(then, "she is here with me")  # type: ignore[arg-type]
    assert template(said) == "absence.danger"


@pytest.mark.parametrize("of", [AT_ONE_ADDRESS, WITH_GRAN])
def test_at_one_address_or_with_a_grandparent_it_is_none(of: object) -> None:
    answered = case(stage="answered", outcome="no_reason_given", answered_by="mum", with_contact="mum")
    said = Thread("dad", cases=[answered], of=of).hears(ILL, "she is here with me")  # type: ignore[arg-type]
    assert template(said) == "absence.recorded"


def test_ill_from_the_other_who_says_not_where_is_none() -> None:
    answered = case(stage="answered", outcome="no_reason_given", answered_by="mum", with_contact="mum")
    said = Thread("dad", cases=[answered]).hears(ILL, "she has a cold")
    assert (template(said), alerted(said)) == ("absence.recorded", [])
    assert events(said) == [("amina", "ReasonGiven")]


def reported(code: str = "I", is_with_them: bool = True, clock: str = "08:00") -> Absence:
    """What Amina's mother has told this morning, before the register closed."""
    return Absence("a1", "amina", DAY, code, at(clock), contact="mum", is_with_them=is_with_them)


@pytest.mark.parametrize("told", [ILL, SAFE])
def test_before_the_close_it_is_an_alarm_too(told: Understanding) -> None:
    said = Thread("dad", known=[reported()]).hears(told, "she is here with me", "08:20")
    assert template(said) == "absence.danger"
    assert alerted(said) == [("contradicted", True)]


@pytest.mark.parametrize("of_", [AT_ONE_ADDRESS, WITH_GRAN])
def test_before_the_close_at_one_address_it_is_none(of_: School) -> None:
    said = Thread("dad", known=[reported()], of=of_).hears(ILL, "she is here with me", "08:20")
    assert alerted(said) == []


def test_a_child_that_was_with_the_other_on_an_earlier_day_has_moved_on() -> None:
    earlier = replace(reported(), recorded_at=at("08:00") - timedelta(days=1), return_day=DAY + timedelta(days=2))
    said = Thread("dad", known=[earlier]).hears(ILL, "she is here with me", "08:20")
    assert ("contradicted", True) not in alerted(said)


def test_ill_by_the_one_and_only_with_the_other_is_for_a_person() -> None:
    said = Thread("dad", known=[reported(is_with_them=False)]).hears(SAFE, "Amina's with me for the day", "08:20")
    assert ("discrepancy", False) in alerted(said)


def test_the_others_reason_is_not_told_to_who_only_has_the_child() -> None:
    thread = Thread("dad", known=[reported(is_with_them=False)])
    heard = Heard("m1", "sms", thread.address, "Amina's with me for the day", at("08:20"))
    situation = Situation(thread.school, thread.sender, thread.conversation, thread.known, {})
    assert [one.code for one in read_in_context(heard, situation).reports] == ["N"]


def test_whoever_has_a_missed_child_accounts_for_it() -> None:
    thread = Thread("dad", cases=[case()])
    heard = Heard("m1", "sms", thread.address, "I've got Amina here with me", at("09:20"))
    situation = Situation(thread.school, thread.sender, thread.conversation, (), thread.cases)
    said = route(heard, read_in_context(heard, situation), situation)
    assert events(said) == [("amina", "SafeWithoutReason")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("he's at home with me. not saying why", True),
        ("hes at home with me not telling you why", True),
        ("he's at home, im not discussing it", True),
        ("he's not at home with me", False),
        ("he's not at home, not saying why", False),
    ],
)
def test_who_will_not_say_why_still_says_where(text: str, said: bool) -> None:
    assert places_in(line_of(text)).says(ACCOUNTED) is said

"""Each of two parents who live apart says that the child is with them: at most one is right, and staff hear at once."""

from __future__ import annotations

import pytest

from bot.understanding.places import places_in
from bot.understanding.words.normalise import line_of
from tests.support.builders import link
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

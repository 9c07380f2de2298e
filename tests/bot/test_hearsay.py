"""What a missed child said of itself is a guess of why it is away, and no end of the chase."""

from __future__ import annotations

import pytest

from attendance.school import School
from bot.context import read_in_context
from bot.outcome import Heard, Situation
from tests.support.builders import at, link
from tests.support.messages import Thread, case, family

AN_AUNT = family(link("amina", "mum", 1, household="a"), link("amina", "dad", 2, "aunt", household="b"))


def of_a_missed_child(text: str, writer: str = "dad", stage: str = "asked", of: School | None = None) -> str:
    """What the words mean, of Amina, whom the register has missed."""
    thread = Thread(writer, cases=[case("amina", stage=stage)], of=of)
    heard = Heard("m1", "sms", thread.address, text, at("09:25"))
    return read_in_context(heard, Situation(thread.school, thread.sender, thread.conversation, (), thread.cases)).intent


@pytest.mark.parametrize("writer", ["mum", "dad"])
@pytest.mark.parametrize(
    "text",
    [
        "she said she had a headache last night",
        "she did say she felt poorly this morning",
        "she was complaining of a tummy ache yesterday",
    ],
)
def test_a_guess_is_read_by_a_person(text: str, writer: str) -> None:
    assert of_a_missed_child(text, writer) != "absence"


@pytest.mark.parametrize(
    "text",
    [
        "she said she felt sick so I kept her off",
        "she told me she has a headache, she is in bed",
        "her mum said shes got a headache so shes stopping in",
        "she has a headache",
        "she was sick in the night",
    ],
)
def test_a_report_is_one(text: str) -> None:
    assert of_a_missed_child(text) == "absence"


@pytest.mark.parametrize("of", [None, AN_AUNT])
@pytest.mark.parametrize(
    "text",
    [
        "Not sure love, I think her mum said something about a dentist?",
        "I think her mum said something about a dentist",
        "wasn't there something about a hospital appointment?",
        "didn't her mum say she had an eye test",
        "I'm not sure but didn't Jo say she had a hospital appointment",
        "not sure, could be the dentist",
        "No idea sorry, maybe she's ill?",
        "might be poorly, I'm not sure",
        "His mum's sorting it I think, he had an orthodontist at some point today",
        "think she had the dentist today but not certain",
        "Don't know for certain, her mum mentioned the optician",
    ],
)
def test_what_somebody_half_remembers_is_a_guess(text: str, of: School | None) -> None:
    assert of_a_missed_child(text, of=of) == "question"


@pytest.mark.parametrize("text", ["not sure but I think she's got a bug", "dont know, her mum said shes poorly"])
def test_whether_the_child_is_ill_only_a_parent_knows(text: str) -> None:
    assert of_a_missed_child(text, of=AN_AUNT) == "question"
    assert of_a_missed_child(text) == "absence"


@pytest.mark.parametrize(
    "text",
    [
        "Not sure what it is, she's got a rash all over",
        "Not sure when she'll be back, she's got a temp",
        "I think it's a bug, she was sick in the night",
        "I think she's got the dentist this morning",
        "her mum said shes poorly",
        "she was sick something like five times in the night",
        "She's here in bed, not sure what's wrong, maybe flu",
        "I said something about it last week, she has the dentist at 10",
        "Dentist this morning. Not sure how long it will take",
        "she's with me, don't know, might be a cold",
        "she's got the dentist at some point this morning so I've kept her off",
    ],
)
def test_not_to_know_what_it_is_called_is_no_guess(text: str) -> None:
    for of in (None, AN_AUNT):
        assert of_a_missed_child(text, of=of) == "absence"


@pytest.mark.parametrize(
    "text",
    [
        "think shes poorly but she was at her dads last night so not 100%",
        "i think shes ill but shes at her dads",
        "shes poorly i think, shes been at her nans since sunday",
        "must be ill, her dad has her this week",
        "prob poorly, its her dads week",
        "prob just a cold she stayed at her dads so couldnt tell u for sure",
    ],
)
def test_a_guess_about_a_child_that_is_with_somebody_else_has_us_ask_them(text: str) -> None:
    assert of_a_missed_child(text, "mum") == "other_parent"


@pytest.mark.parametrize(
    "text",
    [
        "i think she has a bug",
        "shes not well i think x",
        "shes ill, shes at her dads",
        "her dad says shes full of cold, shes at his",
        "shes at her nans as im at work, think its a bug",
        "she was sick at her nans last night, keeping her home i think its a bug",
        "think its a sick bug, she came back from her dads with it so keeping her off",
    ],
)
def test_a_doubt_of_what_ails_it_is_no_guess(text: str) -> None:
    assert of_a_missed_child(text, "mum") == "absence"

"""Two adults who each say that they have the child, or of whom one takes it to be in school: a person hears at once."""

from __future__ import annotations

import pytest

from tests.support.families import Person, adult, child
from tests.support.fixtures import OpenSchool

MUM = adult("mum", "Rita Vale", 51, "mother", "one")
DAD = adult("dad", "Sol Vale", 52, "father", "two")
AUNT = adult("aunt", "Ines Vale", 53, "aunt", "three")
ADULTS: list[Person] = [MUM, DAD, AUNT]
NINA = child("nina", "Nina Vale", "mum", "dad", "aunt")


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (("mum", "Nina is ill today"), ("dad", "she's with me")),
        (("dad", "Nina's with me today"), ("mum", "Nina has a temperature")),
    ],
)
async def test_a_reason_of_the_one_home_and_only_with_me_of_the_other_are_a_discrepancy(
    open_school: OpenSchool, first: tuple[str, str], then: tuple[str, str]
) -> None:
    school = await open_school(NINA, adults=ADULTS)
    await school.at("09:15").register_closes(without_reason=["nina"])
    await school.at("09:20").says(*first)
    await school.at("09:40").says(*then)
    assert school.alerted("discrepancy", "nina") == [("09:40", "reed")]
    assert school.marks("nina")[-1] == ("N", "I"), "the reason stands"
    assert school.state("nina") == "answered"


async def test_parents_of_one_home_differ_in_nothing(open_school: OpenSchool) -> None:
    together = [MUM, {**DAD, "household": "one"}, AUNT]
    school = await open_school(NINA, adults=together)
    await school.at("09:15").register_closes(without_reason=["nina"])
    await school.at("09:20").says("mum", "Nina is ill today")
    await school.at("09:40").says("dad", "she's with me")
    assert school.alerted("discrepancy") == []


@pytest.mark.parametrize("has_it", ["I've got Nina, she's with me", "Nina is here with me today"])
async def test_at_school_says_the_mother_and_her_aunt_has_her(open_school: OpenSchool, has_it: str) -> None:
    school = await open_school(NINA, adults=ADULTS)
    await school.at("09:15").register_closes(without_reason=["nina"])
    await school.at("09:20").says("mum", "Nina is at school")
    await school.at("10:00").says("aunt", has_it)
    assert ("10:00", "reed") in school.alerted("contradicted", "nina")
    assert school.state("nina") == "alarmed"
    assert "are being told now" in school.words_to("aunt")[-1]


async def test_whoever_believed_it_and_has_found_it_contradicts_nobody(open_school: OpenSchool) -> None:
    school = await open_school(NINA, adults=ADULTS)
    await school.at("09:15").register_closes(without_reason=["nina"])
    await school.at("09:20").says("mum", "Nina is at school")
    await school.at("09:40").says("mum", "sorry she's here with me after all")
    assert school.alerted("contradicted", "nina") == []

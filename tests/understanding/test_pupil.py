"""A pupil who writes as "I": the illness is the child's own, and no parent's."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read

ASKED = "2026-11-10T09:20"


def code(text: str, child: str) -> str | None:
    return read(text, ASKED, child, "absence").reports[0].code


@pytest.mark.parametrize(
    ("text", "child"),
    [
        ("im ella, mums at work she said to say ive got a cold", "Ella:7"),
        ("its tom i feel sick mum said i can stay off", "Tom:9"),
        ("hi its ella i have tummy ache can you tell miss", "Ella:5"),
        ("hello its kit writing on dads phone ive got a temperature", "Kit:9"),
        ("Kit here, I've hurt my foot, dad is at work", "Kit:9"),
        ("its me Ella, ive been sick, mum says im not allowed in", "Ella:8"),
        ("its Kit, i was sick in the night", "Kit:9"),
        ("this is Ella, I've got a sore throat and mum's on nights", "Ella:9"),
        ("my name is Tom smith i have a bad cough", "Tom:9"),
        ("hello i am tom, i have flu, my dad said", "Tom:9"),
        ("hi miss its Ella i broke my wrist at the park", "Ella:6"),
    ],
)
def test_an_illness_of_the_child_that_writes_is_its_own(text: str, child: str) -> None:
    assert code(text, child) == "I"


@pytest.mark.parametrize(
    ("text", "child"),
    [
        ("its toms mum ive got a cold so he cant come", "Tom:3"),
        ("Its Tom. I've got the flu so can't get him there", "Tom:3"),
        ("hi it's about Tom, I'm ill with a sickness bug and on my own", "Tom:3"),
        ("Hi this is Tom's mum, I've got a bad back and cant drive him in", "Tom:3"),
        ("I am Ella's nan, I have a bad hip and can't walk her down", "Ella:3"),
        ("Ella's dad here. I'm in bed with flu, nobody to bring her", "Ella:3"),
        ("Mums ill so he's staying home to help", "Tom:9"),
        ("mums in bed with a bad back, nobody to bring Ella", "Ella:3"),
    ],
)
def test_an_illness_of_the_parent_is_none_of_the_childs(text: str, child: str) -> None:
    assert code(text, child) == "O"


def test_a_child_that_is_named_by_the_parent_is_ill_as_before() -> None:
    assert code("its Tom, he has been sick, I'm keeping him home", "Tom:3") == "I"


@pytest.mark.parametrize(
    "text",
    [
        "It's his sister, mum's asleep, he's not well",
        "this is Toms big sister, Tom has a temperature",
        "hi its toms brother he is ill",
        "its his sister Ella, mum is at work, he has a temp",
    ],
)
def test_a_sibling_on_a_parents_phone_may_not_be_the_parent(text: str) -> None:
    assert read(text, ASKED, "Tom:8", "absence").sender_doubt


@pytest.mark.parametrize(
    "text",
    [
        "its his brother who is ill not tom",
        "its his sister's birthday and he is poorly",
        "It's her sister Ella with the temperature",
        "this is his stepmum, Tom is ill",
        "it's his brother's first day, they are both off ill",
    ],
)
def test_who_speaks_of_a_sibling_is_none(text: str) -> None:
    assert not read(text, ASKED, "Tom:8 Ella:10", "absence").sender_doubt

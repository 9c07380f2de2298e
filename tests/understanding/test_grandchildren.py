"""A listed grandmother's grandson is the child, and its illness its own; beside the child's name it is another one."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("my grandson is with me, poorly tummy", "I"),
        ("my grandson has a cold", "I"),
        ("our grandson is unwell", "I"),
        ("my stepson has been sick", "I"),
        ("my grandson is at the dentist", "M"),
        ("my granddaughter is ill so I cant bring Tom", "O"),
        ("my mum is poorly", "O"),
    ],
)
def test_whose_illness_it_is(text: str, code: str) -> None:
    told = read(text, asked="absence")
    assert (told.intent, [one.code for one in told.reports]) == ("absence", [code])


def test_which_of_two() -> None:
    told = read("my granddaughter is poorly", children="Tom:3 Ella:6")
    assert [one.children for one in told.reports] == [("c2",)]


@pytest.mark.parametrize(("text", "code"), [("my nephew is poorly", "O"), ("my granddaughter is poorly", "I")])
def test_a_nephew_is_no_child_of_the_writers(text: str, code: str) -> None:
    """Of an aunt the reader is given the other word."""
    assert [one.code for one in read(text, asked="absence").reports] == [code]

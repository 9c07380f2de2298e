"""What the reader is given of a message: without the line that only holds its writer's name, and as the writer is to
the child."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.for_the_reader import message_in_context
from bot.outcome import Heard, Situation
from tests.support.builders import at, contact, link, pupil, school
from tests.support.messages import Thread


def given(text: str, writer: str = "V Sharma", relation: str = "mother") -> str:
    ours = school(
        pupils=[replace(pupil("anaya"), family="Sharma")],
        contacts=[replace(contact("mum", 1), name=writer)],
        links=[link("anaya", "mum", 1, relation)],
    )
    thread = Thread("mum", of=ours)
    heard = Heard("m1", "email", thread.address, text, at("08:30"))
    return message_in_context(heard, Situation(ours, thread.sender, thread.conversation, (), {})).text


@pytest.mark.parametrize("last", ["V Sharma", "V. Sharma (mother)", "Mrs Sharma", "Mr and Mrs V Sharma"])
def test_the_line_with_the_writers_name_says_nothing(last: str) -> None:
    assert given(f"The appointment is on 25/11 not 24/11.\n\n{last}\n") == "The appointment is on 25/11 not 24/11."


@pytest.mark.parametrize(
    "text",
    ["V Sharma", "Anaya is ill today\nback Thursday", "Anaya is ill\nSharma has a fever", "ill\nThanks, Mrs Sharma"],
)
def test_anything_else_is_read(text: str) -> None:
    assert given(text) == text


@pytest.mark.parametrize(
    ("relation", "text", "read"),
    [
        ("aunt", "My niece is poorly", "My granddaughter is poorly"),
        ("Great-uncle", "both nephews are ill", "both grandsons are ill"),
        ("mother", "my niece is poorly so I cant come", "my niece is poorly so I cant come"),
        ("grandmother", "my nephew is poorly", "my nephew is poorly"),
        ("aunt", "Anaya is poorly", "Anaya is poorly"),
    ],
)
def test_an_aunts_niece_is_the_child_for_whom_she_is_listed(relation: str, text: str, read: str) -> None:
    assert given(text, relation=relation) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            "years 7 and 8: 7 has the dentist at 10, 8 is ill",
            "years 7 and 8: year 7 has the dentist at 10, year 8 is ill",
        ),
        (
            "yr 7 and yr 8: 7's got a bug 8 will be in at 10",
            "yr 7 and yr 8: year 7's got a bug year 8 will be in at 10",
        ),
        ("yr 7 & 8. 8's poorly, 7 will be late", "yr 7 & 8. year 8's poorly, year 7 will be late"),
        ("years 7 and 8: both in at 8 is that ok", "years 7 and 8: both in at 8 is that ok"),
        ("years 7 and 9: 7 is ill", "years 7 and 9: 7 is ill"),
        ("7 has the dentist at 8", "7 has the dentist at 8"),
    ],
)
def test_children_named_by_their_year_alone_are_read_as_such(text: str, read: str) -> None:
    thread = Thread("mum")
    said = Heard("m1", "sms", thread.address, text, at("08:30"))
    assert message_in_context(said, Situation(thread.school, thread.sender, thread.conversation, (), {})).text == read

"""Another child told of after the first, and a child that comes after all just before the register opens."""

from __future__ import annotations

from typing import Any

import pytest

from attendance.absences import Absence
from bot.outcome import Record, Withdraw
from tests.support.builders import DAY, at
from tests.support.messages import Thread, alerted, means, of, says, template


def reported(child: str = "ben", code: str = "I", **more: Any) -> Absence:
    return Absence(f"m0/{child}/0", child, DAY, code, at("08:05"), contact="mum", message="m0", **more)


def whose(child: str = "amina") -> Any:
    """An absence of which the reader is not sure whose it is."""
    return means("absence", says(child), ask=("child", "return"))


@pytest.mark.parametrize(
    "text", ["make that two, Amina's come down with it an all", "thats the pair of them, Amina too"]
)
def test_whose_it_is_is_plain_where_the_other_is_reported(text: str) -> None:
    outcome = Thread("mum", known=[reported()]).hears(whose(), text, "08:44")
    assert [one.absence.pupil for one in of(outcome, Record)] == ["amina"]
    assert template(outcome) == "absence.recorded"


@pytest.mark.parametrize(
    ("known", "text"),
    [
        ([], "make that two, Amina's come down with it"),
        ([reported()], "make that two, she's come down with it"),
        ([reported()], "Amina or Ben, one of them has it"),
        ([reported(code="L", half="am")], "Amina's come down with it"),
    ],
)
def test_else_it_is_asked_for(known: list[Absence], text: str) -> None:
    outcome = Thread("mum", known=known).hears(whose(), text, "08:44")
    assert (template(outcome), of(outcome, Record)) == ("absence.which_child", [])


def test_brought_in_just_before_the_register_opens_is_on_the_way() -> None:
    clinic = reported("amina", "M", half="am")
    words = means("cancel", says("amina", code=None, first=None))
    outcome = Thread("mum", known=[clinic]).hears(words, "clinic cancelled so bringing her straight in now", "08:40")
    assert [one.absence.code for one in of(outcome, Withdraw)] == ["M"]
    assert (template(outcome), alerted(outcome)) == ("late.recorded", [])


def test_brought_in_well_before_it_opens_the_register_tells() -> None:
    clinic = reported("amina", "M", half="am")
    words = means("cancel", says("amina", code=None, first=None))
    outcome = Thread("mum", known=[clinic]).hears(words, "clinic cancelled so bringing her in", "08:15")
    assert of(outcome, Record) == []
    assert (template(outcome), alerted(outcome)) == ("absence.corrected", [("message_to_read", False)])

"""Said to be in school before the register has closed, of a child whom nobody misses: the register is to tell."""

from __future__ import annotations

import pytest

from attendance.absences import Absence
from tests.support.builders import DAY, at
from tests.support.messages import Thread, alerted, case, means, says, template

HE_IS_IN = means("present", says("ben", code=None, first=None), urgent=True)
ILL = Absence("m0/amina/0", "amina", DAY, "I", at("08:05"), contact="mum", message="m0")


@pytest.mark.parametrize("text", ["Ben has left his lunch, I'll drop it off", "Ben's gone in without his coat"])
def test_nobody_searches_and_a_person_reads_it(text: str) -> None:
    outcome = Thread("mum", known=[ILL]).hears(HE_IS_IN, text, "08:50")
    assert (template(outcome), alerted(outcome)) == ("absence.handed_to_staff", [("message_to_read", False)])


@pytest.mark.parametrize("clock", ["09:20", "11:00"])
def test_after_the_close_he_is_looked_for_where_no_mark_says_that_he_is_here(clock: str) -> None:
    outcome = Thread("mum", known=[ILL], cases=[case("ben")]).hears(HE_IS_IN, "Ben is in, I dropped him", clock)
    assert template(outcome) == "absence.danger"


def test_missing_is_heard_at_once_whatever_the_register_is_to_tell() -> None:
    words = means("missing", says("ben", code=None, first=None), urgent=True)
    outcome = Thread("mum").hears(words, "Ben's phone says he is in town, he left for school at 8", "08:50")
    assert ("missing", True) in alerted(outcome)

"""A parent of another home asks how long the child is off: what the first home told is not read back to them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.builders import DAY, report
from tests.support.messages import Thread, alerted, means, says, template

LATER = DAY + timedelta(days=3)


@pytest.mark.parametrize(
    ("text", "back"),
    [("How long is Amina off for", None), ("When is Amina back?", LATER), ("is she back friday?", LATER)],
)
def test_a_question_of_the_other_home_is_for_a_person(text: str, back: object) -> None:
    thread = Thread("dad", known=[report("k", contact="mum", return_day=LATER)])
    outcome = thread.hears(means("return", says("amina", code=None, return_day=back)), text)
    assert (template(outcome), alerted(outcome)) == ("absence.handed_to_staff", [("message_to_read", False)])


def test_who_reported_it_hears_what_stands() -> None:
    thread = Thread("mum", known=[report("k", contact="mum", return_day=LATER)])
    outcome = thread.hears(means("return", says("amina", code=None)), "How long is Amina off for")
    assert template(outcome) == "absence.recorded"


def test_a_day_that_the_other_home_says_is_taken() -> None:
    thread = Thread("dad", known=[report("k", contact="mum", return_day=DAY + timedelta(days=1))])
    outcome = thread.hears(means("return", says("amina", code=None, return_day=LATER)), "back on friday now")
    assert template(outcome) in ("absence.corrected", "absence.recorded")

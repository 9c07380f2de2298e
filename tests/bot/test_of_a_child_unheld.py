"""What is held of one child says nothing of the day of another one, of whom the next words tell."""

from __future__ import annotations

from datetime import date

import pytest

from attendance.absences import Absence
from bot.conversation import Conversation, Question
from tests.bot.test_required_fields import reads
from tests.support.builders import DAY, at
from tests.support.messages import Thread, case

WED, THU = date(2026, 11, 11), date(2026, 11, 12)


def thread() -> Thread:
    """Amina was reported ill a minute ago, and we have asked when she will be back."""
    ill = Absence("m0/amina/0", "amina", DAY, "I", at("09:20"), contact="mum", message="m0")
    asked = Question("return", ("amina",), DAY, at("09:20"))
    held = case("amina", stage="answered", reason="proposed", code="I")
    return Thread("mum", known=[ill], cases=[held], conversation=Conversation(asked, (ill.id,), at("09:20")))


@pytest.mark.parametrize(
    ("text", "code", "first"),
    [
        ("Ben has the dentist tomorrow", "M", WED),
        ("Ben is at a match Thursday", "O", THU),
        ("Ben has a match tomorrow", "O", WED),
        ("Ben is ill", "I", DAY),
        ("Ben has it too", "I", DAY),
    ],
)
def test_the_other_has_a_day_of_its_own(text: str, code: str, first: date) -> None:
    told = reads(thread(), text)
    assert [(one.children, one.code, one.first_day) for one in told.reports] == [(("ben",), code, first)]


@pytest.mark.parametrize("text", ["back Thursday", "Amina is back Thursday", "Thursday I think"])
def test_the_one_who_is_held_comes_back(text: str) -> None:
    told = reads(thread(), text)
    assert (told.intent, [(one.children, one.return_day) for one in told.reports]) == ("return", [(("amina",), THU)])


def test_what_is_no_report_of_the_other_stays_none() -> None:
    told = reads(thread(), "Ben's got his inhaler in his bag")
    assert all(one.children != ("ben",) for one in told.reports)

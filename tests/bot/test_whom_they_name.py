"""A parent who was asked names who has the child; whoever that is has answered for it already, or has not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from attendance.case import Attempt, Case
from tests.support.builders import at, contact, link
from tests.support.messages import Thread, alerted, case, family, means, says, template

VAL = replace(contact("val", 2), name="Val Peel")
FAMILY = family(
    link("amina", "mum", 1, household="a"),
    link("amina", "val", 2, "childminder", household="b"),
    contacts=[contact("mum", 1), VAL],
)
WITH_HER = means("other_parent", says("amina", code=None, first=None))


def answered() -> Case:
    asked = (Attempt("mum", "sms", "+447700900101", 1, at("09:15"), "delivered"),)
    return case(stage="answered", whereabouts="claimed", reason="proposed", answered_by="val", attempts=asked)


@pytest.mark.parametrize("text", ["Sorry only just seen this, Val has her", "she is at her childminder's today"])
def test_who_has_answered_and_is_named_is_no_news(text: str) -> None:
    outcome = Thread("mum", cases=[answered()], of=FAMILY).hears(WITH_HER, text)
    assert alerted(outcome) == []
    assert outcome.reply is None


def test_somebody_else_who_is_named_is_news() -> None:
    outcome = Thread("mum", cases=[answered()], of=FAMILY).hears(WITH_HER, "she is with her nan today")
    assert ("message_to_read", False) in alerted(outcome)


def test_who_has_not_answered_is_asked() -> None:
    outcome = Thread("mum", cases=[case()], of=FAMILY).hears(WITH_HER, "Val has her")
    assert template(outcome) in ("absence.passed_on", "absence.handed_to_staff")

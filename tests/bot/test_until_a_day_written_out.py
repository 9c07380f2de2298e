"""Away from today until a day that is written out: one absence, and no request for that last day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from attendance.effects import RaiseAlert
from bot.outcome import AskLeave, Record
from tests.support.builders import DAY
from tests.support.messages import Thread, means, of, says, template

ILL_TO_FRIDAY = says("amina", return_day=DAY + timedelta(days=6))
AT_A_FUNERAL = says("amina", code="C", return_day=DAY + timedelta(days=6))


@pytest.mark.parametrize("report", [ILL_TO_FRIDAY, AT_A_FUNERAL], ids=["ill", "a funeral"])
def test_from_today_until_friday_is_no_request(report: object) -> None:
    text = "Please note that Amina will be absent from school from today until Friday 13th November inclusive"
    outcome = Thread("mum").hears(means("absence", report), text, "07:30")
    assert template(outcome) == "absence.recorded"
    assert [one.absence.first_day for one in of(outcome, Record)] == [DAY]
    assert not of(outcome, AskLeave)
    assert not of(outcome, RaiseAlert)


def test_a_day_to_come_that_was_read_as_today_is_one() -> None:
    report = says("amina", code="C", return_day=DAY + timedelta(days=1))
    outcome = Thread("mum").hears(
        means("absence", report), "Amina needs to be off school on Friday 13 November, a funeral"
    )
    assert of(outcome, AskLeave)

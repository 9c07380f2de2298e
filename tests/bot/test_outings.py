"""Out between two registers: a code only for the register that is missed, and the office hears of the outing."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from attendance.effects import RaiseAlert
from bot.outcome import Record
from tests.support.builders import DAY
from tests.support.messages import Thread, alerted, case, means, of, says, template

TOMORROW, MONDAY = date(2026, 11, 11), date(2026, 11, 16)


def hears(**said: Any) -> Any:
    return Thread("mum").hears(means("absence", says("amina", **{"code": "M", **said})))


@pytest.mark.parametrize(
    "said",
    [
        {"session": "am", "leaves": time(10, 0), "arrives": time(13, 0)},
        {"session": "am", "leaves": time(10, 0)},
        {"session": "pm", "leaves": time(14, 45)},
        {"session": "pm", "leaves": time(14, 45), "return_day": TOMORROW},
    ],
)
def test_who_sits_in_every_register_is_not_recorded_as_away(said: dict[str, Any]) -> None:
    outcome = hears(**said)
    assert (of(outcome, Record), alerted(outcome)) == ([], [("message_to_read", False)])
    assert [one.pupils for one in of(outcome, RaiseAlert)] == [("amina",)]
    assert template(outcome) == "absence.handed_to_staff"


@pytest.mark.parametrize(
    ("said", "half"),
    [
        ({"session": "am", "leaves": time(10, 0), "arrives": time(14, 30)}, "pm"),
        ({"session": "day", "leaves": time(10, 0)}, "pm"),
        ({"session": "pm", "leaves": time(11, 30)}, "pm"),
        ({"session": "am", "leaves": time(9, 0), "arrives": time(10, 30)}, "am"),
        ({"session": "day", "leaves": time(9, 0)}, "day"),
        ({"session": "am", "arrives": time(10, 30)}, "am"),
    ],
)
def test_the_register_that_is_missed_has_the_code(said: dict[str, Any], half: str) -> None:
    (record,) = of(hears(**said), Record)
    assert record.absence.half == half


def test_collected_after_the_last_register_and_back_days_later() -> None:
    outcome = hears(code="I", session="pm", leaves=time(14, 45), return_day=MONDAY)
    (record,) = of(outcome, Record)
    assert (record.absence.first_day, record.absence.half, record.absence.return_day) == (TOMORROW, "day", MONDAY)
    assert alerted(outcome) == [("message_to_read", False)]


def test_a_child_whom_we_miss_is_not_collected_from_school() -> None:
    words = means("absence", says("amina", code="M", session="am", leaves=time(10, 0)))
    (record,) = of(Thread("mum", cases=[case()]).hears(words), Record)
    assert (record.absence.half, record.absence.first_day) == ("am", DAY)


def test_who_came_late_may_be_collected_like_anybody() -> None:
    here = case(stage="settled", outcome="arrived_late", whereabouts="confirmed")
    words = means("absence", says("amina", code="M", session="pm", leaves=time(14, 45)))
    assert of(Thread("mum", cases=[here]).hears(words), Record) == []


def test_a_family_that_believes_the_child_on_a_trip_is_not_told_that_it_is_absent() -> None:
    outcome = Thread("mum", cases=[case()]).hears(means("absence", says("amina", code="V"), ask=("return",)))
    assert alerted(outcome) == [("believed_in_school", True)]
    assert template(outcome) == "absence.handed_to_staff"
    assert template(Thread("mum").hears(means("absence", says("amina", code="V")))) == "absence.recorded"

"""More days of what is held already, where only the first one is in doubt."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from attendance.absences import Absence
from bot.outcome import Record
from tests.support.builders import DAY, at
from tests.support.messages import Thread, means, of, says, template

THURSDAY = DAY + timedelta(days=2)
HELD = Absence("m0/amina/0", "amina", DAY, "I", at("09:25"), contact="mum", message="m0")


def unsure(**more: Any) -> Any:
    return means("absence", says("amina", return_day=THURSDAY, **more), ask=("dates",))


@pytest.mark.parametrize("first", [DAY, DAY + timedelta(days=1)])
def test_until_the_day_that_is_said(first: Any) -> None:
    outcome = Thread("mum", known=[HELD]).hears(unsure(first=first), "amanhã também não vai", "15:10")
    assert [(one.absence.first_day, one.absence.return_day) for one in of(outcome, Record)] == [(DAY, THURSDAY)]
    assert template(outcome) == "absence.recorded"


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ([], unsure()),
        ([HELD], unsure(code="M")),
        ([HELD], unsure(session="am")),
        ([HELD], means("absence", says("amina"), ask=("dates",))),
        ([HELD], unsure(first=DAY + timedelta(days=7))),
    ],
)
def test_else_the_days_are_asked_for(known: list[Absence], words: Any) -> None:
    outcome = Thread("mum", known=known).hears(words, "amanhã também não vai", "15:10")
    assert (template(outcome), of(outcome, Record)) == ("absence.return", [])

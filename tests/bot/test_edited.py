"""An edited message that is a report still takes the place of the one before; whatever else it says, a person reads."""

from __future__ import annotations

from datetime import date

import pytest

from attendance.absences import Absence
from attendance.effects import RaiseAlert
from bot.outcome import Heard, Outcome, Record, Situation
from bot.route import route
from bot.understanding import Understanding
from tests.support.builders import DAY, at
from tests.support.messages import Thread, means, of, says, template

THURSDAY, FRIDAY = date(2026, 11, 19), date(2026, 11, 20)


def told(child: str = "amina", code: str = "I", by: str = "mum") -> Absence:
    return Absence(f"a-{child}", child, DAY, code, at("08:00"), return_day=THURSDAY, contact=by, message="first")


def edits(understood: Understanding, *known: Absence, edits: str = "first") -> Outcome:
    thread = Thread("mum")
    heard = Heard("second", "telegram", thread.address, "words", at("08:10"), edited=True, edits=edits)
    situation = Situation(thread.school, thread.sender, thread.conversation, known)
    return route(heard, understood, situation)


def test_another_day_of_return_takes_the_place_of_the_first() -> None:
    outcome = edits(means("absence", says("amina", return_day=FRIDAY)), told())
    (record,) = of(outcome, Record)
    assert record.replaces == told()
    assert record.absence.return_day == FRIDAY
    assert template(outcome) in ("absence.recorded", "absence.corrected")
    assert of(outcome, RaiseAlert) == []


def test_another_reason_does_so_too() -> None:
    (record,) = of(edits(means("absence", says("amina", code="M", return_day=THURSDAY)), told()), Record)
    assert (record.absence.code, record.replaces) == ("M", told())


def test_a_slip_of_the_pen_is_nothing() -> None:
    outcome = edits(means("absence", says("amina", return_day=THURSDAY)), told())
    assert (outcome.effects, outcome.reply) == ((), None)


@pytest.mark.parametrize(
    ("understood", "known", "of_message"),
    [
        (means("absence", says("ben", return_day=FRIDAY)), (told(),), "first"),
        (means("absence", says("amina", "ben", return_day=FRIDAY)), (told(),), "first"),
        (means("absence", says("amina"), ask=("reason",)), (told(),), "first"),
        (means("question"), (told(),), "first"),
        (means("cancel", says("amina")), (told(),), "first"),
        (means("absence", says("amina", return_day=FRIDAY)), (told(),), ""),
        (means("absence", says("amina", return_day=FRIDAY)), (told(by="dad"),), "first"),
    ],
)
def test_a_person_reads_everything_else(understood: Understanding, known: tuple[Absence, ...], of_message: str) -> None:
    outcome = edits(understood, *known, edits=of_message)
    assert of(outcome, Record) == []
    assert [one.reason for one in of(outcome, RaiseAlert)] == ["message_to_read"]
    assert template(outcome) == "absence.handed_to_staff"

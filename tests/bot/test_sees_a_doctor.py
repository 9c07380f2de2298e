"""Ill, and at the doctor's today: the illness covers the day, and nobody is looked for or asked about after lunch."""

from __future__ import annotations

from datetime import date, time

import pytest

from bot.outcome import Outcome, Record
from bot.understanding import Understanding
from tests.support.builders import DAY, report
from tests.support.messages import Thread, case, means, of, says, template

BACK_TODAY = means("return", says("amina", code=None, return_day=DAY))
BACK_TOMORROW = means("return", says("amina", code=None, return_day=date(2026, 11, 11)))
AT_AN_APPOINTMENT = means("absence", says("amina", code="M", return_day=DAY, session="am"))
ANSWERED = {"stage": "answered", "whereabouts": "claimed", "reason": "proposed", "code": "I", "outcome": "answered_ill"}


def hears(understood: Understanding, text: str, known: str = "I", until: date | None = None) -> Outcome:
    ill = report("k", code=known, return_day=until)
    return Thread("mum", known=[ill], cases=[case(**ANSWERED)]).hears(understood, text, "09:40")


@pytest.mark.parametrize("until", [None, date(2026, 11, 13)])
@pytest.mark.parametrize(
    ("understood", "text"),
    [
        (BACK_TODAY, "got her in at the docs at 11"),
        (BACK_TODAY, "shes also got her hospital appt at 11 today"),
        (BACK_TOMORROW, "she is seeing dr at half 3 today will let u know"),
        (AT_AN_APPOINTMENT, "doctors appointment 11.20"),
    ],
)
def test_a_visit_changes_nothing_of_the_illness(understood: Understanding, text: str, until: date | None) -> None:
    outcome = hears(understood, text, until=until)
    assert (template(outcome), outcome.effects) == ("absence.recorded", ())
    assert outcome.reply is not None
    assert "Amina off ill" in str(outcome.reply.values["what"])


@pytest.mark.parametrize(
    ("understood", "text"),
    [
        (BACK_TODAY, "doctors at 10 then shell be in"),
        (BACK_TODAY, "docs at 10 then hes in"),
        (BACK_TODAY, "been to the docs, shes fine so bringing her in"),
        (AT_AN_APPOINTMENT, "sorry its a hospital appointment not ill"),
        (AT_AN_APPOINTMENT, "its a doctors appointment she has, in after lunch"),
        (BACK_TOMORROW, "doctor says back tomorrow"),
    ],
)
def test_a_return_or_another_reason_is_one(understood: Understanding, text: str) -> None:
    assert hears(understood, text).effects != ()


def test_of_an_appointment_it_is_the_appointments_own() -> None:
    later = means("absence", says("amina", code="M", return_day=DAY, session="am", arrives=time(12)))
    assert of(hears(later, "doctors at 11 now", known="M"), Record) != []

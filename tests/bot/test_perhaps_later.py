"""The first word of a day is only a hope: the child is away meanwhile, and nobody waits for it at the late desk."""

from __future__ import annotations

import pytest

from attendance.absences import Absence
from bot.days.perhaps_later import perhaps_later
from bot.outcome import Heard, Situation
from bot.understanding import Understanding
from tests.support.builders import DAY, at, report
from tests.support.messages import Thread, means, says, template

LATE = means("late", says("amina", code=None))
ILL = means("absence", says("amina"), ask=("return",))


def meant(words: Understanding, text: str, *known: Absence, clock: str = "08:10") -> Understanding:
    thread = Thread("mum", known=known)
    heard = Heard("m1", "sms", thread.address, text, at(clock))
    return perhaps_later(heard, words, Situation(thread.school, thread.sender, thread.conversation, tuple(known), {}))


@pytest.mark.parametrize(
    "text", ["might bring her in later", "may send her in at lunch", "see if I can get her in later"]
)
def test_a_hope_is_an_absence_of_which_the_reason_is_asked(text: str) -> None:
    understood = meant(LATE, text)
    assert (understood.intent, understood.ask) == ("absence", ("reason",))
    assert [(one.code, one.first_day) for one in understood.reports] == [("N", DAY)]
    assert template(Thread("mum").hears(LATE, text, "08:10")) == "absence.reason"


def test_an_illness_beside_a_hope_is_of_the_morning() -> None:
    (one,) = meant(ILL, "Amina's not great, might bring her in later").reports
    assert (one.code, one.session, one.return_day) == ("I", "am", DAY)


@pytest.mark.parametrize(
    "text",
    [
        "she might be 10 mins late",
        "will bring her in later",
        "might bring her in tomorrow",
        "should I bring her in later?",
    ],
)
def test_near_misses_stay_as_they_are(text: str) -> None:
    assert meant(LATE, text) == LATE


def test_a_hope_beside_a_report_is_another_matter() -> None:
    assert meant(LATE, "might bring her in later", report("k")) == LATE


def test_from_noon_on_an_illness_is_of_the_day() -> None:
    assert meant(ILL, "not great, might bring her in later", clock="12:10") == ILL

"""Words that name nobody and go on from what is held of one child are of that child, and the same may be of another."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.outcome import Outcome, Record
from bot.understanding import Report, Understanding
from tests.support.builders import DAY
from tests.support.messages import Thread, case, means, of, says

TOMORROW = DAY + timedelta(days=1)
THURSDAY = DAY + timedelta(days=2)
MONDAY = DAY - timedelta(days=1)
AT_THE_DENTIST = says("amina", code="M", return_day=DAY, session="am")


def after(told: Report, understood: Understanding, text: str, clock: str = "08:30", **thread: object) -> Outcome:
    """What `understood` leads to when `told` was recorded at eight, of Amina, whose brother is Ben."""
    family = Thread("mum", **thread)  # type: ignore[arg-type]
    first = family.hears(means("absence", told), "told before", "08:00")
    family.known = tuple(one.absence for one in of(first, Record))
    return family.hears(understood, text, clock)


def recorded(outcome: Outcome) -> list[tuple[str, str, date, date | None, str]]:
    return [
        (one.pupil, one.code, one.first_day, one.return_day, one.half)
        for one in (each.absence for each in of(outcome, Record))
    ]


def test_running_late_at_the_dentist_is_of_the_child_that_is_there() -> None:
    both = means("absence", says("amina", "ben", code="M", return_day=DAY, session="am"))
    text = "running late at the dentist, they haven't even called us yet"
    assert {row[0] for row in recorded(after(AT_THE_DENTIST, both, text, "10:00"))} <= {"amina"}


@pytest.mark.parametrize(
    "text", ["both at the dentist, running late", "Ben is at the dentist as well", "the boys are still there"]
)
def test_who_is_named_or_counted_is_not_left_out(text: str) -> None:
    both = means("absence", says("amina", "ben", code="M", return_day=DAY, session="am"))
    assert "ben" in {row[0] for row in recorded(after(AT_THE_DENTIST, both, text, "10:00"))}


@pytest.mark.parametrize("text", ["Same again today", "another day off I'm afraid", "still poorly"])
def test_the_morning_after_it_is_the_child_that_was_ill(text: str) -> None:
    again = means("absence", says("amina"), ask=("child", "return"))
    assert [row[:3] for row in recorded(after(says("amina", first=MONDAY), again, text))] == [("amina", "I", DAY)]


def test_only_who_is_away_can_come_back() -> None:
    back = means("return", Report(("amina",), return_day=THURSDAY), ask=("child",))
    assert [row[0] for row in recorded(after(says("amina"), back, "back on Thursday now"))] == ["amina"]


def test_where_the_other_one_is_missed_it_is_asked_who_is_meant() -> None:
    back = means("return", Report(("amina", "ben"), return_day=DAY), ask=("child",))
    outcome = after(says("amina"), back, "coming in now", "09:30", cases=[case("ben")])
    assert outcome.reply is not None
    assert outcome.reply.template == "absence.which_child"


@pytest.mark.parametrize("text", ["same with Ben", "and the same for Ben please", "Ben too", "same goes for ben"])
def test_the_same_for_another_has_its_reason_and_its_days(text: str) -> None:
    told = says("amina", return_day=THURSDAY)
    outcome = after(told, means("absence", says("ben"), ask=("return",)), text, "08:02")
    assert recorded(outcome) == [("ben", "I", DAY, THURSDAY, "day")]


@pytest.mark.parametrize("text", ["same with Ben but back tomorrow", "Ben is ill too, back tomorrow"])
def test_what_is_said_besides_is_heard(text: str) -> None:
    told = says("amina", return_day=THURSDAY)
    outcome = after(told, means("absence", says("ben", return_day=TOMORROW)), text, "08:02")
    assert recorded(outcome) == [("ben", "I", DAY, TOMORROW, "day")]

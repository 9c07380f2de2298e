""" "She only does mornings on a Wednesday": today's half, a person who agrees on the rest, and no day to come."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.outcome import Outcome, Record
from tests.support.builders import DAY, MUM, link, pupil, school
from tests.support.messages import Thread, alerted, case, means, of, says, template

NEXT_DAY, NEXT_WEEK = DAY + timedelta(days=1), DAY + timedelta(days=7)


def hears(words: str, first: date | None = DAY, back: date | None = NEXT_WEEK, code: str = "C2") -> Outcome:
    told = says("amina", code=code, first=first, return_day=back, session="pm")
    return Thread("mum", cases=[case()]).hears(means("absence", told, ask=()), words)


@pytest.mark.parametrize("back", [None, NEXT_DAY, NEXT_WEEK])
def test_only_today_is_recorded_of_a_timetable_and_a_person_hears_of_it(back: date | None) -> None:
    outcome = hears("she only does mornings on a Wednesday", back=back)
    assert [(one.absence.first_day, one.absence.return_day) for one in of(outcome, Record)] == [(DAY, NEXT_DAY)]
    assert (alerted(outcome), template(outcome)) == ([("message_to_read", False)], "absence.recorded")


def test_a_timetable_of_days_to_come_is_for_a_person_alone() -> None:
    outcome = hears("she finishes at 12 from Monday", first=NEXT_DAY)
    assert (of(outcome, Record), template(outcome)) == ([], "absence.handed_to_staff")


def test_an_illness_lasts_as_long_as_it_was_said_to() -> None:
    outcome = hears("she is ill until next week", code="I")
    assert [one.absence.return_day for one in of(outcome, Record)] == [NEXT_WEEK]


@pytest.mark.parametrize(
    ("year", "tags", "code"),
    [(-1, (), "X"), (0, ("not_compulsory_age",), "X"), (0, (), "C2"), (7, (), "C2")],
)
def test_a_child_of_the_nursery_is_not_expected_in_the_other_half(year: int, tags: tuple[str, ...], code: str) -> None:
    child = pupil("amina", "N1", year, tags=frozenset(tags))
    ours = school(pupils=[child], contacts=[MUM], links=[link("amina", "mum", 1)])
    told = says("amina", code="C2", return_day=NEXT_WEEK, session="pm")
    outcome = Thread("mum", of=ours).hears(means("absence", told), "Amina only does mornings")
    assert [one.absence.code for one in of(outcome, Record)] == [code]
    assert alerted(outcome) == [("message_to_read", False)]


@pytest.mark.parametrize(
    ("words", "half", "back"),
    [
        ("Following her operation she will be doing mornings only this week", "pm", NEXT_DAY),
        ("she can only do mornings until Friday, still weak after flu", "pm", NEXT_DAY),
        ("in for afternoons only this week, the mornings are too much after surgery", "am", DAY),
        ("off mornings only this week", "day", NEXT_WEEK),
        ("over her operation and will be back on Wednesday, just mornings to start with", "day", NEXT_WEEK),
        ("ill, back tomorrow, mornings only this week", "day", NEXT_WEEK),
        ("ill, back in next week", "day", NEXT_WEEK),
    ],
)
def test_who_recovers_and_comes_in_for_half_days_misses_one_half_of_today(words: str, half: str, back: date) -> None:
    told = says("amina", code="I", first=DAY, return_day=NEXT_WEEK)
    outcome = Thread("mum", cases=[case()]).hears(means("absence", told, ask=()), words)
    assert [(one.absence.half, one.absence.return_day) for one in of(outcome, Record)] == [(half, back)]

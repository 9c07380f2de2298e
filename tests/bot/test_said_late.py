"""How late a child is said to be, and words that it is on its way, of one that is expected already."""

from __future__ import annotations

from datetime import time

import pytest

from attendance.events import OnTheWay
from bot.outcome import Record
from tests.support.builders import DAY, at
from tests.support.messages import Thread, alerted, case, event, means, of, says, template

LATE = means("late", says("amina", code=None, first=None))
TODAY = means("return", says("amina", code=None, first=None, return_day=DAY))


@pytest.mark.parametrize(
    ("text", "comes"),
    [
        ("car wont start, she will be about an hour late", time(9, 45)),
        ("running 75 mins late sorry", time(10)),
        ("she'll be an hour and a half late", time(10, 15)),
        ("ten minutes late", None),
        ("half an hour late", None),
        ("she will be late", None),
    ],
)
def test_so_late_as_is_said_is_waited_for_and_no_time_is_read_back(text: str, comes: time | None) -> None:
    outcome = Thread("mum").hears(LATE, text, "08:20")
    assert [one.absence.arrives for one in of(outcome, Record)] == [comes]
    assert outcome.reply is not None
    assert (outcome.reply.template, outcome.reply.values["arrives"]) == ("late.recorded", None)


def expected(**state: object) -> Thread:
    """Amina's mother went to fetch her from the park at 9.38."""
    on_the_way = {"stage": "answered", "whereabouts": "claimed", "outcome": "late_on_the_way", **state}
    return Thread("mum", cases=[case(**on_the_way)])


@pytest.mark.parametrize("text", ["got her. on our way in now", "driving her in now", "just left, be there soon"])
def test_on_the_way_is_waited_for_anew(text: str) -> None:
    outcome = expected().hears(TODAY, text, "10:05")
    given = event(outcome)
    assert isinstance(given, OnTheWay)
    assert given.expected_at == at("10:50")
    assert (template(outcome), alerted(outcome)) == ("late.recorded", [])


@pytest.mark.parametrize(("text", "stage"), [("she's in now", "answered"), ("on our way in now", "asked")])
def test_other_words_and_other_cases_are_not(text: str, stage: str) -> None:
    outcome = expected(stage=stage, outcome="late_on_the_way" if stage == "answered" else None).hears(TODAY, text)
    assert template(outcome) != "late.recorded"

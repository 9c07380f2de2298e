""" "He doesn't do Tuesdays": of the nursery's youngest, not expected today; a person hears, and nobody is asked why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.outcome import Outcome, Record
from tests.support.builders import DAY, MUM, link, pupil, school
from tests.support.messages import Thread, alerted, case, means, of, says, template

NEXT_DAY = DAY + timedelta(days=1)
#: DAY is a Tuesday.
NOT_TODAY = [
    "amina doesnt do tuesdays mate, mon wed fri only",
    "she doesn't come on tuesdays, only mon wed and fri",
    "Amina isn't in on tuesdays",
    "not one of her days",
    "its not her day today",
    "tuesday isnt her day",
    "she only does mon wed thursday",
    "Amina only goes thur fri",
]


def hears(words: str, year: int = -1, tags: tuple[str, ...] = (), code: str = "N") -> Outcome:
    child = pupil("amina", "N1", year, tags=frozenset(tags))
    ours = school(pupils=[child], contacts=[MUM], links=[link("amina", "mum", 1)])
    told = says("amina", code=code, first=DAY, return_day=NEXT_DAY)
    return Thread("mum", of=ours, cases=[case()]).hears(means("absence", told, ask=("reason",)), words)


def test_it_is_a_tuesday() -> None:
    assert f"{DAY:%A}" == "Tuesday"


@pytest.mark.parametrize("words", NOT_TODAY)
def test_not_expected_on_a_day_that_is_not_its_own(words: str) -> None:
    outcome = hears(words)
    assert [(one.absence.code, one.absence.return_day) for one in of(outcome, Record)] == [("X", NEXT_DAY)]
    assert (alerted(outcome), template(outcome)) == ([("message_to_read", False)], "absence.recorded")


@pytest.mark.parametrize(("tags", "code"), [(("part_time_timetable",), ["C2"]), ((), [])])
def test_of_a_child_of_school_age_only_where_its_data_say_so(tags: tuple[str, ...], code: list[str]) -> None:
    outcome = hears("she doesnt do tuesdays", 9, tags)
    assert [one.absence.code for one in of(outcome, Record)] == code


@pytest.mark.parametrize(
    "words",
    [
        "she doesnt do wednesdays",
        "she only does mon wed tue",
        "she's only in monday to thursday",
        "only off tue and thu, back fri",
        "does she do tuesdays?",
        "she might not come on tuesday",
        "she doesnt like tuesdays",
        "its not her fault today",
    ],
)
def test_another_day_or_another_matter(words: str) -> None:
    assert "X" not in [one.absence.code for one in of(hears(words), Record)]

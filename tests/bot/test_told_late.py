"""The other parent complains of hearing late that a child is away: nobody looks for a child that is accounted for."""

from __future__ import annotations

from typing import Any

import pytest

from attendance.absences import Absence
from bot.outcome import CaseEvent
from tests.support.builders import DAY, at
from tests.support.messages import Thread, alerted, case, means, of, says, template

BY_HIS_MOTHER = Absence("m0/amina/0", "amina", DAY, "I", at("09:08"), contact="mum", message="m0")
ACCOUNTED: dict[str, Any] = {"stage": "answered", "outcome": "answered_ill", "whereabouts": "claimed"}
IN_SCHOOL = means("present", says("amina", code=None, first=None), urgent=True)


def hears(text: str, *known: Absence, **state: Any) -> Any:
    return Thread("dad", cases=[case(**state)], known=known).hears(IN_SCHOOL, text, "09:40")


@pytest.mark.parametrize(
    "text",
    [
        "why am I only finding out now that shes not in",
        "how come nobody told me she's off?",
        "Why was I not informed she is away",
        "nobody told me she wasnt in",
    ],
)
def test_a_person_reads_it_and_nobody_searches(text: str) -> None:
    outcome = hears(text, BY_HIS_MOTHER, **ACCOUNTED)
    assert (of(outcome, CaseEvent), alerted(outcome)) == ([], [("message_to_read", False)])
    assert template(outcome) == "absence.handed_to_staff"


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("I dropped her at school myself at half 8", (BY_HIS_MOTHER,)),
        ("why am I only finding out now that shes not in", ()),
    ],
)
def test_a_belief_is_looked_into(text: str, known: tuple[Absence, ...]) -> None:
    state = ACCOUNTED if known else {}
    assert of(hears(text, *known, **state), CaseEvent)

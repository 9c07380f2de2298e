"""Who is being dropped off in a bit is on the way; who was dropped off is believed to be in school."""

from __future__ import annotations

import pytest

from attendance.case import Case
from tests.support.messages import Thread, alerted, case, events, means, says, template

BELIEVES = means("present", says("amina", code=None, first=None), urgent=True)


@pytest.mark.parametrize(
    "text", ["her aunties dropping her off in a bit", "dad is bringing her in shortly", "dropping her in about 10 mins"]
)
def test_to_come_is_on_the_way(text: str) -> None:
    outcome = Thread("mum", cases=[case()]).hears(BELIEVES, text)
    assert events(outcome) == [("amina", "OnTheWay")]
    assert template(outcome) == "late.recorded"


@pytest.mark.parametrize(
    "text", ["her auntie dropped her off", "was dropping her off at 8", "dad took her in this morning"]
)
def test_what_is_over_is_searched(text: str) -> None:
    assert events(Thread("mum", cases=[case()]).hears(BELIEVES, text)) == [("amina", "DangerHeard")]


def test_a_child_that_is_sought_is_sought_on() -> None:
    sought: Case = case(stage="alarmed", whereabouts="alarmed", outcome="does_not_know")
    outcome = Thread("mum", cases=[sought]).hears(BELIEVES, "dad is bringing her in shortly")
    assert ("amina", "OnTheWay") not in events(outcome) or alerted(outcome)

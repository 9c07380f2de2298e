"""A child who is in school on a later day: where is answered, the reason of the earlier day is not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from attendance.calling import advance
from attendance.case import Case
from attendance.effects import Decision, StandDown, Tell
from attendance.events import HeardSince, SeenSince
from tests.support.builders import Chase, at, school


def left_open(**changes: Any) -> Case:
    one = Chase(school())
    one.begins()
    return replace(one.case, **changes)


def seen(case: Case) -> Decision:
    return advance(case, SeenSince("seen/later"), at("12:00"), school())


def test_who_was_not_reached_is_sought_no_more_and_still_has_no_reason() -> None:
    case, effects = seen(left_open(stage="handed_over", outcome="not_reached"))
    assert (case.stage, case.whereabouts, case.reason, case.outcome) == ("settled", "confirmed", "none", "not_reached")
    assert StandDown(f"{case.key}/") in effects
    assert not [one for one in effects if isinstance(one, Tell)]


@pytest.mark.parametrize("stage", ["alarmed", "answered", "settled"])
def test_what_a_person_closes_or_a_contact_answered_stays_as_it_is(stage: str) -> None:
    before = left_open(stage=stage)
    after, effects = seen(before)
    assert (after.stage, after.whereabouts, effects) == (stage, before.whereabouts, [])


def test_a_contact_who_says_where_the_child_is_today_ends_the_search_and_not_the_question_why() -> None:
    before = left_open(stage="handed_over", outcome="not_reached")
    case, effects = advance(before, HeardSince("heard/later", "mum"), at("12:00"), school())
    assert (case.stage, case.whereabouts, case.reason, case.outcome) == ("settled", "claimed", "none", "not_reached")
    assert StandDown(f"{case.key}/") in effects
    assert not [one for one in effects if isinstance(one, Tell)]

""" "She is not with me", from the only one whom we can ask: a person hears at once, and not at the deadline."""

from __future__ import annotations

import pytest

from attendance.case import Attempt
from attendance.effects import RaiseAlert
from tests.support.builders import DAD, MUM, at, link, pupil, school
from tests.support.messages import Thread, alerted, case, means, of, template

ELLA = pupil("ella", "8A", 8)
ONE_PARENT = school(pupils=[ELLA], contacts=[MUM], links=(link("ella", "mum", 1, household="a"),))
TWO_PARENTS = school(
    pupils=[ELLA],
    contacts=[MUM, DAD],
    links=(link("ella", "mum", 1, household="a"), link("ella", "dad", 2, "father", household="b")),
)
TO_MUM = Attempt("mum", "sms", MUM.phone or "", 1, at("09:15"), "left")
TO_DAD = Attempt("dad", "sms", DAD.phone or "", 3, at("09:45"), "left")


def test_with_nobody_further_to_ask_a_person_hears_at_once() -> None:
    thread = Thread("mum", cases=[case("ella", attempts=(TO_MUM,))], of=ONE_PARENT)
    outcome = thread.hears(means("other_parent"), "she isnt with me")
    assert alerted(outcome) == [("message_to_read", True)]
    assert of(outcome, RaiseAlert)[0].pupils == ("ella",)
    assert template(outcome) == "absence.handed_to_staff"


def test_with_somebody_left_to_ask_that_one_is_asked() -> None:
    thread = Thread("mum", cases=[case("ella", attempts=(TO_MUM,))], of=TWO_PARENTS)
    outcome = thread.hears(means("other_parent"), "she isnt with me")
    assert (alerted(outcome), template(outcome)) == ([], "absence.passed_on")


@pytest.mark.parametrize("clock", ["09:50", "10:20"])
def test_while_the_other_may_still_answer_it_can_wait(clock: str) -> None:
    asked = case("ella", attempts=(TO_MUM, TO_DAD), round=9)
    outcome = Thread("mum", cases=[asked], of=TWO_PARENTS).hears(means("other_parent"), "not with me", clock)
    assert alerted(outcome) == [("message_to_read", False)]

"""Words that name nobody, while one child is missed and its sister is accounted for: they are of the one missed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from attendance.absences import Absence
from bot.context import read_in_context
from bot.outcome import Heard, Situation
from bot.understanding import Understanding
from tests.support.builders import DAY, at
from tests.support.messages import Thread, case

SEARCHED_FOR: dict[str, Any] = {"stage": "alarmed", "whereabouts": "alarmed", "outcome": "believed_in_school"}
AMINA_IS_ILL = Absence("m0/amina/0", "amina", DAY, "I", at("09:18"), contact="mum", message="m0")


def reads(text: str, *cases: Any, known: tuple[Absence, ...] = (AMINA_IS_ILL,)) -> Understanding:
    thread = Thread("mum", cases=cases, known=known)
    moment: datetime = at("09:40")
    sought = {one.pupil: one.key for one in cases if one.stage == "alarmed"}
    situation = Situation(
        thread.school,
        thread.sender,
        replace(thread.conversation, recorded=(AMINA_IS_ILL.id,), recorded_at=at("09:18")),
        thread.known,
        thread.cases,
        sought=sought,
    )
    return read_in_context(Heard("m1", "sms", thread.address, text, moment), situation)


def children(understood: Understanding) -> set[str]:
    return {child for report in understood.reports for child in report.children}


@pytest.mark.parametrize("state", [SEARCHED_FOR, {}])
@pytest.mark.parametrize(
    "text",
    [
        "hes answered - bus was late, hes walking from the stop now",
        "on the way now, about ten minutes",
        "will be there in 5",
        "he's just getting out the car now",
    ],
)
def test_who_is_under_way_is_the_one_that_is_missed(text: str, state: dict[str, Any]) -> None:
    found = reads(text, case("ben", **state), case("amina", stage="answered", outcome="answered_ill"))
    assert (found.intent, children(found)) == ("late", {"ben"})


def test_a_child_that_is_named_is_that_child() -> None:
    found = reads("Amina is feeling better, she's on her way now", case("ben", **SEARCHED_FOR))
    assert "ben" not in children(found)


def test_where_nobody_is_missed_it_is_of_the_one_reported() -> None:
    found = reads("on the way now, about ten minutes", case("ben", stage="settled", outcome="present_after_all"))
    assert "ben" not in children(found)


def test_of_two_that_are_missed_nobody_is_picked() -> None:
    found = reads("on the way now, about ten minutes", case("ben"), case("amina"), known=())
    assert children(found) != {"ben"}


def test_a_reason_that_is_none_of_the_ill_ones_is_of_who_is_sought() -> None:
    found = reads("spoken to him, puncture, pushing it in now", case("ben", **SEARCHED_FOR))
    assert (found.intent, children(found)) == ("late", {"ben"})


@pytest.mark.parametrize(
    "text",
    ["back on monday hopefully", "not sure yet", "she's just getting up now", "been to the doctor, its tonsillitis"],
)
def test_what_goes_on_from_her_illness_stays_hers(text: str) -> None:
    found = reads(text, case("ben"), case("amina", stage="answered", outcome="answered_ill"))
    assert "ben" not in children(found)


AMINAS_DENTIST = Absence(
    "m0/amina/0", "amina", DAY, "M", at("09:18"), return_day=DAY, half="am", contact="mum", message="m0"
)


@pytest.mark.parametrize(
    "text", ["Ben's walking in with his mate, should be there any minute", "Ben is on the bus, will be there soon"]
)
def test_beside_her_appointment_he_comes_back_from_nothing_and_is_on_his_way(text: str) -> None:
    found = reads(text, case("ben"), case("amina", stage="answered", outcome="answered_other"), known=(AMINAS_DENTIST,))
    assert (found.intent, children(found)) == ("late", {"ben"})


@pytest.mark.parametrize("text", ["Amina is on her way back now", "Amina and Ben will be in soon"])
def test_her_own_return_is_hers(text: str) -> None:
    found = reads(text, case("ben"), case("amina", stage="answered", outcome="answered_other"), known=(AMINAS_DENTIST,))
    assert children(found) != {"ben"}


ACCOUNTED = case("amina", stage="answered", outcome="answered_ill")


@pytest.mark.parametrize("text", ["any news?? hes not picking up", "i cant get hold of him, hes not answering"])
def test_a_worried_word_of_the_one_that_is_sought_has_nobody_look_for_the_other(text: str) -> None:
    found = reads(text, case("ben", **SEARCHED_FOR), ACCOUNTED)
    assert (found.intent, children(found)) == ("missing", {"ben"})


def test_of_both_it_is_of_both() -> None:
    found = reads("I don't know where they are, they left together", case("ben", **SEARCHED_FOR), ACCOUNTED)
    assert children(found) == {"amina", "ben"}


def test_who_are_they_beside_a_she() -> None:
    """The office is meant, and not both children."""
    words = "shes just rung me. shes stood at your reception they sent her for her late mark"
    sought = case("amina", **SEARCHED_FOR)
    found = reads(words, sought, case("ben", stage="answered", outcome="answered_ill"), known=())
    assert children(found) == {"amina"}

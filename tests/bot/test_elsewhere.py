"""A message about children at two schools: each school takes what is said of its own."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.families.elsewhere import child_elsewhere, of_this_school
from bot.understanding import Child, Report, Understanding, mentioned
from bot.understanding.values import Message

BO = child_elsewhere("south", Child("p1", "Bo", "Reed", (), 4))
THURSDAY = date(2026, 11, 12)
AMY_ILL = Report(("amy",), "I", date(2026, 11, 10))
BO_ILL = Report((BO.id,), "I", date(2026, 11, 10), THURSDAY)
BO_LATE = Report((BO.id,))


def test_a_pupil_of_another_school_is_never_taken_for_one_with_the_same_id() -> None:
    assert BO.id == "south/p1"


def test_each_takes_its_own() -> None:
    both = Understanding("absence", (Report(("amy", BO.id), "I", date(2026, 11, 10)),), ask=("return",))
    ours = of_this_school(both, [BO])
    assert (ours.reports, ours.ask) == ((AMY_ILL,), ("return",))


def test_what_is_only_of_others_is_nothing_here_but_danger() -> None:
    theirs = Understanding("absence", (BO_ILL,), urgent=True, safeguarding=True, ask=("reason",))
    ours = of_this_school(theirs, [BO])
    assert (ours.intent, ours.reports, ours.ask, ours.urgent, ours.safeguarding) == ("chat", (), (), True, True)


@pytest.mark.parametrize(
    ("intent", "reports", "kind"),
    [
        ("absence", (AMY_ILL, BO_LATE), "absence"),
        ("absence", (Report(("amy",)), BO_ILL), "late"),
        ("present", (AMY_ILL, BO_LATE), "absence"),
        ("missing", (Report(("amy",)), BO_ILL), "missing"),
    ],
)
def test_the_kind_is_that_of_what_is_left(intent: str, reports: tuple[Report, ...], kind: str) -> None:
    assert of_this_school(Understanding(intent, reports), [BO]).intent == kind


def test_a_question_that_only_the_other_child_left_open_is_not_asked_here() -> None:
    both = Understanding("absence", (AMY_ILL, Report((BO.id,), "N")), ask=("reason", "return"))
    assert of_this_school(both, [BO]).ask == ("return",)
    settled = Understanding("absence", (Report(("amy",), "I", None, THURSDAY), Report((BO.id,), "I")), ask=("return",))
    assert of_this_school(settled, [BO]).ask == ()


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Bo left for school at 8", {BO.id}),
        ("my son is ill", {BO.id}),
        ("both have a temperature", {"amy", BO.id}),
        ("Amy has a cold, Bo is fine", {"amy", BO.id}),
        ("not well today sorry", set()),
    ],
)
def test_whom_words_mention(text: str, who: set[str]) -> None:
    amy = Child("amy", "Amy", "Reed", (), 8)
    assert mentioned(Message(datetime(2026, 11, 10, 8, 40, tzinfo=UTC), (amy, BO), None, (), text)) == who

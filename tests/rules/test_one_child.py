"""One child, one thing to acknowledge: what everybody has heard is repeated in one breath."""

from __future__ import annotations

from dataclasses import replace

import pytest

from attendance.effects import RaiseAlert
from attendance.ladder import Alert, acknowledge, open_alert, stand_down, time_passed
from attendance.one_child import goes_to_all, told_beside
from tests.support.builders import AM, PM, at, school

SCHOOL = school()
NOW = at("14:00")


def heard_by_all(key: str, reason: str = "not_reached", pupil: str = "amina", roles: tuple[str, ...] = ()) -> Alert:
    """An alert that has climbed to its end and is repeated."""
    effect = RaiseAlert(key, reason, True, (pupil,), f"because of {key}", AM, roles=roles)
    alert, _ = open_alert(effect, at("12:00"), SCHOOL)
    for _ in range(4):
        assert alert.due_at is not None
        alert, _ = time_passed(alert, alert.due_at, alert.due_at, SCHOOL)
    return alert


SPOKEN = heard_by_all("spoken")


def beside(*others: Alert) -> list[str]:
    """The keys of what is told in the same breath."""
    assert SPOKEN.due_at is not None
    moved, words = time_passed(SPOKEN, SPOKEN.due_at, NOW, SCHOOL)
    return [one.key for one, _ in told_beside(moved, words, [moved, *others], NOW, SCHOOL)]


def test_the_other_is_told_to_the_same_people_and_is_due_with_it() -> None:
    assert SPOKEN.due_at is not None
    moved, words = time_passed(SPOKEN, SPOKEN.due_at, NOW, SCHOOL)
    other = heard_by_all("afternoon")
    ((told, again),) = told_beside(moved, words, [moved, other], NOW, SCHOOL)
    assert [(one.staff.id, one.role, one.reason) for one in again] == [
        (one.staff.id, one.role, one.reason) for one in words
    ]
    assert [one.number for one in again] == [len(other.told) + place for place in range(3)]
    assert told.due_at == moved.due_at
    assert len(told.told) == len(other.told) + 3
    assert told.live
    assert time_passed(told, other.due_at or NOW, NOW, SCHOOL) == (told, []), "its own time was overtaken"


APART = [
    heard_by_all("ben", pupil="ben"),
    heard_by_all("harm", "safeguarding", roles=("safeguarding_lead",)),
    heard_by_all("barred", "barred_contact_wrote", roles=("safeguarding_lead",)),
    heard_by_all("tutor", roles=("tutor",)),
    acknowledge(heard_by_all("taken"), "reed", NOW, SCHOOL),
    stand_down(heard_by_all("over")),
    open_alert(RaiseAlert("new", "not_reached", True, ("amina",), "", AM), NOW, SCHOOL)[0],
    replace(heard_by_all("words"), told=(replace(SPOKEN.told[0], reason="message_to_read"),)),
]


@pytest.mark.parametrize("other", APART, ids=lambda one: one.key)
def test_what_needs_others_or_must_be_heard_by_itself_stays_apart(other: Alert) -> None:
    assert beside(other) == []


def test_the_order_of_the_rungs_does_not_part_what_everybody_has_heard() -> None:
    assert beside(heard_by_all("searched", "missing", roles=("safeguarding_lead",))) == ["searched"]


def test_on_the_way_up_each_rung_hears_of_each() -> None:
    moved, words = open_alert(RaiseAlert("new", "missing", True, ("amina",), "", AM), NOW, SCHOOL)
    assert told_beside(moved, words, [SPOKEN], NOW, SCHOOL) == []


def test_an_afternoon_beside_a_morning_that_everybody_hears_of_is_told_to_all_at_once() -> None:
    effect = RaiseAlert("afternoon", "not_reached", True, ("amina",), "", PM)
    alert, _ = open_alert(effect, NOW, SCHOOL)
    assert goes_to_all(alert, [SPOKEN])
    assert not goes_to_all(
        alert, [open_alert(RaiseAlert("new", "not_reached", True, ("amina",), "", AM), NOW, SCHOOL)[0]]
    )
    assert not goes_to_all(alert, [heard_by_all("ben", pupil="ben"), acknowledge(SPOKEN, "reed", NOW, SCHOOL)])
    told, words = open_alert(effect, NOW, SCHOOL, to_all=True)
    assert [one.staff.id for one in words] == [one.staff for one in SPOKEN.told[-len(words) :]]
    assert SPOKEN.due_at is not None
    moved, again = time_passed(SPOKEN, SPOKEN.due_at, NOW, SCHOOL)
    assert [one.key for one, _ in told_beside(moved, again, [moved, told], NOW, SCHOOL)] == ["afternoon"]

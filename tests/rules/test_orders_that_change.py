"""The policy or the order of contacts changes while a chase or an alert runs: nobody is skipped, nobody told twice."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from attendance.effects import RaiseAlert
from attendance.events import TimePassed
from attendance.ladder import Alert, TellStaff, open_alert, time_passed
from attendance.people import Roll
from attendance.policy import with_override
from attendance.school import School
from tests.support.builders import AM, DAD, MUM, NAN, STAFF, Chase, at, link, pupil, school

LADDER = [
    {"role": "attendance_officer", "minutes": 15},
    {"role": "safeguarding_lead", "minutes": 10},
    {"role": "headteacher", "minutes": 20},
]
THREE = [{"after": f"{n * 30}m", "to": [n + 1], "by": ["sms", "email"]} for n in range(3)]
EFFECT = RaiseAlert("case/amina", "not_reached", True, ("amina",), "because", AM)


def changed(one: School, **rules: Any) -> School:
    return replace(one, policy=with_override(one.policy, rules))


def climbed(alert: Alert, of: School, steps: int) -> tuple[Alert, list[str]]:
    """The alert after so many of its times, and who was told at each, in order."""
    told: list[str] = []
    for _ in range(steps):
        assert alert.due_at is not None
        words: list[TellStaff]
        alert, words = time_passed(alert, alert.due_at, alert.due_at, of)
        told += [one.staff.id for one in words]
    return alert, told


@pytest.mark.parametrize("order", list(permutations(LADDER)))
@pytest.mark.parametrize("after", [1, 2])
def test_a_ladder_in_another_order_tells_those_who_were_not_told_and_nobody_again(
    order: tuple[dict[str, object], ...], after: int
) -> None:
    before = school()
    alert, words = open_alert(EFFECT, at("12:00"), before)
    told = [one.staff.id for one in words]
    alert, more = climbed(alert, before, after - 1)
    told += more
    alert, rest = climbed(alert, changed(before, **{"firstday.ladder": list(order)}), 3 - after)
    assert sorted([*told, *rest]) == sorted(["reed", "okoro", "hart"])
    wanted = [
        {"attendance_officer": "reed", "safeguarding_lead": "okoro", "headteacher": "hart"}[str(one["role"])]
        for one in order
    ]
    assert rest == [one for one in wanted if one not in told]


def test_a_rung_that_is_new_is_told_before_everybody_hears_again() -> None:
    deputy = replace(STAFF[0], id="dean", roles=("deputy_headteacher",))
    before = school()
    before = replace(before, roll=replace(before.roll, staff=(*before.roll.staff, deputy)))
    alert, _ = open_alert(EFFECT, at("12:00"), before)
    alert, told = climbed(alert, before, 1)
    after = changed(
        before, **{"firstday.ladder": [LADDER[0], {"role": "deputy_headteacher", "minutes": 5}, *LADDER[1:]]}
    )
    alert, told = climbed(alert, after, 2)
    assert told == ["dean", "hart"]
    _, again = climbed(alert, after, 1)
    assert sorted(again) == ["dean", "hart", "okoro", "reed"]


def test_a_rung_that_is_gone_was_told_and_is_not_told_of_what_comes() -> None:
    before = school()
    alert, _ = open_alert(EFFECT, at("12:00"), before)
    after = changed(before, **{"firstday.ladder": [LADDER[2], LADDER[1]]})
    _, told = climbed(alert, after, 2)
    assert told == ["hart", "okoro"]


def test_the_roles_that_an_alert_asked_for_come_first_before_and_after_a_change() -> None:
    before = school()
    alert, _ = open_alert(replace(EFFECT, roles=("headteacher",)), at("12:00"), before)
    same, told = climbed(alert, before, 2)
    assert told == ["reed", "okoro"]
    assert same.rungs == alert.rungs
    _, told = climbed(alert, changed(before, **{"firstday.ladder": [LADDER[1], LADDER[2], LADDER[0]]}), 2)
    assert told == ["okoro", "reed"]


def contacts_in(order: str, of: School) -> School:
    """The same school with these contacts (m, d, n) in this order."""
    ids = {"m": "mum", "d": "dad", "n": "nan"}
    links = [link("amina", ids[one], place) for place, one in enumerate(order, 1)]
    roll = Roll.of([pupil("amina")], [MUM, DAD, NAN], links, of.roll.staff)
    return replace(of, roll=roll)


def passes(one: Chase, clock: str) -> None:
    assert one.case.due_at is not None
    one.hears(TimePassed(f"time/{clock}", one.case.due_at), clock)


@pytest.mark.parametrize("order", ["".join(some) for some in permutations("mdn")])
@pytest.mark.parametrize("after", [1, 2])
def test_contacts_in_another_order_are_each_asked_once(order: str, after: int) -> None:
    one = Chase(contacts_in("mdn", school(**{"firstday.rounds": THREE})))
    one.begins()
    for clock in ("09:45", "10:15")[: after - 1]:
        passes(one, clock)
    one.school = contacts_in(order, one.school)
    for clock in ("09:45", "10:15")[after - 1 :]:
        passes(one, clock)
    asked = [contact for contact, _ in one.asked()]
    assert sorted(asked) == ["dad", "mum", "nan"]


@pytest.mark.parametrize("places", list(permutations([1, 2, 3])))
def test_rounds_in_another_order_ask_each_contact_once(places: tuple[int, ...]) -> None:
    one = Chase(contacts_in("mdn", school(**{"firstday.rounds": THREE})))
    one.begins()
    rounds = [{**step, "to": [place]} for step, place in zip(THREE, places, strict=True)]
    one.school = changed(one.school, **{"firstday.rounds": rounds})
    passes(one, "09:45")
    passes(one, "10:15")
    assert sorted(contact for contact, _ in one.asked()) == ["dad", "mum", "nan"]

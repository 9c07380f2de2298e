"""What each kind of danger does to a case: whom it alerts first, which work it opens, what it stops."""

from __future__ import annotations

import pytest

from attendance.alarms import raise_alarm
from attendance.effects import CancelWords, OpenTask, RaiseAlert, StandDown
from attendance.events import DangerHeard, ReasonGiven, StaffSettled
from tests.support.builders import AM, AMINA, Chase, alerts, at, pupil, school


@pytest.mark.parametrize(
    ("kind", "contact", "stage", "outcome", "tasks", "roles"),
    [
        ("believed_in_school", "mum", "alarmed", "believed_in_school", ["find_child", "ring"], ()),
        ("missing", "mum", "alarmed", "does_not_know", ["find_child", "ring"], ()),
        ("missing", None, "alarmed", "does_not_know", ["find_child"], ()),
        ("contradicted", "dad", "alarmed", "contradicted", ["ring"], ()),
        ("safeguarding", "mum", "asked", None, [], ("safeguarding_lead",)),
    ],
)
def test_each_kind_of_danger(
    kind: str, contact: str | None, stage: str, outcome: str | None, tasks: list[str], roles: tuple[str, ...]
) -> None:
    one = Chase(school())
    one.begins()
    case, effects = raise_alarm(one.case, DangerHeard("d", contact, kind, "words"), at("09:20"), one.school)
    assert (case.stage, case.outcome, case.alarms) == (stage, outcome, 1)
    opened = [effect for effect in effects if isinstance(effect, OpenTask)]
    assert [task.what for task in opened] == tasks
    assert {task.due for task in opened} <= {at("09:30")}
    alert = next(effect for effect in effects if isinstance(effect, RaiseAlert))
    assert (alert.reason, alert.urgent, alert.climbs, alert.roles) == (kind, True, True, roles)


def test_an_alarm_stops_what_is_queued_and_takes_the_ladder_of_not_reached_over() -> None:
    one = Chase(school())
    one.begins()
    case, effects = raise_alarm(one.case, DangerHeard("d", "mum", "missing", ""), at("09:20"), one.school)
    assert CancelWords(AMINA.id, AM) in effects
    assert StandDown(f"{case.key}/not_reached/") in effects
    assert (case.due_at, case.held) == (None, False)


def test_harm_leaves_the_chase_as_it_stands() -> None:
    one = Chase(school())
    one.begins()
    case, _ = raise_alarm(one.case, DangerHeard("d", "mum", "safeguarding", ""), at("09:20"), one.school)
    assert (case.due_at, case.attempts) == (one.case.due_at, one.case.attempts)


@pytest.mark.parametrize(
    ("tags", "kind", "told"),
    [
        (("social_worker",), "missing", [((), True), (("safeguarding_lead",), False)]),
        (("social_worker",), "believed_in_school", [((), True), (("safeguarding_lead",), False)]),
        (("social_worker",), "safeguarding", [(("safeguarding_lead",), True)]),
        ((), "missing", [((), True)]),
    ],
)
def test_whoever_hears_at_once_of_a_priority_child_hears_of_its_alarm(
    tags: tuple[str, ...], kind: str, told: list[tuple[tuple[str, ...], bool]]
) -> None:
    child = pupil("amina", tags=frozenset(tags))
    given = school(pupils=[child], notify_roles=["safeguarding_lead"])
    one = Chase(given, child=child)
    one.begins()
    _, effects = raise_alarm(one.case, DangerHeard("d", "mum", kind, "words"), at("09:20"), given)
    alerts = [effect for effect in effects if isinstance(effect, RaiseAlert)]
    assert [(alert.roles, alert.climbs) for alert in alerts] == told
    assert len({alert.key for alert in alerts}) == len(alerts)


@pytest.mark.parametrize(
    ("kind", "who", "reason"),
    [
        ("believed_in_school", "mum", "contradicted"),
        ("believed_in_school", "gran", "message_to_read"),
        ("missing", "mum", "message_to_read"),
    ],
)
def test_at_home_with_one_parent_and_in_school_for_the_other_contradict_each_other(
    kind: str, who: str, reason: str
) -> None:
    one = Chase(school())
    one.begins()
    one.hears(DangerHeard("d", "dad", kind, ""), "09:20")
    heard = one.hears(ReasonGiven("r", who, "I"), "09:25")
    assert [(effect.reason, effect.urgent) for effect in heard if isinstance(effect, RaiseAlert)] == [(reason, True)]
    assert alerts(one.hears(ReasonGiven("r2", "dad", "I"), "09:27")) == ["message_to_read"]


def test_who_turned_back_is_not_looked_for_at_the_late_desk() -> None:
    """A person settled it as on the way; the mother writes that they gave up and went home."""
    one = Chase(school())
    one.begins()
    one.hears(StaffSettled("s", "Ms Reed", "late_on_the_way"), "09:20")
    assert one.case.due_at is not None
    heard = one.hears(ReasonGiven("r", "mum", "I"), "09:50")
    assert (one.case.stage, one.case.outcome, one.case.due_at) == ("settled", "answered_ill", None)
    assert [effect.prefix for effect in heard if isinstance(effect, StandDown)] == [f"{one.case.key}/not_in"]

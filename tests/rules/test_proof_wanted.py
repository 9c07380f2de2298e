"""When proof of an absence is asked for, as the five policies write it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from attendance.absences import Absence
from attendance.calendar import Session
from attendance.effects import CloseTasks, OpenTask
from attendance.people import Roll
from attendance.policy import calendar_of, policy_by_key
from attendance.proof_wanted import after_refusing, evidence_task
from attendance.register import Entry
from attendance.school import School

NOW = datetime(2026, 11, 17, 8, 20, tzinfo=UTC)
FIVE = ("blue-coat", "looe", "mary-bassett", "st-joseph-st-bede", "west-coventry")


def school(key: str, **override: object) -> School:
    policy = policy_by_key(key)
    if override:
        policy = policy.model_copy(update={"evidence": policy.evidence.model_copy(update=override)})
    return School("s", policy, calendar_of(policy), Roll.of([], [], [], []))


def report(code: str) -> Absence:
    return Absence("a1", "mo", date(2026, 11, 17), code, NOW)


@pytest.mark.parametrize("key", FIVE)
def test_an_appointment_needs_its_card_where_the_policy_requires_it(key: str) -> None:
    task = evidence_task(report("M"), (), NOW, school(key))
    required = key in ("blue-coat", "st-joseph-st-bede", "west-coventry")
    assert (task is not None) == required
    if task is not None:
        assert (task.key, task.what, task.role) == ("evidence/a1", "ask_evidence", "attendance_officer")


@pytest.mark.parametrize(
    ("key", "stages", "asked"),
    [
        ("west-coventry", ["1a"], False),
        ("west-coventry", ["1a", "1b"], True),
        ("west-coventry", ["2"], True),
        ("looe", ["letter"], False),
        ("looe", ["letter", "plan"], True),
        ("blue-coat", ["1", "2", "3"], False),
        ("mary-bassett", ["letter93", "formal"], False),
    ],
)
def test_illness_is_believed_and_at_some_stages_a_person_decides(key: str, stages: list[str], asked: bool) -> None:
    task = evidence_task(report("I"), stages, NOW, school(key))
    assert (task is not None) == asked
    assert task is None or "You decide each time" in task.note


def test_a_school_that_never_asks_about_illness_never_does() -> None:
    assert evidence_task(report("I"), ["2"], NOW, school("west-coventry", illness="never")) is None


def test_another_reason_is_none_of_this() -> None:
    assert evidence_task(report("S"), ["2"], NOW, school("west-coventry")) is None


@pytest.mark.parametrize(
    ("told", "due"),
    [
        ("2026-11-17T08:20", "2026-11-17T16:00"),
        ("2026-11-24T08:20", "2026-11-24T16:00"),
        ("2026-11-26T19:00", "2026-11-30T16:00"),
    ],
)
def test_proof_of_a_day_that_is_over_is_due_by_the_end_of_a_school_day(told: str, due: str) -> None:
    task = evidence_task(report("M"), (), datetime.fromisoformat(told).replace(tzinfo=UTC), school("blue-coat"))
    assert task is not None
    assert task.due == datetime.fromisoformat(due).replace(tzinfo=UTC)


@pytest.mark.parametrize("key", FIVE)
@pytest.mark.parametrize(("stood", "provisional"), [("I", True), ("I", False), ("M", True)])
def test_whoever_does_not_accept_a_reason_rings_the_family_that_day(key: str, stood: str, provisional: bool) -> None:
    entry = Entry("mo", Session(date(2026, 11, 17), "am"), mis="N", ours=stood, provisional=provisional)
    told = after_refusing(entry, "O", NOW, school(key))
    assert isinstance(told, OpenTask)
    assert (told.key, told.what, told.role) == ("refused/2026-11-17/mo", "ring", "attendance_officer")
    assert told.due == datetime(2026, 11, 17, 16, tzinfo=UTC)
    afternoon = replace(entry, session=Session(date(2026, 11, 17), "pm"))
    again = after_refusing(afternoon, "O", NOW, school(key))
    assert isinstance(again, OpenTask)
    assert again.key == told.key, "once for a day"


@pytest.mark.parametrize("before", ["N", "O", "/", None])
def test_o_in_the_place_of_no_reason_is_told_to_nobody(before: str | None) -> None:
    entry = Entry("mo", Session(date(2026, 11, 17), "am"), mis=before)
    assert after_refusing(entry, "O", NOW, school("looe")) is None


def test_another_code_takes_the_task_away() -> None:
    entry = Entry("mo", Session(date(2026, 11, 17), "am"), mis="N", ours="O")
    assert after_refusing(entry, "I", NOW, school("looe")) == CloseTasks("refused/2026-11-17/mo")

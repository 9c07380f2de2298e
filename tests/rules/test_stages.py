"""Attendance stages: the five schools' thresholds, compared as whole numbers, each once in a school year."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from attendance.leave.flags import Record
from attendance.people import Pupil, Roll
from attendance.policy import calendar_of, policy_by_key
from attendance.school import School
from attendance.stages import Opened, Standing, due_stages, following_stage, review_tasks, sessions_counted, stage_task

TODAY = date(2026, 11, 17)
NOW = datetime(2026, 11, 17, 17, 10, tzinfo=UTC)


def school(key: str, tags: frozenset[str] = frozenset(), year: int = 7) -> School:
    policy = policy_by_key(key)
    pupil = Pupil("mo", "Mo", "Ali", year, "7A", (), tags)
    return School("s", policy, calendar_of(policy), Roll.of([pupil], [], [], []))


def standing(attended: int, of: int, firm: int = 0, lately: int = 0) -> Standing:
    return Standing("mo", Record(attended, of - attended, 0), firm, lately)


@pytest.mark.parametrize(
    ("key", "attended", "of", "stages"),
    [
        ("blue-coat", 96, 100, ["pre"]),  # 7.3.2: 96%
        ("blue-coat", 97, 100, []),
        ("blue-coat", 95, 100, ["1"]),
        ("blue-coat", 90, 100, ["1"]),  # stage 2 is below 90
        ("blue-coat", 89, 100, ["2"]),
        ("looe", 90, 100, []),  # App 4: "falls below 90%"
        ("looe", 899, 1000, ["letter"]),
        ("mary-bassett", 93, 100, ["letter93"]),
        ("mary-bassett", 931, 1000, []),
        ("mary-bassett", 90, 100, ["meeting90"]),
        ("mary-bassett", 901, 1000, ["letter93"]),  # 90.1 is not 90
        ("st-joseph-st-bede", 95, 100, []),
        ("st-joseph-st-bede", 94, 100, ["track1"]),
        ("st-joseph-st-bede", 171, 190, ["track2_pa"]),  # 19 of 190 missed is exactly 10 per cent
        ("st-joseph-st-bede", 172, 190, ["track1"]),
        ("st-joseph-st-bede", 50, 100, ["track2_severe"]),
        ("west-coventry", 95, 100, []),
        ("west-coventry", 94, 100, ["1a"]),
        ("west-coventry", 8, 9, []),  # nobody is judged by fewer than ten sessions
        ("west-coventry", 9, 10, ["1a"]),
    ],
)
def test_a_stage_begins_where_the_policy_says(key: str, attended: int, of: int, stages: list[str]) -> None:
    assert [one.id for one in due_stages(standing(attended, of), [], school(key))] == stages


def test_what_can_be_counted_beside_a_percentage() -> None:
    coventry, looe = school("west-coventry"), school("looe")
    assert [one.id for one in due_stages(standing(99, 100, firm=1), [], coventry)] == ["1a"]
    assert sessions_counted(looe) == 100
    assert sessions_counted(coventry) == 0
    assert due_stages(standing(95, 100, 9, 9), [], looe) == []
    assert [one.id for one in due_stages(standing(95, 100, 10, 10), [], looe)] == ["ewo"]
    assert [one.id for one in due_stages(standing(85, 100, 10, 10), [], looe)] == ["letter", "ewo"]


def test_once_in_a_school_year_and_never_back_to_an_earlier_one() -> None:
    coat = school("blue-coat")
    assert due_stages(standing(95, 100), [Opened("1", TODAY)], coat) == []
    assert due_stages(standing(95, 100), [Opened("2", TODAY)], coat) == []
    assert [one.id for one in due_stages(standing(88, 100), [Opened("1", TODAY)], coat)] == ["2"]
    assert [one.id for one in due_stages(standing(85, 100, 10, 10), [Opened("ewo", TODAY)], school("looe"))] == [
        "letter"
    ]


@pytest.mark.parametrize(("tags", "year"), [(frozenset({"not_compulsory_age"}), 0), (frozenset(), -1)])
def test_children_below_compulsory_age_have_no_stages(tags: frozenset[str], year: int) -> None:
    assert due_stages(standing(50, 100), [], school("mary-bassett", tags, year)) == []


def test_the_task_says_the_fact_the_step_and_what_was_passed() -> None:
    coat = school("blue-coat", frozenset({"social_worker"}))
    [stage] = due_stages(standing(899, 1000), [], coat)
    task = stage_task(stage, standing(899, 1000), [Opened("pre", TODAY)], TODAY, NOW, coat)
    assert (task.what, task.role, task.pupils) == ("attendance_stage", "headteacher", ("mo",))
    assert task.key == "stage/2026/2/mo"
    assert task.note == (
        "Attendance 89.9 per cent in this school year: 899 of 1000 sessions, "
        "101 missed with and 0 without authorisation. "
        "Stage 2: informal meeting (letter B). Passed without being opened: 1. "
        "Think before any letter: social worker."
    )
    assert task.due.date() == date(2026, 11, 24)


def test_a_percentage_is_never_rounded_up_to_the_threshold() -> None:
    looe = school("looe")
    [stage] = due_stages(standing(8999, 10000), [], looe)
    assert "89.9 per cent" in stage_task(stage, standing(8999, 10000), [], TODAY, NOW, looe).note


def test_a_review_is_a_persons_on_the_day_that_the_stage_sets() -> None:
    bassett = school("mary-bassett")
    begun = [Opened("letter93", date(2026, 10, 20))]
    assert review_tasks(standing(92, 100), begun, date(2026, 11, 16), NOW, bassett) == []
    [review] = review_tasks(standing(92, 100), begun, TODAY, NOW, bassett)
    assert review.role == "attendance_officer"
    assert review.note.startswith("Review of stage letter93, 4 weeks after")
    assert "If that is no improvement, the policy goes on: Stage meeting1: support meeting." in review.note
    assert [one.key.rsplit("/", 1)[1] for one in review_tasks(
        standing(92, 100), [Opened("plan", date(2026, 9, 8))], date(2026, 12, 15), NOW, school("looe")
    )] == ["6", "12"]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "stage", "following"),
    [
        ("blue-coat", "pre", None),  # stage 1 has a percentage of its own
        ("blue-coat", "2", "3"),
        ("blue-coat", "3", "4"),
        ("blue-coat", "4", None),
        ("looe", "letter", "meeting"),
        ("looe", "meeting", "plan"),
        ("looe", "plan", None),  # the referral is counted
        ("mary-bassett", "letter93", "meeting1"),
        ("mary-bassett", "meeting90", "formal"),
        ("st-joseph-st-bede", "track1", "track1b"),
        ("st-joseph-st-bede", "track2_pa", None),
        ("west-coventry", "1a", "1b"),
        ("west-coventry", "2", "3"),
        ("west-coventry", "none", None),
    ],
)
def test_no_improvement_goes_on_to_the_stage_that_nobody_can_count(key: str, stage: str, following: str | None) -> None:
    found = following_stage(stage, school(key))
    assert (found.id if found else None) == following

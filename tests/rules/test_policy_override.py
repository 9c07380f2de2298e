"""A rehearsal replaces keys of a policy, each as a whole, and nothing else."""

from __future__ import annotations

import tomllib
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest

from attendance.policy import OVERRIDABLE, PolicyFault, policy_by_key, warnings, with_override

BLOCKS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "data" / "overrides.toml").read_text(encoding="utf-8"))

# "Policy keys that scenarios may replace", as the vocabulary prints them.
VOCABULARY = """
register = [ { session = "am", group = "all", opens = "08:45", late_from = "08:45", closes = "09:15" } ]
register_deadline        = "09:30"
report.cutoff            = "08:30"
report.repeat            = "daily"
report.accepts           = ["I", "M"]
firstday.rounds          = [ { after = "0m", to = [1], by = ["sms"] }, { after = "30m", to = [2], by = ["sms"] } ]
firstday.deadline        = "12:00"
firstday.afternoon_deadline = "90m"
firstday.ladder          = [ { role = "attendance_officer", minutes = 15 }, { role = "office", minutes = 15 } ]
firstday.send_within     = "5m"
firstday.settle_within   = "60m"
firstday.priority_list   = ["social_worker", "previous_concern"]
firstday.notify_roles    = ["safeguarding_lead"]
firstday.notify_workers  = ["social_worker", "yot"]
quiet_hours              = { from = "18:00", until = "07:30" }
brake.usual              = 24
brake.more_than          = 72
tiers                    = { social_worker = { deadline = "10:00" } }
unexplained              = [
  { day = 2, at = "12:00", action = "home_visit", who = ["senior_leader", "office"], repeat_every_days = 0 },
]
ncode.expires_school_days = 5
late.letter_after        = 3
late.meeting_after       = 3
late.period              = "term"
leave.notice             = "4w"
leave.flags              = ["near_statutory_assessment"]
leave.fields             = ["dates", "reason"]
la.cme_day = 5
la.return_days = 10
la.sickness_days = 15
stage                    = [ { id = "1a", below_pct = 95, letter = "A", from_role = "attendance_officer" } ]
"""
SCHOOLS = ("blue-coat", "looe", "st-joseph-st-bede", "mary-bassett", "west-coventry")


@pytest.mark.parametrize("name", BLOCKS)
def test_what_the_example_scenarios_replace_is_taken(name: str) -> None:
    block = BLOCKS[name]
    before = policy_by_key(block["policy"])
    policy = with_override(before, block["policy_override"])
    rounds = block["policy_override"]["firstday"]["rounds"]
    assert [one.to for one in policy.firstday.rounds] == [tuple(one["to"]) for one in rounds]
    assert policy.firstday.settle_within == timedelta(hours=4)
    assert policy.source_of("firstday.rounds.1.after") == "scenario"
    assert policy.firstday.send_within == before.firstday.send_within
    assert policy.source_of("report.cutoff") == before.source_of("report.cutoff")
    assert before is policy_by_key(block["policy"]), "the bundled policy stays as it is"


@pytest.mark.parametrize("school", SCHOOLS)
def test_every_key_of_the_vocabulary_can_be_replaced_in_every_school(school: str) -> None:
    everything = tomllib.loads(VOCABULARY)
    policy = with_override(policy_by_key(school), everything)
    assert {key for key, where in policy.sources.items() if where == "scenario"} == OVERRIDABLE
    assert policy.report.accepts == ("I", "M")
    assert policy.stage[0].id == "1a"
    assert len(policy.stage) == 1
    assert policy.brake.more_than == 72


@pytest.mark.parametrize("school", SCHOOLS)
@pytest.mark.parametrize("key", sorted(OVERRIDABLE))
def test_any_single_key_can_be_replaced_alone(school: str, key: str) -> None:
    """What the school's own file says elsewhere is never the scenario's fault."""
    value: Any = tomllib.loads(VOCABULARY)
    for part in key.split("."):
        value = value[part]
    policy = with_override(policy_by_key(school), {key: value})
    assert policy.source_of(key) == "scenario"


def test_dotted_and_nested_keys_mean_the_same() -> None:
    before = policy_by_key("looe")
    nested = with_override(before, {"brake": {"usual": 1, "more_than": 3}})
    assert nested == with_override(before, {"brake.usual": 1, "brake.more_than": 3})
    assert (nested.brake.usual, nested.brake.more_than) == (1, 3)


def test_a_key_is_replaced_as_a_whole() -> None:
    policy = with_override(
        policy_by_key("blue-coat"), {"register": [{"session": "pm", "opens": "13:10", "closes": "13:25"}]}
    )
    assert [window.label for window in policy.register] == ["pm.all"]
    assert policy.register[0].closes == time(13, 25)
    assert any("no morning register" in line for line in warnings(policy))


def test_a_low_brake_and_a_long_register_may_be_rehearsed_but_are_told() -> None:
    policy = with_override(
        policy_by_key("blue-coat"),
        {"brake.more_than": 3, "register": [{"session": "am", "opens": "08:40", "closes": "09:20"}]},
    )
    assert policy.register[0].closes == time(9, 20)
    told = warnings(policy)
    assert any("below the usual 40" in line for line in told)
    assert any("open for 40 minutes" in line for line in told)


@pytest.mark.parametrize(
    ("overrides", "fault"),
    [
        ({"firstday": {"roundz": []}}, "policy_override: firstday.roundz: is not a policy key"),
        ({"firstday": {"roundz": []}}, "did you mean `firstday.rounds`?"),
        ({"brake": 3}, "policy_override: brake: is not a policy key"),
        ({"school": {"phone": "07700 900123"}}, "policy_override: school: is not a policy key"),
        ({"firstday.deadline": "25:00"}, "firstday.deadline: '25:00' is not a time of day"),
        ({"firstday.deadline": "noon"}, "'noon' is neither a time of day nor a duration"),
        ({"firstday.rounds": []}, "firstday.rounds: is empty; name at least one"),
        (
            {"firstday.rounds": [{"after": "0m", "to": [1], "by": ["fax"]}]},
            "firstday.rounds.1.by.1: `fax` is not a channel; use one of call, email",
        ),
        ({"firstday.rounds": [{"after": "0m", "to": [0], "by": ["sms"]}]}, "firstday.rounds.1.to.1: 0 is out of range"),
        (
            {"firstday.rounds": [{"after": "4h", "to": [1], "by": ["sms"]}], "firstday.deadline": "12:00"},
            "firstday.rounds.1: round 1 begins at 13:15, when the case is already with staff (deadline 12:00)",
        ),
        ({"firstday.ladder": [{"role": "attendance_oficer", "minutes": 5}]}, "did you mean `attendance_officer`?"),
        ({"firstday.ladder": [{"role": "office", "minutes": 0}]}, "firstday.ladder.1.minutes: 0 is out of range"),
        ({"firstday.priority_list": ["social_workr"]}, "did you mean `social_worker`?"),
        ({"report.accepts": ["H"]}, "`H` (Holiday authorised by the school) is a code of england-2006"),
        ({"report.accepts": ["N"]}, "is not for a parent to report"),
        ({"report.repeat": "weekly"}, "report.repeat: 'weekly' is not possible; write 'daily' or 'none'"),
        ({"quiet_hours": {"from": "07:30", "until": "18:00"}}, "do not lie over a night"),
        ({"ncode.expires_school_days": 10}, "more than the 5 that the law allows"),
        ({"leave.notice": "a month"}, "'a month' is not a notice period"),
        ({"unexplained": [{"day": 2, "action": "visit", "who": ["office"]}]}, "did you mean `home_visit`?"),
        ({"tiers": {"sozial_worker": {"deadline": "10:00"}}}, "did you mean `social_worker`?"),
        ({"register": [{"session": "am", "opens": "09:15", "closes": "08:45"}]}, "closes at 08:45, but opens at 09:15"),
        ({"brake.usual": "many"}, "brake.usual: 'many' cannot be used; write a valid integer"),
    ],
)
def test_a_faulty_override_is_refused_with_its_place_and_remedy(overrides: dict[str, Any], fault: str) -> None:
    with pytest.raises(PolicyFault) as refused:
        with_override(policy_by_key("blue-coat"), overrides)
    assert any(fault in one for one in refused.value.faults), refused.value.faults


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(PolicyFault) as refused:
        with_override(
            policy_by_key("looe"), {"firstday.deadline": "x", "report.cutoff": "y", "quiet_hour": {}, "la.cme_day": 0}
        )
    assert len(refused.value.faults) == 4

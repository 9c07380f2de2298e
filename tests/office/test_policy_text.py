"""A policy as text says every value of the file, with its source; and the day as a time line."""

from __future__ import annotations

from datetime import time

import pytest

from attendance.policy import policy_by_key, with_override
from attendance.policy.readings import all_readings, readings_for
from office.policy.policy_day import day_of
from office.policy.policy_text import Source, source_of, to_look_at, topics

SCHOOLS = ("blue-coat", "looe", "mary-bassett", "st-joseph-st-bede", "west-coventry")


@pytest.mark.parametrize("key", SCHOOLS)
def test_every_value_of_the_file_is_said(key: str) -> None:
    policy = policy_by_key(key)
    values = [one for topic in topics(policy) for one in topic.values]
    keys = {one.key for one in values}
    shown = {source.words for one in values for source in one.sources}
    for name, words in policy.sources.items():
        if not any(one.startswith(f"{name}.") for one in keys):
            assert any(words.endswith(one) for one in shown), f"{name} of {key} is on no page"


@pytest.mark.parametrize("key", SCHOOLS)
def test_each_value_has_its_source_and_each_reading_it_names_is_there(key: str) -> None:
    policy = policy_by_key(key)
    known = {one.number for one in readings_for((policy.name, policy.short_name))}
    for topic in topics(policy):
        for one in topic.values:
            assert one.value, one.key
            assert one.sources, one.key
            assert {number for source in one.sources for number in source.readings} <= known, one.key


def test_what_is_silent_what_is_law_and_what_the_policy_says_are_told_apart() -> None:
    policy = policy_by_key("west-coventry")
    assert source_of(policy, "leave.notice") == Source("policy", "10")
    assert source_of(policy, "register_deadline") == Source("default", "15 minutes after the close; silent")
    assert source_of(policy, "ncode.expires_school_days").origin == "law"
    assert source_of(with_override(policy, {"leave.notice": "3w"}), "leave.notice").origin == "scenario"


def test_a_part_that_the_policy_is_silent_about_is_said_beside_what_it_does_say() -> None:
    values = {one.key: one for topic in topics(policy_by_key("blue-coat")) for one in topic.values}
    found = [(one.part, one.origin) for one in values["register.pm.all"].sources]
    assert found == [("", "policy"), ("closes", "default")]


def test_the_day_is_in_order_and_says_who_is_told_when() -> None:
    day = day_of(policy_by_key("west-coventry"))
    assert [moment.at for moment in day] == sorted(moment.at for moment in day)
    at = {moment.at: moment.what for moment in day if moment.kind == "staff" or "Round" in moment.what}
    assert at[time(9, 15)].startswith("Round 1: the first contact, by text, WhatsApp, Telegram or e-mail")
    assert at[time(9, 45)].startswith("Round 2: the second contact")
    assert at[time(12, 0)].startswith("Nobody answered: the attendance officer has the case, with 15 minutes")
    assert at[time(12, 30)].startswith("Not acknowledged: the headteacher")


def test_registers_that_close_at_different_times_have_their_own_rounds() -> None:
    rounds = [moment for moment in day_of(policy_by_key("mary-bassett")) if moment.what.startswith("Round 1")]
    assert len(rounds) > 2
    assert all("(" in moment.what for moment in rounds if moment.at > time(12, 0))


def test_the_warnings_are_those_of_check_policy_without_what_stands_as_law_anyway() -> None:
    found = to_look_at(policy_by_key("looe"))
    assert any("open for different times" in one for one in found)
    assert not any(": law:" in one for one in found)


@pytest.mark.parametrize("key", SCHOOLS)
def test_every_school_has_readings_of_its_own(key: str) -> None:
    policy = policy_by_key(key)
    found = readings_for((policy.name, policy.short_name))
    assert {one.number for one in found} >= {"R1", "A1", "A29"}
    assert all(one.title for one in found)


def test_a_school_that_nobody_read_has_the_common_readings_only() -> None:
    assert {one.number[0] for one in readings_for(("Somewhere Primary",))} == {"A"}
    assert len(all_readings()) == 6

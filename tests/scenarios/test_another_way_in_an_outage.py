"""Texts are down for hours: whoever has an e-mail address that the round lists is asked there, once, and no more."""

from __future__ import annotations

from collections import Counter

from tests.support.families import adult, child
from tests.support.fixtures import OpenSchool
from tests.support.school import School

TWO_WAYS = {
    "firstday.rounds": [
        {"after": "0m", "to": [1], "by": ["sms", "email"]},
        {"after": "30m", "to": [2], "by": ["sms", "email"]},
    ]
}
AMINA = child("amina", "Amina Okafor", "ngozi")
BEN = child("ben", "Ben Tolliver", "kelly")
MAILED = adult("ngozi", "Ngozi Okafor", 1, "mother", "okafor", email="ngozi@family.example")
ONLY_TEXTS = adult("kelly", "Kelly Tolliver", 3, "mother", "tolliver")


async def _down(open_school: OpenSchool, rules: dict[str, object] | None = None) -> School:
    school = await open_school(AMINA, BEN, adults=[MAILED, ONLY_TEXTS], rules=rules or TWO_WAYS)
    await school.at("09:05").provider_down("2h")
    await school.at("09:15").register_closes(without_reason=["amina", "ben"])
    await school.at("09:25").nothing_heard()
    return school


def _asked(school: School) -> list[tuple[str, str]]:
    lines = [line for line in school.of_kind("sent") if line["template"] == "absence.ask"]
    return [(line["to"], line["channel"]) for line in lines]


async def test_the_next_way_that_the_round_lists_is_used_once(open_school: OpenSchool) -> None:
    school = await _down(open_school)
    assert _asked(school) == [("ngozi", "email")]
    await school.at("10:55").nothing_heard()
    assert _asked(school) == [("ngozi", "email")]


async def test_when_texts_leave_again_nobody_hears_the_same_twice(open_school: OpenSchool) -> None:
    school = await _down(open_school)
    await school.at("11:40").nothing_heard()
    assert Counter(_asked(school)) == {("ngozi", "email"): 1, ("kelly", "sms"): 1}


async def test_an_answer_by_mail_counts(open_school: OpenSchool) -> None:
    school = await _down(open_school)
    await school.at("09:40").says("ngozi", "Amina is ill", channel="email")
    assert school.state("amina") == "answered"


async def test_a_way_that_the_round_does_not_list_is_not_used(open_school: OpenSchool) -> None:
    by_text = {"firstday.rounds": [{"after": "0m", "to": [1], "by": ["sms"]}]}
    school = await _down(open_school, by_text)
    assert _asked(school) == []
    await school.at("11:40").nothing_heard()
    assert Counter(_asked(school)) == {("ngozi", "sms"): 1, ("kelly", "sms"): 1}


async def test_where_mail_is_down_too_the_words_wait(open_school: OpenSchool) -> None:
    school = await open_school(AMINA, BEN, adults=[MAILED, ONLY_TEXTS], rules=TWO_WAYS)
    await school.at("09:05").provider_down("2h")
    school.world.simulators["email"].down_until = school.world.simulators["sms"].down_until
    await school.at("09:15").register_closes(without_reason=["amina"])
    await school.at("11:40").nothing_heard()
    assert len(_asked(school)) == 1

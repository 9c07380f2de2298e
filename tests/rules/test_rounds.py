"""Whom a round asks, on which channel, and what happens where the policy names places that a family does not have."""

from __future__ import annotations

from typing import Any

import pytest

from attendance.effects import Ask, OpenTask, StandDown
from attendance.events import NotWithMe, TimePassed, WordsFailed
from attendance.people import AddressState, Link
from tests.support.builders import DAD, FAMILY, MUM, NAN, Chase, alerts, asks, at, contact, link, pupil, rounds, school

STOPPED, BAD = AddressState.STOPPED, AddressState.BAD


def begun(**given: Any) -> tuple[Chase, list[Any]]:
    one = Chase(school(**given))
    return one, list(one.begins())


def rings(effects: list[Any]) -> list[str]:
    return [effect.what for effect in effects if isinstance(effect, OpenTask)]


@pytest.mark.parametrize(
    ("by", "addresses", "asked"),
    [
        (["sms", "email"], {}, ("mum", "sms")),
        (["email", "sms"], {}, ("mum", "email")),
        (["telegram", "email"], {}, ("mum", "email")),
        (["sms", "email"], {("sms", "+447700900001"): STOPPED}, ("mum", "email")),
        (["email", "sms"], {("email", "Mum@Home.example"): BAD}, ("mum", "sms")),
        (["sms"], {("sms", "+447700900001"): STOPPED}, ("dad", "sms")),
    ],
)
def test_the_first_channel_that_a_contact_has_and_has_not_stopped(
    by: list[str], addresses: dict[tuple[str, str], AddressState], asked: tuple[str, str]
) -> None:
    _, effects = begun(rounds=rounds(("0m", [1], by), ("30m", [2], by)), addresses=addresses)
    assert asks(effects) == [asked]


def test_a_barred_father_is_passed_over_and_the_next_place_is_asked_at_once() -> None:
    links = [link("amina", "dad", 1, "father", barred=True), link("amina", "mum", 2)]
    _, effects = begun(links=links)
    assert asks(effects) == [("mum", "sms")]


def test_a_number_that_a_barred_person_lists_is_barred_whoever_else_has_it() -> None:
    links = [link("amina", "dad", 1, "father", barred=True), link("amina", "nan", 2, "grandmother")]
    _, effects = begun(links=links, contacts=[DAD, contact("nan", 2)])
    assert (asks(effects), alerts(effects)) == ([], ["no_contact"])


def test_a_gran_is_only_asked_to_ring() -> None:
    one, _ = begun(links=[link("amina", "nan", 1, "grandmother"), link("amina", "mum", 2)])
    one.hears(NotWithMe("n", "nan", "not_with_me"), "09:20")
    said = [(effect.contact, effect.parent) for effect in one.effects if isinstance(effect, Ask)]
    assert said == [("nan", False), ("mum", True)]


def test_contacts_of_equal_priority_keep_the_order_of_the_list() -> None:
    links = [link("amina", "dad", 1, "father"), link("amina", "mum", 1), link("amina", "nan", 1, "grandmother")]
    _, effects = begun(links=links)
    assert asks(effects) == [("dad", "sms")]


def test_parents_who_share_a_phone_are_asked_on_it_once() -> None:
    one, effects = begun(contacts=[contact("mum", 1), contact("dad", 1, email="dad@home.example")])
    assert asks(effects) == [("mum", "sms")]
    one.hears(TimePassed("t", at("09:45")), "09:45")
    assert one.asked() == [("mum", "sms"), ("dad", "email")]


def test_both_parents_in_one_round_who_share_a_phone_get_one_text() -> None:
    shared = rounds(("0m", [1, 2], ["sms"]), ("30m", [3], ["sms"]))
    _, effects = begun(contacts=[contact("mum", 1), contact("dad", 1), NAN], rounds=shared)
    assert asks(effects) == [("mum", "sms")]


@pytest.mark.parametrize(
    ("links", "addresses"),
    [
        ((), {}),
        (FAMILY[:1], {("sms", "+447700900001"): STOPPED, ("email", "mum@home.example"): STOPPED}),
        ([link("amina", "dad", 1, "father", barred=True)], {}),
    ],
    ids=["no contact at all", "the only contact has stopped everything", "the only contact is barred"],
)
def test_where_nobody_can_be_reached_a_named_person_has_it_at_once(
    links: tuple[Link, ...], addresses: dict[tuple[str, str], AddressState]
) -> None:
    one, effects = begun(links=links, addresses=addresses)
    assert (one.case.stage, alerts(effects), asks(effects)) == ("handed_over", ["no_contact"], [])


def test_rounds_that_name_places_nobody_has_are_skipped() -> None:
    far = rounds(("0m", [4, 5], ["sms"]), ("30m", [9], ["call", "sms"]), ("45m", [1], ["sms"]))
    one, effects = begun(rounds=far)
    assert (asks(effects), rings(effects)) == ([("mum", "sms")], [])
    assert one.case.round == 3


def test_a_policy_that_only_rings_has_each_child_with_a_person_at_once() -> None:
    calls = rounds(("0m", [1], ["call"]), ("30m", [2], ["call"]))
    one, effects = begun(rounds=calls)
    assert (rings(effects), alerts(effects), one.case.stage) == (["ring"], ["no_contact"], "handed_over")


def test_a_policy_that_rings_first_tells_the_ladder_until_words_are_on_their_way() -> None:
    first = rounds(("0m", [1], ["call"]), ("20m", [1], ["sms"]))
    one, effects = begun(rounds=first)
    assert (rings(effects), alerts(effects), one.case.stage) == (["ring"], ["no_contact"], "asked")
    assert one.case.due_at == at("09:35")
    effects = one.hears(TimePassed("t", at("09:35")), "09:35")
    assert asks(effects) == [("mum", "sms")]
    assert StandDown(f"{one.case.key}/not_reached/ring") in effects


def test_a_ring_after_a_text_is_a_task_and_no_alarm() -> None:
    steps = rounds(("0m", [1], ["sms"]), ("30m", [1, 2], ["call"]), ("60m", [2], ["sms"]))
    one, _ = begun(rounds=steps)
    effects = list(one.hears(TimePassed("t", at("09:45")), "09:45"))
    assert (rings(effects), alerts(effects)) == (["ring"], [])
    assert one.case.due_at == at("10:15")


def test_nobody_is_given_the_task_to_ring_a_barred_contact() -> None:
    steps = rounds(("0m", [1], ["call"]), ("30m", [2], ["sms"]))
    links = [link("amina", "dad", 1, "father", barred=True), link("amina", "mum", 2)]
    _, effects = begun(rounds=steps, links=links)
    assert (rings(effects), asks(effects)) == ([], [("mum", "sms")])


def test_a_call_beside_a_text_is_both() -> None:
    _, effects = begun(rounds=rounds(("0m", [1], ["call", "sms"]), ("30m", [2], ["sms"])))
    assert (rings(effects), asks(effects), alerts(effects)) == (["ring"], [("mum", "sms")], [])


def test_words_that_have_not_left_never_stall_the_next_round() -> None:
    steps = rounds(("0m", [1], ["sms"]), ("2m", [2], ["sms"]))
    one, _ = begun(rounds=steps)
    assert one.case.due_at == at("09:20")


def test_a_tier_of_its_own_rounds() -> None:
    child = pupil("amina", tags=frozenset({"walks_alone"}))
    both = rounds(("0m", [1, 2], ["sms"]))
    one = Chase(school(pupils=[child], contacts=[MUM, DAD, NAN], tiers={"walks_alone": {"rounds": both}}), child=child)
    assert asks(one.begins()) == [("mum", "sms"), ("dad", "sms")]
    assert alerts(one.effects) == ["vulnerable_absent"] * 2, "the attendance officer and the safeguarding lead"


def test_a_round_that_reaches_nobody_does_not_bring_the_next_one_forward() -> None:
    mail = rounds(("0m", [1], ["sms"]), ("20m", [1], ["email"]), ("30m", [2], ["sms"]), ("50m", [3], ["sms"]))
    one, _ = begun(contacts=[contact("mum", 1), DAD, NAN], rounds=mail)
    assert asks(one.hears(TimePassed("t1", at("09:35")), "09:35")) == []
    assert one.case.next_at == at("09:45")
    assert asks(one.hears(TimePassed("t2", at("09:45")), "09:45")) == [("dad", "sms")]


def test_a_failed_text_looks_past_a_round_that_reaches_nobody_at_once() -> None:
    mail = rounds(("0m", [1], ["sms"]), ("20m", [1], ["email"]), ("30m", [2], ["sms"]), ("50m", [3], ["sms"]))
    one, _ = begun(contacts=[contact("mum", 1), DAD, NAN], rounds=mail)
    assert asks(one.hears(WordsFailed("f", "mum", "sms", 1, "bad_number"), "09:16")) == [("dad", "sms")]


THREE = rounds(("0m", [1], ["sms"]), ("30m", [2], ["sms"]), ("60m", [3], ["sms"]))
IN_ORDER = [link("amina", "mum", 1), link("amina", "dad", 2, "father"), link("amina", "nan", 3, "grandmother")]


def test_after_a_dead_first_number_the_third_contact_keeps_the_policys_time() -> None:
    """Source: reading A124."""
    one, _ = begun(rounds=THREE, links=IN_ORDER)
    assert asks(one.hears(WordsFailed("f", "mum", "sms", 1, "bad_number"), "09:16")) == [("dad", "sms")]
    one.words_leave("09:17")
    assert one.case.due_at == at("10:15")
    assert asks(one.hears(TimePassed("t", at("10:15")), "10:15")) == [("nan", "sms")]


def test_where_nobody_who_was_asked_can_answer_the_third_is_asked_at_once() -> None:
    one, _ = begun(rounds=THREE, links=IN_ORDER)
    one.hears(WordsFailed("f", "mum", "sms", 1, "bad_number"), "09:16")
    assert asks(one.hears(WordsFailed("g", "dad", "sms", 2, "bad_number"), "09:17")) == [("nan", "sms")]


@pytest.mark.parametrize(("left", "due"), [("09:46", "10:16"), ("09:50", "10:20"), ("10:30", "11:00")])
def test_whoever_was_asked_last_has_as_long_as_the_policy_says(left: str, due: str) -> None:
    one, _ = begun(rounds=THREE, links=IN_ORDER)
    one.words_leave("09:15")
    one.hears(TimePassed("t", at("09:45")), "09:45")
    one.words_leave(left)
    assert one.case.due_at == at(due)


def test_a_barred_first_place_makes_nobody_but_the_next_sooner() -> None:
    barred = [link("amina", "mum", 1, barred=True), *IN_ORDER[1:]]
    one, effects = begun(rounds=THREE, links=barred)
    assert asks(effects) == [("dad", "sms")]
    assert one.case.due_at == at("10:15")


def test_whoever_is_set_aside_is_neither_asked_nor_rung() -> None:
    aside = [link("amina", "mum", 1), link("amina", "dad", 2, "father", set_aside=True)]
    _, effects = begun(rounds=rounds(("0m", [2], ["call"]), ("0m", [1], ["sms"])), links=aside)
    assert (rings(effects), asks(effects)) == ([], [("mum", "sms")])
    _, effects = begun(rounds=rounds(("0m", [2], ["call", "sms"])), links=aside)
    assert (rings(effects), asks(effects), alerts(effects)) == ([], [], ["no_contact"])


def test_somebody_at_another_address_is_not_one_who_is_set_aside() -> None:
    links = [
        link("amina", "mum", 1, household="a"),
        link("amina", "dad", 2, "father", household="b", set_aside=True),
        link("amina", "nan", 3, "grandmother", household="c"),
    ]
    one, _ = begun(rounds=rounds(("0m", [1], ["sms"])), links=links)
    one.words_leave("09:15")
    assert asks(one.hears(TimePassed("t", at("09:45")), "09:45")) == [("nan", "sms")]

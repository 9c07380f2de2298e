"""Who may say what, who may be written to and where."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from attendance.people import AddressState, Contact, Link, Roll, Standing
from tests.support.builders import AMINA, DAD, FAMILY, MUM, NAN, STAFF, at, contact, link, pupil, staff

SMS = "+447700900001"
BEN = pupil("ben")


def roll(*links: Link, contacts: tuple[Contact, ...] = (MUM, DAD, NAN), **more: AddressState) -> Roll:
    return Roll.of([AMINA, BEN], contacts, links or FAMILY, STAFF)


@pytest.mark.parametrize(
    ("of", "standing"),
    [
        (link("amina", "mum", 1), Standing.MAY_REPORT),
        (link("amina", "mum", 1, may_report=False), Standing.LISTED),
        (link("amina", "mum", 1, barred=True), Standing.BARRED),
        (link("amina", "mum", 1, barred=True, may_report=True), Standing.BARRED),
        (link("ben", "mum", 1), Standing.UNKNOWN),
    ],
)
def test_what_a_contacts_words_may_do_hangs_on_the_link(of: Link, standing: Standing) -> None:
    assert roll(of).standing("amina", "mum") is standing


def test_a_father_may_be_barred_for_one_half_sister_only() -> None:
    one = roll(link("amina", "dad", 1, "father", barred=True), link("ben", "dad", 1, "father"))
    assert one.ways_to("amina", "dad", ["sms"]) == ()
    assert one.ways_to("ben", "dad", ["sms"]) == (("sms", "+447700900002"),)


def test_a_bar_outranks_a_second_row_of_the_same_list() -> None:
    one = roll(link("amina", "dad", 1, "father"), link("amina", "dad", 2, "father", barred=True))
    assert one.standing("amina", "dad") is Standing.BARRED


def test_a_barred_persons_address_is_barred_for_that_child_whoever_lists_it() -> None:
    partner = contact("partner", 2, email="Her@home.example")
    one = roll(
        link("amina", "dad", 1, "father", barred=True),
        link("amina", "partner", 2),
        contacts=(replace(DAD, email="her@HOME.example"), partner),
    )
    assert one.ways_to("amina", "partner", ["sms", "email"]) == ()


def test_a_persons_own_words_go_where_they_may_be_about_most_children() -> None:
    partner = contact("partner", 2, email="partner@home.example")
    links = (link("amina", "dad", 1, "father", barred=True), link("amina", "partner", 2), link("ben", "partner", 1))
    shares = roll(*links, contacts=(DAD, partner))
    assert shares.way_for_own_words("partner", ["sms"]) == ("sms", "+447700900002", ("ben",))
    assert shares.way_for_own_words("partner", ["sms", "email"]) == ("email", "partner@home.example", ("amina", "ben"))
    alone = roll(*links[1:], contacts=(DAD, partner))
    assert alone.way_for_own_words("partner", ["sms", "email"]) == ("sms", "+447700900002", ("amina", "ben"))
    assert shares.way_for_own_words("dad", ["sms"]) is None


def test_a_stopped_address_is_stopped_however_it_is_spelt() -> None:
    states = {("email", "mum@home.example"): AddressState.STOPPED}
    one = Roll.of([AMINA], [replace(MUM, email="Mum@Home.Example")], FAMILY[:1], STAFF, states)
    assert one.ways_to("amina", "mum", ["email", "sms"]) == (("sms", SMS),)
    assert one.state("email", "MUM@HOME.EXAMPLE") is AddressState.STOPPED
    assert [found.id for found in one.at("email", "mum@home.EXAMPLE")] == ["mum"]


def test_a_landline_is_rung_and_never_texted() -> None:
    home = Contact("home", "Home", landline="+441632960001")
    one = Roll.of([AMINA], [home], [link("amina", "home", 1)], STAFF)
    assert one.ways_to("amina", "home", ["sms", "whatsapp", "voice"]) == (("voice", "+441632960001"),)


def test_nobody_is_written_to_on_a_channel_on_which_the_school_has_no_address() -> None:
    both = replace(contact("mum", 1, telegram="4711"), whatsapp=True)
    one = replace(Roll.of([AMINA], [both], [Link("amina", "mum", 1)], []), senders=frozenset({"sms"}))
    assert [channel for channel, _ in one.ways_to("amina", "mum", ["whatsapp", "telegram", "sms"])] == ["sms"]


def test_contacts_are_asked_by_priority_and_equal_ones_in_the_order_of_the_list() -> None:
    one = roll(link("amina", "nan", 2, "gran"), link("amina", "dad", 1, "father"), link("amina", "mum", 1))
    assert [each.contact for each in one.links_of("amina")] == ["dad", "mum", "nan"]


@pytest.mark.parametrize(
    ("relation", "parent"),
    [
        *[(word, True) for word in ("mother", "Dad", "Step-Father", "stepfather", "Foster carer", "Parent/Carer")],
        *[(word, False) for word in ("grandmother", "childminder", "sister", "mother's friend", "")],
    ],
)
def test_only_a_parent_or_carer_is_asked_why(relation: str, parent: bool) -> None:
    assert link("amina", "mum", 1, relation).is_parent is parent


def test_two_homes() -> None:
    one = roll()
    assert one.same_household("amina", "mum", "nan")
    assert not one.same_household("amina", "mum", "dad")
    assert one.same_household("amina", "dad", "dad")
    unknown = roll(link("amina", "mum", 1), link("amina", "dad", 2, "father"))
    assert not unknown.same_household("amina", "mum", "dad")


def test_several_families_may_have_one_number() -> None:
    one = Roll.of([AMINA, BEN], [contact("mum", 1), contact("flat", 1)], [link("ben", "flat", 1)], STAFF)
    assert [found.id for found in one.at("sms", SMS)] == ["mum", "flat"]


def test_staff_who_are_away_are_skipped_and_a_tutor_is_the_groups_own() -> None:
    team = [staff("gray", "tutor", group="7M"), staff("lane", "tutor", group="8B"), replace(STAFF[0], away=True)]
    one = Roll.of([AMINA], [], [], team)
    assert [member.id for member in one.staff_for("tutor", "8B")] == ["lane"]
    assert one.staff_for("attendance_officer") == ()
    assert one.staff_member("reed") is not None
    assert one.staff_member("nobody") is None


def test_a_leader_of_year_is_the_one_of_that_year_before_one_of_whom_no_year_is_known() -> None:
    team = [
        staff("any", "leader_of_year"),
        staff("nine", "leader_of_year", years=(9,)),
        staff("seven", "leader_of_year", years=(7, 8)),
    ]
    one = Roll.of([AMINA], [], [], team)
    assert [member.id for member in one.staff_for("leader_of_year", year=7)] == ["seven", "any"]
    assert [member.id for member in one.staff_for("leader_of_year", year=11)] == ["any"]


def test_the_way_that_was_chosen_last_comes_first_and_the_others_keep_their_order() -> None:
    both = contact("mum", 1, telegram="4711", email="mum@home.example")
    by = ("sms", "email", "telegram")
    early, late = at("08:00"), at("09:00")

    def first(chosen: dict[tuple[str, str], datetime], telegram: AddressState = AddressState.LIVE) -> list[str]:
        states = {("telegram", "4711"): telegram}
        roll = Roll.of([pupil("mo")], [both], [Link("mo", "mum", 1)], [], states, chosen)
        return [channel for channel, _ in roll.ways_to("mo", "mum", by)]

    assert first({}) == ["sms", "email", "telegram"]
    assert first({("telegram", "4711"): early}) == ["telegram", "sms", "email"]
    assert first({("telegram", "4711"): early, ("sms", "+447700900001"): late}) == ["sms", "email", "telegram"]
    assert first({("telegram", "4711"): late}, telegram=AddressState.STOPPED) == ["sms", "email"]
    assert first({("telegram", "of-somebody-else"): late}) == ["sms", "email", "telegram"]

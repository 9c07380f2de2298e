"""Whom of a family can be rung, and whether anybody of them lives elsewhere."""

from __future__ import annotations

import pytest

from attendance.people import AddressState, Contact, Link, Pupil, Roll
from attendance.reachable import live_contacts, nobody_outside, too_few

MO = Pupil("mo", "Mo", "Ali", 7, "7M")
MUM, DAD, GRAN = (Contact(id, id.title(), f"+44770090000{number}") for number, id in enumerate(("mum", "dad", "gran")))


def roll(*links: Link, contacts: tuple[Contact, ...] = (MUM, DAD, GRAN), bad: tuple[str, ...] = ()) -> Roll:
    return Roll.of([MO], contacts, links, [], {("sms", number): AddressState.BAD for number in bad})


def test_a_contact_counts_who_can_be_rung() -> None:
    by_mail_only = Contact("aunt", "Aunt", email="aunt@family.example")
    landline = Contact("uncle", "Uncle", landline="+441632960001")
    links = [Link("mo", one, place) for place, one in enumerate(("mum", "aunt", "uncle"), 1)]
    found = live_contacts(roll(*links, contacts=(MUM, by_mail_only, landline)), "mo")
    assert [link.contact for link in found] == ["mum", "uncle"]


def test_a_number_that_failed_and_one_of_a_barred_person_do_not_count() -> None:
    links = [Link("mo", "mum", 1), Link("mo", "dad", 2), Link("mo", "gran", 3, barred=True)]
    same_phone = Contact("dad", "Dad", GRAN.phone)
    assert [one.contact for one in live_contacts(roll(*links, contacts=(MUM, same_phone, GRAN)), "mo")] == ["mum"]
    assert [one.contact for one in live_contacts(roll(*links, bad=("+447700900000",)), "mo")] == ["dad"]
    assert too_few(roll(*links, bad=("+447700900000",)), "mo")
    assert not too_few(roll(*links), "mo")


def test_a_number_that_stopped_texts_can_still_be_rung() -> None:
    stopped = Roll.of([MO], [MUM], [Link("mo", "mum", 1)], [], {("sms", "+447700900000"): AddressState.STOPPED})
    assert len(live_contacts(stopped, "mo")) == 1


@pytest.mark.parametrize(
    ("links", "said"),
    [
        ([Link("mo", "mum", 1, lives_with=True, household="a"), Link("mo", "gran", 2, household="b")], False),
        ([Link("mo", "mum", 1, lives_with=True, household="a"), Link("mo", "dad", 2, household="a")], True),
        ([Link("mo", "mum", 1, lives_with=True), Link("mo", "dad", 2, lives_with=True)], True),
        ([Link("mo", "mum", 1, household="a"), Link("mo", "dad", 2, household="a")], True),
        ([Link("mo", "mum", 1, household="a"), Link("mo", "dad", 2, household="b")], False),
        ([Link("mo", "mum", 1), Link("mo", "dad", 2)], None),
        ([Link("mo", "mum", 1, lives_with=True, household="a"), Link("mo", "dad", 2)], False),
        ([], None),
    ],
)
def test_somebody_outside_the_household(links: list[Link], said: bool | None) -> None:
    assert nobody_outside(roll(*links), "mo") is said


def test_a_contact_whom_a_person_put_first_is_asked_first() -> None:
    links = [Link("mo", "mum", 1), Link("mo", "dad", 2), Link("mo", "gran", 3, asked_first=True)]
    assert [link.contact for link in roll(*links).links_of("mo")] == ["gran", "mum", "dad"]

"""Who writes: what words from one address may do, child by child."""

from __future__ import annotations

import pytest

from attendance.people import Contact, Link, Roll
from bot.sender import Sender, who_writes
from tests.support.builders import AMINA, DAD, MUM, NAN, STAFF, contact, link, pupil

BEN = pupil("ben")
FLAT = contact("flat", 1)
"""Somebody else with the mother's number."""


def writes(
    *links: Link, number: str = "+447700900001", contacts: tuple[Contact, ...] = (MUM, DAD, NAN, FLAT)
) -> Sender:
    roll = Roll.of([AMINA, BEN, pupil("cleo")], contacts, links, STAFF)
    return who_writes(roll.at("sms", number), roll)


@pytest.mark.parametrize(
    ("links", "may_report", "listed", "barred", "several"),
    [
        ([link("amina", "mum", 1)], ("amina",), (), (), False),
        ([link("amina", "mum", 1, may_report=False)], (), ("amina",), (), False),
        ([link("amina", "mum", 1), link("ben", "mum", 1, barred=True)], ("amina",), (), ("ben",), False),
        ([link("amina", "mum", 1), link("amina", "flat", 2, may_report=False)], ("amina",), (), (), False),
        ([link("amina", "mum", 1), link("amina", "flat", 2, barred=True)], (), (), ("amina",), False),
        ([link("amina", "mum", 1), link("ben", "flat", 1)], ("amina", "ben"), (), (), True),
        ([link("amina", "mum", 1), link("ben", "mum", 1), link("ben", "flat", 1)], ("amina", "ben"), (), (), False),
    ],
    ids=[
        "a mother",
        "a mother who may not report",
        "barred for one of two",
        "a shared phone: the better standing",
        "a shared phone: a bar holds for the address",
        "two families with one number",
        "two who have a child in common",
    ],
)
def test_the_standing_of_whoever_holds_the_phone(
    links: list[Link], may_report: tuple[str, ...], listed: tuple[str, ...], barred: tuple[str, ...], several: bool
) -> None:
    sender = writes(*links)
    assert (sender.may_report, sender.listed, sender.barred) == (may_report, listed, barred)
    assert sender.several_families is several


def test_an_unlisted_number_is_nobody() -> None:
    sender = writes(link("amina", "mum", 1), number="+447700900999")
    assert sender == Sender(None)
    assert sender.children == ()


def test_a_contact_without_a_child_here_does_not_make_a_parent_doubtful() -> None:
    """The number of a family that left, kept under a second name."""
    sender = writes(link("amina", "mum", 1))
    assert not sender.several_families
    assert sender.may_hear_of == ("amina",)


def test_no_answer_names_a_child_where_several_families_or_a_bar_are() -> None:
    assert writes(link("amina", "mum", 1), link("ben", "flat", 1)).may_hear_of == ()
    barred = writes(link("amina", "mum", 1), link("ben", "mum", 1, barred=True))
    assert (barred.may_hear_of, barred.children) == (("amina",), ("amina", "ben"))

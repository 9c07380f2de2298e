"""What the office has entered stands, and no answer says that it was changed."""

from __future__ import annotations

import pytest

from attendance.register import Entry
from bot.outcome import Record
from tests.support.builders import AM, PM, report
from tests.support.messages import Thread, case, means, of, says, template


def entry(pupil: str = "amina", session: object = AM, **more: object) -> Entry:
    return Entry(pupil, session, **more)  # type: ignore[arg-type]


STANDING = [
    entry(mis="N", ours="C", by="reed"),
    entry(mis="N", ours="M", by="reed"),
    entry(mis="C"),
    entry(mis="/", ours="G", by="reed"),
    entry(session=PM, mis="N", ours="M", by="reed"),
]


@pytest.mark.parametrize("entered", STANDING)
def test_a_report_against_what_the_office_entered_claims_no_change(entered: Entry) -> None:
    thread = Thread("mum", cases=[case()], known=[report("k")], entered=[entered])
    outcome = thread.hears(means("absence", says("amina"), ask=("return",)))
    assert template(outcome) == "absence.stands"
    assert len(of(outcome, Record)) == 1, "the report itself is kept"


@pytest.mark.parametrize(
    ("half", "entered", "reply"),
    [
        ("am", [entry(mis="/")], "absence.handed_to_staff"),
        ("day", [entry(mis="/"), entry(session=PM, mis="\\")], "absence.handed_to_staff"),
        ("day", [entry(mis="/")], "absence.recorded"),
        ("am", [entry(mis="N")], "absence.recorded"),
    ],
)
def test_of_a_child_who_sat_in_every_register_we_do_not_say_that_it_was_absent(
    half: str, entered: list[Entry], reply: str
) -> None:
    thread = Thread("mum", cases=[case(session=PM)], entered=entered)
    assert template(thread.hears(means("absence", says("amina", session=half)))) == reply


LOOKED_AT = [
    (entry(mis="N", ours="O", by="reed"), True),
    (entry(mis="N", ours="G", by="reed"), True),
    (entry(mis="N", ours="C", by="reed"), False),
    (entry(mis="C"), False),
]


@pytest.mark.parametrize(("entered", "looks"), LOOKED_AT)
def test_staff_look_at_it_where_they_are_told_of_it_and_the_family_hears_so(entered: Entry, looks: bool) -> None:
    reply = Thread("mum", cases=[case()], entered=[entered]).hears(means("absence", says("amina"))).reply
    assert reply is not None
    assert (reply.template, reply.values["looks"]) == ("absence.stands", looks)


def test_a_confirmed_illness_stands_against_an_appointment() -> None:
    thread = Thread("mum", known=[report("k")], entered=[entry(mis="N", ours="I", by="reed")])
    assert template(thread.hears(means("absence", says("amina", code="M")))) == "absence.stands"


OPEN = [
    entry(mis="N"),
    entry(mis="N", ours="M", provisional=True),
    entry(mis="N", ours="I", by="reed"),
    entry(mis="/"),
    entry(mis="N", ours="N", by="reed"),
]


@pytest.mark.parametrize("entered", OPEN)
def test_what_nobody_decided_or_what_says_the_same_is_read_back(entered: Entry) -> None:
    thread = Thread("mum", cases=[case()], entered=[entered])
    assert template(thread.hears(means("absence", says("amina")))) == "absence.recorded"


def test_of_two_children_only_the_one_that_is_recorded_is_read_back() -> None:
    thread = Thread("mum", cases=[case(), case("ben")], entered=[entry("ben", mis="C")])
    outcome = thread.hears(means("absence", says("amina", "ben")))
    assert outcome.reply is not None
    assert outcome.reply.pupils == ("amina",)
    assert (outcome.reply.values["what"], outcome.reply.values["stands"]) == ("Amina off ill today", ("Ben",))


def test_no_with_another_childs_name_moves_nothing_onto_an_entry_that_stands() -> None:
    thread = Thread("mum", entered=[entry("ben", mis="C")])
    first = thread.hears(means("absence", says("amina")))
    (made,) = of(first, Record)
    thread.known = (made.absence,)
    assert template(thread.hears(means("reject"), "No, Ben")) == "absence.stands"

"""A day of return we are not sure of: asked is what a yes would record; where it cannot belong, it does nothing."""

from __future__ import annotations

from datetime import timedelta

from bot.outcome import Record
from tests.support.builders import DAY, report
from tests.support.messages import Thread, alerted, means, of, says, template

TOMORROW, NEXT_WEEK = DAY + timedelta(days=1), DAY + timedelta(days=7)


def test_the_illness_with_its_day_of_return_is_what_a_yes_records() -> None:
    thread = Thread("mum", known=[report("k")])
    asked = thread.hears(means("return", says("amina", code=None, return_day=TOMORROW), ask=("confirm",)))
    assert template(asked) == "absence.confirm"
    assert asked.reply is not None
    assert "ill today, back tomorrow" in asked.reply.values["what"]
    (recorded,) = of(thread.hears(means("confirm"), "yes"), Record)
    assert (recorded.absence.code, recorded.absence.return_day) == ("I", TOMORROW)


def test_where_nothing_is_known_that_it_could_end_a_person_reads_it() -> None:
    outcome = Thread("mum").hears(means("return", says("amina", code=None, return_day=TOMORROW), ask=("confirm",)))
    assert (template(outcome), alerted(outcome)) == ("absence.handed_to_staff", [("message_to_read", False)])


def test_an_absence_to_come_is_not_over_before_it_begins() -> None:
    match = report("k", code="P", first=NEXT_WEEK, return_day=NEXT_WEEK + timedelta(days=1))
    for ask in ((), ("confirm",)):
        outcome = Thread("mum", known=[match]).hears(
            means("return", says("amina", code=None, return_day=DAY), ask=ask), "school entered her btw"
        )
        assert (of(outcome, Record), alerted(outcome)) == ([], [("message_to_read", False)])

"""A wish of when and how to hear from us is no opt-out: the office reads it, and the channel stays open."""

from __future__ import annotations

import pytest

from attendance.effects import RaiseAlert
from bot.outcome import AddressIs
from tests.support.messages import Thread, alerted, case, events, means, of, template

STOP = means("stop")


@pytest.mark.parametrize(
    "text",
    [
        "Stop texting me at work",
        "Stop. Texting. Me. At. Work.",
        "please don't text this number during the day, email me",
        "Please stop sending me texts before 9, I work nights",
        "stop texting me, text her dad instead",
        "STOP sending these to my work phone",
        "no more messages after 7pm please i'm on earlies",
    ],
)
def test_a_wish_is_read_and_stops_nothing(text: str) -> None:
    outcome = Thread("mum", cases=[case()]).hears(STOP, text)
    assert of(outcome, AddressIs) == []
    assert (alerted(outcome), template(outcome)) == ([("message_to_read", False)], "absence.handed_to_staff")
    assert events(outcome) == [], "the chase goes on"


@pytest.mark.parametrize(
    "text",
    [
        "stop texting me",
        "Please stop sending me messages.",
        "STOP STOP STOP I do not want these messages",
        "unsubscribe please this is work number",
        "do not contact me again on this number",
        "no more msgs plz i will phone the school myself if he is ill",
        "stop these messages please I dont want them",
        "stop, I rang you at 8",
    ],
)
def test_an_opt_out_is_one_whatever_is_said_beside_it(text: str) -> None:
    outcome = Thread("mum", cases=[case()]).hears(STOP, text)
    assert len(of(outcome, AddressIs)) == 1
    assert [one.reason for one in of(outcome, RaiseAlert)] == ["opted_out"]


def test_the_keyword_that_the_provider_acts_on_is_not_weighed() -> None:
    assert len(of(Thread("mum").hears(STOP, "Stop texting me at work", opt_out="STOP"), AddressIs)) == 1

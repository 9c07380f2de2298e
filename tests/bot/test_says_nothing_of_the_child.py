"""What says nothing of the child accounts for nobody, however the reason is guessed."""

from __future__ import annotations

from dataclasses import replace

from tests.support.messages import Thread, alerted, case, events, means, says, template

GUESSED = means("absence", says("amina", code="O"), ask=("reason", "return"), tells=False)


def test_who_cannot_look_at_the_telephone_is_asked_why_and_the_chase_goes_on() -> None:
    outcome = Thread("mum", cases=[case()]).hears(GUESSED, "I've a new job and can't look at my phone til 1")
    assert (template(outcome), events(outcome)) == ("absence.reason", [("amina", "UnclearAnswer")])


def test_who_says_that_the_child_will_not_come_has_said_why() -> None:
    outcome = Thread("mum", cases=[case()]).hears(replace(GUESSED, tells=True), "she would not get in the car")
    assert events(outcome) == [("amina", "SafeWithoutReason")]
    assert alerted(outcome) == [("message_to_read", False)]

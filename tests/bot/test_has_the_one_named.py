"""Beside another child's reason: whom the writer has with it is not looked for, and why it is away is asked."""

from __future__ import annotations

import pytest

from tests.support.messages import Thread, case, events, means, says, template

BOTH = means("absence", says("amina", code="M", session="am"), says("ben", code="N"), ask=("reason",))


@pytest.mark.parametrize(
    ("text", "here"),
    [
        ("Amina is at the clinic and Ben is with me", True),
        ("Amina's got her allergy clinic so she's off and i couldn't leave ben so he's with us too", True),
        ("Ben is off as well, Amina is here with me after the clinic", False),
        ("Amina is at the clinic, Ben is off as well", False),
        ("Amina is at the clinic, Ben should be with us but isn't", False),
    ],
)
def test_only_of_the_child_that_is_named_so(text: str, here: bool) -> None:
    outcome = Thread("mum", cases=[case("amina"), case("ben")]).hears(BOTH, text)
    assert template(outcome) == "absence.recorded"
    assert (("ben", "SafeWithoutReason") in events(outcome)) is here

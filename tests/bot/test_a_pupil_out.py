"""Whoever is nobody's contact and sees one of our pupils outside is read at once; a lost coat can wait."""

from __future__ import annotations

import pytest

from attendance.effects import RaiseAlert
from tests.support.messages import Thread, alerted, means, of, template

STRANGER = "+447700900999"


@pytest.mark.parametrize(
    "text",
    [
        "Hello is this the academy? Theres a young lad in your uniform sat crying on the quay, says hes called Ben",
        "I've got one of your pupils here, a little girl, she is lost",
        "Found a boy from your school wandering on the A38",
        "two of your kids are smoking in the bus shelter on Fore Street",
        "There's a child in a blue coat uniform on her own by the canal",
        "I think one of your students has been hit by a car outside the co op",
        "a lad in your uniform has been knocked off his bike at the lights",
        "One of your girls is here at my shop and wont go to school",
        "I have your pupil with me, he is safe but upset",
        "A boy wearing the academy's blazer has collapsed",
    ],
)
def test_a_pupil_who_is_seen_outside_is_for_the_safeguarding_lead_at_once(text: str) -> None:
    outcome = Thread(STRANGER).hears(means("question"), text)
    assert alerted(outcome) == [("unlisted_number", True)]
    assert of(outcome, RaiseAlert)[0].roles == ("safeguarding_lead",)
    assert template(outcome) == "unknown_sender"


@pytest.mark.parametrize(
    "text",
    [
        "Hi I found a school bag with your schools name on it",
        "One of your pupils has left their coat on my bus",
        "a girl in your uniform dropped her purse outside the co op",
        "is this the school office",
        "Do you sell second hand uniform?",
        "Your kids are always dropping litter outside my house",
        "some of your lads were hanging about by the shops yesterday",
        "I am at home with my children, who are you",
        "Amina wont be in today, she is here with me",
        "My child is starting at your school in September, where can I buy the uniform",
    ],
)
def test_other_words_of_a_stranger_wait(text: str) -> None:
    outcome = Thread(STRANGER).hears(means("question"), text)
    assert alerted(outcome) == [("unlisted_number", False)]

"""A parent who writes that they cannot cope is rung by the lead; one whose child is hard to wake is not."""

from __future__ import annotations

import pytest

from attendance.effects import OpenTask, RaiseAlert
from bot.for_staff.parent_in_crisis import BECAUSE
from tests.support.messages import Thread, case, events, means, of, says, template

SAYS_NOTHING_MORE = means("absence", says("amina", code="O"))


def rings(text: str) -> bool:
    said = Thread("mum", cases=[case()]).hears(SAYS_NOTHING_MORE, text)
    tasks = [(one.what, one.role) for one in of(said, OpenTask)]
    told = [one for one in of(said, RaiseAlert) if one.because == BECAUSE]
    assert bool(told) == (("ring", "safeguarding_lead") in tasks)
    return bool(told) and told[0].urgent and told[0].roles == ("safeguarding_lead",)


@pytest.mark.parametrize(
    "text",
    [
        "I'm struggling, I can't get out of bed, the kids aren't going in",
        "sorry, I can't cope today. my depression is really bad and I couldnt get up to take Amina",
        "I'm really struggling at the moment and I can't get out of bed. Sorry",
        "I can't do this anymore, she's off today",
        "ive been really struggling with my mental health so amina isnt coming in",
        "I'm having a breakdown, Amina's here with me",
        "my anxiety is that bad I could not face getting up and getting her ready",
        "I'm not coping, she's still in her pyjamas",
    ],
)
def test_the_lead_rings(text: str) -> None:
    assert rings(text)


@pytest.mark.parametrize(
    "text",
    [
        "I'm struggling to get him out of bed",
        "Amina is struggling to get out of bed, she's got a bad cold",
        "she can't cope with school today",
        "her anxiety is really bad today",
        "sorry we couldn't get up, slept through the alarm",
        "I'm struggling to get through on the phone, Amina is ill",
        "I can't cope with the new app, she's ill",
        "struggling to park, we'll be 5 mins late",
    ],
)
def test_nobody_rings_for_this(text: str) -> None:
    assert not rings(text)


def test_where_the_child_is_is_known_and_the_answer_is_no_cheerful_one() -> None:
    said = Thread("mum", cases=[case()]).hears(SAYS_NOTHING_MORE, "I can't cope, I can't get out of bed. She's here")
    assert template(said) == "absence.handed_to_staff"
    assert ("amina", "SafeWithoutReason") in events(said)

"""An emergency, or a child in custody: recorded without thanks, and a person hears of it by name."""

from __future__ import annotations

import pytest

from attendance.effects import OpenTask, RaiseAlert
from bot.outcome import Outcome
from bot.understanding import Understanding
from tests.support.builders import contact, link, pupil, school
from tests.support.messages import Thread, case, means, says, template

ILL = means("absence", says("amina"), ask=("return",))
CUSTODY = means("absence", says("amina", code="Y5"), ask=("return",))


def hears(text: str, understood: Understanding = ILL) -> Outcome:
    return Thread("mum", cases=[case()]).hears(understood, text)


def told(outcome: Outcome) -> list[tuple[str, tuple[str, ...], bool]]:
    return [(one.reason, one.roles, one.urgent) for one in outcome.effects if isinstance(one, RaiseAlert)]


def is_grave(outcome: Outcome) -> bool:
    return outcome.reply is not None and bool(outcome.reply.values.get("grave"))


@pytest.mark.parametrize(
    "text",
    [
        "She had a seizure, ambulance is here",
        "Amina was taken to A&E by ambulance",
        "she's in resus",
        "the paramedics are with her, wont be in",
        "Amina was hit by a car on the way, we're at hospital",
        "rushed to hospital in the night with her breathing",
        "She's in intensive care",
        "they blue lighted her to Derriford, sepsis",
    ],
)
def test_whoever_cares_for_the_family_hears_of_an_emergency(text: str) -> None:
    outcome = hears(text)
    assert (template(outcome), is_grave(outcome)) == ("absence.recorded", True)
    assert told(outcome) == [("message_to_read", ("pastoral", "attendance_officer"), False)]


@pytest.mark.parametrize(
    "text",
    [
        "Amina hurt her ankle, we're at A&E",
        "she is in hospital for her tonsils, planned op",
        "Amina is ill, I'm an ambulance driver so ring her dad",
        "bad chest, no ambulance needed this time thank god",
        "her nan was taken away by ambulance and she has been sick with worry",
        "follow up from the seizure clinic, she has a cold too",
        "she had a seizure last year but this is only a cold",
        "her seizure clinic appointment and then a cold",
        "poorly after the meningitis jab",
        "she's fit as a fiddle but her temp is up",
        "a cold",
    ],
)
def test_an_ordinary_illness_is_thanked_for(text: str) -> None:
    outcome = hears(text)
    assert (template(outcome), is_grave(outcome)) == ("absence.recorded", False)
    assert told(outcome) == []


def test_of_custody_the_safeguarding_lead_hears() -> None:
    outcome = hears("he's in custody", CUSTODY)
    assert (template(outcome), is_grave(outcome)) == ("absence.recorded", True)
    assert told(outcome) == [("message_to_read", ("safeguarding_lead",), False)]
    assert outcome.conversation.question is None, "on which day the child is back is nothing to ask"


@pytest.mark.parametrize(("tags", "tasks"), [(("yot",), ["tell_yot"]), ((), [])])
def test_a_youth_offending_worker_is_to_be_told_where_there_is_one(tags: tuple[str, ...], tasks: list[str]) -> None:
    of = school(pupils=[pupil("amina", tags=tags)], contacts=[contact("mum", 1)], links=[link("amina", "mum", 1)])
    outcome = Thread("mum", cases=[case()], of=of).hears(CUSTODY, "arrested last night")
    assert [one.what for one in outcome.effects if isinstance(one, OpenTask)] == tasks

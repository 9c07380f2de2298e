"""Of several who are reported away only one stays: the others come in, and nothing explains their empty chairs."""

from __future__ import annotations

import pytest

from attendance.absences import Absence
from bot.outcome import Outcome, Withdraw
from bot.understanding import Understanding
from tests.support.builders import DAY, at
from tests.support.messages import Thread, alerted, case, events, means, of, says, template

WRONG_ONE = means("return", says("ben", code=None, first=None, return_day=DAY))
HALF_OF_IT = means("absence", says("amina", session="am", return_day=DAY), says("ben"), ask=("return",))


def both(code: str = "I") -> list[Absence]:
    return [
        Absence(f"m0/{one}/0", one, DAY, code, at("08:00"), contact="mum", message="m0") for one in ("amina", "ben")
    ]


def hears(understood: Understanding, text: str, clock: str = "08:20") -> Outcome:
    return Thread("mum", known=both()).hears(understood, text, clock)


def taken_back(outcome: Outcome) -> list[str]:
    return [one.absence.pupil for one in of(outcome, Withdraw)]


@pytest.mark.parametrize("understood", [WRONG_ONE, HALF_OF_IT])
@pytest.mark.parametrize(
    "text",
    [
        "change of plan Amina is up and dressed and wants to come so its just Ben",
        "Scrap that, Amina is up and dressed. Just Ben off",
        "Amina is fine now and coming in, only Ben ill today sorry",
        "Ignore that about Amina shes decided she is well enough as its her match lol. Just Ben off",
    ],
)
def test_the_one_behind_just_stays_and_the_other_comes(understood: Understanding, text: str) -> None:
    outcome = hears(understood, text)
    assert (taken_back(outcome), template(outcome), alerted(outcome)) == (["amina"], "absence.corrected", [])
    assert outcome.reply is not None
    assert "Ben off ill today" in str(outcome.reply.values["what"])


@pytest.mark.parametrize("understood", [WRONG_ONE, HALF_OF_IT])
@pytest.mark.parametrize(
    "text",
    [
        "Amina says shes ok so ive let her go. Ben still in bed",
        "amina gone in now, ben's staying home",
        "Amina wants to go to school after all so shes setting off now. ben no better",
        "Amina feels better so she is going to school. Ben still has fever",
        "Ben is still really poorly but Amina is fine and has gone in",
    ],
)
def test_the_one_who_is_no_better_stays_and_the_other_comes(understood: Understanding, text: str) -> None:
    outcome = hears(understood, text)
    assert (taken_back(outcome), template(outcome), alerted(outcome)) == (["amina"], "absence.corrected", [])
    assert outcome.reply is not None
    assert "Ben off ill today" in str(outcome.reply.values["what"])


def test_after_the_close_she_is_waited_for_as_anybody_who_comes() -> None:
    cases = [case(one, stage="answered", outcome="answered_ill", answered_by="mum") for one in ("amina", "ben")]
    thread = Thread("mum", known=both(), cases=cases)
    outcome = thread.hears(WRONG_ONE, "Amina is up and dressed and wants to come so just Ben", "09:30")
    assert ("amina", "OnTheWay") in events(outcome)
    assert "ben" not in taken_back(outcome)


@pytest.mark.parametrize(
    "text",
    [
        "Amina is coming in at 11, just Ben off",
        "Amina might be fine, just Ben off then",
        "just Amina up and dressed, Ben asleep",
        "Amina has her dentist, just Ben poorly",
        "is it just Ben off?",
        "Amina is fine, Ben still poorly and both not coming in",
        "Ben still in bed and Amina is no better",
        "Amina seems better but might not come, Ben still in bed",
        "Amina is not well enough yet, just Ben coming back then",
    ],
)
def test_near_misses_are_read_as_they_stand(text: str) -> None:
    outcome = hears(means("absence", says("ben")), text)
    assert "Amina in school" not in str(outcome.reply and outcome.reply.values.get("what"))


def test_a_child_that_is_not_named_is_not_brought_in() -> None:
    outcome = hears(means("absence", says("ben")), "feeling fine, coming in, just Ben")
    assert "Amina in school" not in str(outcome.reply and outcome.reply.values.get("what"))

"""An answer to "Which child?" that says more than the name: the name is the answer, and the rest a complaint."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read

SENT, TWO = "2026-11-10T09:22", "Eddie:5 Frank:8"


@pytest.mark.parametrize(
    ("text", "child"),
    [
        ("Eddie, not Frank. To be honest I'm fed up of this system", "c1"),
        ("Frank. Why do I have to say it every time??", "c2"),
        ("It's Frank, can you please sort your records out", "c2"),
        ("Eddie!! How many times do I have to tell you", "c1"),
        ("Eddie. I rang this morning, does nobody pass messages on?", "c1"),
        ("sorry, Eddie. do you need anything else", "c1"),
        ("Frank obviously, who else would it be", "c2"),
    ],
)
def test_a_name_is_the_answer_whatever_else_is_said(text: str, child: str) -> None:
    answer = read(text, SENT, TWO, "child")
    assert answer.intent == "absence"
    assert [report.children for report in answer.reports] == [(child,)]
    assert not answer.urgent


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Eddie. He's run off and I can't find him", "missing"),
        ("Eddie. I don't know where he is", "missing"),
        ("Eddie, he left home at 8 so he should be there", "present"),
        ("Frank is in school, isn't he?", "present"),
        ("which one do you have as absent", "question"),
        ("why do you need to know which one?", "question"),
    ],
)
def test_who_is_missing_or_in_school_stays_so(text: str, intent: str) -> None:
    assert read(text, SENT, TWO, "child").intent == intent

"""Several children who are excepted: "all in except Dot and Ronnie", "everyone is ill bar Dot and Betty"."""

from __future__ import annotations

import pytest

from tests.understanding.reading import read, told

FIVE = "Dot:1 Vinnie:3 Ronnie:5 Queenie:8 Betty:10"


@pytest.mark.parametrize(
    ("text", "children"),
    [
        ("everyone in today apart from Vinnie and Betty, still rough", "c2 c5"),
        ("All in except Dot and Ronnie who have a sick bug", "c1 c3"),
        ("They're all fine apart from Queenie and Dot, both have temps", "c1 c4"),
        ("all coming in bar Vinnie, Ronnie and Betty who've got colds", "c2 c3 c5"),
        ("everybody's going in but Betty and Queenie, headaches", "c4 c5"),
        ("all coming in bar Vinnie who's got a cold", "c2"),
        ("All of them are ill except Dot and Betty", "c2 c3 c4"),
        ("everyone is off sick apart from Vinnie and Ronnie", "c1 c4 c5"),
        ("the whole lot are off except Ronnie and Betty, sick bug", "c1 c2 c4"),
        ("All ill bar Betty and she'll be on the bus", "c1 c2 c3 c4"),
        ("All in except Dot, Queenie has been sick so she's off too", "c1 c4"),
        ("All well except Dot who's poorly. Betty and Vinnie have PE kit", "c1"),
        ("everyone except Dot is in, Dot has a cough", "c1"),
        ("everyone except Dot and Ronnie is ill", "c2 c4 c5"),
    ],
)
def test_who_is_excepted_and_who_is_left(text: str, children: str) -> None:
    answer = read(text, children=FIVE)
    assert answer.intent == "absence"
    assert " ".join(sorted(told(answer))) == children

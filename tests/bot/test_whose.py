"""For which schools of a trust a message is: whose child is meant goes before whose number it came to."""

from __future__ import annotations

import pytest

from bot.families.whose import Claim, Meant, meant

HERE = Claim("here", written_to=True, knows=True)
THERE = Claim("there", written_to=False, knows=True)
BESIDE = Claim("beside", written_to=True, knows=True)
"""A second school behind the number of `here`."""


def with_(claim: Claim, **what: bool) -> Claim:
    return Claim(**{**{name: getattr(claim, name) for name in Claim.__slots__}, **what})


SERIOUS = {"serious": True}
TOLD = {"mentions": True, "tells": True}


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        pytest.param([HERE, THERE], Meant(("here",)), id="nobody's child is named: it stays where it was written"),
        pytest.param([HERE, with_(THERE, **TOLD)], Meant(("there",)), id="the other school's child is named"),
        pytest.param([with_(HERE, **TOLD), with_(THERE, **TOLD)], Meant(("here", "there")), id="a child of each"),
        pytest.param(
            [with_(HERE, **TOLD), with_(THERE, mentions=True)], Meant(("here",)), id="the other is only mentioned"
        ),
        pytest.param([HERE, with_(THERE, mentions=True)], Meant(("there",)), id="a question about the other's child"),
        pytest.param(
            [with_(HERE, waits=True), with_(THERE, **TOLD)],
            Meant(("there",), ("here",)),
            id="who was asked and is answered about another's child has it read by a person",
        ),
        pytest.param([with_(HERE, knows=False), THERE], Meant(("there",)), id="only the other knows the writer"),
        pytest.param([with_(HERE, knows=False), with_(THERE, knows=False)], Meant(("here",)), id="nobody knows them"),
        pytest.param(
            [HERE, with_(THERE, waits=True, answers=True)], Meant(("there",)), id="an answer to the other's question"
        ),
        pytest.param([HERE, with_(THERE, waits=True)], Meant(("here",)), id="no answer to the other's question"),
        pytest.param(
            [with_(HERE, **SERIOUS), with_(THERE, waits=True, answers=True, **SERIOUS)],
            Meant(("here",), ("there",)),
            id="danger about nobody in particular, while the other misses a child",
        ),
        pytest.param([HERE, BESIDE], Meant(hears=("here", "beside")), id="one number for two schools"),
        pytest.param([HERE, BESIDE, with_(THERE, **TOLD)], Meant(("there",)), id="one number for two, and a third's"),
        pytest.param(
            [with_(HERE, knows=False), with_(BESIDE, knows=False)], Meant(hears=("here", "beside")), id="a stranger"
        ),
    ],
)
def test_for_whom_it_is(claims: list[Claim], expected: Meant) -> None:
    assert meant(claims) == expected

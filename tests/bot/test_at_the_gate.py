"""Words that say of this very minute that a child was brought, and those that say it of a time before."""

from __future__ import annotations

import pytest

from bot.whereabouts.at_the_gate import brought_just_now


@pytest.mark.parametrize(
    "text",
    ["Just dropped her at the gate", "I've just left him at reception", "dropped her off just now",
     "just seen her go in",
     "just this minute walked her in", "she's just gone in", "dropped him a minute ago", "only just got them there"],
)  # fmt: skip
def test_of_this_minute(text: str) -> None:
    assert brought_just_now(text)


@pytest.mark.parametrize(
    "text",
    ["I dropped her at 8.30", "she should be there by now", "dropped her off earlier",
     "just to say I dropped her at nine", "I just dropped her, is she in?", "dropped her this morning",
     "he left ages ago, just after his dad", "just asking"],
)  # fmt: skip
def test_of_a_time_before_or_of_none(text: str) -> None:
    assert not brought_just_now(text)

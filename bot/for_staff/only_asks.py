"""Words that only ask about a child: where it is, whether it is there."""

from __future__ import annotations

import re

from bot.outcome import Heard
from bot.understanding import Understanding

SEARCHED = {"present": "believed_in_school", "missing": "missing"}
"""The kinds of message for which a child is looked for, and what staff read of it."""

_QUESTIONS = re.compile(
    r"(?:\W*(?:(?:hi|hello|hey|good morning|morning|please|pls|sorry|i said|just|so|and|(?:what|how) about \w+)\W+)*"
    r"(?:is|are|was|has|have|did|does|do you know|can you|could you|what time|when (?:is|does|do|will)|where|who)\b"
    r"[^.!?\n]*\?*\W*)+",
    re.IGNORECASE,
)
_LOST = re.compile(
    r"\b(?:find|lost|missing|gone|ran|run|left|home|answer\w*|phone|with me|not here|worr\w+|supposed|should)\b",
    re.IGNORECASE,
)


def only_asks(heard: Heard, understood: Understanding) -> bool:
    """ "Is Kit in school today?", "where is Kit?" from somebody barred is no news of Kit, and nobody is sought for it:
    the one thing to hear is that they wrote. "He left at eight", "I can't find him", from the same phone, is looked
    into.
    """
    searched = understood.intent in SEARCHED and not understood.safeguarding
    return searched and _QUESTIONS.fullmatch(heard.text) is not None and _LOST.search(heard.text) is None

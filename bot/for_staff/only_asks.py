"""Words that only ask about a child: where it is, whether it is there."""

from __future__ import annotations

import re

from bot.outcome import Heard
from bot.understanding import Understanding

SEARCHED = {"present": "believed_in_school", "missing": "missing"}
"""The kinds of message for which a child is looked for, and what staff read of it."""

_SENTENCES = re.compile(r"[.!?\n]+")
_OPENING = re.compile(
    r"\W*(?:(?:hi|hello|hey|good morning|morning|please|pls|sorry|i said|just|so|and|(?:what|how) about \w+)"
    r"(?:\W+|$))*",
    re.IGNORECASE,
)
_A_QUESTION = re.compile(
    r"(?:is|are|was|has|have|did|does|do (?:you|u) know|(?:can|could|will|would) (?:you|u|ya|someone|somebody)"
    r"|(?:tell|let) me|(?:i|we) (?:just )?(?:want|need|would like|'?d like) to know|wondering|checking"
    r"|what time|when (?:is|does|do|will)|where|who)\b",
    re.IGNORECASE,
)
_LOST = re.compile(
    r"\b(?:find|lost|missing|gone|ran|run|left|home|answer\w*|phone|with me|not here|worr\w+|supposed|should"
    r"|(?:r[au]ng|called|texted|messaged) me)\b",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"\b(?:i (?:have|'?ve got|got) (?:every |a |the )?rights?(?: to know)?"
    r"|(?:he|she)(?:'?s| is) my (?:son|daughter|child|kid|boy|girl))\b",
    re.IGNORECASE,
)
"""What somebody says beside a question who thinks that it will not be answered."""
_WORRY = re.compile(
    r"\b(?:(?:oh )?(?:my )?(?:god|gosh|goodness|lord|days)|oh no|oh dear|omg|jesus|oh"
    r"|you(?:'?ve| have)? (?:got|had|have|made|scared) me (?:so |really |proper |all )*"
    r"(?:worried|scared|panicking|panicked)?(?: sick| to death| half to death)?"
    r"|i(?:'?m| am| was|'?ve been) (?:so |really |proper |all )*(?:worried|panicking)(?: sick)?"
    r"|worried(?: sick)?(?: here)?"
    r"|(?:nobody|no ?one)(?:'?s| has)? (?:told|tells|tell|said|rang)(?: me)?(?: anything)?"
    r"|first i(?:'?ve)? heard(?: of it)?)\b",
    re.IGNORECASE,
)
_HEARD_LATE = re.compile(
    r"\b(?:why|how come)\b[^.!?\n]{0,20}\b(?:i|we|me|us|i['\u2019]?m|nobody|no ?one)\b[^.!?\n]{0,25}"
    r"\b(?:told|tell|finding out|found out|hear(?:d|ing)?|inform\w*|contacted|rung|rang|messaged|texted)\b"
    r"|\b(?:nobody|no ?one|you(?: lot)?|school)\b[^.!?\n]{0,15}\b(?:told|tell|informed?|rang|rung|contact\w*|let)\b"
    r"[^.!?\n]{0,5}\b(?:me|us)\b",
    re.IGNORECASE,
)


def complains_of_hearing_late(text: str) -> bool:
    """ "Why am I only finding out now that he's not in": who says so knows it."""
    return _HEARD_LATE.search(text) is not None


def only_asks(heard: Heard, understood: Understanding) -> bool:
    """ "Is Kit in school today?", "where is Kit?" from somebody barred is no news of Kit, and nobody is sought for it:
    the one thing to hear is that they wrote. "He left at eight", "I can't find him", from the same phone, is looked
    into.
    """
    return _is_a_question(_RIGHTS.sub(" ", heard.text), understood)


def asks_in_worry(heard: Heard, understood: Understanding) -> bool:
    """ "Is he there then? You've got me worried sick", "oh god is she ok?? nobody told me": no news of it either.
    Whether there is one, of a child who was accounted for, is for whoever asks this to know.
    """
    return _is_a_question(_WORRY.sub(" ", _RIGHTS.sub(" ", heard.text)), understood)


def _is_a_question(text: str, understood: Understanding) -> bool:
    searched = understood.intent in SEARCHED and not understood.safeguarding
    return searched and _is_all_questions(text) and _LOST.search(text) is None


def _is_all_questions(text: str) -> bool:
    """Sentence by sentence: one pattern for all of them would take for ever over "is he in is he in is he in. No"."""
    parts = (_OPENING.sub("", sentence, count=1) for sentence in _SENTENCES.split(text))
    said = [rest for rest in parts if any(letter.isalnum() for letter in rest)]
    return bool(said) and all(_A_QUESTION.match(rest) for rest in said)

""" "Ok I'll keep him home", from whoever has reported one child and asked in the same words whether another may come.

The pronoun is of the one who was asked about: of the reported one it is settled. Read of her, the words add nothing, or
take her report back, and of him nobody knows.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.naming import any_name, is_named
from bot.outcome import Heard, Situation
from bot.understanding import Message

_QUESTION = re.compile(r"[^.!?,\n]*\?")
_WHETHER = re.compile(
    r"\b(?:stay|be|keep|isolate|come|coming|go|attend|send|sending|bring|in|off|home)\b", re.IGNORECASE
)
_DECIDES = re.compile(
    r"\b(?:keep(?:ing)?|kept|send(?:ing)?|bring(?:ing)?|drop(?:ping)?|tak(?:e|ing)|stay(?:s|ing)?|com(?:e|es|ing)"
    r"|go(?:es|ing)?|be|on (?:his|her) way|at home|off)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:he|she|him|her)(?=\b(?! (?:brother|sister|mum|dad|nan)\b))", re.IGNORECASE)
_OTHERS = re.compile(r"\b(?:both|they|them|the other|brother|sister|twin)\b|\?", re.IGNORECASE)
SHORT = 10
"""Words of "ok, will keep him home then, thanks", at most."""


def of_the_one_asked_about(heard: Heard, message: Message, situation: Situation) -> Message:
    """The message with the name of the child whom the writer asked about in place of the pronoun; else unchanged."""
    text, pronoun = message.text, _PRONOUN.search(message.text)
    if pronoun is None or len(text.split()) > SHORT or not _DECIDES.search(text) or _OTHERS.search(text):
        return message
    mine = situation.sender.may_report
    if not situation.earlier or any(is_named(text, child, situation) for child in mine):
        return message
    told = {one.pupil for one in situation.last_told(heard.at)}
    asked = _asked(situation.earlier[-1].text, situation) - told
    if not told or len(asked) != 1:
        return message
    name = situation.school.roll.pupils[next(iter(asked))].given
    return replace(message, text=f"{text[: pronoun.start()]}{name}{text[pronoun.end() :]}")


def _asked(text: str, situation: Situation) -> set[str]:
    """The children by whose name the words ask whether they may come, or must stay away."""
    asks = [found[0] for found in _QUESTION.finditer(text) if _WHETHER.search(found[0])]
    children = situation.sender.may_report
    return {
        child
        for child in children
        for question in asks
        if re.search(rf"(?<!\w)(?:{any_name((child,), situation)})(?!\w)", question, re.IGNORECASE)
    }

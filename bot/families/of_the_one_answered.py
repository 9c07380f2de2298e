"""An answer to one message of ours, where the channel says to which: the words are about the child of that message.

A mail and a chat say which message is answered: "got a temperature", in reply to what we wrote of Amina, is about her,
though we asked about her brother since.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.naming import is_named
from bot.outcome import Heard, Situation
from bot.understanding import Message
from bot.understanding.values import Asked

_SEVERAL = re.compile(r"\b(?:both|all of them|the (?:kids|children|twins|boys|girls|lads)|they|them|their|neither)\b")
_YES_OR_NO = re.compile(
    r"\W*(?:(?:no|nope|nah|not right|wrong|that is wrong|yes|yep|yeah|correct|right|ok|okay|thanks?|thank you|ta|sorry"
    r"|it is|that)\b\W*)+"
)
"""What is said to a read-back, and not of a child."""


def of_the_one_answered(heard: Heard, message: Message, situation: Situation) -> Message:
    """The message as an answer about that child; unchanged where it names a child, or several, itself."""
    about = [child for child in heard.answers_about if child in situation.sender.children]
    if len(about) != 1 or len(heard.answers_about) != 1 or len(situation.sender.children) < 2:
        return message
    if (
        _YES_OR_NO.fullmatch(heard.line)
        or _SEVERAL.search(heard.line)
        or any(is_named(message.text, child, situation) for child in situation.sender.children)
    ):
        return message
    (child,), asked = about, message.asked
    if asked is not None and child in asked.children:
        return replace(message, asked=replace(asked, child=child, children=(child,)))
    if asked is not None and asked.kind in ("child", "detail", "taken_back"):
        return message
    case = situation.cases.get(child)
    missed = case is not None and (case.is_waiting or case.stage == "handed_over")
    return replace(message, asked=Asked("absence", child, (child,), heard.day, only_missed=not missed))

"""Nobody is named, and one child of the writer's is missed: "he's answered, he's walking from the stop now" is of it.

Taken for a sister who is reported ill, such words would end her report and have the school look for her as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from bot.for_staff.only_asks import SEARCHED
from bot.naming import is_named
from bot.outcome import Heard, Situation
from bot.understanding import Asked, Message, Understanding
from bot.understanding.children.names import sex

UNDER_WAY = frozenset({"late", "present", "missing"})
"""Words of these say where a child is, which is asked of the one that is missed."""
_SEVERAL = re.compile(r"\b(?:both|all|kids|children|boys|girls|two|three|neither|either|my lot)\b", re.IGNORECASE)
"""Words of more than the one."""
_THEY = re.compile(r"\b(?:they|them|their)\b", re.IGNORECASE)
_ONE = re.compile(r"\b(?:he|him|his|she|her|hers)(?:['\u2019]?s)?\b", re.IGNORECASE)
"""Beside one of these, "they" are somebody else: "she's at reception, they sent her for her late mark"."""
OF_THE_ILL = frozenset({None, "I", "M", "N"})
"""What may be told besides of a child whose illness or appointment we hold."""
_SAYS_OF = {
    "m": re.compile(r"\b(?:she|her|hers)\b", re.IGNORECASE),
    "f": re.compile(r"\b(?:he|him|his)\b", re.IGNORECASE),
    "": re.compile(r"(?!)"),
}
"""The words of a child that is not this one, by what the name of this one says."""


def of_the_one_missed(
    heard: Heard, message: Message, first: Understanding, situation: Situation, read: Callable[[Message], Understanding]
) -> Understanding | None:
    """The words as an answer for the one child that nobody has accounted for. None where they may be of another."""
    told = {child for report in first.reports for child in report.children}
    missed = [child for child in situation.sender.children if _is_missed(child, situation)]
    if (comes := _comes_though_nothing_is_held(heard, message, first, missed, situation, read)) is not None:
        return comes
    if len(missed) == 1 and (alone := _without_the_accounted(message, first, missed[0], situation)) is not None:
        return alone
    if len(missed) != 1 or not told or missed[0] in told or not _may_be_of_it(first, heard, situation):
        return None
    if any(is_named(message.text, child, situation) for child in situation.sender.children):
        return None
    if _says_of_another(missed[0], message):
        return None
    asked = Asked("absence", missed[0], (missed[0],), heard.day, only_missed=True)
    again = read(replace(message, asked=asked))
    if first.intent == "return" and again.intent == "missing":
        return None  # "don't know yet", to when the sister is back
    if again.intent == "absence" and first.intent == "absence" and not again.ask:
        return again
    return again if again.intent in UNDER_WAY else None


def _comes_though_nothing_is_held(
    heard: Heard,
    message: Message,
    first: Understanding,
    missed: list[str],
    situation: Situation,
    read: Callable[[Message], Understanding],
) -> Understanding | None:
    """ "Zara's walking in with her mate, there any minute", of a child of whom nothing is reported, beside a brother's
    appointment: nothing can be come back from, and it is on its way, or in school as the family believes.
    """
    told = {child for report in first.reports for child in report.children}
    if first.intent not in ("return", "chat") or len(missed) != 1 or told - set(missed) or first.safeguarding:
        return None
    if any(one.live and one.pupil == missed[0] for one in situation.known):
        return None
    others = [child for child in situation.sender.children if child != missed[0]]
    if not others or missed[0] in situation.sought:  # "he's back, was at a mate's" is news for those who search
        return None
    named = is_named(message.text, missed[0], situation)
    if any(is_named(message.text, child, situation) for child in others):
        return None
    if not named and (first.intent == "chat" or _says_of_another(missed[0], message)):
        return None
    asked = Asked("absence", missed[0], (missed[0],), heard.day, only_missed=True)
    again = read(replace(message, asked=asked, known=()))
    return again if again.intent in UNDER_WAY and not set(again.ask) - {"confirm"} else None


def _without_the_accounted(
    message: Message, first: Understanding, missed: str, situation: Situation
) -> Understanding | None:
    """ "Any news?? he's not picking up", of the one that is sought: his brother, ill in bed, is not looked for."""
    told = {child for report in first.reports for child in report.children}
    named = any(is_named(message.text, child, situation) for child in situation.sender.children)
    they = _THEY.search(message.text) is not None and _ONE.search(message.text) is None
    several = they or _SEVERAL.search(message.text) is not None
    if first.intent not in SEARCHED or missed not in told or told == {missed} or named or several:
        return None
    reports = tuple(replace(one, children=(missed,)) for one in first.reports if missed in one.children)
    return replace(first, reports=reports)


def _says_of_another(child: str, message: Message) -> bool:
    return _SAYS_OF[next(sex(one) for one in message.children if one.id == child)].search(message.text) is not None


def _may_be_of_it(first: Understanding, heard: Heard, situation: Situation) -> bool:
    """Said of where a child is; or nothing that goes on from what we hold of the one for whom it was taken."""
    if first.intent in UNDER_WAY:
        return True
    if first.intent == "return":
        return all(report.return_day in (None, heard.day) for report in first.reports)
    held = {one.code for one in situation.known if one.live}
    anew = all(report.code not in held | OF_THE_ILL for report in first.reports)
    return first.intent == "absence" and bool(situation.sought) and anew


def _is_missed(child: str, situation: Situation) -> bool:
    case = situation.cases.get(child)
    return child in situation.sought or (case is not None and (case.is_waiting or case.stage == "handed_over"))

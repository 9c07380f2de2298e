"""What a family has not said, whatever was read into it: why, and for which child. It is asked for, not guessed."""

from __future__ import annotations

import re
from dataclasses import replace

from attendance.leave import WAITING
from attendance.leave.grounds import EXCEPTIONAL, HOLIDAY
from bot.leave import days_said, words
from bot.leave.draft_names import children_exactly, means_all
from bot.outcome import Heard, Situation
from bot.understanding import Understanding

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ONLY_ASKING = frozenset(
    "hi hello hiya hey dear sir madam mr mrs miss ms please pls thanks thank you can could may might i we us me my our "
    "would like want wish to need needs asking ask request requesting apply applying for of the a an and or both all "
    "girls boys kids children them they he she her his him it is be have has had get take book give given put off out "
    "school leave absence time day days week weeks morning afternoon from until till til through on in at next this "
    "coming month that ok okay possible back return returning am pm will not one two three four five six seven eight "
    "nine ten few couple some so if as away no we'd i'd st nd rd th".split()
)
GUESSES = frozenset({EXCEPTIONAL, HOLIDAY, "N", "O", None})
"""Codes that a reading without a word of why may have; a holy day or an interview is said."""
_SOMEBODY_ELSE = re.compile(r"\b(?:sister|brother|sibling|twin|cousin)s?\b", re.IGNORECASE)


def with_what_is_unsaid(heard: Heard, understood: Understanding, said: str, situation: Situation) -> Understanding:
    """The reading with the reason, and the child, asked for where the words (`said`, all of them) do not say them.

    A request that stands knows why; a form has fields of its own.
    """
    reports = understood.reports
    if not said.strip() or not reports or says_why(said, situation) or _stands(situation):
        return understood
    if any(report.code not in GUESSES for report in reports):
        return understood
    chosen = {child for report in reports for child in report.children}
    guessed = len(chosen) > 1 and not means_all(said) and not children_exactly(said, situation)
    why = () if "dates" in understood.ask else ("reason",)  # the days are asked for first
    lacks = dict.fromkeys((*(("child",) if guessed else ()), *understood.ask, *why))
    return replace(understood, reports=tuple(replace(one, code="N") for one in reports), ask=tuple(lacks))


def with_the_child_named(text: str, understood: Understanding, situation: Situation) -> Understanding:
    """The one child whom the words name, where the reader was not sure which one is meant."""
    named = children_exactly(text, situation)
    if "child" not in understood.ask or len(named) != 1 or means_all(text) or _SOMEBODY_ELSE.search(text):
        return understood
    if not all(set(named) <= set(report.children) for report in understood.reports) or not understood.reports:
        return understood
    ask = tuple(one for one in understood.ask if one != "child")
    return replace(understood, reports=tuple(replace(one, children=named) for one in understood.reports), ask=ask)


def says_why(text: str, situation: Situation) -> bool:
    """Whether a word is left once names, days and the asking itself are taken away."""
    names = {
        part.casefold()
        for pupil in (situation.school.roll.pupils[id] for id in situation.sender.children)
        for name in (pupil.given, pupil.family, *pupil.known_as)
        for part in name.split()
    }
    left = {one.casefold() for one in _WORD.findall(text)} - _ONLY_ASKING - names
    return any(not days_said.names_a_day(one) and not words.only_polite(one) for one in left)


def _stands(situation: Situation) -> bool:
    writer = situation.sender.writer
    return any(one.contact == writer and one.state in WAITING for one in situation.leave)

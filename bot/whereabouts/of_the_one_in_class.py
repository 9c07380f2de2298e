""" "He's fine, he went in with his mates", after his sister was reported ill: it is he who is in school, as the
register has it.

Taken for the sister, of whom the talk was, such words would send staff to look for a girl who lies in bed.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.for_the_reader import children_of
from bot.known import is_away_on
from bot.naming import is_named
from bot.outcome import Heard, Situation
from bot.understanding import Report, Understanding
from bot.understanding.children.names import sex
from bot.whereabouts.here_already import in_by_the_register

_BOY = re.compile(r"\b(?:he|him|his|brother|son|boy|lad)\b")
_GIRL = re.compile(r"\b(?:she|her|hers|sister|daughter|girl|lass)\b")
_SEVERAL = re.compile(r"\b(?:they|them|both|all|neither|either)\b")


def of_the_one_in_class(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """The same words of the one child that they fit; unchanged where a child is named or anything else fits."""
    fits = whom_it_fits(heard, understood, situation)
    if not fits or not in_by_the_register(heard, fits, situation):
        return understood
    return replace(understood, reports=(Report(fits),), ask=())


def whom_it_fits(heard: Heard, understood: Understanding, situation: Situation) -> tuple[str, ...]:
    """The one child of the writer that "he", or "she", can be, where the words were taken for one whom the same writer
    has reported away today; nobody where they may be of more than one.
    """
    told = {child for report in understood.reports for child in report.children}
    calm = understood.intent == "present" and not understood.safeguarding and "?" not in heard.text
    if not calm or not told or any(report.code is not None for report in understood.reports):
        return ()
    if any(is_named(heard.text, child, situation) for child in situation.sender.children):
        return ()
    said = _said_of(heard.line)
    fits = tuple(child.id for child in children_of(situation) if said and sex(child) in (said, ""))
    if len(fits) != 1 or told & set(fits):
        return ()
    return fits if all(_reported_by_them(child, heard, situation) for child in told) else ()


def _said_of(line: str) -> str:
    """m or f, where the words speak of one boy, or of one girl; "" where of both, of several or of nobody."""
    boy, girl = _BOY.search(line) is not None, _GIRL.search(line) is not None
    return "" if boy == girl or _SEVERAL.search(line) else "m" if boy else "f"


def _reported_by_them(child: str, heard: Heard, situation: Situation) -> bool:
    return any(one.pupil == child and is_away_on(one, heard.day) for one in situation.own_reports)

"""A slip that the writer puts right at once: "make that 11.30, sorry" is about whom we have just read back.

Nobody is named, and nobody need be asked about: the words are too short to begin something else.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from bot.corrections.openings import IN_ITS_PLACE, MEANS, SLIPS
from bot.naming import is_named
from bot.outcome import Heard, Situation
from bot.understanding import Understanding

AT_ONCE = timedelta(hours=2)
GOES_ON = timedelta(minutes=15)
"""Who adds "back tomorrow" so soon, in a second text, is not asked of whom."""
FEW_WORDS = 9
_OF_ONE = re.compile(r"\b(?:s?he(?:['\u2019]?s)?|her|him|his|one)\b", re.IGNORECASE)
_PUTS_RIGHT = re.compile(rf"\b(?:{SLIPS}|{MEANS}|{IN_ITS_PLACE}|not \d[\d.:]*)\b", re.IGNORECASE)
_SAYS_WHEN = frozenset({"absence", "late", "return"})


def of_whom_we_read_back(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """The same, where such words name nobody: with the children of the last read-back."""
    told = situation.last_told(heard.at)
    children = tuple(dict.fromkeys(absence.pupil for absence in told))
    guessed = {child for report in understood.reports for child in report.children}
    if "child" not in understood.ask or not guessed <= set(children) or understood.intent not in _SAYS_WHEN:
        return understood
    since = heard.at - told[-1].recorded_at if told else AT_ONCE
    goes_on = understood.intent == "return" and since <= GOES_ON and not _OF_ONE.search(heard.text)
    if since >= AT_ONCE or len(heard.text.split()) > FEW_WORDS or not (goes_on or _PUTS_RIGHT.search(heard.text)):
        return understood
    if any(is_named(heard.text, pupil, situation) for pupil in situation.sender.children):
        return understood
    reports = tuple(replace(report, children=children) for report in understood.reports)
    return replace(understood, reports=reports, ask=tuple(one for one in understood.ask if one != "child"))

"""A series of days ("the orthodontist every second Tuesday"): read as one day it is one of many, and easily wrong.

A person agrees on the days with the family and enters them. What is said of today is recorded as always.
"""

from __future__ import annotations

import re

from bot.for_staff.passing_on import with_days_to_agree
from bot.outcome import Heard, Outcome, Situation
from bot.understanding import Understanding

BECAUSE = (
    "The family tells of a series of days: agree with them and the headteacher on which, and enter the codes; none of "
    "the days to come was recorded."
)
_DAY = r"(?:mon|tues|wednes|thurs|fri)days?"
_OTHER = r"(?:second|2nd|other|third|3rd|fourth|4th|two|three|four|six|couple of|few)"
#: "Her monthly pain" is an illness of today.
_NO_CYCLE = r"(?! (?:pains?|cramps?|periods?|cycle|flow|bleed\w*|visitor|visit from|tummy|stomach|time|problems?)\b)"
_SERIES = re.compile(
    rf"\b(?:every|each) (?:{_OTHER} )?(?:{_DAY}|weeks?|fortnight|months?)\b"
    rf"|\b(?:fortnightly|weekly|monthly)\b{_NO_CYCLE}"
    rf"|\b{_DAY} (?:for|over) the next (?:few|\w+) (?:weeks|months)\b"
)


def with_a_series(heard: Heard, understood: Understanding, outcome: Outcome, situation: Situation) -> Outcome:
    """The same outcome, and a person who hears of the series; alone, where nothing is said of today."""
    if understood.intent not in ("absence", "leave", "late") or not _SERIES.search(heard.line):
        return outcome
    return with_days_to_agree(heard, understood, outcome, BECAUSE, situation)

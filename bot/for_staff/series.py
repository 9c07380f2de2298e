"""A series of days ("the orthodontist every second Tuesday"): read as one day it is one of many, and easily wrong.

A person agrees on the days with the family and enters them. What is said of today is recorded as always.
"""

from __future__ import annotations

import re
from dataclasses import replace

from attendance.effects import RaiseAlert
from bot.for_staff.passing_on import to_read
from bot.outcome import Heard, Outcome, Reply, Situation
from bot.understanding import Understanding
from bot.understanding.words.normalise import read_words

BECAUSE = (
    "The family tells of a series of days: agree with them and the headteacher on which, and enter the codes; none of "
    "the days to come was recorded."
)
_DAY = r"(?:mon|tues|wednes|thurs|fri)days?"
_OTHER = r"(?:second|2nd|other|third|3rd|fourth|4th|two|three|four|six|couple of|few)"
_SERIES = re.compile(
    rf"\b(?:every|each) (?:{_OTHER} )?(?:{_DAY}|weeks?|fortnight|months?)\b|\b(?:fortnightly|weekly|monthly)\b"
    rf"|\b{_DAY} (?:for|over) the next (?:few|\w+) (?:weeks|months)\b"
)


def with_a_series(heard: Heard, understood: Understanding, outcome: Outcome, situation: Situation) -> Outcome:
    """The same outcome, and a person who hears of the series; alone, where nothing is said of today."""
    if understood.intent not in ("absence", "leave", "late") or not _SERIES.search(read_words(heard.text).line):
        return outcome
    if any(isinstance(one, RaiseAlert) and one.reason == "message_to_read" for one in outcome.effects):
        return outcome
    read = to_read(heard, situation, BECAUSE)
    if any(one.first_day is not None and one.first_day <= heard.day for one in understood.reports):
        return replace(outcome, effects=(*outcome.effects, replace(read, climbs=False)))
    return Outcome(situation.conversation, (read,), Reply("absence.handed_to_staff"))

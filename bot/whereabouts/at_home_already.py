"""Said to be fine, of a child that the same contact has at home: "Jude's fine", after "they're both here with me".

By itself such a word is taken for "he is in school", and the school would look for a child that sits at home.
"""

from __future__ import annotations

import re
from dataclasses import replace

from attendance.codes import is_unexplained
from bot.outcome import Heard, Situation
from bot.understanding import Report, Understanding

_WELL = re.compile(r"\b(?:fine|ok|okay|well|alright|all right|not ill|not poorly|not sick|nothing wrong)\b")
_IN_SCHOOL = re.compile(
    r"\?|\b(?:school|class|lesson|dropped|left|went|gone|sent|bus|train|walk\w*|should be|set off|gate|in today|is in"
    r"|was in|be in|on (?:his|her|their|the) way|signed)\b"
)


def at_home_already(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """The same as of a child that is at home without a reason; unchanged where the words say that it is in school."""
    line = heard.line
    if understood.intent != "present" or understood.safeguarding or _IN_SCHOOL.search(line) or not _WELL.search(line):
        return understood
    well = tuple(dict.fromkeys(child for one in understood.reports if one.code is None for child in one.children))
    if not well or any(one.children and one.code is not None for one in understood.reports):
        return understood
    if not all(_is_at_home(child, heard, situation) for child in well):
        return understood
    said = next((one.code for one in understood.reports if one.code is not None), "N")
    reports = (Report(well, said, heard.day, None, "day"),)
    return replace(understood, intent="absence", reports=reports, ask=(), urgent=False)


def _is_at_home(child: str, heard: Heard, situation: Situation) -> bool:
    """The same contact has said today where it is, and not why it is away; nobody is looking for it."""
    case = situation.cases.get(child)
    if child in situation.sought or case is None or case.outcome != "no_reason_given":
        return child not in situation.sought and _is_told_so(child, heard, situation)
    return case.answered_by == situation.sender.writer


def _is_told_so(child: str, heard: Heard, situation: Situation) -> bool:
    return any(
        one.live
        and one.pupil == child
        and is_unexplained(one.code)
        and one.first_day == heard.day
        and one.contact == situation.sender.writer
        for one in situation.known
    )

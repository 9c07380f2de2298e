"""Said to be fine, of a child that the same contact has at home: "Jude's fine", after "they're both here with me".

By itself such a word is taken for "he is in school", and the school would look for a child that sits at home.
"""

from __future__ import annotations

import re
from dataclasses import replace

from attendance.codes import is_unexplained
from bot.outcome import Heard, Situation
from bot.understanding import Report, Understanding
from bot.understanding.values import Part
from bot.whereabouts.found import is_with_somebody

_WELL = re.compile(r"\b(?:fine|ok|okay|well|alright|all right|not ill|not poorly|not sick|nothing wrong)\b")
_NEVER_WENT = re.compile(
    r"\b(?:never|did not|has not|have not|not) (?:\w+ )?(?:went|go|gone|been|set off|left|leave|came|come)\b"
    r"|\b(?:kept|keeping) (?:him|her|them) (?:off|home|at home|back)\b"
)
_IN_SCHOOL = re.compile(
    r"\?|\b(?:school|class|lesson|dropped|left|went|gone|sent|bus|train|walk\w*|should be|set off|gate|in today|is in"
    r"|was in|be in|on (?:his|her|their|the) way|signed)\b"
)


def at_home_already(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """The same as of a child that is at home without a reason; unchanged where the words say that it is in school."""
    line = heard.line
    if (with_me := _never_went(heard, understood, situation)) is not None:
        return with_me
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


def _never_went(heard: Heard, understood: Understanding, situation: Situation) -> Understanding | None:
    """ "She never went in this morning, she's with me": whoever has the child believes it in no school."""
    has_it = understood.intent == "present" and not understood.safeguarding and is_with_somebody(heard)
    children = tuple(dict.fromkeys(child for one in understood.reports for child in one.children))
    theirs = set(children) <= set(situation.sender.may_report) and not (understood.sender_doubt or heard.doubt)
    if (
        not has_it
        or not children
        or not theirs
        or _NEVER_WENT.search(heard.line) is None
        or set(children) & set(situation.sought)
    ):
        return None
    mine = (one for one in situation.known if one.live and one.pupil in children and one.first_day == heard.day)
    part: Part = "am" if any(one.half == "pm" for one in mine) else "day"  # this afternoon's appointment stands
    reports = (Report(children, "N", heard.day, None, part),)
    return replace(understood, intent="absence", reports=reports, ask=(), urgent=False)


def _is_at_home(child: str, heard: Heard, situation: Situation) -> bool:
    """The same contact has said today where it is, and not why it is away; nobody is looking for it."""
    case = situation.cases.get(child)
    if child in situation.sought or case is None or case.outcome != "no_reason_given":
        return child not in situation.sought and _is_told_so(child, heard, situation)
    return case.answered_by == situation.sender.writer


def _is_told_so(child: str, heard: Heard, situation: Situation) -> bool:
    return any(
        one.pupil == child and is_unexplained(one.code) and one.first_day == heard.day for one in situation.own_reports
    )

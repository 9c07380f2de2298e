"""A day that is not one of the child's own: "he doesn't do Tuesdays", "mon wed fri only", of a child that is missed.

Who is below the age of compulsory schooling may come on some days only and is not expected on the others (X); of a
child whose data say that it has a part-time timetable it is that (C2). Of any other child nobody knows from a text
whether the school has agreed, and the words stand as they were read.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot.outcome import Heard, Situation
from bot.understanding import Report, Understanding
from bot.understanding.days.school_days import after

_PART_TIME, _NOT_EXPECTED = "C2", "X"
_TIMETABLE = "part_time_timetable"
_OF_NO_AGE = "not_compulsory_age"
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
_A_DAY = rf"(?:{'|'.join(_DAYS)})(?: 's)?"
_LIST = rf"(?:{_A_DAY}(?: ?,| and| &| to| or)? ?)+"
_ONLY = re.compile(
    rf"\b(?:only|just)(?: (?!off\b|away|ill|miss)\w+){{0,4}}? ,? ?(?P<first>{_LIST})|(?P<then>{_LIST}),? ?only\b"
)
_DOES_NOT = r"\bnot (?:do|come|in|attend|go|due in|have)(?: \w+){0,2}? (?:on )?"
_NOT_ITS_DAY = r"(?:is|are|was) not (?:one of )?(?:his|her|their)(?: \w+)? days?\b"
_NOT_ONE = re.compile(rf"(?:{_NOT_ITS_DAY}|\bnot (?:one of )?(?:his|her|their)(?: \w+)? days?\b)(?: today)?")
_OTHERWISE = re.compile(r"\?|\b(?:until|till|til|back|off until|this week|next week|better|if|might)\b")


def on_a_day_not_its_own(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """Not expected today, where the words say so of a child that may be; else the same."""
    if understood.intent != "absence" or understood.urgent or understood.safeguarding:
        return understood
    unsaid = "reason" in understood.ask or all(one.code in (None, "N", _PART_TIME) for one in understood.reports)
    if not unsaid or not _is_said(heard.line, heard.day):
        return understood
    children = tuple(dict.fromkeys(child for one in understood.reports for child in one.children))
    codes = {_code_of(child, situation) for child in children}
    code = codes.pop() if len(codes) == 1 else None
    if code is None or any(one.first_day not in (None, heard.day) for one in understood.reports):
        return understood
    today = Report(children, code, heard.day, after(heard.day, situation.school.calendar), "day")
    return replace(understood, reports=(today,), ask=())


def _code_of(child: str, situation: Situation) -> str | None:
    pupil = situation.school.roll.pupils[child]
    if pupil.year < 0 or _OF_NO_AGE in pupil.tags:
        return _NOT_EXPECTED
    return _PART_TIME if _TIMETABLE in pupil.tags else None


def _is_said(line: str, today: date) -> bool:
    if today.weekday() >= len(_DAYS) or _OTHERWISE.search(line):
        return False
    day = _DAYS[today.weekday()]
    if re.search(rf"{_DOES_NOT}{day}\b", line) or re.search(rf"\b{day}(?: 's)? {_NOT_ITS_DAY}", line):
        return True
    listed = [name for found in _ONLY.finditer(line) for name in re.findall("|".join(_DAYS), found[0])]
    if len(listed) > 1:
        return day not in _span(listed, line)
    return _NOT_ONE.search(line) is not None and not any(name in line for name in _DAYS if name != day)


def _span(listed: list[str], line: str) -> list[str]:
    """ "Monday to Wednesday" holds the Tuesday."""
    first, last = _DAYS.index(listed[0]), _DAYS.index(listed[-1])
    return list(_DAYS[first : last + 1]) if len(listed) == 2 and f"{listed[0]} to " in line else listed

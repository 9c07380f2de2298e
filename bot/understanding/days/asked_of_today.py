"""Asked about one day, and answered about another: "won't be in tomorrow, dentist", "he won't be in, sore throat".

We ask about the day of the register. Who answers in the evening, or the next morning, often means the day to come; what
is recorded for the wrong one leaves a missing child unlooked for, or chases one that was reported.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime

from attendance.calendar import SchoolCalendar
from bot.understanding.days.school_days import after
from bot.understanding.evidence import Reading
from bot.understanding.learned.days import Chosen

_ASKED = ("absence", "reason", "child")
_TODAY_TOO = re.compile(
    r"\b(?:today|this morning|now|still|either|too|also|as well|again|since|yesterday|and|another|longer|until|till"
    r"|back)\b"
)
_AWAY_THEN = re.compile(r"\b(?:not (?:be )?in|off|absent|away|not com\w+|will miss|out of school)\b")
_TO_COME = re.compile(
    r"\b(?:will not|wont|will be|not coming|not (?:be )?in|not sending|keeping|keep|has|have|is|are|still|off)\b",
)
_GONE_BY = re.compile(r"\b(?:was|were|had|been|kept|did|didnt|yesterday|last|forgot|missed|see|seen|came|sent|back)\b")


def with_the_day_ahead(seen: Reading, days: Chosen, code: str, calendar: SchoolCalendar) -> Chosen:
    """The one day to come on which the words say that the child is away; an illness has begun, and lasts through it."""
    asked = seen.message.asked
    if asked is None or asked.kind not in _ASKED or days.first != asked.day or code == "N":
        return days
    said = [(mention, role) for mention, role in seen.days.roles]
    line = seen.words.line
    if len(said) != 1 or said[0][1] != "absent" or _TODAY_TOO.search(line) or not _AWAY_THEN.search(line):
        return days
    mention = said[0][0]
    if mention.first is None or mention.first != mention.last or mention.first <= days.first:
        return days
    end = after(mention.first, calendar)
    if code == "I":
        adjoining = after(days.first, calendar) == mention.first
        return replace(days, back=end) if adjoining and (days.back is None or days.back <= mention.first) else days
    return replace(days, first=mention.first, back=end, said_first=True, first_sure=max(days.first_sure, mention.sure))


def answers_for_today(text: str, asked_of: date, now: datetime, calendar: SchoolCalendar) -> bool:
    """ "He won't be in, sore throat", to the question of a day that is over: it is news of this morning."""
    if asked_of >= now.date() or not calendar.is_school_day(now.date()):
        return False
    line = text.casefold().replace("’", "'").replace("'", "")
    line = re.sub(r"\b(wo|is|are|has|does|did)nt\b", r"\1 not", re.sub(r"\bwont\b", "will not", line))
    return _TO_COME.search(line) is not None and _GONE_BY.search(line) is None

"""What was planned falls through: "it's been put back to next week, so he's in this week after all".

Held as away on those days, a child who set out for school on them and did not arrive would be looked for by nobody.
Where the new day of an appointment is said as well ("moved to Friday"), it is moved to it (`bot/corrections/moved.py`).
"""

from __future__ import annotations

import re

from attendance.absences import APPOINTMENT
from attendance.calendar import local
from bot.understanding.evidence import Reading
from bot.understanding.values import Report

#: An operation or an appointment is the family's to take back; leave that was granted is opened by a person.
_ITS_OWN = frozenset((APPOINTMENT, "I"))
_DAY = r"(?:this week|all week|tomorrow|(?:on )?(?:mon|tues|wednes|thurs|fri)day|then|as (?:normal|usual)|after all)"
_FALLS_THROUGH = re.compile(
    r"\b(?:put|pushed|set|moved|taken) (?:\w+ ){0,2}back\b|\b(?:postponed|cancel\w*|called off|re ?-?schedul\w*|moved"
    r"|re ?-?arranged|delayed|changed|bumped|not (?:happening|going ahead|on now)"
    r"|fall\w* through|fell through)\b"
)
_IS_IN = re.compile(
    rf"\b(?:is|are|be|he|she|they) (?:now |still |definitely )?(?:back )?(?:in|at)(?: school)?(?: {_DAY})+"
    rf"|\b(?:coming|going|sending \w+) (?:back )?in(?: school)?(?: {_DAY})+"
)
_NOT_NEEDED = re.compile(
    r"\b(?:not|no longer) (?:need|needs|needed|have|has|got)"
    r" (?:to (?:go|see|be seen|attend|have)|the|his|her|their|that)\b"
)
""" "He doesn't need to go to the orthodontist now"."""
_NOT_SO = re.compile(
    r"\?|\b(?:if|unless|might|may|maybe|could|should|hope\w*|except|apart|or|whether|not (?:be |coming )?in"
    r"|in (?:school )?(?:until|till))\b"
    r"|\b(?:just|only)\b|\boff (?:on |for )?(?:mon|tues?|wed|thu|fri)\w*\b|\b(?:mon|tues?|wed|thu|fri)\w* off\b"
)
"""A doubt; or some of the days stand, or others come in their place."""

_NOT_SO_ANY_MORE = re.compile(r"\?|\b(?:just|only|if|unless|until|whole|but)\b")
_NEEDS_NO_DAY = re.compile(
    r"\b(?:do|does|will) not need(?: to (?:be|have))?(?: \w+){0,2} off\b(?! school)"
    r"|\bno longer need(?:s|ed)?(?: \w+){0,3} off\b"
)


def needs_no_day_off(seen: Reading) -> bool:
    """ "He doesn't need the day off on Friday any more"; not the whole day, only the morning, is no such thing."""
    line = seen.words.line
    return _NEEDS_NO_DAY.search(line) is not None and not _NOT_SO_ANY_MORE.search(line)


def is_called_off(seen: Reading) -> bool:
    """True when the days that a child is held to be away on are not to come, and the child is in school then."""
    today = local(seen.message.sent_at).date()
    planned = [
        one for one in _held(seen) if one.first_day is not None and one.first_day > today and one.code in _ITS_OWN
    ]
    line = seen.words.line
    if planned and seen.why.code == APPOINTMENT and _NOT_NEEDED.search(line) and not _NOT_SO.search(line):
        return True
    falls_through = _FALLS_THROUGH.search(line) is not None and _IS_IN.search(line) is not None
    return bool(planned) and falls_through and not _NOT_SO.search(line)


def _held(seen: Reading) -> tuple[Report, ...]:
    asked = seen.message.asked
    draft = asked.draft if asked is not None and asked.kind == "confirm" else None
    known = tuple(one for one in seen.message.known if one.code is not None)
    return known if draft is None else (*known, draft)

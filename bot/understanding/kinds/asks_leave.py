""" "Is it ok if Tom has Monday off for his cousin's wedding?": leave is asked for, however it is phrased."""

from __future__ import annotations

import re

from attendance.calendar import local
from bot.understanding.evidence import Reading

_MAY_HE = re.compile(
    r"\b(?:(?:is|would|will|was) (?:it|that|this) (?:be )?(?:ok|okay|alright|all right|fine|possible|acceptable)"
    r"|(?:is|would) (?:it|that) (?:be )?a problem|(?:would|do) you mind"
    r"|do (?:i|we) (?:need|have) to (?:ask|apply|request))\b"
)
_DAY = r"(?:monday|tuesday|wednesday|thursday|friday|tomorrow|next|school|days?|mornings?|afternoons?)"
#: Being off for a day or more, and not only off games.
_IF_OFF = re.compile(
    r"\bif (?:\w+ ){1,3}?(?:(?:was|were|is|are|be|stays?|stayed) (?:kept )?"
    r"(?:off|away|absent|at home|home|out of school)"
    r"(?! (?:of )?(?:pe|games|swimming|sports?|lunch|dinner|early|late)\b)"
    rf"|(?:had|has|have|having|takes?|took|gets?|got) (?:(?:the|a|an|on|half|couple|few|of|this) )*{_DAY}"
    r"(?: \w+){0,2}? off"
    rf"|miss(?:es|ed)? (?:(?:the|a|on|this|half|couple|few|of) )*{_DAY}"
    r"|(?:keeps?|kept|takes?|took|have|had) (?:\w+ )?(?:off|out of school|out on|away|home|at home))"
)
#: Reasons for which somebody asks the head, and how sure the words must be of one.
_ASKED_FOR, _SURE = frozenset(("C", "C1", "G", "J1", "R", "T", "O")), 0.7


def asks_for_leave(seen: Reading) -> bool:
    """Unasked: a permission, a day to come on which the child is away, and a reason that only the head can grant."""
    if not _asks(seen) or not seen.message.is_unasked or seen.danger.hits:
        return False
    today = local(seen.message.sent_at).date()
    ahead = any(one.first is not None and one.first > today for one, role in seen.days.roles if role == "absent")
    told = seen.why.code in _ASKED_FOR and seen.why.certainty >= _SURE
    off = _IF_OFF.search(seen.words.line) is not None  # why is asked, where nothing is said of it
    return ahead and (told or (seen.why.code is None and (off or _goes_away(seen)))) and (off or _is_away(seen))


def asks_of_a_day_gone(seen: Reading) -> bool:
    """ "Would it be ok if Tom missed Friday": the day was read as one that is over, and nobody asks for that."""
    if not _asks(seen) or not seen.message.is_unasked:
        return False
    today, days = local(seen.message.sent_at).date(), [one for one, role in seen.days.roles if role == "absent"]
    return bool(days) and all(one.last is not None and one.last < today for one in days)


def _asks(seen: Reading) -> bool:
    return _MAY_HE.search(seen.words.line) is not None


def _goes_away(seen: Reading) -> bool:
    return any(hit.phrase.startswith("we are ~2") for hit in seen.signals.by.get("absent", ()))


def _is_away(seen: Reading) -> bool:
    """ "Is it ok to have a word on Monday about the wedding?" says nothing of staying away."""
    goes = re.search(r"\b(?:go|goes|going|travel|fly|attend|take|come) (?:\w+ ){0,2}to\b|\battend\b", seen.words.line)
    return seen.signals.has("absent") or goes is not None

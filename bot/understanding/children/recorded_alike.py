""" "Sorry, Thursday", after two children were recorded with the same days: of whom, if not of both?

Taken for one of them, the other one keeps the day that the family has just put right, and is missed on it.
"""

from __future__ import annotations

from dataclasses import replace

from attendance.calendar import local
from bot.understanding.evidence import Reading

_ONE = frozenset("he she him her his hers it one other brother sister son daughter boy girl".split())
"""Words of one child: then it is to be found out which."""


def recorded_alike(seen: Reading) -> tuple[str, ...]:
    """The children of whom we hold one and the same absence of today or of later, where the words, unasked, name none
    and speak of no single one; nobody where less than two are, or another absence is held besides.
    """
    message, today = seen.message, local(seen.message.sent_at).date()
    if message.asked is not None or seen.who.named or seen.who.strangers or not _ONE.isdisjoint(seen.words.texts):
        return ()
    now = [
        report
        for report in message.known
        if report.code is not None and (report.first_day == today or (report.return_day or today) > today)
    ]
    children = tuple(child.id for child in message.children if any(child.id in one.children for one in now))
    alike = len({replace(one, children=()) for one in now}) == 1
    return children if alike and len(children) > 1 else ()

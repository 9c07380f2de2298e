"""Reasons that few families have: the fair moving on, a police cordon, a day at the other school, custody.

They are told in words of their own, and the weights have hardly met them.
"""

from __future__ import annotations

from bot.understanding.reasons.why import Why

#: A reason without any word for it is believed beside such words from this certainty on.
ALL_BUT_CERTAIN = 0.97
_SELDOM = frozenset("T C1 S C2 Y1 Y2 Y5 Y6 Y7 K D E W P J1 V".split())
#: A single word of one of these is as plain as several; "the fair", "her timetable", "some tuition" may be anything.
_BY_A_WORD = frozenset(("E", "Y5", "W"))
_SEVERAL_WORDS = 3.3
_PLAIN = 0.8


def is_seldom(why: Why) -> bool:
    """Plain words of a reason that is seldom given."""
    if why.code not in _SELDOM or why.certainty < _PLAIN:
        return False
    return why.code in _BY_A_WORD or why.scores[why.code] >= _SEVERAL_WORDS

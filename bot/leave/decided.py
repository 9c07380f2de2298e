"""A family that asks what was decided: "so is it a yes?", "is Orla allowed or not", "what day is he due back".

It was told when it was decided, and is told the same again. Why, or what can be done about it, is a person's to say.
"""

from __future__ import annotations

import re

from attendance.leave import WAITING, LeaveRequest
from bot.drafts import called_names
from bot.leave import words
from bot.leave.telling import received
from bot.leave.whose import last_made, own
from bot.outcome import Heard, Outcome, Reply, Situation
from bot.understanding import Understanding

_DECIDED = frozenset({"granted", "granted_in_part", "refused"})
_AGREED = r"(?:authori[sz]ed|approved|agreed|allowed|granted|ok(?:ay)?|all ?right|(?:a )?(?:yes|no))"
_THAT = r"(?:it|this|that|the leave|(?:he|she|they|\w+) (?:be )?|\w+)"
_WHAT_IS_IT = re.compile(
    rf"\b(?:is|are|was|were|has|have|will|can)\s+{_THAT}\s+(?:been |be |still |all )*{_AGREED}\b"
    rf"|\b(?:yes or no|{_AGREED} or not)\b|\bdid (?:you|the head\w*|he|she|they) (?:say yes|agree|approve|decide)\b",
    re.IGNORECASE,
)
_BACK_WHEN = re.compile(
    r"\b(?:what|which) (?:day|date)\b[^?]{0,30}\b(?:back|return\w*)\b"
    r"|\bwhen\b[^?]{0,30}\b(?:due|supposed|meant) back\b",
    re.IGNORECASE,
)
_WHY = re.compile(r"\b(?:why|how come|reason|appeal|instead|fine[ds]?|unfair)\b", re.IGNORECASE)


def what_was_decided(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """The decision once more, or by when there will be one; None where the words ask for anything else."""
    if understood.intent != "question" or understood.urgent or understood.safeguarding or _WHY.search(heard.text):
        return None
    back = _BACK_WHEN.search(heard.text) is not None
    if not (back or words.asks_for_the_answer(heard.text) or _WHAT_IS_IT.search(heard.text)):
        return None
    ahead = [one for one in own(heard.text, situation) if one.back_on(situation.school.calendar) >= heard.day]
    newest = last_made(ahead)
    if newest is None or (back and newest.state == "refused"):
        return None
    mine = [one for one in ahead if one.asked_at == newest.asked_at]
    if newest.until is not None or any(_as_told(one) != _as_told(newest) for one in mine):
        return None
    if newest.state in WAITING:
        over = newest.decide_by is None or newest.decide_by < heard.day
        return None if over else Outcome(situation.conversation, (), received(heard, mine, situation))
    if newest.state not in _DECIDED:
        return None
    pupils = tuple(dict.fromkeys(one.pupil for one in mine))
    values: dict[str, object] = {"names": called_names(situation, pupils), "first_day": newest.first_day}
    if newest.state == "granted":
        values |= {"return_day": newest.back_on(situation.school.calendar), "half": newest.half}
    elif newest.state == "granted_in_part":
        values["days"] = newest.days
    else:
        values["last_day"] = next(reversed(newest.school_days(situation.school.calendar)), newest.first_day)
    return Outcome(situation.conversation, (), Reply(f"leave.{newest.state}", pupils, values))


def _as_told(one: LeaveRequest) -> tuple[object, ...]:
    return one.state in WAITING or one.state, one.first_day, one.return_day, one.half, one.days

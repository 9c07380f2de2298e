"""A parent who wants to be rung: somebody rings, with a clock, whatever else their words lead to."""

from __future__ import annotations

import re
from dataclasses import replace

from attendance.codes import is_unexplained
from attendance.effects import OpenTask
from bot.for_staff.passing_on import is_to_read
from bot.outcome import Heard, Outcome, Situation
from bot.readback import READ_BACK
from bot.understanding import Understanding

_ME = r"(?:me|us|mum|her mum|his mum|my husband|my wife)(?: back)?\b"
_RINGS = rf"(?:ring|call|phone|bell) {_ME}|give {_ME} a (?:ring|call|bell)"
_SPEAKS = (
    r"(?:speak|talk|chat) (?:to|with) (?:you|someone|somebody|anyone|anybody|a person|a human|a teacher|the office)\b"
)
_ASKS = re.compile(
    rf"\b(?:can|could|would|will|please|get|ask|want|need|like|someone|somebody|anyone|anybody|lady|^)\b"
    rf"(?: \w+){{0,7}}? (?:{_RINGS}|{_SPEAKS})|^(?:hi |hello |please )*(?:{_RINGS})"
)
_NOT_NOW = r"(?:do|did|why|not|never)(?: not)?(?: you)?(?: need)?(?: to)? (?:ring|call|phone)"
_OR_ELSE = re.compile(rf"\b(?:if|unless|no need|{_NOT_NOW}|when (?:he|she|they)|or i)\b")


def wants_a_ring(heard: Heard) -> bool:
    """ "Can someone ring me please": asked for now, and not "ring me if she gets worse"."""
    return any(_ASKS.search(part) and not _OR_ELSE.search(part) for part in re.split(r" [.!?;]+", heard.line))


def only_wants_a_ring(heard: Heard, understood: Understanding) -> bool:
    """No reason is told beside it: there is nothing to ask by text that they would rather not say on the phone."""
    unsaid = all(is_unexplained(report.code) for report in understood.reports)
    nothing_said = "reason" in understood.ask or understood.intent == "question"
    return unsaid and nothing_said and wants_a_ring(heard)


def with_a_ring_back(heard: Heard, outcome: Outcome, situation: Situation) -> Outcome:
    """The same outcome with the task to ring; where nobody was told to read the words, that task alone tells it."""
    if not wants_a_ring(heard):
        return outcome
    read = [one for one in outcome.effects if is_to_read(one)]
    pupils = read[0].pupils if read else situation.sender.may_hear_of
    task = OpenTask(
        f"message/{heard.id}/ring_back",
        "ring_back",
        "attendance_officer",
        heard.at + situation.school.policy.firstday.settle_within,
        pupils,
        note="They ask to be rung.",
    )
    reply = outcome.reply
    if reply is not None and reply.template in READ_BACK:
        reply = replace(reply, values={**reply.values, "passed_on": True})
    return replace(outcome, effects=(*outcome.effects, task), reply=reply)

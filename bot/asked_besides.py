"""A request beside a report: "she has a cold. Can you send her inhaler form home with Ben please".

The report is recorded and answered by the machine; what is asked of the school is work for a person and would be read
by nobody. It is a task for the office, not an alert: nothing of it is about where a child is. Who wants to be rung is
rung back (bot/ring_back.py).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from attendance.effects import OpenTask, RaiseAlert
from bot.outcome import Heard, Outcome, Record, Situation
from bot.understanding import Understanding

WHAT = "pass_on"
WITHIN = timedelta(hours=2)

_SCHOOL = r"(?:you|u|ya|someone|somebody|some ?1|school|the office|reception|her|his|their|mrs?|miss|ms)"
_ASKED = re.compile(
    rf"\b(?:can|cud|could|would|will|cld) {_SCHOOL}\b|\b(?:please|pls|plz|kindly) (?:can|could|will|would) {_SCHOOL}\b"
    rf"|\b(?:please|pls|plz|kindly)(?: also)? (?=\w)|\b(?:ask|tell) {_SCHOOL}\b",
    re.IGNORECASE,
)
_WANTED = re.compile(
    r"\W*(?:\w+\W+){0,4}?(?:send|give|pass|tell|ask|e-?mail|text|book|order|cancel|keep|find|look|check"
    r"|make sure|collect|bring|print|set|put|post|forward|remind|swap|move|refund|get|hand)\b",
    re.IGNORECASE,
)
_ONLY_POLITE = re.compile(
    r"\W*(?:\w+\W+){0,3}?(?:(?:ring|call|text|e-?mail|contact|message|tell) (?:me|us)\W+(?:if|should|for any)\b"
    r"|(?:let|tell)(?: \w+){1,3} (?:know|he|she|they|that)?|mark|note|confirm|authori[sz]e|excuse|accept|forgive)\b",
    re.IGNORECASE,
)


def with_request_passed_on(heard: Heard, understood: Understanding, outcome: Outcome, situation: Situation) -> Outcome:
    """The same outcome, and a task for the office where the words that were recorded also ask for something."""
    recorded = any(isinstance(one, Record) for one in outcome.effects)
    read_anyway = any(isinstance(one, RaiseAlert) for one in outcome.effects)
    if not recorded or read_anyway or not asks_for_something(heard.text):
        return outcome
    pupils = tuple(dict.fromkeys(child for report in understood.reports for child in report.children))
    task = OpenTask(
        f"message/{heard.id}/{WHAT}",
        WHAT,
        "office",
        heard.at + WITHIN,
        pupils or situation.sender.children,
        note="The message also asks for something; the absence in it is recorded.",
    )
    return replace(outcome, effects=(*outcome.effects, task))


def asks_for_something(text: str) -> bool:
    """Something is asked of the school that a person has to do: not only to know, to note or to forgive."""
    for asked in _ASKED.finditer(text):
        rest = text[asked.end() :]
        if _WANTED.match(rest) and not _ONLY_POLITE.match(rest):
            return True
    return False

"""What the child said of itself: "she said she had a headache last night", of a child whom we miss.

Whoever writes so guesses why it is away, and does not say where it is: as a reason it would end the chase of a child
that nobody has. A person reads it, and the chase goes on. "He said he felt sick so I kept him off" is a report.
"""

from __future__ import annotations

import re

from bot.outcome import Heard, Situation
from bot.understanding import Understanding

MISSED = frozenset({"open", "asked", "handed_over"})

_SAID = re.compile(
    r"\b(?:he|she|they)(?: did| had| would| has| have| was| were)? (?:just |only |also )?"
    r"(?:said|say|mentioned|mention|told me|tell me|complained|complaining|moaned|moaning|saying|texted me|texts)"
    r" (?:that |about |of )?(?:(?:he|she|they|his|her|their|a|an|the|to me|feeling|having|not)\b)"
)
_IS_WITH_SOMEBODY = re.compile(
    r"\b(?:home|bed|asleep|sleeping|house|here|off|with (?:me|us|him|her|his|my)|at (?:his|her|my|the|our)|keep\w*"
    r"|kept|stay\w*|stopp\w*|not (?:be )?(?:in|coming|going|sending|well enough)|do not want|so (?:i|we|he|she)|still"
    r"|since|doctors?|hospital|gp)\b"
)


def only_guessed(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """The same; or words for a person, where a missed child is reported away by nothing but what it said itself."""
    if understood.intent != "absence" or not understood.reports:
        return understood
    missed = {pupil for pupil, case in situation.cases.items() if case.stage in MISSED}
    told = {child for report in understood.reports for child in report.children} or missed
    ahead = any(report.return_day is not None and report.return_day > heard.day for report in understood.reports)
    if not told or not told <= missed or ahead:
        return understood
    if _SAID.search(heard.line) is None or _IS_WITH_SOMEBODY.search(heard.line):
        return understood
    return Understanding("question", urgent=understood.urgent, safeguarding=understood.safeguarding)

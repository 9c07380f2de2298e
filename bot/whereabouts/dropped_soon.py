""" "Her auntie's dropping her off in a bit": to come, and no belief that the child is in school already."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.outcome import Heard, Situation
from bot.understanding import Understanding

_SOON = re.compile(
    r"\b(?:dropping|bringing|taking|walking|running|fetching|driving) (?:him|her|them|\w+) (?:\w+ ){0,2}?"
    r"(?:in a (?:bit|minute|min|mo|moment|sec|second|while|few)|soon|shortly|later|in (?:about )?\d+ ?min\w*"
    r"|in (?:an|half an) hour|when|after)\b"
)
_GONE_BY = re.compile(r"\b(?:was|were|had|did|dropped|left|took|already|this morning|ago|yesterday)\b|\?")


def dropped_soon(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """The same as of children who are on the way: they are waited for, and looked for when they do not come."""
    children = {child for report in understood.reports for child in report.children}
    calm = understood.intent == "present" and not understood.safeguarding and not children & set(situation.sought)
    if not calm or not children or _SOON.search(heard.line) is None or _GONE_BY.search(heard.line) is not None:
        return understood
    if any(report.code is not None for report in understood.reports):
        return understood
    reports = tuple(replace(report, first_day=heard.day, return_day=None) for report in understood.reports)
    return replace(understood, intent="late", reports=reports, urgent=False, ask=())

"""A way to school found after all: "got him a lift with Jack's mum", after "his bus didn't turn up".

What kept the child at home was the journey, so whoever tells of another one tells that it comes. Taken for small talk,
the report would go on explaining an empty chair of a child who set off and never arrived (promise 1).
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.known import is_away_on
from bot.outcome import Heard, Situation
from bot.understanding import Report, Understanding

OF_THE_JOURNEY = frozenset({"Y1", "O"})
"""Codes that "the bus did not come" and "the car won't start" have; illness does not end with a lift."""
_TAKEN_FOR = frozenset({"chat", "question", "absence", "return"})
"""What such words are read as, before it is known what kept the child at home."""
_WHOM = r"(?:him|her|them|us|both)"
_TRAVELS = re.compile(
    r"\b(?:got|get|getting|have|found|managed|sorted|arranged|booked|given)\b(?: \w+){0,4}"
    r" (?:lift|ride|taxi|cab|uber)\b"
    r"|\b(?:is|are|will|can|going to|gonna|offered to) (?:be )?(?:tak|bring|dropp?|driv|walk|fetch|giv)(?:e|ing)?"
    rf" {_WHOM}\b"
    r"|\b(?:he|she|they|we|i) (?:is |are |am |will |have )?(?:now |just )?(?:going to |gonna |decided to )?"
    r"(?:walk(?:ing)?|cycl(?:e|ing)|bik(?:e|ing)|scoot(?:ing)?)\b"
    r"|\b(?:next|another|replacement|later|new) (?:one|bus|train|taxi|coach)\b"
    r"|\b(?:bus|train|taxi|coach|it) (?:has |is |just |finally |now )*(?:turned up|here|come|came|arrived)\b"
    r"|\b(?:car|it) (?:has |is |just |finally |now )*(?:started|going|fixed|sorted|working)\b"
)
_ELSEWHERE = re.compile(
    r"\b(?:doctors?|gp|hospital|a ?& ?e|dentist|clinic|surgery|vets?|home|airport|nan'?s|gran'?s|dad'?s|mum'?s house"
    r"|work|tomorrow|monday|tuesday|wednesday|thursday|friday|next week|no|not|never|too late|cancelled|full)\b"
)


def travels_after_all(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    """The same; or that the children come today whom this writer reported away for want of a way to school."""
    dated = any(report.return_day is not None for report in understood.reports)
    if understood.intent not in _TAKEN_FOR or dated or understood.urgent or understood.safeguarding:
        return understood
    told = {child for report in understood.reports for child in report.children}
    if "?" in heard.text or not _TRAVELS.search(heard.line) or _ELSEWHERE.search(heard.line):
        return understood
    away = tuple(
        dict.fromkeys(
            known.pupil
            for known in situation.own_reports
            if known.code in OF_THE_JOURNEY and is_away_on(known, heard.day)
        )
    )
    if not away or not told <= set(away):
        return understood
    return replace(understood, intent="return", reports=(Report(away, return_day=heard.day),), ask=())

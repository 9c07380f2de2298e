""" "I did send a note about the orthodontist": what is recorded is told once more, and not taken back."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.understanding.evidence import Reading
from bot.understanding.values import Report

_APPOINTMENT = "M"
_TOLD = re.compile(
    r"\b(?:i|we|he|she|mum|dad|my \w+) (?:did |have |had |has |already |definitely )*"
    r"(?:sent|send|gave|give|handed|put|emailed|email|r[aui]ng|call(?:ed)?|phoned?|told|tell|said|say|messaged?"
    r"|texted|text|mentioned|mention|wrote|filled|let (?:you|them|school|the \w+) know)\b"
    r"|\bthere (?:was|is|should be) a (?:note|letter|message|email|form)\b"
)
_ASKS = re.compile(r"\b(?:did|has|have) (?:i|we|he|she|my|her|his|mum|dad|the|you)\b")
_OTHERWISE = ("cancel", "fine", "present", "back", "reject")
_NOT = frozenset("not no never none nothing without wrong instead ?".split())
_HALVES = re.compile(r"\b(?:morning|(?<!\bi )am|afternoon|pm|lunch|midday|noon|evening)\b")


def told_already(seen: Reading) -> bool:
    """Whether words that were taken for a cancellation only say that what is known was told before."""
    if not seen.message.known or seen.signals.has_any(*_OTHERWISE) or not _NOT.isdisjoint(seen.words.texts):
        return False
    return _TOLD.search(seen.words.line) is not None and _ASKS.search(seen.words.line) is None


def as_recorded(seen: Reading, report: Report) -> Report:
    """An appointment that is known already, told again without a time or a half of the day: as it is recorded."""
    silent = not seen.times.roles and _HALVES.search(seen.words.line) is None
    first = report.first_day
    silent = silent and all(
        mention.form == "today" or (first is not None and mention.last is not None and mention.last < first)
        for mention, _ in seen.days.roles
    )
    if report.code != _APPOINTMENT or not report.children or not silent:
        return report
    for known in seen.message.known:
        same = (known.code, known.first_day) == (report.code, report.first_day)
        if same and set(report.children) <= set(known.children):
            return replace(
                report,
                return_day=known.return_day,
                session=known.session,
                arrives=known.arrives,
                leaves=known.leaves,
            )
    return report

"""Words that say no reason, in answer to our question, while a report is held: the report is no reason of theirs.

"He is at home", of a boy whose sister was reported ill, says nothing of why he is away, and "what do you mean?" after
yesterday's illness reports none today. Weights and network see what is held as well as the words; where it alone speaks
for the reason, the words are read again without it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.understanding.evidence import Reading
from bot.understanding.values import Message, Report, Understanding

_ALIKE = re.compile(
    r"\b(?:too|also|as well|both|all|same|ditto|likewise|either|neither|again|(?:got|has|have|had|having|caught) it)\b"
)
_QUESTIONS = frozenset(("absence", "reason"))
#: What tells nothing of an absence, whatever is held.
_NO_REPORT = frozenset(("reject", "question", "chat"))


def without_another(seen: Reading, intent: str, reports: Sequence[Report]) -> Message | None:
    """The message with nothing held of a brother or sister, where only their reason was taken up; else None."""
    if not _says_no_reason(seen, intent):
        return None
    message = seen.message
    about = {child for report in reports for child in report.children}
    own = tuple(report for report in message.known if set(report.children) & about)
    others = {report.code for report in message.known} - {report.code for report in own} - {None, "N"}
    taken_up = any(report.code in others for report in reports)
    return replace(message, known=own) if taken_up else None


def without_its_own(seen: Reading, intent: str, reports: Sequence[Report]) -> Message | None:
    """The message with nothing held at all, where the reason that was reported of this child before was taken up."""
    known = seen.message.known
    if not known or not _says_no_reason(seen, intent):
        return None
    held = {report.code for report in known} - {None, "N"}
    return replace(seen.message, known=()) if any(report.code in held for report in reports) else None


def tells_nothing(understood: Understanding) -> bool:
    return understood.intent in _NO_REPORT


def _says_no_reason(seen: Reading, intent: str) -> bool:
    asked = seen.message.asked
    plain = asked is not None and asked.kind in _QUESTIONS and asked.draft is None
    return plain and intent == "absence" and seen.why.code is None and _ALIKE.search(seen.words.line) is None

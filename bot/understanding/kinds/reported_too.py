"""A report in what is likelier something else: another reason, another child, a day away beside a question."""

from __future__ import annotations

import re

from attendance.calendar import local
from bot.understanding.evidence import Reading
from bot.understanding.learned.messages import Judged
from bot.understanding.reasons.held import reasons_held
from bot.understanding.words.signals import WEIGHTS

#: From this probability of an absence on, and this certainty of a reason, a question that reports is a report.
REPORTED_TOO, _OWN_REASON = 0.3, 0.7
#: A reason is told that is all but certain.
_TOLD_WHY = 0.9
_HURT = re.compile(
    r"\b(?:fell|fallen|c[ao]me off|tripped|slipped|crashed|knocked|hit by|hurt|cut|broke\w*|bumped|threw up|sick)\b"
    r".{0,40}\bon (?:(?:the|his|her|their|our) )?way\b"
)
_TREATED = re.compile(
    r"\b(?:a ?& ?e|a and e|hospital|clinic|minor injur\w*|casualty|urgent care|doctors?|gp|x ?rays?|ambulance)\b"
)


def tells_another_reason(seen: Reading, absence: float) -> bool:
    """A plain reason that is not the one we hold: "back on the 26th, we are flying to Spain" is no mere return."""
    message, why = seen.message, seen.why
    plain = why.code not in (None, "N", "M") and max(why.scores.values(), default=0.0) >= WEIGHTS["strong"] - 0.1
    held = reasons_held(message) - {None}
    asked = message.asked is not None and absence < REPORTED_TOO
    return bool(held) and plain and why.code not in held and not asked


def tells_why_instead(seen: Reading) -> bool:
    """ "No, we're on holiday", to what we read back as an illness: a plain reason, and nothing taken back."""
    read_back, why = seen.message.read_back, seen.why
    if read_back is None or why.code in (None, "N", read_back.code):
        return False
    plain = max(why.scores.values(), default=0.0) >= WEIGHTS["strong"] - 0.1 and why.certainty >= _TOLD_WHY
    return plain and not seen.signals.has_any("cancel", "fine", "present", "back") and "?" not in seen.words.texts


def means_another_child(seen: Reading) -> bool:
    """ "Sorry no, I meant Ella": a correction of the child of what we read back, in which no day is said."""
    asked = seen.message.asked
    if asked is None or asked.kind != "confirm" or asked.draft is None or seen.days.roles:
        return False
    return any(
        one.certainty >= _OWN_REASON and not set(one.children) & set(asked.draft.children) for one in seen.who.named
    )


def is_away_anew(seen: Reading) -> bool:
    """ "Sick again, keep off until after half term": what we hold was over before today, and a reason is said."""
    known, today = seen.message.known, local(seen.message.sent_at).date()
    over = all(report.return_day is not None and report.return_day < today for report in known)
    ahead = seen.days.ret is not None and seen.days.ret > today
    return bool(known) and over and ahead and seen.message.asked is None and _plain_illness(seen)


def reports_plainly(seen: Reading) -> bool:
    """A plain reason and a day away: a report with a question attached is the report (contract)."""
    return seen.why.certainty >= _OWN_REASON and any(role == "absent" for _, role in seen.days.roles)


def tells_why(judged: Judged, seen: Reading) -> bool:
    """A reason stands in plain words, or is all but certain."""
    code, sure = judged.best("reason")
    plainly = seen.why.code not in (None, "N") and seen.why.certainty >= _OWN_REASON
    return plainly or (code != "N" and sure >= _TOLD_WHY)


def was_hurt_on_the_way(seen: Reading) -> bool:
    """ "We are at A&E, she came off her bike on the way": the way is where it happened, and nobody is on it."""
    return _HURT.search(seen.words.line) is not None and _TREATED.search(seen.words.line) is not None


def _plain_illness(seen: Reading) -> bool:
    strong = max(seen.why.scores.values(), default=0.0) >= WEIGHTS["usual"]
    return seen.why.code == "I" and strong and seen.why.certainty >= _OWN_REASON

"""Going although leave was refused, said before the days have come: "we will be going regardless, back on Friday".

Nothing of today is meant, and no new request is made: the head has decided. A person reads it, who may speak with the
family yet; when the days have come, the register and the family are asked as always (READINGS A58, A80).
"""

from __future__ import annotations

import re

from bot.for_staff.passing_on import to_read
from bot.leave import words
from bot.leave.whose import last_made, own
from bot.outcome import Heard, Outcome, Reply, Situation
from bot.understanding import Understanding

BECAUSE = "The family writes that it goes although leave was refused; nothing was recorded, and the refusal stands."

_GOES = re.compile(
    r"\b(?:go|going|gone|goes|fly|flying|travel\w*|tak(?:e|ing)|coming with us|leav(?:e|ing)|off|away|holiday|trip)\b",
    re.IGNORECASE,
)
_ALL_THE_SAME = re.compile(
    r"\b(?:any ?way|anyhow|regardless|all the same|nevertheless|either way|whatever you (?:say|decide)"
    r"|no matter (?:what|how)|with or without|still (?:be )?(?:going|taking|flying|travelling|leaving|off|away)"
    r"|fine (?:me|us)\b(?! with)|(?:take|accept|pay|risk) the fine)",
    re.IGNORECASE,
)
_PAID_FOR = re.compile(
    r"\b(?:flights?|tickets?|holiday|hotel|trip|everything|all|it)\b(?:['\u2019]?s| is| are| were| ha(?:s|ve) been)?"
    r"(?: all| already| now)* (?:booked|paid|non.?refundable)\b"
    r"|\bcan(?:not|['\u2019]?t) be (?:changed|moved|cancelled|refunded)\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:not|won['\u2019]?t|aren['\u2019]?t|isn['\u2019]?t|no longer|cancel\w*) (?:be )?(?:going|flying|taking)\b",
    re.IGNORECASE,
)
_OF_NOW = frozenset({"I", "M", "E"})
"""A reason that is no journey: what is reported with it is of the child, whatever is said of the journey."""


def goes_anyway(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """A person reads it, where the writer's newest request was refused and its days are still to come."""
    if understood.urgent or understood.safeguarding or words.is_now(heard.text) or words.is_of_today(heard.text):
        return None
    if any(report.code in _OF_NOW for report in understood.reports):
        return None
    newest = last_made(own(heard.text, situation))
    if newest is None or newest.state != "refused" or newest.first_day <= heard.day:
        return None
    goes = _GOES.search(heard.text) is not None and _NOT.search(heard.text) is None
    if not goes or not (_ALL_THE_SAME.search(heard.text) or _PAID_FOR.search(heard.text)):
        return None
    return Outcome(situation.conversation, (to_read(heard, situation, BECAUSE),), Reply("absence.handed_to_staff"))

"""Words that only ask whether we have what was told: "did you get my message?", "is that sorted?", "all you need?".

The answer is what stands, and no person need look it up. Whatever else is asked goes to one.
"""

from __future__ import annotations

import re

from attendance.absences import Absence
from attendance.closing import LATE
from attendance.codes import is_unexplained
from bot.drafts import called_names
from bot.known import is_away_on
from bot.outcome import Heard, Outcome, Reply, Situation
from bot.readback import read_back

_GOT = r"(?:get|got|gotten|receive|received|had|have|see|seen|heard|record(?:ed)?|log(?:ged)?)"
_WHAT = (
    r"(?:this|that|it|everything|(?:my|the|our) (?:\w+ )?(?:text|texts|message|messages|msg|email|e-mail|note)"
    r"|(?:my|the) (?:last|first) one)"
)
_ASKED = re.compile(
    r"(?:(?:can|could|would|will) (?:you|u|someone|somebody) (?:please |pls |just )*(?:confirm|check|let me know)"
    r"|please (?:can you )?confirm|(?:just )?checking|wondering|wanted to check|(?:just )?want to check)?"
    rf"(?: ?(?:that|if|whether))?(?: ?(?:(?:did|do|have|has) )?(?:you|u|ya|the school|the office|school)"
    rf"(?:'?ve| have)? (?:\w+ )?{_GOT}(?: {_WHAT})?"
    rf"| ?(?:did|has|have|is|are|was) {_WHAT}(?: has| have)?(?: been| now| all)* "
    r"(?:sorted|received|recorded|logged|noted|done|(?:come|came|gone|go|been) through|arrived?|sen[dt])"
    r"| ?receipt(?: of this)?"
    r"| ?(?:did|has|have) (?:his|her|their|my) \w+ (?:ring|rung|rang|call|called|text|texted|let|told|message|messaged)"
    r"(?: (?:you|u|school|the school|in))?(?: know)?"
    r"|(?: ?is)? ?that all (?:you|u) need(?: from me)?| ?all sorted(?: now)?| ?anything else (?:you|u) need"
    r"|(?: ?do)? ?(?:you|u) need anything else(?: from me)?)"
    r"(?: (?:please|pls|ok|now|yet|then|today|thanks|thank you|thx|x+))*",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"\W*(?:(?:hi|hello|hey|hiya|(?:good )?morning|please|pls|sorry|just|so|and|ok|again|thanks|thank you)\W+)*",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!?,\n]+")
_FEW, _ASIDE = 8, re.compile(r"\b(?:what|when|where|who|why|how|which|if|not|can|could|should|will)\b", re.IGNORECASE)


def only_asks_whether_heard(text: str) -> bool:
    """One such question, and beside it no more than a few words that ask for nothing."""
    parts = [_OPENING.sub("", part, count=1).strip(" '\u2019\"-x") for part in _ENDS.split(text)]
    said = [part for part in parts if any(letter.isalnum() for letter in part)]
    asked = [part for part in said if _ASKED.fullmatch(part)]
    aside = [part for part in said if part not in asked]
    return bool(asked) and all(len(part.split()) <= _FEW and not _ASIDE.search(part) for part in aside)


def what_we_have(heard: Heard, situation: Situation) -> Outcome | None:
    """What stands of the writer's own reports; or, where another has told us, that we have heard. None where nothing
    does, and where a child is missed or being sought: then a person answers.
    """
    missed = any(case.is_waiting for case in situation.cases.values())
    if situation.sought or missed or not only_asks_whether_heard(heard.text):
        return None
    ours = [one for one in situation.known if one.live and one.pupil in situation.sender.may_hear_of]
    mine = [one for one in ours if one.contact == situation.sender.writer and _is_to_come(one, heard)]
    if any(_has_no_reason(one) for one in mine):
        return None
    if mine:
        names = {one.pupil: situation.school.roll.pupils[one.pupil].called for one in mine}
        values = {"what": read_back(mine, names, heard.day)}
        return Outcome(situation.conversation, (), Reply("absence.recorded", tuple(names), values))
    others = tuple(dict.fromkeys(one.pupil for one in ours if is_away_on(one, heard.day) and not _has_no_reason(one)))
    if not others:
        return None
    reply = Reply("absence.settled_other_household", others, {"names": called_names(situation, others)})
    return Outcome(situation.conversation, (), reply)


def _has_no_reason(absence: Absence) -> bool:
    return absence.code == LATE or is_unexplained(absence.code)


def _is_to_come(absence: Absence, heard: Heard) -> bool:
    return is_away_on(absence, heard.day) or absence.first_day > heard.day

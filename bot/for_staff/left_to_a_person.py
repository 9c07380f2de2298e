"""What a family tells that a person decides on: nothing is proposed for it, and the mark stays as it was.

- suspended or excluded (E): only the headteacher excludes (policies/codes: no parent may propose E);
- at another school, a unit, a tutor's (D, K, B): which it is, and whether the child is there, the school knows, and no
  text does. Of a child whose data say that it is dual registered "at his other school" is D;
- with the police, where the reader is not sure of it: the safeguarding lead reads it, and nobody asks "why?";
- will not come, cannot face school: an illness may be of the mind (Working together, paras 365-366), and then I is
  proposed as for any other; else the reader's O would call a child in need unauthorised. Either way whoever cares for
  the family hears;
- no shoes, nothing clean to wear, no fare: a family that is short of something is helped first (A71).

The family has told why: it is not asked again, and where the child is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from attendance.codes import is_unexplained
from attendance.effects import RaiseAlert
from bot.for_staff.grave import DETAINED, OF_CUSTODY
from bot.for_staff.passing_on import NO_REASON, is_to_read, to_read
from bot.outcome import BotEffect, Heard, Outcome, Situation
from bot.understanding import Report, Understanding
from bot.understanding.kinds.in_need import in_need

EXCLUDED, ELSEWHERE, NOT_COPING, CUSTODY, IN_NEED = "excluded", "elsewhere", "not coping", "custody", "in need"
BECAUSE = {
    EXCLUDED: "Of what the family gives as the reason only the headteacher decides: read it, check, and enter the code;"
    " nothing was proposed.",
    ELSEWHERE: "The family says where the child is taught today: check that it is expected there, and is there, and"
    " enter the code; nothing was proposed.",
    NOT_COPING: "Read what the family writes of the child, see what support it needs, and decide on the code.",
    CUSTODY: OF_CUSTODY,
    IN_NEED: "Read what the family is short of, see how the school can help, and decide on the code.",
}
"""A text to staff carries no fact of a child: what was said stands in the message."""
OFFICE = ("attendance_officer",)
ROLES = {
    EXCLUDED: OFFICE,
    ELSEWHERE: OFFICE,
    NOT_COPING: ("pastoral", "attendance_officer"),
    CUSTODY: ("safeguarding_lead",),
    IN_NEED: ("pastoral", "attendance_officer"),
}

REFUSES = "O"
"""The reader hears a reason that is none of the law's ("would not come in, screaming at the door"), and is not sure of
it: the family has said why, and is not asked again; a person reads it.
"""
NO_WAY_IN = "Y1"
DUAL, OTHER_SCHOOL, ARRANGED = "D", "B", "K"
_PLACES = frozenset({DUAL, OTHER_SCHOOL, ARRANGED})
_GUESSED = frozenset({"N", *_PLACES})
_DUALLY = (
    r"(?:(?:his|her|their|the) other (?:school|setting|provision|academy)|dual(?:ly)? ?-? ?(?:reg\w*|roll|placement))"
)
_OTHER_SCHOOL = re.compile(rf"\b{_DUALLY}")
_WHOSE = r"(?:the|his|her|their|your|our|a|an)"
_KIND = (
    r"(?:support|inclusion|behaviour|pupil referral|referral|sen|send|specialist|resource|autism|asd|nurture|learning"
    r"|education|alternative|short stay|youth|school)"
)
_PLACE = re.compile(
    rf"\b{_DUALLY}|\b(?:(?:at|in|with) {_WHOSE} )?{_KIND} (?:unit|hub|base|centre|provision|provider)\b"
    rf"|\b(?:at|in) {_WHOSE} (?:unit|hub|base|placement|provision|provider)\b"
    r"|\b(?:pru|alternative (?:provision|provider|education)|ap placement|at ap|tuition (?:centre|hub)"
    r"|hospital school|managed move|eotas|respite school)\b"
)
#: A unit of another kind, or a place where a child is that is ill or seen by somebody.
_NOT_TAUGHT = re.compile(
    r"\b(?:a and e|a & e|accident|injur\w+|assessment|ward|stroke|burns|day unit|x ?-? ?ray|fracture|scan|blood"
    r"|doctor\w*|gp|dentist|nurse|camhs|appointment|consultant|clinic|surgery|theatre|family hub|secure|custody|police"
    r"|work (?:placement|experience))\b"
)
_DISTRESS = (
    r"(?:anxi\w+|panic\w*|melt ?-? ?down\w*|mental health|depress\w+|overwhelm\w*|burn ?-? ?out|burnt out|not coping"
    r"|can not cope|breakdown|ocd|low mood|mentally)"
)
_AVOIDS = re.compile(
    r"\b(?:school ?-? ?(?:refus\w+|avoid\w+|phob\w+|anxiety)|refus\w+ (?:school|to (?:go to|attend|come to) school)"
    r"|ebsa|ebsna|school based avoidance|emotionally based)\b"
)
_REFUSES = re.compile(
    r"\b(?:(?:will|does|did|would|can|could) not (?:\w+ ){0,3}?(?:out of (?:\w+ )?(?:bed|room|bedroom|house|car|door)"
    r"|leave (?:the|his|her|their|my) (?:\w+ )?(?:bed|room|bedroom|house|car|side)|get in the car|get up"
    r"|through the door)"
    r"|refus\w+|point blank|(?:dug|digging) (?:\w+ )?heels|hates? (?:school|it there|going|coming)|begg(?:ed|ing)"
    r"|screaming|crying|in tears|distraught|hysterical|clinging)\b"
)
#: Told as the reason, and not "she won't come in today".
_WILL_NOT = re.compile(r"\b(?:will|do|does|did|would) not (?:want to )?(?:\w+ )?(?:come|go)\b")
_CAN_NOT_FACE = re.compile(
    rf"\b{_DISTRESS}\b|\b(?:can|could) not (?:\w+ )?face (?:\w+ )?(?:it|school|coming|going|today|people|the day|class)"
    r"|\brefus\w+ to (?:\w+ )?(?:come|go|attend|leave|get (?:dressed|ready|in))\b|\bhates? (?:school|it there)\b"
)
#: What keeps a child at home that nobody need be cared for; it may not want to come in all the same.
_PLAIN = re.compile(
    r"\b(?:birthday|overslept|slept|alarm|uniform|shoes|trousers|tired|knackered|late night|snow\w*|rain\w*"
    r"|football|match|shopping|holiday|trip|party|nits|haircut|hair|gaming|xbox|playstation|fortnite|sats|test"
    r"|exam|pe|swimming|football|photo\w*)\b"
)


@dataclass(frozen=True, slots=True)
class Left:
    """What the words say without that about which a person decides, and why whom is told of it, by pupil."""

    understood: Understanding
    matters: dict[str, str]


def left_to_a_person(heard: Heard, understood: Understanding, situation: Situation) -> Left:
    """The same with N in the place of what no machine proposes, and with D where the data say so."""
    line = heard.line
    unsure = "reason" in understood.ask
    reports: list[Report] = []
    matters: dict[str, str] = {}
    for report in understood.reports:
        for part in _apart(report, line, situation):
            code, matter = _decide(part, line, unsure, situation)
            reports.append(replace(part, code=code))
            matters |= {pupil: matter for pupil in part.children if matter}
    left = {child for report in reports if report.code == "N" for child in report.children if child in matters}
    if NOT_COPING in {matters[child] for child in left}:  # of the brother who has a cold nothing of it is told
        matters = {child: matter for child, matter in matters.items() if child in left or matter != NOT_COPING}
    told = all(child in matters or not is_unexplained(one.code) for one in reports for child in one.children)
    ask = tuple(field for field in understood.ask if field != "reason" or not (matters and told))
    if not matters and all(old == new for old, new in zip(understood.reports, reports, strict=False)):
        return Left(understood, {})
    return Left(replace(understood, reports=tuple(reports), ask=ask), matters)


def and_told(heard: Heard, outcome: Outcome, matters: dict[str, str], situation: Situation) -> Outcome:
    """The same outcome, and whoever is to read it is told what there is to decide."""
    if not matters or not outcome.effects:
        return outcome
    effects = [_said(one, matters) for one in outcome.effects]
    read = [one for one in effects if is_to_read(one)]
    heard_of = {pupil for one in read for pupil in one.pupils}
    left = tuple(pupil for pupil in matters if pupil not in heard_of)
    if left:
        notice = replace(to_read(heard, situation, ""), pupils=left, climbs=False)  # the code is confirmed by a person
        effects.append(_about(notice, matters))
    return replace(outcome, effects=tuple(effects))


def _apart(report: Report, line: str, situation: Situation) -> Iterable[Report]:
    """Brothers at one other school, of whom the data know one: each by itself."""
    if len(report.children) < 2 or not _OTHER_SCHOOL.search(line):
        return (report,)
    return tuple(replace(report, children=(child,)) for child in report.children)


def _decide(report: Report, line: str, unsure: bool, situation: Situation) -> tuple[str | None, str]:
    """The code that is proposed, and what a person has to decide ("": nothing)."""
    code = report.code
    if code == "E":
        return "N", EXCLUDED
    if code == DETAINED and unsure:  # it would be asked "why?"
        return "N", CUSTODY
    guessed = code in _GUESSED or (unsure and code is not None)
    at_a_place = guessed and bool(_PLACE.search(line)) and not _NOT_TAUGHT.search(line)
    if at_a_place or code in (DUAL, ARRANGED):
        at_the_other = code == DUAL or _OTHER_SCHOOL.search(line) is not None
        return (DUAL, "") if at_the_other and _is_dually_registered(report, situation) else ("N", ELSEWHERE)
    if _AVOIDS.search(line) and code in ("I", REFUSES, "N"):
        return "N", NOT_COPING
    if code == "I" and not unsure:
        return code, NOT_COPING if _CAN_NOT_FACE.search(line) else ""
    said = code == REFUSES and not unsure and _WILL_NOT.search(line) is not None
    if code in (REFUSES, "N", "I") and (said or _is_kept_by_fear(line)) and not _PLAIN.search(line):
        return "N", NOT_COPING
    if code in (REFUSES, NO_WAY_IN, "N") and in_need(line):
        return "N", IN_NEED
    return code, ""


def _is_kept_by_fear(line: str) -> bool:
    return _REFUSES.search(line) is not None or _CAN_NOT_FACE.search(line) is not None


def _is_dually_registered(report: Report, situation: Situation) -> bool:
    pupils = situation.school.roll.pupils
    return bool(report.children) and all("dual_registered" in pupils[child].tags for child in report.children)


def _said(effect: BotEffect, matters: dict[str, str]) -> BotEffect:
    if isinstance(effect, RaiseAlert) and effect.key.endswith(NO_REASON):
        return _about(effect, matters)
    return effect


def _about(alert: RaiseAlert, matters: dict[str, str]) -> RaiseAlert:
    found = list(dict.fromkeys(matters[pupil] for pupil in alert.pupils if pupil in matters))
    if not found:
        return alert
    checks = alert.climbs or alert.key.endswith(NO_REASON)
    return replace(alert, because=BECAUSE[found[0]], roles=ROLES[found[0]], climbs=checks)

"""What part each time of day plays: when the child arrives or leaves, or the appointment's own time.

"appointment at 10, in by 11", "collecting at 2", "woke at 5": the words before it decide.
"""

# ruff: noqa: E501 - long regular expressions are easier to read in one line.

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, time

from bot.understanding.dates import Mention
from bot.understanding.dates.clock import Moment
from bot.understanding.roles.sentences import end_before

_ARRIVE = re.compile(
    r"\b(?:be (?:back )?in|be|there|back|arriv\w*|bring\w*|dropp?\w*|come in|coming in|coming|with you|in school|to school|at school|resume|here|in|come|return\w*|reckons?|eta|llegara|llega|chegara|chega|ajunge|przyjdzie|kommt|arrivera|try(?:ing)? again|have (?:him|her|them) (?:in|there|with you))\b(?: (?:by|at|for|about|around|sobre|las|les|um|um die|after|@|in|,|off|back|a|bit|little|later|school|until|before|him|her|them|shortly|just|hopefully|say|like|roughly|gone|to|the|with|you|again|then|-))* ?$"
)
_LEAVE = re.compile(
    r"\b(?:leav\w+|(?:collect|pick|fetch|grab|release|get|let|take|have|come for|coming for) \w+(?: up| out)?(?= |$)|left|collect\w*|pick(?:ing)?|picked|fetch\w*|out|finish\w*|get(?:ting)? (?:him|her|them)|go|goes|taken|take|taking|come for|off|come and get|released?|sign(?:ed)? out|excused|grab\w*|get out|come out|be ready)\b(?: (?:by|at|for|about|around|from|@|school|site|him|her|them|up|early|to|be|out|of|lessons|class|just|after|before|on|the|in|is|ready|and|get|his|reception|office|collected|today|tomorrow|it|again|monday|tuesday|wednesday|thursday|friday|day|that))* ?$"
)
_OWN = re.compile(
    r"\b(?:appointments?|dentist|doctors?|gp|hospital|clinic|scan|interview|exam|test|funeral|optician|orthodontist|jab|vaccin\w*|starts?|is|was|'s|physio|camhs|counselling|therapy|assessment|op|session|meeting|nurse|surgery|consultant)\b(?: \w+){0,4} ?$"
)

#: Between the time of an appointment and a later one: the later one is when the child comes in.
_COMES_IN = re.compile(
    r"\b(?:come|coming|bring\w*|be|straight) (?:\w+ )?(?:in|into|to|at|back)\b|\bback\b(?! pain)|\bwith you\b|\bschool\b"
)


@dataclass(slots=True)
class Times:
    """Times of day with their part: when the child arrives, leaves, or what the appointment's own time is."""

    arrives: time | None = None
    leaves: time | None = None
    own: time | None = None
    own_until: time | None = None
    late_by: int | None = None
    roles: list[tuple[Moment, str]] = field(default_factory=list)


def read_roles_of_times(
    line: str, moments: list[Moment], mentions: list[Mention], now: time, late: bool, today: date
) -> Times:
    """Which time is the child's arrival, which the leaving, which only the appointment's own."""
    out = Times()
    previous_end = 0
    for moment in moments:
        stop = end_before(line, moment.start)
        begin = max(stop + 3 if stop >= 0 else 0, previous_end)
        prefix = line[begin : moment.start]
        matched = re.match(
            r"(?:at|by|@|from|for|until|about|around|after|before|past|gone|-|to|roughly|in|another)\b",
            line[moment.start :],
        )
        lead = matched[0] if matched else (prefix.split() or [""])[-1]
        later = [m.start for m in moments if m.start > moment.start]
        suffix = line[moment.end : min(moment.end + 30, later[0] if later else len(line))]
        if later and later[0] - moment.end < 14:
            suffix = ""
        role = _time_role(moment, prefix, lead, suffix, late)
        if role == "own" and out.own is not None and moment.at > out.own and _COMES_IN.search(prefix):
            role = "arrives"
        gone = moment.at < now and not any(m.last is not None and m.last > today for m in mentions)
        if (
            role == "arrives"
            and moment.kind in ("clock", "loose")
            and gone
            and late
            and not re.search(r"\b(?:got|was|arrived|came|in)\b", prefix)
        ):
            role = "other"
        out.roles.append((moment, role))
        if out.roles[:-1] and re.fullmatch(
            r" ?(?:no|sorry|i mean|make that|actually|or|maybe|,|wait|rather|- )*(?: ?(?:more like|about|like))? ?",
            prefix,
        ):
            role = out.roles[-2][1]
            out.roles[-1] = (moment, role)
        previous_end = moment.end
        if role == "arrives" and moment.kind != "late":
            out.arrives = moment.at
        elif role == "late":
            out.late_by = moment.at.hour * 60 + moment.at.minute
        elif role == "leaves":
            out.leaves = out.leaves or moment.at
        elif role == "own" and lead == "until" and moment.until is None:
            out.own_until = out.own_until or moment.at  # "at the hospital till 1"
        elif role == "own":
            out.own, out.own_until = out.own or moment.at, out.own_until or moment.until
    return out


#: Words before a time that decide by themselves what is done at it, in order.
_BEFORE = (
    (
        re.compile(
            r"\b(?:pick(?:ing)?|collect(?:ing)?|fetch(?:ing)?|grab) (?:\w+ ){1,2}(?:up |early )?(?:(?:at|by|from|around|about) ?)*$"
        ),
        "leaves",
    ),
    (
        re.compile(
            r"\b(?:police|social worker|nurse|plumber|engineer|ambulance|doctor|midwife|man|delivery)\b(?: \w+)? (?:coming|come|visit\w*|arriv\w*)(?: \w+)? ?$"
        ),
        "other",
    ),
    (
        re.compile(
            r"\b(?:i|we|dad|mum|nan|gran) will (?:be|come|get) (?:there|here|outside|over|at reception|in reception)(?: (?:at|for|by|about))* ?$"
        ),
        "leaves",
    ),
    (
        re.compile(
            r"\bat (?:the )?(?:reception|office|front desk|gate) (?:for (?:him|her|them|\w+) )?(?:at|for|by|from)? ?$"
        ),
        "leaves",
    ),
    (re.compile(r"\bback from (?:\w+ ){1,3}?(?:(?:at|by|for|about|around|roughly) ?)*$"), "arrives"),
)
#: A child's times lie between these.
_DAY_BEGINS, _DAY_ENDS = time(7), time(18, 30)
#: "We will be there in 10 minutes", "leaving the house, 10 minutes".
_ON_THE_WAY = re.compile(
    r"\b(?:be|there|in|here|with you|arriv\w*|late|leaving|way|set|school|him|her|them|get|about|minutes)\b"
)
#: "Up since 4", "was sick at 7", "text me at 10", "the bus at 8": no time of coming or going.
_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:(?<!her )(?<!him )(?<!them )(?<!pick )(?<!picked )(?<!picking )up|woke|since|awake|until|born|asleep|bed|sleep|text\w*|call\w*|ring|rang|phon\w*|open\w*|register|slept|vomit\w*|sick|temperature|pain|age|year|grade|scored?|room|bus|train|page|number)(?: (?:at|from|by|the|about|again|in|was|of|is))* ?$"
)
_BUT_OF_THE_CHILD = re.compile(r"\b(?:back|in|off|late) ?$")
_ILL_AT_IT = re.compile(r" ?(?:this morning|last night|am)? ?(?:and|with) (?:vomit|sick|temp)")
_PICKED_UP = re.compile(r"\bpick(?:ing|ed)? (?:up )?(?:him|her|them|his|\w+) up")
_DROPPED_OFF, _A_THING = re.compile(r"\bdrop\w* (?:\w+ )?off"), re.compile(r"\b(?:it|lunch|bag|kit|money|form)\b")
_HAS_LEFT = re.compile(r"\b(?:(?:set|setting|took|take|taking) off?|left|went)\b")
_GOES_IN = re.compile(r"\bgo(?:es)? (?:in|to school|back)\b")
_ARRIVES_BEHIND = re.compile(
    r" ?(?:in school|in\b(?= ?(?:$|[.,!]|and\b|for\b|hopefully|after|today|then|as\b|school|instead|or\b))|back in|there\b|arrival|back\b(?! (?:pm|after|for|in|by|at|this|the)))"
)
_LEAVES_BEHIND = re.compile(r" ?(?:pick ?up|collect|finish|leave|leaving|pickup)")
_VISITOR = re.compile(
    r"\b(?:police|social worker|nurse|plumber|engineer|ambulance|doctor|midwife|man|someone|delivery) (?:is |are |will be )?(?:coming|come|visit\w*|due|here|arriv\w*)? ?$"
)
_HELD_UP = re.compile(r"\b(?:late|traffic|bus|train|overslept|running|way|behind|delayed|stuck)\b")
_LEADS_TO_IT = ("for", "about", "around", "at", "by", "like", "", "though", ",")


def _time_role(moment: Moment, prefix: str, lead: str, suffix: str, late: bool) -> str:
    """What is done at a time, by the words before and behind it; an appointment's own where no word decides."""
    for words, role in _BEFORE:
        if words.search(prefix):
            return role
    if moment.kind == "late":
        return "late"
    if not _DAY_BEGINS <= moment.at <= _DAY_ENDS:
        return "other"
    if moment.kind == "in":
        return "arrives" if late or _ON_THE_WAY.search(prefix + suffix) else "other"
    if _OF_SOMETHING_ELSE.search(prefix) and not _BUT_OF_THE_CHILD.search(prefix):
        return "other"
    if lead == "since" or _ILL_AT_IT.match(suffix):
        return "other"
    leave, arrive = _LEAVE.search(prefix), _ARRIVE.search(prefix)
    if leave and _PICKED_UP.search(leave[0]):
        return "leaves"
    if leave and (arrive is None or leave.start() > arrive.start()):
        return _told_of_leaving(leave[0], prefix)
    if arrive or _ARRIVES_BEHIND.match(suffix):
        return "arrives"
    if _LEAVES_BEHIND.match(suffix):
        return "leaves"
    if _OWN.search(prefix):
        return "own"
    if _VISITOR.search(prefix):
        return "other"
    held_up = late and lead in _LEADS_TO_IT and _HELD_UP.search(prefix + suffix)
    return "arrives" if lead == "by" or held_up else "own"


def _told_of_leaving(words: str, prefix: str) -> str:
    """Who is dropped off comes, who has left home is no longer asked about, and all others leave school."""
    if _DROPPED_OFF.search(prefix[-24:]):
        return "other" if _A_THING.search(prefix[-40:]) else "arrives"
    if _HAS_LEFT.search(words):
        return "other"
    return "arrives" if _GOES_IN.search(prefix) else "leaves"

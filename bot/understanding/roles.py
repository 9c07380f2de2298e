"""Roles: what part each date and time plays. Clause-wise: the words between it and the last date decide, not the date.

"off Monday, back Thursday", "been sick since Sunday", "fell on Tuesday", "until the 5th", "appointment at 10, in by 11".
"""

# ruff: noqa: E501 - long regular expressions are easier to read in one line.

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from attendance.calendar import SchoolCalendar
from bot.understanding.dates import DAY, Mention
from bot.understanding.dates.clock import Moment
from bot.understanding.school_days import after, school_day

_ROLE = re.compile(
    r"(?P<lands>\b(?:land(?:s|ing)?(?: home| back)?|gets? (?:home|back)|getting (?:home|back)|fly(?:ing)? (?:home|back)|flight (?:home|back)|arrive (?:home|back))\b)"
    r"|(?P<lastday>\bfinish\w*(?: school)?(?: on)?(?= $)|\blast (?:school )?day (?:will be|is|being|in school|here)?)"
    r"|(?P<until>\b(?:until|this side of|up to|before|through to|as far as|not (?:be )?back before|by|(?:runs|lasts) to)\b)"
    r"|(?P<since>\b(?:since|from|starting|as of|beginning|commencing|onwards|as from|begins|starts|start)\b)"
    r"|(?P<back>\bback\b(?! (?:pain|ache|hurts|is hurting|teeth|garden|door|end|problem|injury|home|up|from|spasm|in (?:spain|poland|india|pakistan|the hospital|hospital|bed)|to (?:bed|sleep|hospital|the doctor|doctor|poland|india|pakistan|spain|romania))))"
    r"|(?P<ret>\breturn\w*\b(?! to (?:the )?(?:doctor|hospital|gp))|\bresum\w+|\bsees? you\b|\bsee u\b|\bcatch up (?:on )?\b|\bfingers crossed(?: for| on)?(?= $)|\b(?:hop(?:e|es|ing)|aim(?:ing|s)?) for(?= $)|\bready for school\b|\b(?:say|saying)(?= $)|\bhome from \w+\b|\bbe (?:at|in) (?:his|her|their) desk\b|\bsat at (?:his|her) desk\b|\b(?:retour|torna|zuruck|zurueck|volta|vuelve|regressa|wraca|wroci|revine|wapas)\b|\bhome on\b|\bfit for\b|\bok for\b|\bfine for\b|\bokay for\b|\bbetter (?:by|for)\b|\bscab\w* (?:over )?by\b)"
    r"|(?P<notin>\b(?:not|never|neither|none|can not|nor|un able to|unable to|too ill to|too poorly to)(?: \w+){0,3}? (?:in|at school|come|coming|attend\w*|there|here|make it|be (?:in|at)|school)\b)"
    r"|(?P<comein>\b(?:be|come|coming|go|going|send|sending|bring|bringing) (?:back )?(?:him |her |them )?(?:in|at school|to school|into school|with you|there|attend\w*|school)\b|\b(?:are|is|both|all) (?:back )?(?:in|with you)\b|(?<!from )(?<!off )(?<!of )(?<!miss )(?<!missing )(?<!the )(?<!at )(?<!to )\bschool(?= $)|, in\b|^in\b|\band in\b|\bin school\b|\bwill be in\b|\bwill come(?: on)?(?= $)|\bcomes?(?: back)? on(?= $)|\b(?:try(?:ing)?|going to try|(?:give|giving) (?:it|school)) (?:again|another (?:go|try)|a (?:go|try))(?= (?:on )?$)|\banother (?:go|try)\b|\bbut in\b|\bsend (?:him|her|them)\b|\bwill attend\b|\bschool again\b|\bin as normal\b)"
    r"|(?P<absent>\b(?:off|absent|absence|away|out|miss\w*|keep\w*|kept|stay\w*|stopping|home|leave|holiday|gone|travel\w*|fly\w*|flight|go|going|goes|flew|take|taking|leaving|appointment|dentist|doctor|hospital|clinic|funeral|wedding|interview|exam|trip|op|operation|scan|optician|orthodontist)\b)"
)
_PAST = re.compile(
    r"\b(?:was|were|had|got|fell|came|went|died|passed|broke|banged|hit|hurt|started|vomited|threw|bumped|saw|told|said|spoke|rang|phoned"
    r"|emailed|gave|took|made|sent|caught|picked|happened|lost|woke|did|ran|attacked|punched|jumped|beat|moved|left|arrived|been|began|spilt|bit|burnt|tested|complained|asked|mentioned|collected|called|texted|dropped|sick|ill|poorly|up|in|out|over|landed|born|sprained|twisted)\b"
)
_ABSENT_PAST = re.compile(
    r"\b(?:(?<!taken )(?<!went )(?<!sent )(?<!came )(?<!fell )(?<!fallen )(?<!jumped )(?<!slipped )(?<!knocked )(?<!come )off(?! (?:his|her|their|the|a)\b)|absent|absence|not (?:be |been )?(?:in|at school|here|there|come)|missed|missing|(?<!passed )(?<!ran )away|kept|keep|home|did not (?:come|go|attend)|not (?:come|go|attend)|out of school|no school|in bed)\b"
)
#: The whole reason lies in the past: "was ill on Thursday 22nd October" explains that day, and says nothing of today.
_AWAY_THEN = re.compile(
    r"\b(?:was|were|had)(?: \w+)? (?:ill|sick|poorly|unwell|at (?:the |a |an |his |her )?(?:dentist|doctor|gp|hospital|clinic|optician|orthodontist)\w*"
    r"|appointment|funeral)\b(?: \w+){0,5} $|^ ?on (?:the )?$"
)
#: "You asked about Monday": the day that our question was about.
ASKED_ABOUT = re.compile(
    r"\b(?:asked|asking|text|texted|message|messaged|wrote|written) (?:\w+ ){0,2}(?:about|on|from|for)(?: the)? ?$"
)
_STILL_AWAY = re.compile(
    r"\b(?:today|tonight|this morning|this afternoon|now|still|since|is|are|not|will|keep\w*|stay\w*|tomorrow|off|fell|hurt|broke|sprained|back)\b"
)
_SUFFIX_BACK = re.compile(
    r"^(?: ?,)? ?(?:(?:will|should|can|may|might|to|hopefully|probably|he|she|they|we|is|are|am|would|i|think|all being well|be|when) )*(?:for school|ok\b|okay\b|at the earliest|earliest|back\b|return|be back|be in\b|in as normal|come back|resume|at school|in school|in\b(?! (?:the|hospital|a|bed|spain|case)))"
)
_SETS_OUT = re.compile(
    r"\b(?:fly|flying|flies|travel|travels|travelling|leave|leaving|leaves|depart\w*|set off|setting off|go|going|goes|flight|ferry)(?: (?:out|on|away|there|to|off|is|from|for|home|abroad|with|her|his|my|the|grandmother|\w+)){0,5} ?$"
)
_NEXT_IS_BACK = re.compile(r"\b(?:back|return\w*|in|until|to)(?: \w+){0,2} ?$")
_FOREIGN_BACK = re.compile(
    r"^ ?(?:ko |ku )?(?:aa? ?ja\w+|aye?ga|aye?gi|aayega|aayegi|przyjdzie|wroci|wraca|volvera|vuelve|volta|revine|vine)\b"
)
_NOT_OURS = re.compile(
    r"\b(?:ring|call|text|update|message|email)\b(?: you| in| again| the office| school| with an update)* (?:on )?$|\b(?:know|sure|idea) about $|\b(?:my|our) (?:own )?(?:appointment|shift|op|operation|due date|contractions)|\bparents? evening|\bparty\b|\bhomework\b|\bpaid\b|\bring you\b|\bcall (?:me|you)\b|\bspeak\b|\bemailed\b|\bdue (?:date|on)\b"
    r"|\b(?:social worker|police|nurse|midwife|visit(?:or)?s?) (?:is |are )?(?:coming|visit\w*|due)|\bbirthday (?:is|was)\b|\brearrange\w*|\bbe confirmed|\bdeadline|\bupdate\b|(?<!\bto )\blet you know\b|\btext (?:you|again)|\bring (?:again|in|the)\b|\bsee how\b"
)

#: The heating, the car or a visitor is off, broken or here since then: no day of the child's absence.
_OF_A_THING = re.compile(
    r"\b(?:heating|boiler|electric\w*|power|gas|water|internet|wifi|wi fi|car|van|lift|lights?|washing machine|cooker|roof)\b"
    r"(?:(?! (?:he|she|they|child|and|so|but|because)\b) \w+){0,6} $"
)
#: In a correction of what we read back, the day on which it began is the first day of the absence.
_STARTED = re.compile(
    r"\b(?:it|this|that|he|she|they|absence|which|actually)(?: \w+)? (?:started|began|start|begin)(?: being (?:ill|off))?(?: on)? ?$"
)
#: Words that say in their own clause that the child is away or back on the day beside them.
_SAYS_AWAY = re.compile(
    r"\b(?:off(?! (?:his|her|their|the|a)\b)|absent|absence|away|out|miss\w*|keep\w*|kept|stay\w*|home|leave|holiday|travel\w*"
    r"|fly\w*|flight|going|go|taking|take|appointment|dentist|doctor|hospital|clinic|funeral|wedding|interview|exam|op|operation|scan"
    r"|optician|orthodontist|not|neither|never|from|and|until|ill|sick|poorly|unwell|also|then|both|no school|licensed|eid|physio"
    r"|performing|competing|competition|tournament|audition|matinees?|surgery|procedure|camhs|therapy|assessment|religious|request\w*)\b"
)
_CLAUSE_ENDS = re.compile(r" (?:but|because|although|though|so|since|while|whereas) | , ")


@dataclass(slots=True)
class Days:
    """What the dates of one group of clauses say. `sure` is that of the weakest date used."""

    first: date | None = None
    ret: date | None = None
    said_first: bool = False
    said_return: bool = False
    single: bool = False
    last_day: bool = False
    members: tuple[date, ...] = ()
    first_sure: float = 0.97
    return_sure: float = 0.97
    roles: list[tuple[Mention, str]] = field(default_factory=list)


@dataclass(slots=True)
class Times:
    """Times of day with their part: when the child arrives, leaves, or what the appointment's own time is."""

    arrives: time | None = None
    leaves: time | None = None
    own: time | None = None
    own_until: time | None = None
    late_by: int | None = None
    roles: list[tuple[Moment, str]] = field(default_factory=list)


def roles_of(line: str, mentions: list[Mention], today: date, default: str = "absent") -> list[tuple[Mention, str]]:
    """The role of every mention: absent, return, until, since, lastday, length, past or other."""
    out: list[tuple[Mention, str]] = []
    previous_end = 0
    for number, mention in enumerate(mentions):
        stop = max(line.rfind(mark, 0, mention.start) for mark in (" . ", " ! ", " ? ", " ; "))
        begin = max(stop + 3 if stop >= 0 else 0, previous_end)
        prefix = line[begin : mention.start]
        nearest = min(
            (p for p in (line.find(mark, mention.end) for mark in (" .", " !", " ?", " ;")) if p >= 0),
            default=len(line),
        )
        after_end = min(nearest, mentions[number + 1].start if number + 1 < len(mentions) else len(line))
        suffix = line[mention.end : after_end]
        if after_end < nearest and _NEXT_IS_BACK.search(suffix):
            suffix = ""
        sentence = line[stop + 3 if stop >= 0 else 0 : nearest]
        same = bool(out) and previous_end > (stop + 3 if stop >= 0 else 0)
        if mention.form in ("weekday", "date", "ordinal") and re.match(r"^ ?(?:late )?(?:night|evening)\b", suffix):
            mention.part = mention.part or "night"
        mention.lead = _SETS_OUT.search(prefix) is not None
        out.append((mention, _role(mention, prefix, suffix, sentence, today, out[-1][1] if same else "", default)))
        previous_end = mention.end
    return _without_side_remarks(line, out, today)


def _without_side_remarks(line: str, roles: list[tuple[Mention, str]], today: date) -> list[tuple[Mention, str]]:
    """ "swimming tomorrow, but today he is in bed": beside an absence of today, another single day needs its own word."""
    if not any(role == "absent" and mention.form == "today" for mention, role in roles):
        return roles
    out: list[tuple[Mention, str]] = []
    for mention, said in roles:
        role = said
        aside = said == "absent" and mention.single and mention.form in ("weekday", "tomorrow", "date", "ordinal")
        if aside and mention.first is not None and mention.first > today:
            stop = max(line.rfind(mark, 0, mention.start) for mark in (" . ", " ! ", " ? ", " ; "))
            clause = _CLAUSE_ENDS.split(line[max(0, stop) : mention.start])[-1]
            behind = _CLAUSE_ENDS.split(line[mention.end : mention.end + 40].split(" . ", maxsplit=1)[0])[0]
            if clause.strip() and not _SAYS_AWAY.search(clause) and not _SAYS_AWAY.search(behind):
                role = "other"
        out.append((mention, role))
    return out


def _role(mention: Mention, prefix: str, suffix: str, sentence: str, today: date, before: str, default: str) -> str:
    if mention.form in ("length", "halfday"):
        return _length_role(mention, prefix, suffix, sentence)
    if mention.form in ("hours", "part", "each"):
        return "other"
    role = ""
    last = None
    for found in _ROLE.finditer(prefix):
        last = found
    if last is not None:
        kind = last.lastgroup
        gap = len(prefix) - last.end()
        if kind == "until" and gap < 26:
            if (last[0] == "by" and not re.search(r"back|return|better|in school|be in", prefix)) or (
                last[0] == "before" and re.search(r"\bday$|\bnight$|\bweek$", prefix[: last.start()].strip())
            ):
                role = "other"
            else:
                role = "until"
        elif kind == "since" and gap < 26:
            role = "other" if _OF_A_THING.search(prefix) else "since"
        elif kind in ("back", "ret") and gap < 40:
            negative = re.search(
                r"\b(?:not|never|doubt\w*|doubtful|unlikely)\b(?: \w+){0,3} *$", prefix[: last.start()]
            )
            role = "return" if not negative or mention.form == "month" else "absent"
        elif (
            kind == "comein"
            and gap < 24
            and not re.match(r" (?:a|an|the|my|his|her|hospital|bed|pain|a tv) ", prefix[last.end() :])
        ):
            negative = re.search(
                r"\b(?:not|never|neither|none|un able to)\b(?: (?!back|and|but|well\b)\w+){0,3} ?$",
                prefix[: last.start()],
            )
            role = "absent" if negative else "return"
        elif kind in ("lastday", "lands"):
            role = kind
        elif kind in ("notin", "absent"):
            role = "absent"
    if mention.first is None:
        return "other"
    if not role and re.search(r"\b(?:will|shall|wait and|to) see (?:(?!you\b|u\b)\w+ ){0,4}$", prefix):
        return "other"
    if mention.form == "range" and re.search(
        r"\b(?:moved|changed|rescheduled|switched|rearranged|brought forward|put back)\b[^.]*\bfrom $", prefix
    ):
        mention.first, mention.form = mention.last, "date"
        return "absent"
    assert mention.last is not None
    if mention.form == "today":
        if re.search(r"\bnot (?:in )?(?:for )?$", prefix):
            return "absent"
        if re.search(r"\b(?:just|only) (?:for )?$", prefix):
            mention.part = "only"
        default = "absent"
    after_it = re.search(r"\b(?:after|following) (?:the )?$", prefix) is not None
    stretch = mention.form in ("holiday", "special", "weekend", "endterm")
    told_back = (default == "return" and role in ("", "absent")) or re.search(r"\bback|return", prefix)
    if stretch and after_it and told_back:
        return "return"
    if not role and _FOREIGN_BACK.match(suffix):
        return "return"
    if re.match(r"^ ?see\b(?! you)", suffix):
        return "other"
    if _says_back(mention, role, prefix, suffix, today):
        role = "return"
    if not role and re.match(r"^ ?(?:'s )?(?:last day|is (?:his|her|their) last day)", suffix):
        role = "lastday"
    if mention.form == "week" and re.search(r"\bnot $", prefix):
        mention.part, role = "all", "return" if default == "return" else "absent"
    elif before and mention.form != "today" and re.search(r"\bnot (?:on |the |until )?$", prefix):
        return "other"
    if mention.form == "month" and role in ("", "absent"):
        return "other"
    if mention.last < today and default == "correction" and _STARTED.search(prefix):
        return "since"
    if default == "correction":
        default = "absent"
    if mention.last < today:
        if mention.form == "yesterday" and mention.part == "night":
            return "past"
        if ASKED_ABOUT.search(prefix) or _is_over(mention, prefix, suffix, sentence, today):
            return "absent"
        if role == "since":
            return "since"
        if role == "return" and re.search(r"\bback\b", prefix):
            return "past"
        return (
            "absent"
            if _ABSENT_PAST.search(prefix + " . " + suffix[:9]) and not re.search(r"\bwent home|sent home", sentence)
            else "past"
        )
    if re.search(
        r"\b(?:was|were|it was|originally|used|instead of) (?:going )?(?:to (?:be )?)?(?:for |on )?$|\b(?:originally|instead of|rather than)\b[^.]{0,12}$",
        prefix,
    ):
        return "other"
    if re.match(r"^ ?(?:is|was) (?:a |the |an )?(?:bank holiday|inset|closed|training)", suffix):
        return "other"
    if (
        mention.form == "relative"
        and re.search(r"\b(?:not|never)\b[^.]{0,24}$", prefix)
        and re.search(r"eaten|been|seen|slept|had", prefix[-24:])
    ):
        return "past"
    if role in ("", "absent") and _NOT_OURS.search(prefix[-40:]) and mention.form != "today":
        return "other"
    if mention.form in ("holiday", "special", "weekend") and role in ("", "absent", "since"):
        return "other" if mention.form != "weekend" or role != "absent" else "absent"
    if mention.form == "today" and mention.part == "evening":
        return "other"
    if not role and mention.first == today and before == "return":
        return "other"
    if (
        not role
        and before in ("absent", "since", "until", "return")
        and re.fullmatch(
            r"(?: ?(?:,|and|then|to|-|or|probably|maybe|hopefully|say|i think|either|possibly|likely|most|definitely|that is))* ?",
            prefix,
        )
    ):
        return before if before != "since" else "absent"
    if default == "return" and not role and mention.first == today:
        default = "absent"
    if default == "illness":
        bare = (
            re.fullmatch(r"(?: ?(?:,|hopefully|maybe|probably|think|i|say|till|-|so|possibly|perhaps))* ?", prefix)
            is not None
        )
        default = "return" if bare and mention.last > today and mention.single and not role else "absent"
    return role or default


def _is_over(mention: Mention, prefix: str, suffix: str, sentence: str, today: date) -> bool:
    """A day some time ago, and every word is about it: a reason that comes late, not an absence that goes on."""
    if mention.form not in ("weekday", "date", "ordinal") or mention.part in ("night", "evening") or not mention.single:
        return False
    if mention.last is None or today - mention.last < 2 * DAY or _STILL_AWAY.search(sentence):
        return False
    before = _AWAY_THEN.search(prefix)
    return before is not None and ("on" not in before[0].split()[:1] or _AWAY_THEN.search(f"{suffix} ") is not None)


def _says_back(mention: Mention, role: str, prefix: str, suffix: str, today: date) -> bool:
    """ "Monday back", "on Tuesday she will be in": the word comes after the day."""
    assert mention.last is not None
    if mention.last < today or mention.form == "yesterday":
        return False
    if not role:
        return _SUFFIX_BACK.match(suffix) is not None
    behind = re.match(r"^ ?(?:back\b|will be back|return)", suffix) is not None
    return (
        role == "absent"
        and mention.last > today
        and behind
        and not re.search(r"\boff|not in|absent|away", prefix[-14:])
    )


def _length_role(mention: Mention, prefix: str, suffix: str, sentence: str) -> str:
    if re.match(
        r"^ ?(?:ago|old|late|early|notice|time|before|running|in a row|on the trot|straight|worth|apart|each|every|a week|per week|course|antibiotic|of (?:antibiotic|medicine|tablets|school|holiday|work|leave))",
        suffix,
    ):
        return "course" if re.match(r"^ ?(?:course|antibiotic|of (?:antibiotic|medicine|tablets))", suffix) else "other"
    if (
        re.search(
            r"\b(?:been|had|has had|last|past|over|nearly|almost|after|every|within|aged|eaten at school in|than|took|takes|lasted|once|twice|times|waited|waiting|in|least once|months?|known)(?: (?:off|ill|sick|poorly|unwell|like this|bad|off school|it|this|him|her))*(?: for)?(?: about)? ?$",
            prefix,
        )
        and "another" not in sentence[:]
    ):
        return "past"
    if mention.unit == "hour":
        return "length" if mention.days in (1, 2, 3) else "other"
    if mention.unit == "night":
        return "other"
    if mention.form == "halfday":
        return "halfday"
    return "length"


def settle_days(
    roles: list[tuple[Mention, str]], today: date, start: date, calendar: SchoolCalendar, part_day: bool, planned: bool
) -> Days:
    """Put the roles together: the first school day away and the school day of return."""
    days = Days(roles=roles)
    length: Mention | None = None
    for mention, role in roles:
        if role == "return":
            _return(days, mention, today, calendar)
        elif role == "until":
            _until(days, mention, today, calendar)
        elif role == "since":
            _since(days, mention, today)
        elif role == "lands" and mention.last is not None:
            days.ret, days.said_return, days.return_sure = after(mention.last, calendar), True, 0.85
        elif role == "lastday" and mention.last is not None:
            days.first, days.said_first, days.last_day = after(mention.last, calendar) or start, True, True
            if days.ret is None and planned:
                gap = next(
                    (d for d in calendar.school_days if d > days.first and (d - calendar.before(d)).days > 9), None
                )
                days.ret = gap
        elif role == "absent":
            _absent(days, mention, today, start, calendar, planned)
        elif role in ("length", "halfday"):
            length = mention
    if length is not None and length.form == "length" and not days.said_return:
        _length(days, length, start, calendar)
    if length is not None and length.form == "halfday" and days.ret is None:
        days.ret = days.first or start
        days.return_sure = 0.6
    if days.ret is not None:
        days.ret = school_day(days.ret, calendar)
        if not calendar.is_school_day(days.ret):  # beyond the calendar: ask, do not record
            days.ret, days.return_sure, days.said_return = None, 0.3, False
    return days


def _return(days: Days, mention: Mention, today: date, calendar: SchoolCalendar) -> None:
    assert mention.first is not None
    assert mention.last is not None
    day = mention.first
    if mention.form == "list" and len(mention.members) == 2:
        day, mention.sure = mention.members[0], 0.5
    if mention.form in ("holiday", "special", "weekend") or (
        mention.form == "week" and mention.modifier == "commencing"
    ):
        day = mention.last + DAY if mention.form != "week" else mention.first
    if mention.form == "endterm":
        day = mention.first
    if mention.form == "week" and mention.part in ("all", "rest"):
        day = mention.last + DAY
    day = _after_first(days, mention, day)
    if mention.part == "night":
        day += DAY
    if days.said_return and days.ret is not None and mention.sure < 0.7 and days.return_sure >= 0.7:
        return
    days.ret, days.said_return = school_day(max(day, today), calendar), True
    days.return_sure = min(mention.sure, 0.95)


def _after_first(days: Days, mention: Mention, day: date) -> date:
    """A bare weekday told after the first day is the one that follows it: "off the 27th, back Friday"."""
    if mention.form == "weekday" and mention.modifier in ("", "the") and mention.weekday is not None:
        first = days.first
        if first is not None and days.said_first and first >= day and not days.said_return:
            return first + timedelta(days=(mention.weekday - first.weekday()) % 7 or 7)
    return day


def _until(days: Days, mention: Mention, today: date, calendar: SchoolCalendar) -> None:
    assert mention.first is not None
    assert mention.last is not None
    day = mention.first
    if (
        mention.form in ("holiday", "endterm", "special")
        or (mention.form == "week" and mention.part)
        or mention.form == "weekend"
    ):
        day = mention.last + DAY
        if mention.form == "endterm":
            day = mention.last + DAY
    elif mention.form in ("range", "list"):
        day = mention.last
    day = _after_first(days, mention, day)
    if mention.modifier == "inclusive":
        day += DAY
    if mention.form == "today":
        return
    days.ret, days.said_return = school_day(max(day, today), calendar), True
    days.return_sure = min(mention.sure, 0.9)


def _since(days: Days, mention: Mention, today: date) -> None:
    assert mention.first is not None
    if mention.first <= today or days.first is None or not mention.single:
        days.first, days.said_first = mention.first, True
        days.first_sure = mention.sure
    if mention.form in ("range", "list", "week") and mention.last is not None and mention.last > mention.first:
        days.said_return = True
        days.ret = mention.last + DAY
        days.return_sure = 0.93


def _absent(days: Days, mention: Mention, today: date, start: date, calendar: SchoolCalendar, planned: bool) -> None:
    first, last = mention.first, mention.last
    assert first is not None
    assert last is not None
    if mention.form == "week" and first < today <= last and mention.modifier in ("this", "the"):
        first = max(first, start) if start <= last else first
    if mention.form == "special" or days.last_day:
        return
    if (
        mention.form == "weekday"
        and mention.modifier in ("", "the")
        and mention.weekday is not None
        and days.first is not None
        and days.said_first
        and first < days.first
    ):
        first = last = days.first + timedelta(days=(mention.weekday - days.first.weekday()) % 7)
    if days.first is None or (not days.said_first) or (first < days.first and mention.form != "today"):
        if days.first is not None and days.said_first and days.single and first > days.first:
            pass
        else:
            days.first, days.first_sure = first, mention.sure
            days.said_first = True
    elif days.single and first > days.first and not days.said_return and _gap_days(days.first, first, calendar) == 1:
        pass
    if days.said_return:
        return
    if mention.single:
        days.single = True
        if mention.lead and planned:
            days.ret, days.return_sure = None, 0.5
        elif mention.form != "today" or mention.part == "only":
            days.ret = after(last, calendar)
            days.return_sure = 0.85
    else:
        days.ret = after(last, calendar)
        days.return_sure = min(mention.sure, 0.7 if mention.part == "until" else 0.93)
        days.members = mention.members
        days.first_sure = max(days.first_sure, 0.85)
        if mention.form == "list":
            days.return_sure = max(days.return_sure, 0.85)


def _gap_days(first: date, last: date, calendar: SchoolCalendar) -> int:
    return len(calendar.between(first, last))


def _length(days: Days, mention: Mention, start: date, calendar: SchoolCalendar) -> None:
    assert mention.days is not None
    first = school_day(days.first or start, calendar)
    if mention.unit == "hour":
        day: date = first + mention.days * DAY
    elif (mention.days <= 5 and mention.unit in ("day", "school day")) or mention.unit == "school day":
        there = after(first, calendar, mention.days)
        if there is None:
            return
        day = there
    else:
        base = days.first if days.first is not None and days.said_first else first
        day = base + timedelta(days=mention.days)
    days.ret, days.said_return = school_day(day, calendar), True
    days.return_sure = min(mention.sure, 0.9)


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


def read_roles_of_times(
    line: str, moments: list[Moment], mentions: list[Mention], now: time, late: bool, today: date
) -> Times:
    """Which time is the child's arrival, which the leaving, which only the appointment's own."""
    out = Times()
    previous_end = 0
    for moment in moments:
        stop = max(line.rfind(mark, 0, moment.start) for mark in (" . ", " ! ", " ? ", " ; "))
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
        elif role == "own":
            out.own, out.own_until = out.own or moment.at, out.own_until or moment.until
    return out


def _time_role(moment: Moment, prefix: str, lead: str, suffix: str, late: bool) -> str:
    if re.search(
        r"\b(?:pick(?:ing)?|collect(?:ing)?|fetch(?:ing)?|grab) (?:\w+ ){1,2}(?:up |early )?(?:(?:at|by|from|around|about) ?)*$",
        prefix,
    ):
        return "leaves"
    if re.search(
        r"\b(?:police|social worker|nurse|plumber|engineer|ambulance|doctor|midwife|man|delivery)\b(?: \w+)? (?:coming|come|visit\w*|arriv\w*)(?: \w+)? ?$",
        prefix,
    ):
        return "other"
    if re.search(
        r"\b(?:i|we|dad|mum|nan|gran) will (?:be|come|get) (?:there|here|outside|over|at reception|in reception)(?: (?:at|for|by|about))* ?$",
        prefix,
    ):
        return "leaves"
    if re.search(
        r"\bat (?:the )?(?:reception|office|front desk|gate) (?:for (?:him|her|them|\w+) )?(?:at|for|by|from)? ?$",
        prefix,
    ):
        return "leaves"
    if re.search(r"\bback from (?:\w+ ){1,3}?(?:(?:at|by|for|about|around|roughly) ?)*$", prefix):
        return "arrives"
    if moment.kind == "late":
        return "late"
    if not time(7) <= moment.at <= time(18, 30):
        return "other"
    if moment.kind == "in":
        return (
            "arrives"
            if re.search(
                r"\b(?:be|there|in|here|with you|arriv\w*|late|leaving|way|set|school|him|her|them|get|about|minutes)\b",
                prefix + suffix,
            )
            or late
            else "other"
        )
    if re.search(
        r"\b(?:(?<!her )(?<!him )(?<!them )(?<!pick )(?<!picked )(?<!picking )up|woke|since|awake|until|born|asleep|bed|sleep|text\w*|call\w*|ring|rang|phon\w*|open\w*|register|slept|vomit\w*|sick|temperature|pain|age|year|grade|scored?|room|bus|train|page|number)(?: (?:at|from|by|the|about|again|in|was|of|is))* ?$",
        prefix,
    ) and not re.search(r"\b(?:back|in|off|late) ?$", prefix):
        return "other"
    if lead == "since" or re.match(r" ?(?:this morning|last night|am)? ?(?:and|with) (?:vomit|sick|temp)", suffix):
        return "other"
    leave, arrive = _LEAVE.search(prefix), _ARRIVE.search(prefix)
    if leave and re.search(r"\bpick(?:ing|ed)? (?:up )?(?:him|her|them|his|\w+) up", leave[0]):
        return "leaves"
    if leave and (arrive is None or leave.start() > arrive.start()):
        if re.search(r"\bdrop\w* (?:\w+ )?off", prefix[-24:]):
            return "other" if re.search(r"\b(?:it|lunch|bag|kit|money|form)\b", prefix[-40:]) else "arrives"
        if re.search(r"\b(?:set|setting|took|take|taking) off?\b", leave[0]) or re.search(
            r"\b(?:left|went)\b", leave[0]
        ):
            return "other"
        if re.search(r"\bgo(?:es)? (?:in|to school|back)\b", prefix):
            return "arrives"
        return "leaves"
    if arrive:
        return "arrives"
    if re.match(
        r" ?(?:in school|in\b(?= ?(?:$|[.,!]|and\b|for\b|hopefully|after|today|then|as\b|school|instead|or\b))|back in|there\b|arrival|back\b(?! (?:pm|after|for|in|by|at|this|the)))",
        suffix,
    ):
        return "arrives"
    if re.match(r" ?(?:pick ?up|collect|finish|leave|leaving|pickup)", suffix):
        return "leaves"
    if _OWN.search(prefix):
        return "own"
    if re.search(
        r"\b(?:police|social worker|nurse|plumber|engineer|ambulance|doctor|midwife|man|someone|delivery) (?:is |are |will be )?(?:coming|come|visit\w*|due|here|arriv\w*)? ?$",
        prefix,
    ):
        return "other"
    if lead == "by" or (
        late
        and re.search(r"\b(?:late|traffic|bus|train|overslept|running|way|behind|delayed|stuck)\b", prefix + suffix)
        and lead in ("for", "about", "around", "at", "by", "like", "", "though", ",")
    ):
        return "arrives"
    return "own"

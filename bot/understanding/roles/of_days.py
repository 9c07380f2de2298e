"""What part each day plays that a message says: absent, return, until, since, last day, past, told or something else.

Clause-wise: the words between it and the day before it decide, and not the day. "off Monday, back Thursday", "been sick
since Sunday", "fell on Tuesday", "until the 5th".
"""

# ruff: noqa: E501 - long regular expressions are easier to read in one line.

from __future__ import annotations

import re
from datetime import date

from bot.understanding.dates import DAY, Mention
from bot.understanding.roles.sentences import end_before

_ROLE = re.compile(
    r"(?P<lands>\b(?:land(?:s|ing)?(?: home| back)?|gets? (?:home|back)|getting (?:home|back)|fly(?:ing)? (?:home|back)|flight (?:home|back)|arrive (?:home|back))\b)"
    r"|(?P<lastday>\b(?:finish\w*|(?<!we )(?<!they )(?<!you )(?<!school )(?:breaks?|breaking) up)(?: (?:school|early|for (?:the )?(?:holidays?|half term|christmas|easter|summer)|at (?:lunch\w*|dinner\w*|noon|midday|12))){0,2}(?: on)?(?= $)|\blast (?:school )?day (?:(?:before|of) (?:the )?\w+(?: term)? )?(?:will be|is|being|in school|here)?)"
    r"|(?P<until>\b(?:until|this side of|up to|before|through to|as far as|not (?:be )?back before|by|(?:runs|lasts) to)\b)"
    r"|(?P<since>\b(?:since|from|starting|as of|beginning|commencing|onwards|as from|begins|starts|start)\b)"
    r"|(?P<back>\bback\b(?! (?:pain|ache|hurts|is hurting|teeth|garden|door|end|problem|injury|home|up|from|spasm|in (?:spain|poland|india|pakistan|the hospital|hospital|bed)|to (?:bed|sleep|hospital|the doctor|doctor|poland|india|pakistan|spain|romania))))"
    r"|(?P<ret>\breturn\w*\b(?! to (?:the )?(?:doctor|hospital|gp))|\bresum\w+|\bsees? you\b|\bsee u\b|\bcatch up (?:on )?\b|\bfingers crossed(?: for| on)?(?= $)|\b(?:hop(?:e|es|ing)|aim(?:ing|s)?) for(?= $)|\bready for school\b|\b(?:say|saying)(?= $)|\bhome from \w+\b|\bbe (?:at|in) (?:his|her|their) desks?\b|\bsat at (?:his|her|their) desks?\b|\b(?:retour|torna|zuruck|zurueck|volta|vuelve|regressa|wraca|wroci|revine|wapas)\b|\bhome on\b|\bfit for\b|\bok for\b|\bfine for\b|\bokay for\b|\bbetter (?:by|for)\b|\bscab\w* (?:over )?by\b)"
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
_TOLD = re.compile(
    r"\b(?:did (?:\w+ )?(?:e ?mail|tell|ask|ring|phone|call|speak|write|text|fill|hand|let|inform|mention|apply|request|message)"
    r"|e ?mailed|told|asked|rang|phoned|called|spoke|spoken|wrote|written|texted|filled|handed|informed|mentioned|applied|requested"
    r"|paid|booked|agreed|approved|granted|signed|cleared|arranged|messaged|authori[sz]ed)\b(?: \w+){0,7} $"
)
#: Of a month without a year: so far ahead that the one before is nearer.
_NEARER_BEHIND = 210
#: "You asked about Monday": the day that our question was about.
ASKED_ABOUT = re.compile(
    r"\b(?:asked|asking|text|texted|message|messaged|wrote|written) (?:\w+ ){0,2}(?:about|on|from|for)(?: the)? ?$"
)
_STILL_AWAY = re.compile(
    r"\b(?:today|tonight|this morning|this afternoon|now|still|since|is|are|not|will|keep\w*|stay\w*|tomorrow|off|fell|hurt|broke|sprained|back)\b"
)
_SUFFIX_BACK = re.compile(
    r"^(?: ?,)? ?(?:(?:will|should|can|may|might|to|hopefully|probably|he|she|they|we|is|are|am|would|i|think|all being well|be|when) )*(?:for school|ok\b|okay\b|at the earliest|earliest|back\b|return|be back|be in\b|(?:be )?(?:at|in) (?:his|her|their) desks?\b|in as normal|come back|resume|at school|in school|in\b(?! (?:the|hospital|a|bed|spain|case)))"
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
#: "She will not be back after half term": away from the day on which school starts.
_NOT_AFTER = re.compile(
    r"(?<!\bif )\bnot (?:(?:be|come|coming|going|returning|return) )?(?:be |go )?(?:back|in|at school|in school|to school|here|there|come|coming"
    r"|return|returning|attend\w*)(?: (?:back|in|to school))? (?:after|following) (?:the )?$"
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


def roles_of(line: str, mentions: list[Mention], today: date, default: str = "absent") -> list[tuple[Mention, str]]:
    """The role of every mention: absent, return, until, since, lastday, length, past or other."""
    out: list[tuple[Mention, str]] = []
    previous_end = 0
    for number, mention in enumerate(mentions):
        stop = end_before(line, mention.start)
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


def _is_told_in(month: Mention, prefix: str, today: date) -> bool:
    """ "I filled in the form back in September", said in November: when it was told, and no month to come."""
    return month.first is not None and (month.first - today).days > _NEARER_BEHIND and _TOLD.search(prefix) is not None


def _without_side_remarks(line: str, roles: list[tuple[Mention, str]], today: date) -> list[tuple[Mention, str]]:
    """ "swimming tomorrow, but today he is in bed": beside an absence of today, another single day needs its own word."""
    if not any(role == "absent" and mention.form == "today" for mention, role in roles):
        return roles
    out: list[tuple[Mention, str]] = []
    for mention, said in roles:
        role = said
        aside = said == "absent" and mention.single and mention.form in ("weekday", "tomorrow", "date", "ordinal")
        if aside and mention.first is not None and mention.first > today:
            stop = end_before(line, mention.start)
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
    if mention.form == "holiday" and mention.last >= today and _NOT_AFTER.search(prefix):
        mention.first = mention.last = mention.last + DAY
        mention.form, mention.modifier = "startterm", "not after"
        return "absent"
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
    if not role and re.match(
        r"^ ?(?:'s )?(?:last day|(?:is|as|being|will be) (?:his|her|their) last(?: school)? day)", suffix
    ):
        role = "lastday"
    if mention.form == "week" and re.search(r"\bnot $", prefix):
        mention.part, role = "all", "return" if default == "return" else "absent"
    elif before and mention.form != "today" and re.search(r"\bnot (?:on |the |until )?$", prefix):
        return "other"
    if mention.form == "month" and _is_told_in(mention, prefix, today):
        return "told"
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

"""What part each day plays that a message says: absent, return, until, since, last day, past, told or something else.

Clause-wise: the words between it and the day before it decide, and not the day. "off Monday, back Thursday", "been sick
since Sunday", "fell on Tuesday", "until the 5th".
"""

# ruff: noqa: E501 - long regular expressions are easier to read in one line.

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.understanding.dates import DAY, Mention
from bot.understanding.roles.of_lengths import length_role
from bot.understanding.roles.sentences import end_before
from bot.understanding.roles.side_remarks import without_side_remarks

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
#: What was done on a weekday, so that it is the last one and not the next: "he forgot his lunch on Monday".
_HAPPENED = re.compile(
    r"\b(?:fell|came|went|broke|banged|hit|hurt|bumped|saw|gave|took|caught|happened|lost|woke|did|ran|punched|jumped|arrived|began"
    r"|landed|sprained|twisted|forgot|packed up|died|passed away|got (?:back|home|married|stung|hurt|soaked)|moved in|flew (?:back|home|in)"
    r"|had|met|won|played|visited|celebrated)\b"
    r"(?: (?!(?:and|so|but|is|are|has|have|will|to|not|an?|the|for|until|till|by|appointment\w*|off|he|she|they|who|which|that)\b)\w+){0,4} on $"
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
        _turn_to_the_last(mention, prefix, today)
        day = _Day(mention, prefix, suffix, sentence, today, out[-1][1] if same else "", default)
        out.append((mention, _role(day)))
        previous_end = mention.end
    return without_side_remarks(line, out, today)


def _turn_to_the_last(mention: Mention, prefix: str, today: date) -> None:
    """ "We got back on Sunday", "he lost his bus pass on Friday": the last such day and not the next."""
    ahead = mention.form == "weekday" and mention.modifier == "" and mention.single
    if ahead and mention.first is not None and mention.first >= today and _HAPPENED.search(prefix) is not None:
        mention.first = mention.last = mention.first - 7 * DAY


def _is_told_in(month: Mention, prefix: str, today: date) -> bool:
    """ "I filled in the form back in September", said in November: when it was told, and no month to come."""
    return month.first is not None and (month.first - today).days > _NEARER_BEHIND and _TOLD.search(prefix) is not None


@dataclass(slots=True)
class _Day:
    """One day with the words around it: `role` and `default` as far as the steps have found them, "" when not yet.

    `before` is the role of the day before it in the same sentence.
    """

    mention: Mention
    prefix: str
    suffix: str
    sentence: str
    today: date
    before: str
    default: str
    role: str = ""

    @property
    def first(self) -> date:
        """The day itself, or its first one."""
        assert self.mention.first is not None
        return self.mention.first

    @property
    def last(self) -> date:
        """The day itself, or its last one."""
        assert self.mention.last is not None
        return self.mention.last

    @property
    def form(self) -> str:
        """How it is said."""
        return self.mention.form


def _role(day: _Day) -> str:
    """The first step that decides has it; what none decides is as the nearest word before the day, or as usual."""
    if day.form in ("length", "halfday"):
        return length_role(day.mention, day.prefix, day.suffix, day.sentence)
    if day.form in ("hours", "part", "each") or day.mention.first is None:
        return "other"
    day.role = _led_by(day.mention, day.prefix)
    for step in _STEPS:
        if decided := step(day):
            return decided
    return day.role or _by_default(day)


def _led_by(mention: Mention, prefix: str) -> str:
    """The role that the nearest telling word before the day gives it: "off", "back on", "until", "since"."""
    last = None
    for found in _ROLE.finditer(prefix):
        last = found
    if last is None:
        return ""
    kind, gap, earlier = last.lastgroup, len(prefix) - last.end(), prefix[: last.start()]
    if kind == "until" and gap < 26:
        no_end = last[0] == "by" and not re.search(r"back|return|better|in school|be in", prefix)
        no_end = no_end or (last[0] == "before" and bool(re.search(r"\bday$|\bnight$|\bweek$", earlier.strip())))
        return "other" if no_end else "until"
    if kind == "since" and gap < 26:
        return "other" if _OF_A_THING.search(prefix) else "since"
    if kind in ("back", "ret") and gap < 40:
        negative = re.search(r"\b(?:not|never|doubt\w*|doubtful|unlikely)\b(?: \w+){0,3} *$", earlier)
        return "return" if not negative or mention.form == "month" else "absent"
    in_a_place = re.match(r" (?:a|an|the|my|his|her|hospital|bed|pain|a tv) ", prefix[last.end() :])
    if kind == "comein" and gap < 24 and not in_a_place:
        negative = re.search(
            r"\b(?:not|never|neither|none|un able to)\b(?: (?!back|and|but|well\b)\w+){0,3} ?$", earlier
        )
        return "absent" if negative else "return"
    if kind in ("lastday", "lands"):
        return kind
    return "absent" if kind in ("notin", "absent") else ""


def _is_to_be_seen(day: _Day) -> str:
    """ "We will see how he is on Monday" says nothing of Monday."""
    waits = re.search(r"\b(?:will|shall|wait and|to) see (?:(?!you\b|u\b)\w+ ){0,4}$", day.prefix)
    return "other" if waits and not day.role else ""


def _moved_from(day: _Day) -> str:
    """ "The scan was moved from Monday to Tuesday": the second of the two days counts."""
    moved = r"\b(?:moved|changed|rescheduled|switched|rearranged|brought forward|put back)\b[^.]*\bfrom $"
    if day.form != "range" or not re.search(moved, day.prefix):
        return ""
    mention = day.mention
    if mention.weekday is not None and mention.month is None and day.last - 7 * DAY > day.today:
        mention.last = day.last - 7 * DAY  # "from Wednesday to Tuesday", said on Monday
    mention.first, mention.form = mention.last, "date"
    return "absent"


def _of_today(day: _Day) -> str:
    """Today is a day of absence unless other words say so; "just today" is no longer than that."""
    if day.form != "today":
        return ""
    if re.search(r"\bnot (?:in )?(?:for )?$", day.prefix):
        return "absent"
    if re.search(r"\b(?:just|only) (?:for )?$", day.prefix):
        day.mention.part = "only"
    day.default = "absent"
    return ""


def _after_a_stretch(day: _Day) -> str:
    """ "Back after half term" is a return; "not back after half term" an absence from the day on which school starts."""
    mention = day.mention
    if day.form == "holiday" and day.last >= day.today and _NOT_AFTER.search(day.prefix):
        mention.first = mention.last = day.last + DAY
        mention.form, mention.modifier = "startterm", "not after"
        return "absent"
    stretch = day.form in ("holiday", "special", "weekend", "endterm")
    if not stretch or not re.search(r"\b(?:after|following) (?:the )?$", day.prefix):
        return ""
    told_back = (day.default == "return" and day.role in ("", "absent")) or re.search(r"\bback|return", day.prefix)
    return "return" if told_back else ""


def _by_the_words_behind(day: _Day) -> str:
    """ "Monday back", "on Tuesday she will be in", "Friday is her last day": the word comes after the day."""
    if not day.role and _FOREIGN_BACK.match(day.suffix):
        return "return"
    if re.match(r"^ ?see\b(?! you)", day.suffix):
        return "other"
    if _says_back(day):
        day.role = "return"
    elif not day.role and re.match(
        r"^ ?(?:'s )?(?:last day|(?:is|as|being|will be) (?:his|her|their) last(?: school)? day)", day.suffix
    ):
        day.role = "lastday"
    return ""


def _denied(day: _Day) -> str:
    """ "Not this week": not back in it, or not in school; "Monday, not Tuesday": nothing of Tuesday."""
    if day.form == "week" and re.search(r"\bnot $", day.prefix):
        day.mention.part, day.role = "all", "return" if day.default == "return" else "absent"
    elif day.before and day.form != "today" and re.search(r"\bnot (?:on |the |until )?$", day.prefix):
        return "other"
    return ""


def _of_a_month(day: _Day) -> str:
    """A month is no day of the absence, unless a word says until when, since when or when back."""
    if day.form == "month" and _is_told_in(day.mention, day.prefix, day.today):
        return "told"
    return "other" if day.form == "month" and day.role in ("", "absent") else ""


def _of_a_correction(day: _Day) -> str:
    """ "No, it started on Monday", to what we read back."""
    if day.default != "correction":
        return ""
    if day.last < day.today and _STARTED.search(day.prefix):
        return "since"
    day.default = "absent"
    return ""


def _of_a_day_gone(day: _Day) -> str:
    """A day before today: it was missed, the absence began on it, or something else happened then."""
    if day.last >= day.today:
        return ""
    if day.form == "yesterday" and day.mention.part == "night":
        return "past"
    if ASKED_ABOUT.search(day.prefix) or _is_over(day):
        return "absent"
    if day.role == "since":
        return "since"
    if day.role == "return" and re.search(r"\bback\b", day.prefix):
        return "past"
    missed = _ABSENT_PAST.search(day.prefix + " . " + day.suffix[:9])
    return "absent" if missed and not re.search(r"\bwent home|sent home", day.sentence) else "past"


def _of_something_else(day: _Day) -> str:
    """ "It was going to be Monday", "Friday is an inset day", "I ring you on Monday": no day of the absence."""
    if re.search(
        r"\b(?:was|were|it was|originally|used|instead of) (?:going )?(?:to (?:be )?)?(?:for |on )?$|\b(?:originally|instead of|rather than)\b[^.]{0,12}$",
        day.prefix,
    ):
        return "other"
    if re.match(r"^ ?(?:is|was) (?:a |the |an )?(?:bank holiday|inset|closed|training)", day.suffix):
        return "other"
    if (
        day.form == "relative"
        and re.search(r"\b(?:not|never)\b[^.]{0,24}$", day.prefix)
        and re.search(r"eaten|been|seen|slept|had", day.prefix[-24:])
    ):
        return "past"
    unled = day.role in ("", "absent")
    return "other" if unled and _NOT_OURS.search(day.prefix[-40:]) and day.form != "today" else ""


def _of_no_school_day(day: _Day) -> str:
    """A holiday, a weekend or an evening is no day of the absence by itself."""
    if day.form in ("holiday", "special", "weekend") and day.role in ("", "absent", "since"):
        return "absent" if day.form == "weekend" and day.role == "absent" else "other"
    return "other" if day.form == "today" and day.mention.part == "evening" else ""


def _like_the_one_before(day: _Day) -> str:
    """ "Off Monday and Tuesday", "back Wednesday or Thursday": nothing but a joining word between the two days."""
    if day.role:
        return ""
    if day.first == day.today and day.before == "return":
        return "other"
    joined = re.fullmatch(
        r"(?: ?(?:,|and|then|to|-|or|probably|maybe|hopefully|say|i think|either|possibly|likely|most|definitely|that is))* ?",
        day.prefix,
    )
    if day.before not in ("absent", "since", "until", "return") or not joined:
        return ""
    return day.before if day.before != "since" else "absent"


#: In this order: the first that decides has it.
_STEPS: tuple[Callable[[_Day], str], ...] = (
    _is_to_be_seen,
    _moved_from,
    _of_today,
    _after_a_stretch,
    _by_the_words_behind,
    _denied,
    _of_a_month,
    _of_a_correction,
    _of_a_day_gone,
    _of_something_else,
    _of_no_school_day,
    _like_the_one_before,
)


def _by_default(day: _Day) -> str:
    """No word says what the day is: as the question was, or as an illness is told ("Thursday hopefully")."""
    if day.default == "return" and day.first == day.today:
        return "absent"
    if day.default != "illness":
        return day.default
    bare = re.fullmatch(r"(?: ?(?:,|hopefully|maybe|probably|think|i|say|till|-|so|possibly|perhaps))* ?", day.prefix)
    return "return" if bare is not None and day.last > day.today and day.mention.single else "absent"


def _is_over(day: _Day) -> bool:
    """A day some time ago, and every word is about it: a reason that comes late, not an absence that goes on."""
    mention = day.mention
    if mention.form not in ("weekday", "date", "ordinal") or mention.part in ("night", "evening") or not mention.single:
        return False
    if day.today - day.last < 2 * DAY or _STILL_AWAY.search(day.sentence):
        return False
    before = _AWAY_THEN.search(day.prefix)
    return before is not None and ("on" not in before[0].split()[:1] or _AWAY_THEN.search(f"{day.suffix} ") is not None)


def _says_back(day: _Day) -> bool:
    """ "Monday back", "on Tuesday she will be in": the word comes after the day."""
    if day.last < day.today or day.form == "yesterday":
        return False
    if not day.role:
        return _SUFFIX_BACK.match(day.suffix) is not None
    behind = re.match(r"^ ?(?:back\b|will be back|return)", day.suffix) is not None
    away = re.search(r"\boff|not in|absent|away", day.prefix[-14:])
    return day.role == "absent" and day.last > day.today and behind and not away

"""The forms in which a day is said: one named pattern each, tried in this order.

They are matched on the normalised line (`normalise.Words.line`), so weekdays and months come in one spelling.
"""

# ruff: noqa: E501 - long regular expressions are easier to read in one line.

from __future__ import annotations

import re

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth twentieth"
).split()

WD = "(?<!good )(?<!black )(?<!mad )(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|(?<=on )(?:sat|sun)|(?<=until )(?:sat|sun)|(?<=since )(?:sat|sun)|(?<=from )(?:sat|sun)|(?<=next )(?:sat|sun)|(?<=this )(?:sat|sun)|(?<=last )(?:sat|sun)|(?<=- )(?:sat|sun)|(?<=and )(?:sat|sun)|(?<=to )(?:sat|sun)|(?<=back )(?:sat|sun))"
MO = "(?:january|february|march|april|may|june|july|august|september|october|november|december|mar)"
ORD = "(?:" + "|".join(ORDINALS) + ")"
YEAR = r"(?:(?: ,| -| of)? (?P<year>20\d\d))?"
NOT_TIME = r"(?! ?(?:am|pm|a ?m|p ?m|o ?'|:|%|degrees))"
OF_MONTH = "(?:(?:may|october|february|feb|june|spring|autumn|summer|whit|whitsun) )?"
NUM = r"(?:\d{1,3}|an?|one|few|several|couple(?: of)?)"

FORMS: tuple[tuple[str, str], ...] = (
    ("iso", r"(?P<year>20\d\d)(?:/| - )(?P<month>\d\d?)(?:/| - )(?P<dom>\d\d?)\b"),
    ("numspan", r"(?P<dom>\d{1,2}) (?:-|to|until|and) (?P<dom2>\d{1,2})[./](?P<month>\d{1,2})(?:[./](?P<year>\d{2,4}))?\b"),
    ("numeric", r"(?P<dom>\d{1,2})(?P<sep>[/.])(?P<month>\d{1,2})(?:[/.](?P<year>20\d\d|\d\d))?(?![\d:/])(?! ?(?:th )?(?:of )?" + MO + r"\b)" + NOT_TIME),
    ("dashed", r"(?P<dom>\d{1,2}) - (?P<month>\d{1,2}) - (?P<year>20\d\d|\d\d)\b"),
    ("spaced", r"(?P<dom>\d\d) (?P<month>\d\d) (?P<year>20\d\d)\b"),
    (
        "monthspan",
        r"(?P<mon>" + MO + r") (?P<dom>\d{1,2})(?:th)? (?:-|to|until|and) (?P<dom2>\d{1,2})(?:th)?\b(?! (?:days|weeks|hours))",
    ),
    ("daysofmonth", r"(?:the )?(?P<doms>\d{1,2}(?:th)?(?: ?(?:, and|,|and|\+|/) ?(?:the )?\d{1,2}(?:th)?){2,6}) ?(?:of )?(?P<mon>" + MO + r")\b" + YEAR),
    ("spanmonth", r"(?:the )?(?P<dom>\d{1,2})(?:th)? ?(?:-|to|until|through|/|and) ?(?:the )?(?P<dom2>\d{1,2})(?:th)? ?(?:of )?(?P<mon>" + MO + r")\b" + YEAR),
    (
        "daymonth",
        r"(?:(?P<mod>this|next|last) )?(?:(?P<wd>" + WD + r"),? ?,? ?(?:the )?)?(?:the )?(?:(?P<dom>\d{1,2})(?:th)?|(?P<ordword>(?:20 )?" + ORD + r"))(?: day)? ?(?:of |- |/ |in )?(?P<mon>" + MO + r")\b" + YEAR,
    ),
    (
        "monthday",
        r"(?:(?P<wd>" + WD + r") ?,? )?(?P<mon>" + MO + r") ?(?:the |- |/ |\. |, )?(?:(?P<dom>\d{1,2})(?:th)?|(?P<ordword>" + ORD + r"))\b(?![./:]\d)(?! (?:day|week|hour|month|minute|school day|time|year|other)s?\b)" + NOT_TIME + YEAR,
    ),
    ("ofmonth", r"(?:the )?(?P<dom>\d{1,2})(?:th)? (?:of|in) (?:the )?(?P<mod>this|next|last|previous|following) month\b"),
    ("lastofterm", r"(?:the )?(?:very )?last (?P<wd>" + WD + r") (?:of|before|in) (?:the |this )?" + OF_MONTH + r"(?P<hol>half term|half - term|term|year|school year|christmas|easter|summer)\b"),
    ("twoweeks", r"(?:(?:for|in|all|of|the|rest|remainder) ){0,5}this week (?:or|and|nor) (?:the )?next(?: week)?\b(?! (?:monday|tuesday|wednesday|thursday|friday|term|month|year|time|step))"),
    ("lastdaysofterm", r"(?:the )?(?:very )?last (?P<wd>" + WD + r") (?:and|\+|/|,) (?P<wd2>" + WD + r") (?:of|before|in) (?:the |this )?" + OF_MONTH + r"(?P<hol>half term|half - term|term|year|school year|christmas|easter|summer)\b"),
    ("dayoflastweek", r"(?:the )?(?P<wd>" + WD + r")(?: ?(?:and|\+|/|,|to|until|-) ?(?:the )?(?P<wd2>" + WD + r"))? (?:of|in) (?:the|this) (?:very )?(?:last|final) (?:full |school )?week\b(?: (?:of|before|in) (?:the |this )?" + OF_MONTH + r"(?P<hol>half term|half - term|term|year|school year|christmas|easter|summer)\b)?"),
    ("weekdaysnumbered", r"(?:on )?(?P<wd>" + WD + r") ?(?P<join>and|\+|/|,|-|to|until) ?(?P<wd2>" + WD + r") ?,? ?(?:the )?(?P<dom>\d{1,2})(?:th)? ?(?:and|\+|/|,|-|to|until) ?(?:the )?(?P<dom2>\d{1,2})(?:th)?\b(?: (?:of )?(?P<mon>" + MO + r"))?" + NOT_TIME),
    ("nthofmonth", r"(?:the )?(?P<ordword>first|second|third|fourth|last) (?P<wd>" + WD + r")(?: (?:in|of) (?:(?P<mod>this|next|last|previous|the) month|(?:the )?month|(?P<mon>" + MO + r")))?\b"),
    ("dayafternext", r"(?:the )?(?P<wd>" + WD + r") after next\b"),
    ("weekon", r"(?:in )?(?:an? |one )?(?P<n>week|fortnight|2 weeks) (?:on |from |this |next |coming )*(?:(?P<wd>" + WD + r")|(?P<rel>today|tomorrow))\b"),
    ("weekdayweek", r"(?:on )?(?:(?P<wd>" + WD + r")|(?P<rel>today|tomorrow)) week\b(?! (?:off|of|and|commencing|beginning|starting))"),
    ("weekdayin", r"(?:(?P<wd>" + WD + r")(?: morning| afternoon)?) (?:of |in |on )?(?P<mod>this|next|last|the following|the coming) (?:coming )?week\b"),
    ("inweek", r"(?P<mod>this|next|last) week(?: 's)? (?:on )?(?P<wd>" + WD + r")\b"),
    ("weekdaybehind", r"(?P<wd>" + WD + r") (?P<mod>next|last|gone|just gone)\b(?! (?:week|month|term|year|time|minute|night|lesson|to|day|door|of|for))"),
    ("nextweekday", r"(?:the )?(?P<mod>next|last|previous|following) (?:week|working |school )day\b"),
    ("eachday", r"(?:every|each) (?P<wd>" + WD + r")\b"),
    (
        "weekday",
        r"(?P<mods>(?:(?:this|next|last|coming|following|past|previous|the) )*)(?P<wd>" + WD + r")(?! (?:before|after) (?:the )?(?:half|christmas|easter|inset|bank|holidays?\b|we break))(?:(?: (?:morning|afternoon|am|pm)(?= (?:the )?\d{1,2}th\b))? ?,? ?(?:the )?(?:(?P<dom>\d{1,2})th|(?P<ordword>" + ORD + r")|(?<!\d)(?P<bare>[12]?\d|3[01])(?! ?(?:am|pm|a m|p m|o '|past|minutes?|to \d|days?|weeks?|hours?|[.:]\d|children|of us|- \d|until \d)))\b(?! (?:year|lesson|period|of us|time|thing)))?(?![a-z])",
    ),
    ("thatweek", r"(?:for )?(?:(?:the )?(?:rest|remainder) of |(?<=off ))that week\b"),
    ("weekcommencing", r"(?:the )?(?:whole |full |entire )?(?:w / c|wc|w / b|week (?:of|commencing|beginning|starting|start|from)|week - commencing)\b(?: on)?(?: the)?(?: " + WD + r")?"),
    ("weekafternext", r"(?:the )?week after next\b"),
    ("herlastday", r"(?:very )?last (?:school )?day (?:before|of) (?:the |this )?(?:half term|half - term|term|christmas|easter|summer|holidays?)(?= (?:will be|is|being|'s)\b)"),
    ("termweek", r"(?:the )?(?P<which>first|last|final|1st|1th) (?:(?P<n>\d{1,2}|few|couple of) )?(?P<unit>day|week|days|weeks) (?:of|back|before|after)(?: the)?(?: school| next| this| new)?(?: (?P<hol>half term|half - term|term|year|christmas|easter|summer|holidays?|we br(?:eak|oke) up|breaking up))?\b"),
    ("firstdays", r"(?:the )?(?P<which>first|last|second) (?:(?P<n>[2-4]|few|couple(?: of)?) (?:school )?days|half) (?:(?:of|in) )?(?P<mod>this|next|the)(?: coming)? week\b(?! (?:of|commencing|beginning|starting))"),
    ("endof", r"(?:for )?(?:the |very )*(?P<part>end|last day|rest|remainder) (?:of|o) (?:the |this )?(?P<hol>half term|half - term|term|year|school year|month)\b|(?<=until )(?:we|they|school) breaks? up\b"),
    ("endofschool", r"(?<=until )(?:the )?end of school\b(?! (?:day|today|tomorrow|time))"),
    ("fortheterm", r"(?:(?<=for )|(?<=complete )|(?<=finish )|(?<=back )|(?<=in ))(?:the|this) (?P<hol>term|year|school year)\b(?! (?:group|ahead|book|paper|of|\d))"),
    ("newterm", r"(?:(?<=back )|(?<=until )|(?<=in )|(?<=from )|(?<=for )|(?<=at )|(?<=come )|(?<=return )|(?<=resume )|(?<=resumes )|^)(?:the )?(?:new|next) (?:school )?term\b(?! time)|(?:when|once|till|until) (?:the )?(?:school|term|classes) (?:re)?(?:opens?|starts?|begins?|is open)\b(?: again| back)?(?: in)?(?: " + MO + r")?"),
    ("startof", r"(?:the )?(?P<part>start|beginning|first day) of (?:the |next |new )*(?P<hol>half term|half - term|term|year|school year)\b"),
    ("lateback", r"(?:back (?:to school )?)?(?P<n>\d|one|an?|couple of|few) (?:school )?days? late (?:(?:back|returning|coming back|in returning)(?: to school)?(?: (?:after|from|following) (?:the )?(?:" + OF_MONTH + r"(?P<hol>half term|half - term|christmas|easter|summer|holidays?|break))?)?|(?:after|from) (?:the )?" + OF_MONTH + r"(?P<hol2>half term|half - term|christmas|easter|summer|holidays?|break))\b"),
    ("earlyfor", r"(?P<n>\d|one|an?|couple of|few) (?P<unit>day|week)s? (?:early|earlier|before) (?:for |before |than )?(?:the )?(?P<hol>half term|half - term|christmas|easter|summer|end of term|holidays?|break)"),
    ("weekby", r"(?:the )?(?:last |final )?(?:full |school )?week (?P<side>before|after) (?:the )?(?:(?:may|october|february|feb|june|spring|autumn|summer) )?(?P<hol>half term|half - term|christmas|easter|summer holidays|holidays?|summer|we br(?:eak|oke) up)(?: holidays?| break)?\b"),
    ("weekafter", r"the week after(?: that)?\b(?= ?(?:$|[.,!?;)]|now\b|instead\b|then\b|at (?:the )?(?:earliest|least)|if\b|for\b|because\b|he\b|she\b|they\b|thanks?\b|i\b))"),
    ("daybyhol", r"(?:the )?(?P<wd>" + WD + r"|day|last day) (?P<side>before|after) (?:the )?(?:may |august |spring )?(?P<hol>bank holiday|half term|half - term|christmas|easter|inset(?: day)?|holidays?|we br(?:eak|oke) up)(?: monday| holidays?| break)?\b"),
    ("beforeafter", r"(?P<n>\d{1,2}|an?|one|couple of) (?P<unit>day|week)s? (?P<side>before|after|from) (?:the )?(?P<rel>today|tomorrow|yesterday|day after tomorrow|now)\b"),
    ("dayaftertomorrow", r"(?:the )?day after tomorrow|(?P<n>\d) days? after tomorrow|overmorrow"),
    ("daybeforeyesterday", r"(?:the )?day before yesterday|(?P<n>\d) days? before yesterday"),
    ("sameday", r"(?:on )?(?:the )?(?:very )?same day\b(?! (?:last|next|as|every|each))"),
    ("dayafter", r"(?:the |that )?(?:day after|following day|next day|day following)\b(?! (?:tomorrow|my|his|her|the|a)\b)"),
    ("daybefore", r"the day before\b(?! (?:yesterday|my|his|her|the|a|half|term))"),
    ("ago", r"(?P<n>" + NUM + r") ?(?P<unit>days?|(?<=\d)d|(?<=\d )d|weeks?|(?<=\d)w|(?<=\d )w|nights?|months?|fortnights?) (?:ago|back)\b(?! to)|(?:an? )?fortnight ago"),
    ("inn", r"(?:in|within) (?:about |around |the next |another )?(?P<n>" + NUM + r") ?(?P<unit>days?|(?<=\d)d|(?<=\d )d|weeks?|(?<=\d)w|(?<=\d )w|fortnights?|business days?|school days?|working days?|months?)(?: 's?)?(?: time)?\b"),
    ("sleeps", r"(?P<n>\d{1,2}|one|couple of) (?:more )?sleeps\b|one more sleep\b"),
    ("later", r"(?P<n>" + NUM + r") ?(?P<unit>days?|(?<=\d)d|(?<=\d )d|weeks?|(?<=\d)w|(?<=\d )w) (?:later|hence|'? ?from now|' time|'s time|time)\b"),
    ("pastn", r"(?:the )?(?:past|last|previous) (?P<n>" + NUM + r") ?(?P<unit>days?|weeks?|nights?|months?)\b|(?:the )?(?:past|last) (?:few|couple of) (?P<unit2>days?|weeks?)\b"),
    ("hoursmore", r"(?:for )?(?:another|a further) (?P<n>24|48|72)(?= (?:from|then|so|since|off|now|at|starting|till|until|please|sorry|i|x)\b| ?$| ?[,!?;]|\.(?!\d))"),
    (
        "length",
        r"(?P<lead>(?:(?:for|another|the|next|about|around|at least|maybe|further|up to|these|this|off|only|just|full|whole|least|remaining) )*)(?:(?P<n>" + NUM + r")(?:(?: -| or| to| /|/) ?(?P<n2>\d{1,2}))?|(?P<slash>\d{1,2}/\d{1,2})|(?P<half>half an?))? ?(?:(?P<more>more|further|extra|other|full|whole|clear|good|solid) )?(?:(?P<school>school|working|business|week) ?)?(?P<unit>days?|nights?|weeks?|fortnight|hours?|months?)\b(?! ?-? ?(?:check ?-? ?ups?|checks?|reviews?|follow ?-? ?ups?|assessments?|scans?|jabs?|vaccin\w+|screening)\b)(?! before(?: [,.!?]|$))(?P<tail> or (?:so|2|3|two)| minimum)?",
    ),
    (
        "week",
        r"(?:(?:for|the|very|in|by) )*(?:(?P<part>all?|rest|remainder|end|start|beginning|middle|mid|early|earlier|later|late|whole|half|back end|first half|second half|first part|second part|latter part|most|best part) ?-? ?(?:of )?(?:the |in the )?)?(?:(?P<mod>this|next|last|coming|following|previous|past|current|the|a) (?:coming |whole |entire |full |school |working )*)?(?:work ?|school )?week\b(?! ?(?:old|'s? time|(?:of|before|after) (?:the )?(?:half|term|year|christmas|easter|summer|holiday)))",
    ),
    ("weekend", r"(?:(?P<mod>this|next|last|the|coming|all|long|bank holiday) )*week ?-? ?end\b"),
    ("feast", r"(?:(?<=until )|(?<=on )|(?<=by )|(?<=from )|(?<=before )|(?<=after )|(?<=about )|(?<=around )|(?<=back )|(?<=till ))(?P<feast>bonfire night|guy fawkes|fireworks night|halloween|valentine(?: 's| s)? day|(?:st |saint )?patrick(?: 's| s)? day|christmas eve|boxing day)\b"),
    ("holiday", r"(?:the )?(?:(?P<when>october|february|feb|may|june|autumn|spring|summer|easter|christmas|xmas|whit|whitsun) )?(?P<hol>half term|half - term|halfterm|christmas|easter|summer|term|(?:school )?holidays|(?<=after )holiday|(?<=after the )holiday|(?<=before )holiday|(?<=before the )holiday|(?<=after the )week off|break|new year)(?: (?:holidays?|break|hols))?\b"),
    ("special", r"(?:the )?(?P<hol>inset(?: day)?|bank holiday(?: monday)?|training day|may day)\b"),
    ("today", r"(?:the rest of |rest of |all day |later on |later |earlier )?(?:today|this morning|this afternoon|this pm|this evening|tonight|this aft|this lunchtime|right now)\b(?: only)?"),
    ("tomorrow", r"tomorrow(?: morning| afternoon| evening| night| am| pm)?\b"),
    ("yesterday", r"(?:yesterday|last night)(?: morning| afternoon| evening)?\b"),
    ("tomonth", r"(?<=to )(?:the )?(?:(?:start|beginning) of )?(?P<mon>" + MO + r")(?: start| beginning)?\b(?! \d)"),
    (
        "termmonth",
        r"(?:see(?= (?:september|january)\b)|see you(?: all)?(?: again)?(?: back)?(?: in)?|see u in|back(?: in)?|returns? in|comes?(?: back)?(?: in)?|resumes?(?: in)?|i mean|until|(?<=[.!?,] )|^) ?(?P<mon>" + MO + r")\b(?= ?(?:now|then|sir|miss|inshallah|love|xx?|thanks|thank you|please|i think|for|with|,|\.|!|$))",
    ),
    ("endmonth", r"(?:the )?(?:very )?(?:end|last day) of (?P<mon>" + MO + r")\b(?! \d)"),
    ("inmonth", r"(?:in|until|of|since|by|end of|start of|beginning of|mid|early|late) (?P<mon>" + MO + r")\b(?! \d)(?! (?:is|has|was|will|won|can|says|said|had|does|did|needs|got|'s|and|,(?! (?:from|the) )))"),
    ("ordinal", r"(?:on )?(?:the )?(?P<dom>\d{1,2})th\b(?! (?:of |- )?" + MO + r")(?! (?:birthday|year|time|lesson|period|form|century|grade|day of|place|floor|appointment|one|round|lot|dose|bout|attempt|opinion|infection|child|kid|bus|train)\b)(?! 1(?! ?(?:am|pm|a m|p m|o '|[.:]))\b)"),
    ("thenumber", r"(?:(?<=on )|(?<=until )|(?<=from )|(?<=back )|(?<=since )|(?<=to )|(?<=- )|^|(?<=and ))the (?P<dom>\d{1,2})\b(?![./:]\d)(?! (?:of|days?|hours?|weeks?|children|other|am|pm|school|boys|girls|minutes?|year|lads|bus|oclock|clock|o)\b)|the (?P<end>[89]|[12]\d|3[01])(?= ?(?:$|[,!?;]|\.(?!\d)))"),
    ("barepair", r"(?:(?<=on )|(?<=off )|(?<=school )|(?<=miss )|(?<=absent ))(?:the )?(?P<dom>\d{1,2}) ?(?:and|\+|,) ?(?:the )?(?P<dom2>\d{1,2})(?= ?(?:$|[.,!?;]|for\b|we\b|he\b|she\b|they\b|i\b|because\b|please\b|as\b|so\b))"),
    ("barespan", r"(?:(?<=from )|(?<=on )|(?<=off )|(?<=dates )|(?<=[.,] )|^)(?P<dom>\d{1,2}) ?(?:-|to|until) ?(?P<dom2>1[3-9]|2\d|3[01])(?= ?(?:$|[.,!?;]|please\b|inshallah\b|not\b|for\b|because\b|as\b|we\b|he\b|she\b|they\b))"),
    ("barenumber", r"(?:(?<=on )|(?<=from )|(?<=until )|(?<=to )|(?<=back )|(?<=come )|(?<=comes )|(?<=class )|(?<=school )|(?<=return )|(?<=not )|(?<=fly )|(?<=flying )|(?<=leave )|(?<=leaving )|(?<=, )|(?<=\. ))(?P<dom>1[3-9]|2\d|3[01])(?= ?(?:$|[.,!?;]|inshallah\b|please\b|thanks?\b|not\b|if\b|because\b|we\b|he\b|she\b|they\b|for sure\b|xx?\b))|(?<=on )(?P<low>[1-9]|1[0-2])(?= ?(?:$|[.!?;]))"),
    ("ordinalword", r"on the (?P<ordword>" + ORD + r")(?= (?:of|until|to|,|\.|and|-)|$)"),
    ("numberrange", r"(?:(?<=from )|^)(?P<dom>\d{1,2}) (?:-|until|to) (?P<dom2>\d{1,2}) (?:of |in )?(?P<mod>this|next|last) month\b"),
    ("daymonthnum", r"^(?P<dom>\d{1,2}) - (?P<month>\d{1,2})$"),
)  # fmt: skip

NAMES = [name for name, _ in FORMS]
COMPILED = {name: re.compile(rf"(?<![\w/.]){pattern}") for name, pattern in FORMS}
_GROUPS = re.compile(r"\(\?P<\w+>")
ANY = re.compile("(?<![\\w/.])(?:" + "|".join(f"(?P<{name}>{_GROUPS.sub('(?:', p)})" for name, p in FORMS) + ")")
TRIGGER = re.compile(
    r"\d|day|week|month|night|term|holiday|break|christmas|easter|summer|morrow|morning|afternoon|this pm|year|hour|\bsat\b|\bsun\b"
    r"|january|february|march|april|may|june|july|august|september|october|november|december|inset|evening|\bmar\b"
    r"|wc\b|w / c|on the |lunchtime|now|sleep|school (?:re)?(?:open|start|begin)|end of school"
)

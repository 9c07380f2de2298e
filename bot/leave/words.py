"""Words about leave that the reader does not look for: they count only where a request, or a plan, is known.

Each pattern is asked about a text beside what is on record for the writer's own children, never alone.
"""

from __future__ import annotations

import re

_ASKS = re.compile(
    r"\bleave\b|\btime off\b|\b(?:off|out of|from) school\b|\bholiday\b|\babsence\b|\brequest\b"
    r"|\b(?:take|taking|have) (?:him|her|them|\w+) out\b|\bgoing away\b|\baway from\b",
    re.IGNORECASE,
)
_WITHDRAWS = re.compile(
    r"\b(?:withdraw|cancel|scrap|drop|forget|ignore)\w*\b.{0,40}"
    r"\b(?:leave|request|holiday|trip|application|time off|wedding)\b"
    r"|\b(?:withdraw|cancel|scrap|forget|ignore) (?:it|that|this)\b"
    r"|\b(?:no longer|not|n't|don't|dont|wont|won't)\b.{0,12}\b(?:need|going|go|travel\w*|want)\b.{0,40}"
    r"\b(?:any ?more|after all|leave|time off|now)\b"
    r"|\b(?:trip|holiday|wedding|leave|flights?)\b.{0,25}"
    r"\b(?:is|are|was|has been|been|got|'s) (?:off|cancelled|canceled|called off)\b",
    re.IGNORECASE,
)
_LATE_BACK = re.compile(
    r"\b(?:flight|plane|ferry|train|boat|coach|eurotunnel)s?\b.{0,40}"
    r"\b(?:delay\w*|cancel\w*|missed|moved|changed|late)\b"
    r"|\b(?:delay\w*|stuck|stranded|missed)\b.{0,30}"
    r"\b(?:flight|plane|ferry|train|boat|abroad|airport|here|there|in)\b"
    r"|\b(?:can'?t|cannot|unable to|couldn'?t) (?:get|come|fly|travel) (?:back|home|across|over|off|out)\b"
    r"|\b(?:stay|staying|need)\w* (?:a (?:few|couple of) (?:more )?days|longer|another|until)\b|\bextend\w*\b"
    r"|\b(?:one|two|three|four|some|a few|a couple of|\d) (?:more|extra) days?\b|\bextra days?\b"
    r"|\bwon['’]?t (?:make it|be) (?:back|home)\b"
    r"|\bdon['’]?t know when we(?:['’]ll| will)? (?:get|be|come) (?:back|home)\b"
    r"|\b(?:lost|stolen) passports?\b|\bpassports? (?:\w+ ){0,2}(?:lost|stolen)\b",
    re.IGNORECASE,
)
_UNDER_WAY = re.compile(
    r"\b(?:on|making) (?:his|her|their|our|the|my) way\b|\b(?:set off|setting off|just left|half ?way)\b", re.IGNORECASE
)
_OBJECTS = re.compile(
    r"\b(?:do(?:n'?t| not)|did(?:n'?t| not)|does(?:n'?t| not)|never|not) "
    r"(?:agree|agreed|consent\w*|allow|give (?:my )?(?:consent|permission))\b"
    r"|\bobject(?:s|ed|ion)?\b|\bcourt order\b|\bprohibited steps\b"
    r"|\bwithout my (?:consent|permission|agreement|knowledge)\b|\bno (?:consent|permission) (?:from me|to)\b"
    r"|\bnot (?:allowed|permitted) to (?:go|travel|take)\b"
    r"|\bdo(?:n'?t| not) want (?:him|her|them|\w+) (?:to go|going|taken|travelling)\b",
    re.IGNORECASE,
)
_CHANGES = re.compile(
    r"\b(?:change|changed|move|moved|instead|actually|meant|correction|rather than|not the|different dates?|new dates?"
    r"|make (?:it|that|them))\b",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(r"\bauthori[sz]\w*|\bleave\b|\bagree\w*\b|\bapprov\w*\b|\bcount\w* as\b", re.IGNORECASE)
_FORM = re.compile(
    r"\b(?:form|link|apply|application)\b.{0,40}\b(?:leave|holiday|time off|absence)\b"
    r"|\b(?:leave|holiday|time off|absence)\b.{0,30}\b(?:form|link|application)\b|^\W*leave\W*$",
    re.IGNORECASE | re.DOTALL,
)
_TODAY = re.compile(
    r"\b(?:today|this morning|tonight|now)\b|\b(?:ill|sick|poorly|unwell|temperature|fever|cold|cough\w*|vomit\w*|"
    r"dentist|doctor'?s?|gp|hospital|appointment|headache|bug|rash)\b|\bnot (?:well|coming|in)\b",
    re.IGNORECASE,
)
_NOW_ANOTHER_DAY = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri)day now\b"
    r"|\bnow (?:going to be |on )?(?:the )?(?=(?:mon|tues|wednes|thurs|fri)day\b)",
    re.IGNORECASE,
)
"""The day of what was moved: "the wedding is Thursday now"."""
_NOW = re.compile(
    r"\b(?:today|this morning|tonight|right now|not coming in|(?:not|won'?t) be(?:ing)? in)\b", re.IGNORECASE
)
_SAYS_BACK = re.compile(
    r"\b(?:back|return\w*|home|until|till|land(?:s|ing)?|fly(?:ing)?)\b[^.?!]{0,30}?"
    r"(?:\b(?:\d{1,2}\b|\d{1,2}(?:st|nd|rd|th)\b)|\b(?:mon|tues?|wed(?:nes)?|thurs?|fri)(?:day)?\b)",
    re.IGNORECASE,
)
_SAYS_ONLY = re.compile(r"\b(?:only|just)\b", re.IGNORECASE)
_SAYS_MORE = re.compile(r"\b(?:too|also|as ?well)\b|^\W*(?:and|plus)\b", re.IGNORECASE)
_WHAT_IT_IS = re.compile(
    r"\b(?:it['’]?s|it is|it was|this is|that['’]?s|because(?: of)?|for)\s+(?:for |actually |really |not ){0,2}"
    r"(?:my|his|her|our|their|a|an|the)\b",
    re.IGNORECASE,
)
_SOME_DAYS = r"(?:a|an|one|two|three|four|five|\d+|some) (?:day|week|morning|afternoon)s?\b"
_OF_LEAVE = (
    r"\b(?:have|has|be given|given|get|be granted|granted|be allowed|request|ask for)\s+"
    r"(?:(?:some|any|a|an|one|two|three|\w+'s|\d+|days?|weeks?|mornings?|afternoons?|of|authori[sz]ed|special)\s+){0,4}leave"
    r"(?=\s*(?:$|[?.!,]|(?:for|on|from|of absence|next|this|tomorrow|in|so|as|because|please)\b"
    r"|to (?:go|visit|see|attend)\b))"
)
_MAY = r"\b(?:could|can|may|might|(?:would|is) it (?:be )?(?:ok|okay|alright|all right|possible))\b.{0,60}?"
_ASKS_OFF = re.compile(
    _MAY + r"\b(?:(?:have|has|be|get|give|given|take|taking|book\w*|allow\w*)\b.{0,80}\boff\b"
    rf"|(?:take|taking|have) .{{1,40}}?\bout of school\b|take (?:\w+ ){{1,3}}out for {_SOME_DAYS})"
    r"|\b(?:(?:i|we)(?:['’]?d| would)(?: really)? (?:like|love)|(?:i|we) (?:want|need|wish|hope)|hoping) to take "
    r"(?:\w+ (?:and )?){1,3}?(?:to|away)\b",
    re.IGNORECASE | re.DOTALL,
)
_SAYS_AWAY = re.compile(
    r"\b(?:off|absent|away|at home|missing|school)\b"
    r"|(?:n['’]?t|\bnot|\bno) (?:be )?(?:\w+ )?(?:in|com\w+|go\w+|attend\w*)\b",
    re.IGNORECASE,
)
_TAKES_TO = re.compile(r"\btak(?:e|ing) (?:\w+ (?:and )?){1,3}?(?:to|away)\b", re.IGNORECASE)
_ABOUT_TIME_OFF = re.compile(
    r"^(?!\W*(?:(?:hi|hello|hey|sorry)\W+)*(?:who|how|where)\b).*?"
    r"\b(?:ask|asking|enquir\w*|inquir\w*|talk|speak|query|apply|applying|request|requesting|book|booking|arrange"
    r"|arranging|need|want|like|requires?|sort out)\b(?: \w+){0,4}? (?:about |for |re |regarding )?"
    r"(?:(?:a|some|any|few|couple|bit|the|of|2|two|3|three) ){0,4}"
    r"(?:time off|days? off|days? out of school|time out of school|leave of absence|absence leave|term[- ]?time leave)"
    r"\b(?! (?:from (?:the|these|your|all)|work)\b)",
    re.IGNORECASE | re.DOTALL,
)
_PAST_OR_TODAY = re.compile(
    r"\b(?:today|yesterday|had|has|was|were|last|sick|ill|poorly|work|been|struggl\w*)\b", re.IGNORECASE
)
_MAY_HAVE_LEAVE = re.compile(_MAY + _OF_LEAVE, re.IGNORECASE | re.DOTALL)
_TIME_OFF = re.compile(
    r"\b(?:time|days?|weeks?|mornings?|afternoons?|(?:mon|tues|wednes|thurs|fri)day) off\b|\bout of school\b"
    rf"|\b(?:book|take) (?:\w+ ){{1,4}}off for \w+ days?\b|{_OF_LEAVE}|\btake (?:\w+ ){{1,3}}out for {_SOME_DAYS}",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\b(?:today|tomorrow|tmrw|tonight|weekend|(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|satur|sun)(?:day)?s?"
    r"|(?:next|this|coming|following|first|last) week|week (?:of|commencing|beginning|starting)|w/?c|half[- ]term"
    r"|(?:end|start|last day|first day) of (?:the )?(?:term|week|month)|\d{1,2}(?:st|nd|rd|th)|\d{1,2}[/.]\d{1,2}"
    r"|christmas|easter|new year)\b",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"\b(?:off|leave(?: of absence)?|out(?: of school)?)\b(?:\s+please)?[,\s]+((?:for|because|as|to|so)\b.+)",
    re.IGNORECASE | re.DOTALL,
)
_WHY_LATER = re.compile(
    r"\b(?:off|leave|out of school) (?:in|on|from|the|next|this)\b[^.?!]{0,40}?"
    r"\s((?:for (?:an?|the|my|our|his|her|their) (?!week|day|few|couple|morning|afternoon)|because )\w.*)",
    re.IGNORECASE | re.DOTALL,
)
_WHY_BEHIND = re.compile(
    r"\b(?:off|out of school)\b.*?[,.;?]\s*"
    r"((?:we|it['’]?s|he|she|they|my|our|his|her|i)\b(?:[\s'’]+\w+){2,}.*)",
    re.IGNORECASE | re.DOTALL,
)
_LATE_TODAY = re.compile(
    r"\b(?:running late|be late|late (?:today|this morning)|overslept|on (?:his|her|their|our|the) way"
    r"|stuck in traffic)\b",
    re.IGNORECASE,
)
_REQUESTS = re.compile(
    r"\b(?:request\w*|ask(?:ing)?|apply(?:ing)?|like)(?: for)? (?:some |a )?(?:leave|time off)\b|\bleave of absence\b",
    re.IGNORECASE,
)
_MAY_THEY = re.compile(
    r"\b(?:can|could|may) (?:he|she|they|\w+) (?:please )?(?:go|attend|take part|play|join|compete|miss)\b"
    r"|\b(?:can|could|may|might) (?:\w+ and )?\w+ (?:please )?"
    r"(?:have (?:an?|the|that|this)? ?(?:whole |full |rest of the )?(?:days?|mornings?|afternoons?|time|\w+day)\b"
    r"|be (?:off|out|released|excused|allowed|let)\b)"
    r"|\b(?:is|would) (?:that|this|it) (?:be )?(?:ok|okay|alright|all right|allowed|possible)\b",
    re.IGNORECASE,
)
_NEWS = r"(?:answer|decision|update|news|response)"
_ANSWER_YET = re.compile(
    rf"\b(?:{_NEWS}|decided|heard|word|reply|approved|agreed)\b.{{0,30}}\b(?:yet|leave|request)\b"
    rf"|\b(?:any|an|no) {_NEWS}\b|\bhas (?:it|this|the leave) been (?:agreed|approved|decided)\b",
    re.IGNORECASE,
)
_HOLIDAY = re.compile(r"\b(?:holiday|vacation|city break|cruise)s?\b", re.IGNORECASE)
_COMES_LATE = re.compile(
    r"\b(?:late|later|delay\w*|traffic|overslept|slept in|running|bus|minutes?|mins?|on (?:his|her|their|the|our) way"
    r"|stuck|broke(?:n)? down|flat tyre|missed|today|this morning|now|be (?:there|in))\b",
    re.IGNORECASE,
)
_LINK = re.compile(r"\bhttps?://\S+", re.IGNORECASE)
_POLITE = re.compile(
    r"(?:\W|\b(?:ok|okay|k|thanks?|thank you|thx|ta|cheers|great|lovely|brilliant|perfect|will do|no problem|hi|hello"
    r"|good|morning|afternoon|evening|so much|very much|again|for letting (?:me|us) know|x+)\b)*",
    re.IGNORECASE,
)


def asks_for_leave(text: str) -> bool:
    """The words are about being away from school with leave."""
    return _ASKS.search(text) is not None


def only_polite(text: str) -> bool:
    """Thanks, a greeting or an emoji, and no word of anything else."""
    return _POLITE.fullmatch(text) is not None


def withdraws(text: str) -> bool:
    """The family does not go, or takes the request back."""
    return _WITHDRAWS.search(text) is not None


def late_back(text: str) -> bool:
    """A flight is delayed, or the stay gets longer."""
    return _LATE_BACK.search(text) is not None


def under_way(text: str) -> bool:
    """Somebody is on the way, wherever the train stands."""
    return _UNDER_WAY.search(text) is not None


def objects(text: str) -> bool:
    """Somebody does not agree that the child goes, or names a court order."""
    return _OBJECTS.search(text) is not None


def changes(text: str) -> bool:
    """The words put something in the place of something else."""
    return _CHANGES.search(text) is not None


def asks_afterwards(text: str) -> bool:
    """The words want an absence that is over to be authorised."""
    return _AFTERWARDS.search(text) is not None


def wants_the_form(text: str) -> bool:
    """The writer asks how, or for the form: "leave form please", or the one word LEAVE."""
    return _FORM.search(text) is not None


def is_of_today(text: str) -> bool:
    """The words report somebody ill or away now, in so many words: an address can read like anything."""
    return _TODAY.search(_NOW_ANOTHER_DAY.sub(" ", text)) is not None


def is_now(text: str) -> bool:
    """The words say today, this morning: no illness alone."""
    return _NOW.search(text) is not None


def says_back(text: str) -> bool:
    """The words name the day of coming back or landing, by a number or a day of the week: "only back on the 21st"."""
    return _SAYS_BACK.search(text) is not None


def says_only(text: str) -> bool:
    """Fewer are meant than were asked for: "I meant Monday only"."""
    return _SAYS_ONLY.search(text) is not None


def says_more(text: str) -> bool:
    """Something is added to what was said: "the 9th too", "and Friday"."""
    return _SAYS_MORE.search(text) is not None


def says_what_it_is(text: str) -> bool:
    """The words say what the days are for: "it's my father's funeral", "because of a wedding"."""
    return _WHAT_IT_IS.search(text) is not None


def asks_off(text: str) -> bool:
    """A question whether somebody may be away: "could they have ... off", "can I ask about time off for Ella"."""
    about = _ABOUT_TIME_OFF.search(text) is not None and _PAST_OR_TODAY.search(text) is None
    return about or _ASKS_OFF.search(text) is not None or _MAY_HAVE_LEAVE.search(text) is not None


def says_away(text: str) -> bool:
    """The words say that somebody is off, away, or not coming."""
    return _SAYS_AWAY.search(text) is not None


def takes_to(text: str) -> bool:
    """The words say where the family wants to take the child: why, in its own words."""
    return _TAKES_TO.search(text) is not None


def requests_leave(text: str) -> bool:
    """The words ask for leave by that very name."""
    return _REQUESTS.search(text) is not None


def may_they(text: str) -> bool:
    """The words ask whether a child may go."""
    return _MAY_THEY.search(text) is not None


def asks_for_the_answer(text: str) -> bool:
    """The words ask whether the request is decided."""
    return _ANSWER_YET.search(text) is not None


def of_time_off(text: str) -> bool:
    """The words are of time away from school, and of nothing that is taken off a list, or a coat."""
    return _TIME_OFF.search(text) is not None


def says_when(text: str) -> bool:
    """The words say a day in some way; "two days in December" does not."""
    return _WHEN.search(text) is not None


def why_asked(text: str) -> str:
    """What follows the question itself ("for a wedding", "we are going to my sister's"); "" where nothing does."""
    found = _WHY.search(text) or _WHY_LATER.search(text) or _WHY_BEHIND.search(text)
    return found[1] if found else ""


def late_today(text: str) -> bool:
    """A child who is on the way this morning, in so many words; "back late" and "by bus" are none."""
    return _LATE_TODAY.search(text) is not None


def is_holiday(text: str) -> bool:
    """The words name a holiday as the reason."""
    return _HOLIDAY.search(text) is not None


def comes_late(text: str) -> bool:
    """The words are of a child who is on the way: beside our question, nothing less is taken for that."""
    return _COMES_LATE.search(text) is not None


def has_link(text: str) -> bool:
    """A link came with the words."""
    return _LINK.search(text) is not None


_ASKS_BACK = re.compile(
    r"^\W*(?:(?:but|sorry|and|why|what|who|how|do|does|is|can|could|should) )+[^?]*\?\W*$", re.IGNORECASE
)
_OF_LESSONS = re.compile(
    r"^\W*(?:(?:he|she|they|\w+)(?:['\u2019]?s| is| are| has| have)|in)\b[^.,;]*\b(?:maths|english|science|history"
    r"|geography|french|art|music|drama|pe|year (?:\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven)|class"
    r"|lessons?|tutor|form|set|detention|assembly|registration)\b"
    r"(?!\w*,? (?:street|road|lane|close|avenue|house|hotel|apartments?))[^,;\d]*$",
    re.IGNORECASE,
)


def asks_back(text: str) -> bool:
    """ "What for?", "why do you need that?": to what we asked a question, and no answer."""
    return _ASKS_BACK.search(text) is not None


def of_lessons(text: str) -> bool:
    """ "She's in maths", "he is in year 9": of the child at school, and nothing of a journey."""
    return _OF_LESSONS.search(text) is not None

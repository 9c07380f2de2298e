"""Idle words: what a message may be of which the weights make chat, or a return that no word of it tells.

Thanks, kisses and signatures are nothing to act on. A reason behind an "ok" is asked about, anger at us is for a
person, and nobody is back in school for a guess.
"""

from __future__ import annotations

import re

from attendance.calendar import local
from bot.understanding.evidence import Reading
from bot.understanding.places import places_in

_PLAIN_REASON = 0.9
#: "She has a cold": who, and that it is so now; with one of the others it is over, or somebody's wish.
_THEY, _HAS, _NEAR = frozenset(("he", "she", "they")), frozenset(("has", "have", "is", "are", "'s", "got")), 4
#: So little sure that it is read back before anything is recorded, at any school.
TO_BE_READ_BACK = 0.05
_OVER = frozenset("had was were been last yesterday ago better recovered when if hope hoping not no never".split())
_RETURNS = frozenset(
    "in back better come comes coming came bring brings bringing brought drop dropping dropped school way walk walking"
    " well recovered fine good return returns returning returned sending longer extend extra until till"
    " still same".split()
)
_SPORT = r"(?:pe|games|swim\w*|sports?|gym|football|rugby|netball|hockey|trampolin\w*|dance|cross country)"
_SPARED = re.compile(
    rf"\b(?:excuse\w*(?: \w+){{0,4}}|miss\w*(?: \w+){{0,2}}|sit\w* out(?: \w+){{0,2}}|no|but not"
    rf"|(?:(?:will|can|is|are|should) )?not (?:do|doing|(?:be )?able to (?:do|take part in|play)"
    rf"|(?:be )?(?:doing|allowed to do)|take part in|play|go))"
    rf"(?: any)? {_SPORT}\b|\bnot swim\b"
)
_ASKS = re.compile(
    r"(?:(?:hi|hello|hiya|morning|sorry|please|just|and|but|so|thank you|thanks|ok) )*(?:, )?"
    r"(?:(?:can|could) you (?:please )?(?:check|tell me|confirm|let me know|say)|(?:just )?checking|do you know"
    r"|is|are|was|has|have|did|does)\b[^.!?]*(?: \?)*(?: emoji)*"
)
_IN_SCHOOL = re.compile(
    r"\b(?:in|there|arrived|at school|in school|in class|with you|turned up)(?: (?:yet|now|today|ok|or not))?(?: \?)*$"
)
#: A question of no more words, with its question mark, asks and tells nothing beside.
A_PLAIN_QUESTION = 11
_OF_RETURN = ("back", "fine", "present", "late", "cancel", "unknown_return", "weak_present")
#: What is said to be wrong where it is not the school that is wrong, and the words that such a reply has at most.
_WRONG_NUMBER, _A_SHORT_REPLY = frozenset(("number", "person", "phone")), 8
_SOMEBODY_ELSES = re.compile(
    r"^(?:(?:sorry|no|nope|er|um|hi|hello|think|i|this is|that is|he is|she is|they are|,|[.]) ?)*"
    r"(?:not my (?:child|kid|kids|children)|not (?:a|any) (?:child|kid) of (?:mine|ours)"
    r"|(?:you have|you)? ?(?:got|texted|messaged|reached) (?:the )?wrong"
    r" (?:mrs|mr|ms|miss|dr|family|lady|woman|man|bloke)"
    r"(?: \w+)?"
    r"|you (?:have|must have|must be|are) (?:got )?(?:me mixed up|mixing me up|mixed me up|me confused|confusing me"
    r"|confused me)"
    r" with (?:someone|somebody|another)(?: (?:else|parent|mum|dad|family|number))?"
    r"|(?:(?:you have )?(?:got )?(?:the )?wrong (?:child|kid|girl|boy|one) ?[,.!]* ?(?:(?:that|it|he|she) is )?my"
    r" (?:niece|nephew|cousin|neighbour|neighbor|friend)(?: 's)?(?: (?:child|kid|son|daughter|girl|boy))?"
    r"|my (?:niece|nephew|cousin) ?,? ?not mine))"
    r"(?: (?:mate|love|sorry|thanks|pal|hun|there))* ?[.!]*$"
)
_A_SEC = r"(?:secs?|seconds?|mins?|minutes?|mo|moment|tick)"
_SPEAKS = (
    r"(?:(?:i|we|can|could|let me|am|was|will|about to|going to|just|need to|have to|and) )*"
    r"(?:speak|talk|ring|call|phone|text|message|reply|get back|ringing|calling|phoning|texting)"
    r"(?: (?:to|you|u|back|in|school|the school|the office|the school office|reception|on your break))*"
)
_SOON = (
    r"(?:(?:later|soon|shortly|now|asap|today|after|afterwards|first thing"
    r"|in (?:a|an|one|half an|the next|\d+)(?: couple of)?"
    rf" (?:bit|hours?|{_A_SEC})"
    r"|(?:at|on|after) (?:my |the )?(?:lunch|lunchtime|break|breaktime|dinner|work)"
    r"|when i (?:can|finish|get (?:a chance|a minute|in|home|out|off)|am (?:free|out|off|home))(?: work)?) ?)+"
)
_BESIDE = r"(?:(?:ok|and|so|but|just|please|thanks|,) )*"
_PUTS_OFF = re.compile(
    rf"{_BESIDE}(?:(?:sorry|hi|hello|i|am|can not (?:talk|speak|chat|reply|answer)|in a meeting|busy|driving|at work"
    rf"|on a call|now|atm|right now|at the moment|{_SPEAKS} {_SOON}"
    r"|hang on|hold on|wait|bear with me|[,.!]"
    rf"|(?:give me |just |only )*(?:a|one|two|five|ten|\d+) {_A_SEC}) {_BESIDE})+"
)
_IN_HASTE = 24
#: "Think this was meant for someone else": our text, or one of their own, that went astray.
_ASTRAY = re.compile(
    r"\b(?:meant|intended|was|is) (?:to be )?for (?:someone|somebody|another) (?:else|person|parent|family)\b"
)
_OF_THE_CHILD = (
    "absent", "back", "not_back", "late", "present", "weak_present", "missing", "lost", "with_me", "other_parent",
    "cancel", "leaver", "same", "fine", "whole_day", "appt_return",
)  # fmt: skip
#: A signature, or a sigh, has no more words; these are what somebody says who tells nothing.
A_SIGNATURE, _POLITE = 3, frozenset(("kind:thanks", "kind:confirm", "kind:kin_claim", "kind:auto"))
#: What may stand beside the writer's own number, and how many digits a number has at least.
_OF_A_NUMBER = frozenset(
    "my our new number mobile phone no is it this the here on at ring call text me us please".split()
)
_DIGITS = 9
#: Beside one of these somebody is still on the way, or will be.
_UNDER_WAY = frozenset("will be coming just only now running sorry way stuck nearly parking here shortly soon".split())


def only_a_number(seen: Reading) -> bool:
    """ "07700 900123", "my number is 07700 900123": somebody has to look whose it is, or to ring it."""
    texts = [text.lstrip("+") for text in seen.words.texts]
    if sum(len(text) for text in texts if text.isdecimal()) < _DIGITS:
        return False
    return all(text.isdecimal() or text in _OF_A_NUMBER or not text[:1].isalnum() for text in texts)


def asks_of_another(seen: Reading) -> bool:
    """ "Did Ruby get in ok?", where we asked about Ava: it answers nothing of Ava, and a person answers it."""
    asked, named = seen.message.asked, {child for one in seen.who.named for child in one.children}
    if asked is None or asked.kind == "child" or not named or not named.isdisjoint(asked.about):
        return False
    short = len(seen.words.texts) <= A_PLAIN_QUESTION and not seen.danger.hits
    return short and _ASKS.fullmatch(seen.words.line) is not None


def says_with_me(seen: Reading) -> bool:
    """ "He's with me, will explain later": where the child is, and not why it is away."""
    return is_with_me(seen) and seen.why.code in (None, "N")


def is_with_me(seen: Reading) -> bool:
    """ "She's with me, I fetched her at lunch": whatever is told of school behind it, nobody has to look."""
    children = {child for one in seen.who.named for child in one.children}
    several = len(children) > 1 or (not children and len(seen.message.children) > 1)
    here = "?" not in seen.words.texts and places_in(seen.words.line).opens_with_me()
    return here and not several and not seen.signals.has_any("lost", "missing")


def asks_whether_in(seen: Reading) -> bool:
    """ "Is Ava in?", where we asked why Ava is away: whoever asks that has not got her."""
    asked, named = seen.message.asked, {child for one in seen.who.named for child in one.children}
    if asked is None or asked.kind not in ("absence", "reason") or not named or not named <= set(asked.about):
        return False
    line = seen.words.line
    return _ASKS.fullmatch(line) is not None and _IN_SCHOOL.search(line) is not None and not seen.days.roles


def only_of_a_mark(seen: Reading) -> bool:
    """ "Stop marking him late", "he got a late for one minute": of a mark that was given, and of nothing to come."""
    today = seen.message.asked is not None or seen.times.roles or not _UNDER_WAY.isdisjoint(seen.words.texts)
    return seen.signals.has("late_mark") and not today


def only_weary(seen: Reading) -> bool:
    """ "Every single time you text me. Sick of it": anger at us, in which no word says why or when a child is away."""
    said = seen.signals.has_any("absent", "late", "back", "present") or any(r == "absent" for _, r in seen.days.roles)
    return seen.signals.has("weary") and seen.why.code is None and not said


def only_complains(seen: Reading) -> bool:
    """ "I want to make a complaint to the head", "can I talk to a human being": nothing is said of the child."""
    told = seen.signals.has_any("absent", "late", "back", "present", "missing", "lost", "with_me", "other_parent")
    silent = seen.why.code is None and not seen.days.roles and not seen.times.roles and not told
    return silent and seen.signals.has_any("complains", "a_person", "hounded")


def only_excused(seen: Reading) -> bool:
    """ "Please excuse Tom from PE today, he has a bad ankle": he comes to school, and a person passes it on. Not so
    "Tom is sick, back tomorrow. Won't be able to do PE then".
    """
    spared = _SPARED.search(seen.words.line)
    if spared is None or seen.signals.has_any("late", "present") or _back_on_a_later_day(seen):
        return False
    places = (seen.words.offsets[hit.first] for hit in seen.signals.by.get("absent", ()))
    return all(spared.start() <= place < spared.end() for place in places)


def _back_on_a_later_day(seen: Reading) -> bool:
    today = local(seen.message.sent_at).date()
    days = [mention.first for mention, role in seen.days.roles if role == "return" and mention.first is not None]
    return seen.signals.has("back") and any(day > today for day in days)


def only_wrong_number(seen: Reading) -> bool:
    """ "Wrong number mate", "not my child", "you've got the wrong Mrs Moss", to what we read back: that takes nothing
    back of what this number told us before. "You've texted a taxi firm": no word of that tells why a child is away.
    """
    words = [text for text in seen.words.texts if text[0].isalnum()]
    hits = seen.signals.by.get("wrong_number", ())
    trades = [hit for hit in hits if "<trade>" in hit.phrase]
    said = bool(trades) or (bool(hits) and not _WRONG_NUMBER.isdisjoint(words) and "wrong" in words)
    whole = _SOMEBODY_ELSES.search(seen.words.line) is not None
    reasons = (hit for hit in seen.hits if hit.tag.startswith("why:"))
    own = any(hit.stands_apart(trades) for hit in reasons)
    more = seen.days.roles or seen.times.roles or seen.who.named or own
    return (whole or (said and len(words) <= _A_SHORT_REPLY)) and not more


def says_of_return(seen: Reading) -> bool:
    """A day, a time, or any word of being back or on the way: without one a return is a guess."""
    said = seen.days.roles or seen.times.roles or not _RETURNS.isdisjoint(seen.words.texts)
    return bool(said) or seen.signals.has_any(*_OF_RETURN)


def tells(seen: Reading) -> bool:
    """Any list knows a word of it, other than thanks, or a number is said."""
    if any(text.isdigit() for text in seen.words.texts):
        return True
    return any(hit.tag.startswith(("why:", "kind:")) and hit.tag not in _POLITE for hit in seen.hits)


_A_YES = frozenset("hi hello hey good morning afternoon sorry ok okay yes yeah thanks thank you , . !".split())


def puts_us_off(seen: Reading) -> bool:
    """ "Can't talk now", "in a meeting", "hang on": the writer is busy, and says nothing of the child."""
    asked = seen.message.asked
    if asked is not None and asked.kind == "confirm" and _A_YES.issuperset(seen.words.texts):
        return False  # "sorry, ok thanks"
    return len(seen.words.texts) <= _IN_HASTE and _PUTS_OFF.fullmatch(f"{seen.words.line} ") is not None


def went_astray(seen: Reading) -> bool:
    """ "I think this was meant for someone else", and nothing beside it: a person looks whose number it is."""
    told = seen.days.roles or seen.times.roles or seen.who.named or seen.why.code is not None
    return _ASTRAY.search(seen.words.line) is not None and not told and len(seen.words.texts) <= A_PLAIN_QUESTION


def says_of_the_child(seen: Reading) -> bool:
    """Any word of why or when the child is away, or of where it is."""
    return any(hit.tag.startswith("why:") for hit in seen.hits) or seen.signals.has_any(*_OF_THE_CHILD)


def opens_with_ok(seen: Reading) -> bool:
    """ "Ok, he has a cold": perhaps only an answer to ours."""
    return seen.words.texts[:1] in (["ok"], ["okay"], ["k"], ["oh"], ["right"], ["thanks"], ["alright"])


def has_it_now(seen: Reading) -> bool:
    """ "Ok fine, she has a cold": a plain reason of the child's own behind the politeness, and nothing of it over.

    It may be about today, or only be told ("thanks, he has asthma so will need his pump"): we ask.
    """
    texts, children = seen.words.texts, {n for named in seen.who.named for n in range(named.first, named.until)}
    asks_or_over = "?" in texts or not _OVER.isdisjoint(texts) or seen.signals.has("back")
    if asks_or_over or seen.why.code in (None, "N") or seen.why.certainty < _PLAIN_REASON:
        return False
    return any(
        texts[number] in _HAS and (number - 1 in children or texts[number - 1] in _THEY)
        for hit in seen.why.hits
        if hit.tag.endswith(":strong")
        for number in range(max(1, hit.first - _NEAR), hit.first)
    )

""" "Ella's grandad has died, I am coming to get her", of a child who sits in class: it is away from now on.

Nobody is asked where it is after lunch; the office hears at once that somebody comes for it, and enters the code. So it
is of "you rang me to collect her", which is put forward as illness (A64).
"""

from __future__ import annotations

import re
from dataclasses import replace

from attendance.absences import Absence
from attendance.calendar import Session, local
from bot.for_staff.passing_on import NO_REASON, has_closed, is_to_read, to_read
from bot.naming import is_named
from bot.outcome import Heard, Outcome, Record, Reply, Situation
from bot.understanding import Understanding

COMES_FOR_IT = "Somebody is on the way to collect the child: see that it may go, and who comes. No code is put forward."
COMES_ILL = "Somebody is on the way to collect the child, who is reported: see that it may go, and who comes."
WAS_FETCHED = "The family says that it was called and has collected the child: check that it was signed out, and why."
LEAVES = "A child in class is to leave at a time that the family says: see that it may go, and who comes for it."
_LET_OUT = re.compile(
    r"\b(?:can|could|please|needs? to|has to|have to|will|let|allow)\b(?: \w+){0,4}? "
    r"(?:leave|go|come out|be let out|finish|be (?:collected|released|picked up))(?: early| school| class)?"
    r" (?:at|by|for|just before|around|about) (?:about )?(?:\d|half|quarter|noon|lunch)"
)
_TO_GET = r"to (?:come and |go and |come |go )?(?:get|collect|fetch|pick(?: \w+)? up)\b"
_FETCHES = re.compile(
    r"\b(?:coming|on (?:my|our|the) way|heading|driving|setting off|leaving|be (?:there|with you)) (?:\w+ ){0,4}?"
    rf"{_TO_GET}"
    r"|\bcoming for (?:him|her|them)\b|\b(?:i|we) (?:am|are) (?:just |now )?(?:collecting|fetching|picking)\b"
)
_IN_SOME_MINUTES = re.compile(
    r"\b(?:in |about |within |me |be |there )\d{1,2}\b(?: ?min\w*| or so)?(?! ?(?:[:.]\d|am|pm|h\w*))"
)
_LATER = re.compile(r"\d|\?|\b(?:after school|home time|hometime|end of|later|tomorrow|usual|tonight|if|lunch|club)\b")
_NOT_NOW = re.compile(rf"{_LATER.pattern}|\b(?:today|not|bring(?:ing)?)\b")
_CALLED = r"(?:rang|rung|called|phoned|asked|told|texted|messaged)"
_THE_SCHOOL = (
    r"(?:you|school|the school|nurse|the nurse|matron|office|the office|reception|the lady|first aid\w*|they)"
    r"(?: have| has)?(?: just)?"
)
_HAVE_IT = r"\bi (?:have |just |already )*(?:fetched|collected|got|picked) \w+\b"
_WAS_CALLED = re.compile(
    rf"\b{_THE_SCHOOL} {_CALLED} (?:\w+ ){{0,2}}?{_TO_GET}"
    rf"|\b{_THE_SCHOOL} {_CALLED}\b.{{0,40}}{_HAVE_IT}|{_HAVE_IT}.{{0,40}}\b{_THE_SCHOOL} {_CALLED}\b"
)
_THE_SCHOOL_CALLED = re.compile(
    rf"\b{_THE_SCHOOL} {_CALLED}\b|\b(?:had|got|have) a (?:phone ?)?(?:call|ring|text|message) (?:off|from)"
    r" (?:you|school|(?:the|your) (?:school|office|nurse|reception|lady|first aid\w*))\b"
)
_COMES_NOW = re.compile(
    r"\bon (?:my|our|the) way\b|\b(?:coming|heading|setting off|leaving)"
    r"(?: (?:over|down|up|straight|work|right))* (?:now|there|over)\b"
    r"|(?:\b(?:i|we|will|shall)|,|\.|^)(?: will| shall)? ?be (?:there|with you|over|right)\b"
)
"""After a call of the school's, who comes comes for the child."""
_NEVER = re.compile(r"\?|\b(?:not|never|nobody|no one|why|who|did|should|tomorrow|yesterday|if|wrong)\b")
#: Why a school has a child fetched, and the words that say no other reason.
_NURSE = re.compile(
    r"\b(?:nurse|matron|first aid\w*|medical|sick|ill|poorly|unwell|temperature|fever|hurt|bumped|fell)\b"
)
_FEELS = re.compile(
    rf"{_NURSE.pattern}"
    r"|\b(?:head\w*|tummy|belly|stomach|ears?|throat) (?:is |are |s )?(?:\w+ )?(?:bad|sore|killing|banging)\b"
    r"|\b(?:\w*ache|pains?|dizzy|faint|threw up|thrown up|throwing up|vomit\w*|nose ?bleed\w*)\b"
)
_NO_MORE_THAN_THAT = 10


def who_is_fetched(heard: Heard, understood: Understanding, situation: Situation) -> tuple[str, ...]:
    """The children for whom somebody comes now, by words that say no time, or who were fetched; in class or not."""
    if not _leaves_it_open(understood) or not (_is_on_the_way(heard) or _has_fetched(heard)):
        return ()
    if any(report.arrives is not None or report.code is not None for report in understood.reports):
        return ()
    return _whose(heard, situation)


def _leaves_it_open(understood: Understanding) -> bool:
    """No reason and no day is read of it: of a child who was ill yesterday, "his head is bad again" is heard as more of
    that illness, without a day of return.
    """
    if understood.intent == "return":
        return all(report.return_day is None for report in understood.reports)
    return understood.intent in ("question", "late", "chat")


def _whose(heard: Heard, situation: Situation) -> tuple[str, ...]:
    mine = situation.sender.may_report
    named = tuple(pupil for pupil in mine if is_named(heard.text, pupil, situation))
    return named or (mine if len(mine) == 1 else ())


def _is_on_the_way(heard: Heard) -> bool:
    line = _without_minutes(heard)
    return _FETCHES.search(line) is not None and not _NOT_NOW.search(line)


def _without_minutes(heard: Heard) -> str:
    """Without "in 10 mins", which is now."""
    return " ".join(_IN_SOME_MINUTES.sub(" ", heard.line).split())


def _has_fetched(heard: Heard) -> bool:
    return _WAS_CALLED.search(heard.line) is not None and not _NEVER.search(heard.line)


def fetched_now(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """What such words lead to; None for any others, and where the child is not in class."""
    pupils = who_is_fetched(heard, understood, situation)
    if not pupils or not all(is_in_class(pupil, heard, situation) for pupil in pupils):
        return None
    has_it = _has_fetched(heard)
    code = _code(heard) if has_it else "I" if _is_called_for_illness(heard) else "N"
    gone = tuple(_gone(pupil, code, heard, situation) for pupil in pupils)
    because = WAS_FETCHED if has_it else COMES_FOR_IT if code == "N" else COMES_ILL
    read = replace(to_read(heard, situation, because), key=f"message/{heard.id}{NO_REASON}", pupils=pupils)
    conversation = situation.conversation.has_recorded(tuple(one.id for one in gone), heard.at)
    return Outcome(conversation, (*map(Record, gone), read), Reply("absence.handed_to_staff", pupils))


def with_who_comes(heard: Heard, outcome: Outcome, situation: Situation) -> Outcome:
    """The same outcome, and the office hears that somebody comes now for a child in class who is reported ("coming to
    get Ella, she feels sick"): nobody else lets it go.
    """
    line = _without_minutes(heard)
    called = _THE_SCHOOL_CALLED.search(line) is not None and _COMES_NOW.search(line) is not None
    comes = called or _FETCHES.search(line) is not None
    if not comes or _LATER.search(line) or any(map(is_to_read, outcome.effects)):
        return outcome
    new = {one.absence.pupil: one.absence for one in outcome.effects if isinstance(one, Record)}
    pupils = tuple(
        pupil
        for pupil, absence in new.items()
        if absence.first_day == heard.day and is_in_class(pupil, heard, situation)
    )
    if not pupils:
        return outcome
    return replace(outcome, effects=(*outcome.effects, replace(to_read(heard, situation, COMES_ILL), pupils=pupils)))


def with_who_leaves(heard: Heard, outcome: Outcome, situation: Situation) -> Outcome:
    """The same outcome, and the office hears of a child in class that is to leave at a time, whatever else was read of
    the words ("can Maryam leave at 2, taking them both to the doctor", beside a brother who is ill).
    """
    if not _LET_OUT.search(heard.line) or any(map(is_to_read, outcome.effects)):
        return outcome
    recorded = {one.absence.pupil for one in outcome.effects if isinstance(one, Record)}
    asked = set(outcome.conversation.question.children) if outcome.conversation.question else set()
    named = (pupil for pupil in situation.sender.may_report if is_named(heard.text, pupil, situation))
    pupils = tuple(pupil for pupil in named if pupil not in recorded | asked and is_in_class(pupil, heard, situation))
    if not pupils:
        return outcome
    read = replace(to_read(heard, situation, LEAVES), pupils=pupils)
    if outcome.reply is None:
        return replace(outcome, effects=(*outcome.effects, read), reply=Reply("absence.handed_to_staff", pupils))
    reply = replace(outcome.reply, values={**outcome.reply.values, "passed_on": True})
    return replace(outcome, effects=(*outcome.effects, read), reply=reply)


def _code(heard: Heard) -> str:
    """Called by the nurse, or called and no more said: ill, until the office, which called, says otherwise."""
    return "I" if _NURSE.search(heard.line) or len(heard.text.split()) <= _NO_MORE_THAN_THAT else "N"


def _is_called_for_illness(heard: Heard) -> bool:
    """ "You just rang me to say his head's bad, coming to fetch him now"."""
    return _THE_SCHOOL_CALLED.search(heard.line) is not None and _FEELS.search(heard.line) is not None


def is_in_class(pupil: str, heard: Heard, situation: Situation) -> bool:
    """The morning's register has the child, and the afternoon's is still to close."""
    morning = situation.entered.get((pupil, Session(heard.day, "am")))
    return morning is not None and morning.present and not has_closed(heard, pupil, "pm", situation)


def _gone(pupil: str, code: str, heard: Heard, situation: Situation) -> Absence:
    return Absence(
        id=f"{heard.id}/{pupil}/0",
        pupil=pupil,
        first_day=heard.day,
        code=code,
        recorded_at=heard.at,
        half="pm",
        leaves=local(heard.at).time().replace(second=0, microsecond=0),
        contact=situation.sender.writer,
        message=heard.id,
    )

"""What words may be an answer to, besides the open question: a child whom we miss today, or what was just read back.

The reader takes "left at eight" for an alarm, and "no" for a rejection, only where it knows what they answer. So words
without an open question are read again for exactly these two, and for nothing else.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial

from attendance.absences import Absence
from attendance.calendar import SchoolCalendar
from attendance.closing import LATE
from attendance.codes import is_unexplained
from attendance.policy.certainty import Certainty
from bot.corrections.after_no import put_right_after_no
from bot.corrections.moved import MOVED
from bot.days.dates_answered import dates_answered
from bot.families.answered_for import says_nothing_beside_it
from bot.families.apart import heard_apart
from bot.families.asked_of import of_the_one_asked_about
from bot.families.of_the_one_answered import of_the_one_answered
from bot.families.two_homes import as_this_home_says
from bot.for_staff.only_asks import SEARCHED
from bot.for_staff.question_beside import asks_beside
from bot.for_the_reader import message_in_context
from bot.known import is_away_on
from bot.leave.beside import of_this_morning
from bot.naming import is_named
from bot.outcome import Heard, Situation
from bot.reactions import reaction
from bot.understanding import Asked, Message, Report, Understanding, understand
from bot.understanding.places import places_in
from bot.understanding.words.normalise import line_of
from bot.whereabouts.found import is_with_somebody
from bot.whereabouts.hearsay import MISSED, only_guessed
from bot.whereabouts.of_the_one_missed import of_the_one_missed

_AS_WELL = re.compile(r"\b(?:too|also|as well|same|either|neither|both|and)\b", re.IGNORECASE)
"""With one of these the one child may go along with the other."""
_NO_REASONS = frozenset({None, "N", "O", "G"})
"""Codes under which a guess would be recorded, and no reason that somebody gave."""
_IN_DOUBT = re.compile(r"\b(?:might|may|maybe|perhaps|possibly|if|unless|hop(?:e|es|ing|efully)|not sure)\b")
"""Words that hold one of these report nothing that somebody has not asked for."""
_NOT_SO = re.compile(
    r"\bnot (?:actually |really )?(?:ill|illness|sick|poorly|unwell|off sick|an? (?:illness|appointment))\b"
    r"|\b(?:actually|i meant|sorry|no|mistake)(?: ,)? (?:it is|he has|she has)\b"
)
"""The reason that was told is put right."""
READ_LATELY = 64
"""So many readings are remembered: what several messages that wait together need, each with up to three questions."""


def read_in_context(heard: Heard, situation: Situation) -> Understanding:
    """Understand a message with everything that is known of its writer. Never raises for any text."""
    if heard.quotes_ours or reaction(heard.text) is not None:  # what it quotes are words of ours
        return Understanding("chat", tells=False)
    message = of_the_one_answered(heard, message_in_context(heard, situation), situation)
    message = of_the_one_asked_about(heard, message, situation)
    whole = _read_whole(heard, message, situation)
    if (
        missed := of_the_one_missed(heard, message, whole, situation, partial(_understand, situation=situation))
    ) is not None:
        return missed
    whole = as_this_home_says(heard, message, whole, situation, lambda other: _read_whole(heard, other, situation))
    whole = says_nothing_beside_it(heard, message, whole, situation, partial(_understand, situation=situation))
    whole = heard_apart(message, whole, _missed(heard, situation), situation, lambda part: _understand(part, situation))
    return only_guessed(heard, whole, situation)


def _read_whole(heard: Heard, message: Message, situation: Situation) -> Understanding:
    if message.asked is None:
        return _read_unasked(heard, message, situation)
    first = _without_a_sisters(message, _understand(message, situation), situation)
    question = situation.conversation.open_question(heard.at)
    of_leave = question is not None and question.is_of_leave
    if not of_leave and message.asked.kind not in ("confirm", "return"):
        if (sought := _sought_meanwhile(heard, message, situation)) is not None:
            return sought
        read = partial(_understand, situation=situation)
        return (
            put_right_after_no(heard, message, first, situation, read)
            or _not_known(message, situation)
            or _nothing_told(first, message, situation)
            or first
        )
    plain = _read_unasked(heard, replace(message, asked=None), situation)
    if of_leave and of_this_morning(
        heard, plain, message.asked.kind == "reason", _missed(heard, situation) is not None
    ):
        return plain
    if message.asked.kind not in ("confirm", "return"):
        return first
    alone = question is not None and len(question.drafts) == 1 and not of_leave
    if alone and (whole := dates_answered(heard, message, first, plain)) is not None:
        return whole
    if message.asked.draft is not None:  # "left at eight as usual" is no change of what we asked to be confirmed
        return plain if plain.intent in SEARCHED else _sent_in(first, message, heard, situation) or first
    if (other := _another_reason(plain, first, message, heard, situation)) is not None:
        return other
    if _reports_another(plain, message) or _reports_what_is_not_held(plain, first, heard, situation):
        return plain
    return first if _answers_until_when(first, plain) and not _says_the_day(plain, first) else plain


def _without_a_sisters(message: Message, first: Understanding, situation: Situation) -> Understanding:
    """ "Ring my husband, he has him", to why Tom is away, of whose sister a report is held: words that only beside what
    is held of another child mean that Tom is in school do not mean it.
    """
    asked = message.asked
    held = {child for report in message.known for child in report.children}
    if asked is None or first.intent != "present" or not held or not held.isdisjoint(asked.about):
        return first
    again = _understand(replace(message, known=()), situation)
    return again if again.intent in ("wrong_number", "other_parent") else first


def _sought_meanwhile(heard: Heard, message: Message, situation: Situation) -> Understanding | None:
    """ "Rosalind is in school, I took her in", of a child whom we miss, while the question is which child is ill, or is
    one of an earlier day: what she believes comes before what we asked.
    """
    asked = message.asked
    other_day = asked is not None and asked.day is not None and asked.day < heard.day
    missed = _missed(heard, situation)
    if asked is None or missed is None or not (asked.kind == "child" or other_day):
        return None
    plain = _read_unasked(heard, replace(message, asked=None), situation)
    children = {child for report in plain.reports for child in report.children}
    return plain if plain.intent in SEARCHED and children & set(missed.children) else None


def _not_known(message: Message, situation: Situation) -> Understanding | None:
    """ "I don't know", to why a child is away whom we miss, and of whom nothing was said yet: it is looked for."""
    asked = message.asked
    if asked is None or asked.kind != "reason" or not asked.about:
        return None
    cases = [situation.cases.get(child) for child in asked.about]
    if not all(case is not None and case.is_waiting for case in cases):
        return None
    again = _understand(replace(message, asked=replace(asked, kind="absence", draft=None)), situation)
    return again if again.intent == "missing" else None


def _nothing_told(first: Understanding, message: Message, situation: Situation) -> Understanding | None:
    """ "Hang on", to why a child is away, after "hi, it's Mia": not a word of the child was said."""
    asked = message.asked
    if asked is None or asked.kind != "reason" or first.intent != "absence" or first.tells or first.urgent:
        return None
    before = [_understand(replace(message, asked=None, text=one.text), situation) for one in situation.earlier]
    return None if any(one.tells for one in before) else Understanding("question", safeguarding=first.safeguarding)


def _understand(message: Message, situation: Situation) -> Understanding:
    school = situation.school
    return _read(message, school.calendar, school.policy.understanding)


@lru_cache(maxsize=READ_LATELY)
def _read(message: Message, calendar: SchoolCalendar, certainty: Certainty) -> Understanding:
    """The same words in the same context mean the same: they may be read before anybody is kept waiting for them."""
    return understand(message, calendar, certainty=certainty)


def forget() -> None:
    """Remember no reading: for whoever measures, or changes the reader."""
    _read.cache_clear()
    line_of.cache_clear()


def _answers_until_when(answer: Understanding, plain: Understanding) -> bool:
    """What the question for the day of return asked about is recorded already, so that it need not be answered: words
    that say something else as they stand (danger, a plain no, another report) say just that.
    """
    if answer.intent != "return" or plain.urgent or plain.safeguarding:
        return False
    says_more = plain.intent not in ("return", "question", "chat", "help") and not plain.ask
    return not (says_more or plain.intent == "cancel")


def _reports_another(plain: Understanding, message: Message) -> bool:
    """ "Sorry, Zofia also no, she has a fever", to when Marek will be back: a child of whom we did not ask is ill."""
    about = set(message.asked.about) if message.asked is not None else set()
    told = {child for report in plain.reports if not is_unexplained(report.code) for child in report.children}
    return plain.intent == "absence" and bool(about) and bool(told) and about.isdisjoint(told)


def _another_reason(
    plain: Understanding, answer: Understanding, message: Message, heard: Heard, situation: Situation
) -> Understanding | None:
    """ "It's a hospital appointment, not ill, sorry", to when the child is back: why it is away is put right, of the
    child that we asked about where nobody is named.
    """
    dated = any(report.return_day or report.arrives for report in answer.reports)
    if dated or plain.intent != "absence" or not _NOT_SO.search(heard.line):
        return None
    about = message.asked.about if message.asked is not None else ()
    unnamed = "child" in plain.ask
    reports = tuple(replace(one, children=about) if unnamed else one for one in plain.reports)
    ask = tuple(field for field in plain.ask if field != "child")
    held = {one.pupil: one.code for one in situation.known if one.live and is_away_on(one, heard.day)}
    anew = all(
        held.get(child, report.code) != report.code and report.code not in _NO_REASONS and report.first_day == heard.day
        for report in reports
        for child in report.children
    )
    told = any(report.children for report in reports)
    return replace(plain, reports=reports, ask=ask) if told and anew and not set(ask) - {"return"} else None


def _sent_in(first: Understanding, message: Message, heard: Heard, situation: Situation) -> Understanding | None:
    """ "Fine this morning, sending her", to whether she is off ill today: they say that she comes, whatever in them
    sounds like a yes. None where it is one.
    """
    draft = message.asked.draft if message.asked is not None else None
    if first.intent != "confirm" or draft is None or draft.first_day != heard.day or draft.session != "day":
        return None
    as_if_recorded = replace(message, asked=None, known=(*message.known, draft))
    again = _understand(as_if_recorded, situation)
    comes = again.intent == "return" and again.reports and draft.return_day != heard.day
    return again if comes and all(report.return_day == heard.day for report in again.reports) else None


def _reports_what_is_not_held(plain: Understanding, answer: Understanding, heard: Heard, situation: Situation) -> bool:
    """ "Tummy is fine now but she fell last night, at minor injuries", the day after: a report of a day, or of a child,
    of which nothing is held, and no word of when anybody is back. "It's flu", of today's illness, adds nothing.
    """
    dated = any(report.return_day or report.arrives for report in answer.reports)
    if dated or "return" not in answer.ask or plain.intent != "absence" or set(plain.ask) - {"return"}:
        return False
    return any(
        report.first_day is not None
        and not is_unexplained(report.code)
        and not any(one.live and one.pupil == child and is_away_on(one, report.first_day) for one in situation.known)
        for report in plain.reports
        for child in report.children
    )


def _says_the_day(plain: Understanding, answer: Understanding) -> bool:
    """ "She's a lot better, dropping her off now": that she is back today was heard only in the words as they stand."""
    days = [report.return_day for report in plain.reports]
    heard = (plain.intent, plain.ask) == ("return", ()) and bool(days) and None not in days
    return heard and not any(report.return_day for report in answer.reports)


def _read_unasked(heard: Heard, message: Message, situation: Situation) -> Understanding:
    first = _of_a_child_unheld(heard, message, _understand(message, situation), situation)
    missed = _missed(heard, situation)
    if missed is not None and _cancels_nothing(first, situation):
        return _understand(replace(message, asked=missed), situation)
    read_back = _read_back(heard, situation)
    if read_back is not None and _reports_all(first, read_back.children):
        read_back = None
    for asked, intents in ((missed, SEARCHED), (read_back, {"reject"})):
        if asked is not None and (again := _understand(replace(message, asked=asked), situation)).intent in intents:
            return _beside_those_reported(again, first)
    if first.intent == "cancel" and read_back is not None and MOVED.search(message.text):
        moved = _understand(replace(message, asked=read_back), situation)  # "moved to this afternoon" is not called off
        if moved.intent == "absence" and not moved.ask:
            return moved
    if (told := _told_of_the_missed(heard, message, first, missed, situation)) is not None:
        return told
    vague = first.intent == "chat" or (first.intent == "leave" and "dates" in first.ask)
    vague = vague or (_no_day_of_return(first) and situation.conversation.open_question(heard.at) is None)
    has_it = first.intent == "question" and not first.safeguarding and places_in(heard.line).has_it_now()
    vague = vague or has_it
    if vague and (unexplained := _unexplained(heard, situation)) is not None:
        again = _understand(replace(message, asked=unexplained), situation)
        # "he's with me", "at an audition, I did e-mail", from whoever was not asked yet
        return again if again.intent == "absence" and (has_it or "reason" not in again.ask) else first
    return first


def _told_of_the_missed(
    heard: Heard, message: Message, first: Understanding, missed: Asked | None, situation: Situation
) -> Understanding | None:
    """ "I told you yesterday, he has flu", from the parent whom nobody asked, of a child whom we miss; "no, worse,
    keeping her off", of one who is reported: for a person by themselves, and a reason as an answer why it is away.
    """
    asks = "?" in heard.text or asks_beside(heard.text) or _IN_DOUBT.search(heard.line) is not None
    if missed is None or first.intent != "question" or not first.tells or asks or first.safeguarding:
        return None
    again = _understand(replace(message, asked=missed), situation)
    plain = again.intent == "absence" and not again.urgent and not set(again.ask) - {"return"} and again.reports
    if not plain or not all(_is_missed_or_held(report, heard, situation) for report in again.reports):
        return None
    return again


def _is_missed_or_held(report: Report, heard: Heard, situation: Situation) -> bool:
    """A reason for today, of children who are missed without one, or the one that is held of them already."""
    if report.first_day != heard.day or report.code in _NO_REASONS or not report.children:
        return False
    held = {one.pupil for one in situation.known if _is_of(one, heard.day) and one.code == report.code}
    cases = {pupil for pupil, case in situation.cases.items() if case.stage in MISSED}
    return set(report.children) <= held | cases


def _beside_those_reported(again: Understanding, first: Understanding) -> Understanding:
    """ "It's Ben who is ill. Amina is going in", of Amina, whom we hold to be away: that hides nothing of why he is."""
    told = {child for report in again.reports for child in report.children}
    if again.intent not in SEARCHED or first.intent != "absence" or not told:
        return again
    others = [one for one in first.reports if one.children and told.isdisjoint(one.children)]
    others = [one for one in others if not is_unexplained(one.code)]
    if not others:
        return again
    asks = (*again.ask, *(field for field in first.ask if field == "return" and field not in again.ask))
    harm = again.safeguarding or first.safeguarding
    return replace(again, reports=(*again.reports, *others), safeguarding=harm, ask=asks)


def _no_day_of_return(first: Understanding) -> bool:
    """ "I've got him, the school rang me", of a child that came back from an illness this morning and is missed now."""
    dated = any(report.return_day or report.arrives for report in first.reports)
    return first.intent == "return" and not dated and first.tells


def _of_a_child_unheld(heard: Heard, message: Message, first: Understanding, situation: Situation) -> Understanding:
    """ "Rory has a match tomorrow", from whoever has just reported Erin ill today: what is held of her says nothing of
    him, and his day is as it stands.
    """
    told = {child for report in first.reports for child in report.children}
    held = {child for report in message.known for child in report.children}
    alone = bool(told) and bool(held) and told.isdisjoint(held) and all(report.code for report in first.reports)
    if first.intent not in ("absence", "leave") or not alone or _AS_WELL.search(message.text):
        return first
    if not all(is_named(heard.text, child, situation) for child in told):
        return first
    again = _understand(replace(message, known=()), situation)
    same = {child for report in again.reports for child in report.children} == told
    if not same or again.intent not in ("absence", "leave"):
        return first
    harm = first.safeguarding or again.safeguarding
    return replace(again, urgent=first.urgent or again.urgent, safeguarding=harm)


def _unexplained(heard: Heard, situation: Situation) -> Asked | None:
    """Children of the writer whom nobody has accounted for today; one that is sought only where the words say who has
    it: "I'm worried sick" is no reason.
    """
    stages = {*MISSED, *(["alarmed"] if is_with_somebody(heard) else [])}
    open_cases = {pupil for pupil, case in situation.cases.items() if case.stage in stages}
    children = tuple(child for child in situation.sender.children if child in open_cases)
    return Asked("absence", _only(children), children, heard.day) if children else None


def _reports_all(understood: Understanding, children: tuple[str, ...]) -> bool:
    """A whole report about these children is no "no" to the one before it, and need not be read once more for that.

    Of 2,500 labelled messages, read as answers to a report that was read back, 609 were such reports as they stood, and
    none of those became a "no"; of the others 41 did.
    """
    reported = {child for report in understood.reports if report.code for child in report.children}
    return understood.intent == "absence" and not understood.ask and reported >= set(children)


def _cancels_nothing(understood: Understanding, situation: Situation) -> bool:
    """ "Rory is at the dentist, he will be in by ten": of a child who is not reported nothing can be taken back."""
    children = {child for report in understood.reports for child in report.children}
    reported = {absence.pupil for absence in situation.known if absence.live}
    return understood.intent == "cancel" and bool(children) and children.isdisjoint(reported)


def _missed(heard: Heard, situation: Situation) -> Asked | None:
    """Children of the writer whom we miss, or have reported away, today: the other parent was never asked by text."""
    today = heard.day
    missed = [pupil for pupil, case in situation.cases.items() if case.whereabouts != "confirmed"]
    missed += [absence.pupil for absence in situation.known if _is_of(absence, today)]
    children = tuple(child for child in situation.sender.children if child in missed)
    return Asked("absence", _only(children), children, today, only_missed=True) if children else None


def _is_of(absence: Absence, today: date) -> bool:
    return absence.live and absence.first_day <= today < (absence.return_day or date.max)


def _read_back(heard: Heard, situation: Situation) -> Asked | None:
    """What was recorded for the writer ended in "Reply NO if that is wrong", which is a question too."""
    recorded = [one for one in situation.last_told(heard.at) if one.code != LATE]
    if not recorded:
        return None
    children = tuple(dict.fromkeys(absence.pupil for absence in recorded))
    one = recorded[0]
    draft = Report(children, one.code, one.first_day, one.return_day, one.half, one.arrives, one.leaves)
    return Asked("confirm", _only(children), children, one.first_day, draft)


def _only(children: tuple[str, ...]) -> str | None:
    return children[0] if len(children) == 1 else None

"""What a person must read or another contact must answer: questions, wrong numbers, the other parent."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TypeGuard

from attendance.answers import WITH_THE_OTHER
from attendance.calendar import Half, Session
from attendance.calling import advance
from attendance.case import Case
from attendance.codes import is_unexplained
from attendance.effects import Ask, OpenTask, RaiseAlert
from attendance.events import NotWithMe
from attendance.people import CHANNELS, AddressState, Link, Roll
from bot.conversation import RECORD_LIVES
from bot.corrections.openings import MEANS, OPENS, SLIPS
from bot.drafts import called_names
from bot.for_staff.asks_whether_heard import what_we_have
from bot.known import is_away_on
from bot.naming import of_whom_it_tells
from bot.outcome import AddressIs, BotEffect, CaseEvent, Heard, Outcome, Reply, Situation, Withdraw
from bot.understanding import Understanding
from bot.whereabouts.with_another import CALLED

BARE_NAME = 30
_WORD = re.compile(r"[^\W\d_]{3,}")
NOBODY_ASKS = "/unexplained"
"""How the key of an alert ends that a child is to be found whom no case asks about."""
NO_REASON = "/no_reason"
"""How the key of an alert ends that a contact accounts for a child and does not say why it is away."""
TAKEN_BACK = "/taken_back"
"""How the key of an alert ends that a contact takes back an absence of today."""

_PUTS_A_DAY_RIGHT = re.compile(
    rf"^{OPENS}(?:{SLIPS}|{MEANS})\b.{{0,40}}"
    r"\b(?:today|tomorrow|(?:mon|tues?|wed(?:nes)?|thurs?|fri)(?:day)?|next week|\d{1,2}(?:st|nd|rd|th)"
    r"|\d{1,2}[.:/]\d{1,2})\b",
    re.IGNORECASE,
)
_TAKES_BACK = re.compile(
    r"\b(?:ignore|disregard|never ?mind|scrap|forget (?:it|that|about)|no need"
    r"|not (?:today|needed|any more|now|required)|cancel\w*|wrong (?:day|time|date)"
    r"|(?:it is|that is|its|meant|mean) (?:next|tomorrow|monday|tuesday|wednesday"
    r"|thursday|friday|another)|stay(?:s|ing)? (?:put|in|there)|all sorted|sorted)\b"
)
_SEEN = re.compile(
    r"\W*(?:(?:ok(?:ay)?|k|kk|thanks?|thank you|thankyou|thx|ty|ta|cheers|received|noted|got it|hi|hello)\b\W*){1,4}",
    re.IGNORECASE,
)
"""Read, and answered with nothing."""
_YES = re.compile(
    r"\W*(?:(?:yes|yeah|yep|yup|ye|yea|aye|correct|that['\u2019]?s (?:right|correct)|he is|she is|i know|sorry)\b\W*)+",
    re.IGNORECASE,
)
_IN_PASSING = re.compile(r"\b(?:see (?:you|u|ya)|thank\w*|good|have a|late reply|only just)\b|\?", re.IGNORECASE)


def other_parent(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """The child is with somebody else: ask them."""
    return _onward(heard, understood, situation, WITH_THE_OTHER)


def _onward(heard: Heard, understood: Understanding, situation: Situation, outcome: str) -> Outcome:
    """Ask the next contact now; the writer has no more questions from us."""
    writer = situation.sender.writer
    named = tuple(child for report in understood.reports for child in report.children)
    pupils = named or tuple(pupil for pupil, case in situation.cases.items() if case.is_waiting)
    if outcome == WITH_THE_OTHER and _whom_they_name_has_answered(heard, named, situation):
        return Outcome(situation.conversation)
    effects: tuple[BotEffect, ...] = tuple(
        CaseEvent(pupil, NotWithMe(f"{heard.id}/{outcome}/{pupil}", writer, outcome))
        for pupil in pupils
        if pupil in situation.cases
    )
    if not effects:
        known = outcome == WITH_THE_OTHER and _the_other_has_answered(pupils, situation)
        return Outcome(situation.conversation) if known else to_staff(heard, understood, situation)
    conversation = replace(situation.conversation, question=None)
    if all(_asks_somebody(effect, heard, situation) for effect in effects if isinstance(effect, CaseEvent)):
        return Outcome(conversation, effects, Reply("absence.passed_on"))
    read = to_read(heard, situation, "A contact says who has the child; nobody is asked any more.")
    alone = tuple(pupil for pupil in pupils if _nobody_is_left(pupil, writer, situation))
    if alone:
        because = "A contact says that the child is not with them, and there is nobody further to ask: ring."
        read = replace(read, key=f"message/{heard.id}{NOBODY_ASKS}", urgent=True, pupils=alone, because=because)
    return Outcome(conversation, (*effects, read), Reply("absence.handed_to_staff"))


def _nobody_is_left(pupil: str, writer: str, situation: Situation) -> bool:
    """Missed, and no words are with anybody else who might still answer."""
    case = situation.cases.get(pupil)
    if case is None or not case.is_waiting or case.held:
        return False
    return not any(one.contact != writer and one.may_have_arrived for one in case.attempts)


def _the_other_has_answered(named: tuple[str, ...], situation: Situation) -> bool:
    """ "He is with his dad", from a mother who was asked and has heard since that she need not reply: his father has
    answered, and nothing in her words is new.
    """
    writer, roll = situation.sender.writer, situation.school.roll
    cases = [case for pupil, case in situation.cases.items() if not named or pupil in named]
    return bool(cases) and all(rests_with_another_parent(case, writer, roll) for case in cases)


def _whom_they_name_has_answered(heard: Heard, named: tuple[str, ...], situation: Situation) -> bool:
    """ "Sorry, only just seen this, Val has her", of a child for whom Val, the childminder, has answered: so it is."""
    cases = [situation.cases.get(pupil) for pupil in named]
    return bool(cases) and all(case is not None and _is_with_whom_they_name(case, heard, situation) for case in cases)


def _is_with_whom_they_name(case: Case, heard: Heard, situation: Situation) -> bool:
    link = _answered_for(case, situation.sender.writer, situation.school.roll)
    if link is None:
        return False
    first = situation.school.roll.contacts[link.contact].name.casefold().split()[:1]
    called = {*first, link.relation, *CALLED.get(link.relation, "").split("|")}
    return not called.isdisjoint(_WORD.findall(heard.text.casefold()))


def rests_with_another_parent(case: Case, writer: str, roll: Roll) -> bool:
    """Another parent has answered for the child, and this one, who was asked, has heard so."""
    link = _answered_for(case, writer, roll)
    return link is not None and link.is_parent


def _answered_for(case: Case, writer: str, roll: Roll) -> Link | None:
    """How whoever has answered for the child, while this writer was asked and has heard so, belongs to it."""
    by = case.answered_by
    asked = any(attempt.contact == writer and attempt.may_have_arrived for attempt in case.attempts)
    known = case.stage in ("answered", "settled") and case.reason in ("proposed", "confirmed")
    return roll.link(case.pupil, by) if known and asked and by is not None and by != writer else None


def _asks_somebody(effect: CaseEvent, heard: Heard, situation: Situation) -> bool:
    """These words make us ask another contact; otherwise only a person can go on with them."""
    _, decided = advance(situation.cases[effect.pupil], effect.event, heard.at, situation.school)
    return any(isinstance(one, Ask) for one in decided)


def wrong_number(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """Not this family's number: it is never written to again, the office mends it, the next contact is asked now."""
    writer = situation.sender.writer
    pupils = situation.sender.children
    bad = _wrong_everywhere(heard, situation)
    said = [
        absence
        for absence in situation.known
        if absence.live and absence.contact == writer and heard.at - absence.recorded_at <= RECORD_LIVES
    ]
    alert = RaiseAlert(
        f"number/{heard.channel}/{writer}",
        "number_bad",
        False,
        pupils,
        "Whoever answers this number says that it is not the contact's.",
        roles=("attendance_officer",),
        climbs=False,
    )
    task = OpenTask(
        f"number/{heard.channel}/{writer}",
        "correct_number",
        "office",
        heard.at + timedelta(hours=4),
        pupils,
        note="Wrong person answers.",
    )
    onward = tuple(
        CaseEvent(pupil, NotWithMe(f"{heard.id}/wrong/{pupil}", writer, "wrong_person"))
        for pupil in pupils
        if pupil in situation.cases and not _another_report_stands(heard, pupil, situation)
    )
    conversation = replace(situation.conversation, question=None)
    taken_back = tuple(Withdraw(absence, "rejected") for absence in said)
    return Outcome(conversation, (*bad, alert, task, *taken_back, *onward), None)


def _another_report_stands(heard: Heard, pupil: str, situation: Situation) -> bool:
    """Somebody else, at another number, has said why the pupil is away today: nobody need be asked anew."""
    roll, case = situation.school.roll, situation.cases[pupil]
    theirs = {situation.sender.writer, *(contact.id for contact in roll.at(heard.channel, heard.address))}
    return (
        case.stage == "answered"
        and case.answered_by in theirs
        and any(
            one.live and one.pupil == pupil and one.contact not in theirs and is_away_on(one, heard.day)
            for one in situation.known
        )
    )


def _wrong_everywhere(heard: Heard, situation: Situation) -> list[AddressIs]:
    """A stranger's phone is a stranger's on every channel that uses the number; a ring is for a person to judge."""
    contact = situation.sender.contact
    same = [
        channel
        for channel in CHANNELS
        if channel != "voice" and contact is not None and contact.address(channel) == heard.address
    ]
    channels = dict.fromkeys((heard.channel, *same))
    return [AddressIs(channel, heard.address, AddressState.BAD, "wrong person") for channel in channels]


def question_asked(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """For a person to answer. A bare name while we wait for a reason is half an answer: ask for the other half."""
    question = situation.conversation.open_question(heard.at)
    if question is not None and question.kind in ("absence", "reason") and _is_bare_name(heard.text, situation):
        names = called_names(situation, question.children)
        asked = situation.conversation.asks(replace(question, kind="reason", asked_at=heard.at))
        return Outcome(asked, (), Reply("absence.reason", question.children, {"names": names}))
    return what_we_have(heard, situation) or to_staff(heard, understood, situation)


def _is_bare_name(text: str, situation: Situation) -> bool:
    """A short text that holds a child's name and asks nothing."""
    if "?" in text or len(text) > BARE_NAME:
        return False
    words = {word.strip(".,!'").casefold() for word in text.split()}
    pupils = (situation.school.roll.pupils[pupil] for pupil in situation.sender.may_hear_of)
    return any(name.casefold() in words for pupil in pupils for name in (pupil.given, pupil.family, *pupil.known_as))


def help_wanted(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """How to use the line."""
    return Outcome(situation.conversation, (), Reply("help"))


def only_yes(heard: Heard, situation: Situation) -> Outcome | None:
    """A plain yes, a thumb or "ok thanks" to why a child is away, whom we miss: why is still to be said. Asked once."""
    question = situation.conversation.open_question(heard.at)
    if question is None or question.kind != "absence":
        return None
    if not _only_seen(heard.text) and _YES.fullmatch(heard.text) is None:
        return None
    missed = tuple(child for child in question.children if child in situation.cases)
    if not missed or not all(situation.cases[child].is_waiting for child in missed):
        return None
    asked = situation.conversation.asks(replace(question, kind="reason", children=missed, asked_at=heard.at))
    return Outcome(asked, (), Reply("absence.reason", missed, {"names": called_names(situation, missed)}))


def _only_seen(text: str) -> bool:
    return not any(letter.isalnum() for letter in text) or _SEEN.fullmatch(text) is not None


def only_seen_again(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """The same once more, to why the child is away: it was asked twice, and the chase goes on without a third time."""
    question = situation.conversation.open_question(heard.at)
    asked_why = question is not None and question.kind == "reason" and not question.drafts and not question.is_of_leave
    told = any(not is_unexplained(report.code) for report in understood.reports)
    if not asked_why or told or understood.urgent or understood.safeguarding or not _only_seen(heard.text):
        return None
    return Outcome(situation.conversation)


def only_chat(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """Thanks, ok, emoji: nothing to do, and an open question stays open. "Sorry, that's next Tuesday" puts something
    right, whatever it was, and somebody has to know what; so does "no it's ok, ignore me", after words with a person.
    """
    if _was_with_a_person(heard, situation) and _TAKES_BACK.search(heard.line):
        read = to_read(heard, situation, "The family puts right, or takes back, what it wrote just before: read both.")
        return Outcome(situation.conversation, (read,), Reply("absence.handed_to_staff"))
    if _PUTS_A_DAY_RIGHT.search(heard.text) and not _IN_PASSING.search(heard.text):
        return to_staff(heard, understood, situation)
    return Outcome(situation.conversation)


def _was_with_a_person(heard: Heard, situation: Situation) -> bool:
    """The writer's last words recorded nothing, and a person had to act on them (a child that is to be let out)."""
    told_at = situation.conversation.recorded_at
    lately = told_at is not None and heard.at - told_at <= RECORD_LIVES
    return lately and not situation.conversation.recorded and situation.conversation.open_question(heard.at) is None


def to_staff(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """A person reads it, and the writer hears so; nothing is recorded."""
    read = to_read(heard, situation, "The machine was not sure, or only a person can answer.")
    return Outcome(situation.conversation, (read,), Reply("absence.handed_to_staff"))


def to_read(heard: Heard, situation: Situation, because: str) -> RaiseAlert:
    """A person must read this message, which lies on the cards of those it names; unread, it climbs like all else."""
    return RaiseAlert(
        f"message/{heard.id}/read",
        "message_to_read",
        False,
        of_whom_it_tells(heard.text, situation),
        because,
        roles=("attendance_officer",),
    )


def is_to_read(effect: BotEffect) -> TypeGuard[RaiseAlert]:
    """Whether by this effect a person reads the message."""
    return isinstance(effect, RaiseAlert) and effect.reason == "message_to_read"


def with_days_to_agree(
    heard: Heard, understood: Understanding, outcome: Outcome, because: str, situation: Situation
) -> Outcome:
    """The same outcome, and a person who agrees with the family on the days that it tells of; that alone, where nothing
    is said of today. Whoever reads the words anyway is not told twice.
    """
    if any(map(is_to_read, outcome.effects)):
        return outcome
    read = to_read(heard, situation, because)
    if any(one.first_day is not None and one.first_day <= heard.day for one in understood.reports):
        return replace(outcome, effects=(*outcome.effects, replace(read, climbs=False)))
    return Outcome(situation.conversation, (read,), Reply("absence.handed_to_staff"))


def has_closed(heard: Heard, pupil: str, half: Half, situation: Situation) -> bool:
    """Whether today's register of this child is closed."""
    closes = situation.school.closes_at(situation.school.roll.pupils[pupil], Session(heard.day, half))
    return closes is not None and closes <= heard.at


def here_by_the_register(heard: Heard, pupil: str, situation: Situation) -> bool:
    """Whether the newest mark of today has the child in school."""
    entries = (situation.entered.get((pupil, Session(heard.day, half))) for half in ("pm", "am"))
    newest = next((entry for entry in entries if entry is not None and entry.mis is not None), None)
    return newest is not None and newest.present


def nobody_asks(heard: Heard, pupils: tuple[str, ...], situation: Situation) -> list[BotEffect]:
    """Explained at the close and not any more: such a child has no case, so a named person must hear (promise 1).

    Nobody looks for a child whom the register has in school: staff have heard that it was reported away.
    """
    lost = tuple(
        pupil
        for pupil in pupils
        if pupil not in situation.cases
        and has_closed(heard, pupil, "am", situation)
        and not here_by_the_register(heard, pupil, situation)
    )
    if not lost:
        return []
    because = (
        "What explained today's absence no longer holds, and the register has closed: find out where the child is."
    )
    return [
        RaiseAlert(
            f"message/{heard.id}{NOBODY_ASKS}", "message_to_read", True, lost, because, roles=("attendance_officer",)
        )
    ]

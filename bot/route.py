"""Who owns a message: danger first, then each case it concerns, then leave, and last the conversation.

Only the conversation answers the writer; only cases write to others. What the words may do depends on who writes.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from attendance.case import PRESENT_OUTCOMES
from attendance.codes import is_unexplained
from attendance.effects import OpenTask, RaiseAlert
from attendance.events import ContactStopped, DangerHeard, NotWithMe
from attendance.people import AddressState
from bot import reports
from bot.another_child import put_right
from bot.contradiction import contradicted_cases, contradicted_reports
from bot.conversation import Conversation
from bot.found import news_of_a_search
from bot.here_already import all_signed_in, register_agrees
from bot.in_after_all import sent_after_all
from bot.known import is_away_on
from bot.leave.words import wants_the_form
from bot.left_out import with_those_left_out
from bot.naming import is_named
from bot.only_asks import SEARCHED, only_asks
from bot.outcome import AddressIs, BotEffect, CaseEvent, Heard, Outcome, Record, Reply, Situation
from bot.overdue import overdue, to_leave_later, what_is_wrong
from bot.passing_on import to_read
from bot.placeholders import stands_for_a_file
from bot.question_beside import with_the_complaint, with_the_question
from bot.ring_back import with_a_ring_back
from bot.understanding import Understanding
from bot.with_another import said_to_be_with_the_barred, with_whom_they_name

RING_WITHIN = timedelta(minutes=10)
WITH_THE_BARRED = "The child is said to be with somebody who is barred for it; read the message."
ONLY_A_KEYWORD = frozenset({"stop", "help", "chat", "question"})

KEYWORDS = 2
"""So many words are the keyword alone ("stop please")."""
STOPPED = {"sms": "texts", "email": "e-mails", "telegram": "Telegram"}
"""What STOP on a channel ended, as staff read it."""


def route(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """Decide all that one message leads to. Same arguments, same outcome."""
    if heard.automatic:
        return _automatic(heard, understood, situation)
    if heard.doubt:
        return _listened(heard, understood, situation)  # nobody stops a parent's messages by a forged STOP
    in_words = heard.opt_out is None and understood.intent == "stop" and not wants_the_form(heard.text)
    if heard.opt_out == "STOP" or in_words:
        return _stopped(heard, understood, situation)
    if heard.opt_out == "START":
        return _started(heard, understood, situation)
    return _listened(heard, understood, situation)


def _listened(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    sender, conversation = situation.sender, situation.conversation
    if sender.contact is None:
        return _unknown(heard, understood, conversation)
    understood = with_whom_they_name(heard, sent_after_all(heard, understood, situation), situation)
    danger = _danger(heard, understood, situation)
    barred = _barred(heard, understood, situation)
    if barred is not None:
        told = () if only_asks(heard, understood) else _told_only(heard, danger)
        other = () if heard.doubt else _of_a_child_of_theirs(heard, understood, danger, situation)
        return Outcome(conversation, (*told, *barred, *other), None, understood)
    if conversation.owner is not None:
        return Outcome(conversation, (*danger, _for_the_owner(heard, conversation.owner, situation)), None, understood)
    if (
        sender.several_families
        or understood.sender_doubt
        or heard.doubt
        or _is_a_strangers(heard, understood, situation)
    ):
        return _doubtful(heard, understood, situation, _told_only(heard, danger))
    news = None if danger else news_of_a_search(heard, understood, situation)
    answered = _files_seen(heard, news or reports.answer(heard, understood, situation), situation)
    against = contradicted_reports(heard, answered.effects, situation)
    if danger or against or contradicted_cases(heard, answered.effects, situation):
        calm = replace(answered.conversation, question=None)
        reply = Reply("absence.danger", values={"phone": situation.school.policy.phone})
        return Outcome(calm, (*danger, *against, *_beside_danger(danger, answered)), reply, understood)
    if news is not None:
        return replace(answered, understood=understood)
    answered = with_those_left_out(heard, understood, answered, situation)
    answered = with_the_complaint(heard, with_the_question(heard, answered, situation), situation)
    answered = with_a_ring_back(heard, answered, situation)
    return replace(answered, understood=understood)


def _automatic(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """An absence note or a robot's mail. Where a listed contact's words would have mattered, a person looks: programs
    mark people's own mails as automatic too.
    """
    conversation, serious = situation.conversation, understood.urgent or understood.safeguarding
    if situation.sender.contact is None or not (serious or understood.reports or understood.intent in SEARCHED):
        return Outcome(conversation, (), None, understood)
    read = to_read(heard, situation, "It is marked as an automatic reply; nothing was recorded from it.")
    return Outcome(conversation, (replace(read, urgent=serious or understood.intent in SEARCHED),), None, understood)


def _files_seen(heard: Heard, answered: Outcome, situation: Situation) -> Outcome:
    """A file whose message asks for nothing is for a person: the words may be in the picture, or be spoken."""
    only_a_file = stands_for_a_file(heard.text)
    if not only_a_file and (answered.effects or not heard.files):
        return answered
    read = to_read(heard, situation, "A file came with few words; look at it on the child's page.")
    handed = Reply("absence.handed_to_staff")
    if only_a_file:  # whatever was read in its name
        return replace(answered, conversation=situation.conversation, effects=(read,), reply=handed)
    return replace(answered, effects=(read,), reply=answered.reply or handed)


def _told_only(heard: Heard, danger: tuple[BotEffect, ...]) -> tuple[BotEffect, ...]:
    """Danger in the words of somebody who is barred, or who may not be the parent: staff hear it as urgently and look
    for the child, and the chase goes on. Whoever it is, their word must not keep us from asking the others.
    """
    found: list[BotEffect] = []
    for one in danger:
        if not isinstance(one, CaseEvent) or not isinstance(one.event, DangerHeard):
            found.append(one)
            continue
        kind, pupil = one.event.kind, one.pupil
        roles = ("safeguarding_lead",) if kind == "safeguarding" else ()
        key = f"message/{heard.id}/{kind}/{pupil}"
        found.append(RaiseAlert(key, kind, True, (pupil,), one.event.because, roles=roles))
        if kind != "safeguarding":
            found.append(_task(heard, "find_child", pupil, "attendance_officer"))
    return tuple(found)


def _is_a_strangers(heard: Heard, understood: Understanding, situation: Situation) -> bool:
    """A report from a number that is closed as wrong settles nothing: the office mends the number first."""
    closed = situation.school.roll.state(heard.channel, heard.address) is AddressState.BAD
    return closed and bool(understood.reports) and understood.intent != "wrong_number"


def _beside_danger(danger: tuple[BotEffect, ...], answered: Outcome) -> tuple[BotEffect, ...]:
    """What else the words lead to. Words that say that a child is missing do not answer for it as well, and staff who
    are told of danger read the message anyway.
    """
    alarmed = {
        one.pupil
        for one in danger
        if isinstance(one, CaseEvent) and isinstance(one.event, DangerHeard) and one.event.kind != "safeguarding"
    }
    return tuple(
        one
        for one in answered.effects
        if not (isinstance(one, CaseEvent) and one.pupil in alarmed)
        and not (isinstance(one, RaiseAlert) and one.reason == "message_to_read")
    )


def concerned(understood: Understanding, situation: Situation) -> tuple[str, ...]:
    """The pupils whom the words are about: named, else asked about, else with an open case, else all of them."""
    named = tuple(dict.fromkeys(child for report in understood.reports for child in report.children))
    if named:
        return named
    question = situation.conversation.question
    if question is not None and question.children and not question.is_beside_a_record:
        return question.children
    waiting = tuple(pupil for pupil, case in situation.cases.items() if case.stage != "settled")
    return waiting or situation.sender.children


def _danger(heard: Heard, understood: Understanding, situation: Situation) -> tuple[BotEffect, ...]:
    """Urgent alerts, for open and settled cases alike, whatever else the message says (promise 3)."""
    kinds: list[str] = []
    if understood.safeguarding:
        kinds.append("safeguarding")
    search = SEARCHED.get(understood.intent)
    sought = _in_danger(heard, _sought(understood), situation)
    agreed = search == "believed_in_school" and (
        register_agrees(heard, understood, sought, situation)
        or _is_put_right(heard, sought, situation)
        or (only_asks(heard, understood) and all_signed_in(heard, sought, situation))
    )
    if search == "believed_in_school" and not understood.urgent and not _absent_to_us(heard, understood, situation):
        search = None
    if agreed:
        search = None
    if search is not None:
        kinds.append(search)
    elif understood.urgent and not kinds and not agreed:
        kinds.append(what_is_wrong(understood) if situation.cases else "safeguarding")
    effects: list[BotEffect] = []
    contact = situation.sender.contact
    for kind in kinds:
        for pupil in _in_danger(heard, understood if kind == "safeguarding" else _sought(understood), situation):
            effects += _alarm(heard, kind, pupil, contact.id if contact else None, situation)
    for pupil in said_to_be_with_the_barred(heard, situation) if "safeguarding" not in kinds else ():
        effects += _alarm(heard, "safeguarding", pupil, contact.id if contact else None, situation, WITH_THE_BARRED)
    if search is None:
        for pupil in (*overdue(heard, understood, situation), *to_leave_later(heard, understood, situation)):
            effects += _alarm(heard, "believed_in_school", pupil, contact.id if contact else None, situation)
    return tuple(effects)


def _is_put_right(heard: Heard, sought: tuple[str, ...], situation: Situation) -> bool:
    """ "Tom not Ella. Ella is in school": nobody misses Ella but by the words that are now taken back."""
    return set(sought) <= put_right(heard, situation) and not any(pupil in situation.cases for pupil in sought)


def _sought(understood: Understanding) -> Understanding:
    """Without the children of whom the same words say why, or that, they are away: "just Ben, he is ill. Lily got on
    the bus", "only Mia is off, Ned went in".
    """
    without = tuple(report for report in understood.reports if is_unexplained(report.code))
    if understood.intent in SEARCHED:
        without = tuple(report for report in without if report.code is None) or without
    return replace(understood, reports=without) if without else understood


def _in_danger(heard: Heard, understood: Understanding, situation: Situation) -> tuple[str, ...]:
    """As `concerned`, but where no child is named and nothing was asked, any child who is not here may be meant."""
    named = tuple(dict.fromkeys(child for report in understood.reports for child in report.children))
    if named:
        return named
    cases = situation.cases.values()
    question = situation.conversation.open_question(heard.at)
    if question is not None and question.children:
        return tuple(dict.fromkeys((*question.children, *(case.pupil for case in cases if case.is_waiting))))
    not_here = tuple(case.pupil for case in cases if case.outcome not in PRESENT_OUTCOMES)
    return not_here or situation.sender.children


def _absent_to_us(heard: Heard, understood: Understanding, situation: Situation) -> bool:
    pupils = _in_danger(heard, _sought(understood), situation)
    today = heard.day
    reported = {absence.pupil for absence in situation.known if absence.live and is_away_on(absence, today)}
    return any(pupil in situation.cases or pupil in reported for pupil in pupils)


def _alarm(
    heard: Heard, kind: str, pupil: str, contact: str | None, situation: Situation, because: str = ""
) -> list[BotEffect]:
    because = (
        because
        or {
            "safeguarding": "A message discloses possible harm; read it.",
            "believed_in_school": "A contact believes that the child is in school or set off.",
            "missing": "A contact does not know where the child is.",
        }[kind]
    )
    event_id = f"{heard.id}/{kind}/{pupil}"
    effects: list[BotEffect] = []
    if pupil in situation.cases:
        effects.append(CaseEvent(pupil, DangerHeard(event_id, contact, kind, because)))
        if kind != "safeguarding":
            return effects
    else:
        roles = ("safeguarding_lead",) if kind == "safeguarding" else ()
        effects.append(RaiseAlert(f"message/{heard.id}/{kind}/{pupil}", kind, True, (pupil,), because, roles=roles))
        if kind != "safeguarding":
            effects.append(_task(heard, "find_child", pupil, "attendance_officer"))
    role = "safeguarding_lead" if kind == "safeguarding" else "attendance_officer"
    effects.append(_task(heard, "ring", pupil, role))
    return effects


def _task(heard: Heard, what: str, pupil: str, role: str) -> OpenTask:
    return OpenTask(f"message/{heard.id}/{what}/{pupil}", what, role, heard.at + RING_WITHIN, (pupil,))


def _barred(heard: Heard, understood: Understanding, situation: Situation) -> tuple[BotEffect, ...] | None:
    """No read-back and an urgent alert when the words touch a child for whom the writer is barred.

    On a phone that a barred person shares with another family nobody knows who writes: that is the barred person too.
    """
    sender = situation.sender
    if not sender.barred:
        return None
    named = {child for report in understood.reports for child in report.children}
    named |= {pupil for pupil in sender.barred if is_named(heard.text, pupil, situation)}
    touched = tuple(pupil for pupil in sender.barred if pupil in named)
    if not touched and not sender.several_families and (sender.may_report or sender.listed):
        return None
    pupils = touched or sender.barred
    return (
        RaiseAlert(
            f"message/{heard.id}/barred",
            "barred_contact_wrote",
            True,
            pupils,
            "Somebody who is barred for this child wrote to us; nothing was answered.",
            roles=("safeguarding_lead",),
        ),
    )


def _of_a_child_of_theirs(
    heard: Heard, understood: Understanding, danger: tuple[BotEffect, ...], situation: Situation
) -> tuple[BotEffect, ...]:
    """What somebody who is barred for one child reports of another, for whom they may: it counts, and nothing is read
    back to them. On a phone that several families share nobody knows who writes.
    """
    sender = situation.sender
    feared = {pupil for one in danger for pupil in _pupils_of(one)}
    may = set(sender.may_report) - feared
    own = tuple(
        one for one in understood.reports if one.children and set(one.children) <= may and not is_unexplained(one.code)
    )
    if not own or understood.intent not in {"absence", *SEARCHED} or understood.sender_doubt or sender.several_families:
        return ()
    told = reports.answer(heard, replace(understood, intent="absence", reports=own), situation)
    kept = tuple(one for one in told.effects if isinstance(one, Record | CaseEvent))
    return (*contradicted_reports(heard, kept, situation), *kept)


def _pupils_of(effect: BotEffect) -> tuple[str, ...]:
    if isinstance(effect, RaiseAlert | OpenTask):
        return effect.pupils
    return (effect.pupil,) if isinstance(effect, CaseEvent) else ()


def _for_the_owner(heard: Heard, owner: str, situation: Situation) -> RaiseAlert:
    member = situation.school.roll.staff_member(owner)
    who = member.name if member is not None else "a member of staff"
    return replace(to_read(heard, situation, f"New words in a thread that {who} has taken over."), staff=owner)


def _unknown(heard: Heard, understood: Understanding, conversation: Conversation) -> Outcome:
    """An unlisted number learns nothing, not even that a child exists; staff are told."""
    serious = understood.urgent or understood.safeguarding or understood.intent in SEARCHED
    alert = RaiseAlert(
        f"message/{heard.id}/unlisted",
        "unlisted_number",
        serious,
        heard.answers_about,
        _nobodys(heard, serious),
        roles=("safeguarding_lead",) if serious else ("attendance_officer",),
    )
    if heard.doubt or not conversation.may_be_neutral(
        heard.at
    ):  # a forged sender's mail is not answered to somebody else
        return Outcome(conversation, (alert,), None, understood)
    answered = replace(conversation, neutral_at=heard.at)
    values = {"channel": heard.channel, "danger": "yes" if serious else ""}
    return Outcome(answered, (alert,), Reply("unknown_sender", values=values), understood)


def _nobodys(heard: Heard, serious: bool) -> str:
    if serious:
        return "Somebody who is nobody's contact writes of danger, or of a child who is sought: read it now."
    if heard.channel != "email":
        return "A number that is nobody's contact wrote to us; read it and check the contact list."
    answer = " It answers a message of ours." if heard.answers_about else ""
    doubt = f" {heard.doubt}" if heard.doubt else ""
    return f"An address that is nobody's contact wrote to us; read it and check the contact list.{answer}{doubt}"


def _doubtful(heard: Heard, understood: Understanding, situation: Situation, danger: tuple[BotEffect, ...]) -> Outcome:
    """Perhaps not the parent: staff and the next contact; the chase goes on; no names in the answer."""
    pupils = concerned(understood, situation)
    alert = RaiseAlert(
        f"message/{heard.id}/doubt",
        "sender_doubt",
        False,
        pupils,
        heard.doubt or "The words may not be the parent's; check before anything is recorded.",
        roles=("attendance_officer",),
    )
    onward = tuple(
        CaseEvent(pupil, NotWithMe(f"{heard.id}/doubt/{pupil}", situation.sender.writer, ""))
        for pupil in pupils
        if pupil in situation.cases
    )
    template = "absence.danger" if danger else "absence.handed_to_staff"
    return Outcome(situation.conversation, (*danger, alert, *onward), Reply(template), understood)


def _started(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """START opens the address again. The provider takes YES for START too, so an answer is heard all the same."""
    live = AddressIs(heard.channel, heard.address, AddressState.LIVE, "START")
    if understood.intent in ONLY_A_KEYWORD and not (understood.urgent or understood.safeguarding):
        return Outcome(situation.conversation, (live,), None, understood)
    outcome = _listened(heard, understood, situation)
    return replace(outcome, effects=(live, *outcome.effects))


def _said_more(heard: Heard) -> str:
    """ "Stop sending these, I rang at 8" is more than the keyword, and nothing else will bring it before anybody."""
    return "" if len(heard.text.split()) <= KEYWORDS else " They wrote more than that: read it."


def _stopped(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """STOP switches the channel, not the safety net: staff are told, other channels are used, open cases go on."""
    stopped = AddressIs(heard.channel, heard.address, AddressState.STOPPED, "STOP")
    if situation.sender.contact is None:
        return Outcome(situation.conversation, (stopped,), None, understood)
    alert = RaiseAlert(
        f"message/{heard.id}/opted-out",
        "opted_out",
        False,
        situation.sender.may_hear_of,
        f"Stopped {STOPPED.get(heard.channel, heard.channel)}; offer another channel.{_said_more(heard)}",
        roles=("attendance_officer",),
        climbs=False,
    )
    danger = _danger(heard, understood, situation)
    barred = _barred(heard, understood, situation)
    if barred is not None:  # they are never written to, so what counts is that they wrote
        return Outcome(situation.conversation, (stopped, *_told_only(heard, danger), *barred), None, understood)
    writer = situation.sender.writer
    onward = tuple(
        CaseEvent(pupil, ContactStopped(f"{heard.id}/stopped/{pupil}", writer, heard.channel))
        for pupil, case in situation.cases.items()
        if case.asked_on(writer, heard.channel)
    )
    return Outcome(situation.conversation, (stopped, *danger, alert, *onward), None, understood)

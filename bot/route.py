"""Who owns a message: danger first, then each case it concerns, then leave, and last the conversation.

Only the conversation answers the writer; only cases write to others. What the words may do depends on who writes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from attendance.effects import RaiseAlert
from attendance.events import ContactStopped, NotWithMe
from attendance.people import AddressState
from bot import reports
from bot.conversation import Conversation
from bot.corrections.another_child import put_right
from bot.corrections.another_day import in_on_the_day_missed
from bot.corrections.edited import corrected_by_an_edit
from bot.corrections.which_taken_back import appointment_is_off, the_others_stand
from bot.days.not_over_yet import not_over_yet
from bot.days.perhaps_later import perhaps_later
from bot.days.sees_a_doctor import still_ill_at_the_doctors
from bot.families.comes_along import comes_along
from bot.families.left_out import with_those_left_out
from bot.for_staff.a_pupil_out import sees_a_pupil_out
from bot.for_staff.grave import with_grave_news
from bot.for_staff.half_days import today_alone, with_half_days
from bot.for_staff.not_here import wishes_for_another_way
from bot.for_staff.not_its_days import on_a_day_not_its_own
from bot.for_staff.only_asks import SEARCHED, only_asks
from bot.for_staff.parent_in_crisis import with_a_parent_in_crisis
from bot.for_staff.passing_on import to_read
from bot.for_staff.question_beside import with_the_complaint, with_the_question
from bot.for_staff.ring_back import with_a_ring_back
from bot.for_staff.series import with_a_series
from bot.for_staff.unclear_answers import with_unclear_answers
from bot.leave.words import wants_the_form
from bot.outcome import AddressIs, BotEffect, CaseEvent, ChangeLeave, Heard, Outcome, Reply, Situation
from bot.placeholders import stands_for_a_file
from bot.reactions import Reaction, only_a_question_mark, reaction
from bot.understanding import Report, Understanding
from bot.whereabouts.accounted import stays_where_it_is, with_whom_it_is
from bot.whereabouts.at_home_already import at_home_already
from bot.whereabouts.at_the_gate import brought_while_expected
from bot.whereabouts.barred import barred_writes, of_a_child_of_theirs
from bot.whereabouts.contradiction import (
    contradicted_cases,
    contradicted_reports,
    in_after_an_appointment,
    with_two_accounts,
)
from bot.whereabouts.danger import beside_danger, concerned, danger_in, told_only
from bot.whereabouts.dropped_soon import dropped_soon
from bot.whereabouts.found import news_of_a_search, said_again
from bot.whereabouts.in_after_all import sent_after_all
from bot.whereabouts.of_the_one_in_class import of_the_one_in_class
from bot.whereabouts.to_be_collected import whose_collection
from bot.whereabouts.travels_after_all import travels_after_all
from bot.whereabouts.went_in_late import went_in_late
from bot.whereabouts.with_another import with_whom_they_name

ONLY_A_KEYWORD = frozenset({"stop", "help", "chat", "question"})

KEYWORDS = 2
"""So many words are the keyword alone ("stop please")."""
FILE_TO_LOOK_AT = "A file came with few words; look at it on the child's page."
HELD_BY_A_FILTER = "A filter at the family's side holds what we wrote, so they have not read it: ring them."
CANNOT_BE_OPENED = (
    "An e-mail came that cannot be opened here (encrypted, or in its own program's form); ask for its words, by phone."
)
STOPPED = {"sms": "texts", "email": "e-mails", "telegram": "Telegram"}
"""What STOP on a channel ended, as staff read it."""


def route(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """Decide all that one message leads to. Same arguments, same outcome."""
    if heard.automatic:
        return _automatic(heard, understood, situation)
    if heard.doubt or heard.passed_on:
        return _listened(heard, understood, situation)  # nobody stops a parent's messages by a forged STOP
    in_words = heard.opt_out is None and understood.intent == "stop" and not wants_the_form(heard.text)
    if in_words and wishes_for_another_way(heard):
        return _listened(heard, replace(understood, intent="question"), situation)
    if heard.opt_out == "STOP" or in_words:
        return _stopped(heard, understood, situation)
    if heard.opt_out == "START":
        return _started(heard, understood, situation)
    return _listened(heard, understood, situation)


def _listened(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    sender, conversation = situation.sender, situation.conversation
    if sender.contact is None:
        return _unknown(heard, understood, conversation)
    if heard.part_of and conversation.owner is None and not sender.barred:
        return _of_the_same_album(heard, understood, situation)
    felt = "against" if heard.quotes_ours or only_a_question_mark(heard.text) else reaction(heard.text)
    if felt is not None and not sender.barred:
        return _reacted(heard, understood, situation, felt)
    for meant in MEANT_TODAY:
        understood = meant(heard, understood, situation)
    danger = danger_in(heard, understood, situation)
    barred = barred_writes(heard, understood, situation)
    if barred is not None:
        told = () if only_asks(heard, understood) else told_only(heard, danger)
        other = () if heard.doubt else of_a_child_of_theirs(heard, understood, danger, situation)
        return Outcome(conversation, (*told, *barred, *other), None, understood)
    if conversation.owner is not None:
        notice = _for_the_owner(heard, conversation.owner, danger, situation)
        return Outcome(conversation, (*danger, notice), None, understood)
    if (
        sender.several_families
        or (understood.sender_doubt and not _is_a_listed_sibling(situation))
        or heard.doubt
        or _is_a_strangers(heard, understood, situation)
    ):
        return _doubtful(heard, understood, situation, told_only(heard, danger))
    if heard.passed_on:
        return with_unclear_answers(heard, _passed_on(heard, understood, situation, danger), situation)
    if heard.edited:
        return _edited(heard, understood, situation, danger)
    if not danger and _answers_an_earlier_one(heard, understood, situation):
        read = to_read(heard, situation, "A yes or a no, to an earlier message of ours about another child; see which.")
        return Outcome(conversation, (read,), Reply("absence.handed_to_staff"), understood)
    news = None if danger else news_of_a_search(heard, understood, situation)
    answered = _files_seen(heard, news or reports.answer(heard, understood, situation), situation)
    answered = with_whom_it_is(heard, answered)
    against = contradicted_reports(heard, answered.effects, situation)
    if danger or against or contradicted_cases(heard, answered.effects, situation):
        calm = replace(answered.conversation, question=None)
        reply = Reply("absence.danger", values={"phone": situation.school.policy.phone})
        again = said_again(heard, danger, situation)
        return Outcome(calm, (*danger, *again, *against, *beside_danger(heard, danger, answered)), reply, understood)
    if news is not None:
        return replace(answered, understood=understood)
    answered = with_two_accounts(heard, answered, situation)
    answered = with_those_left_out(heard, understood, answered, situation)
    answered = with_the_question(heard, answered, situation)
    answered = with_the_complaint(heard, answered, situation)
    answered = with_grave_news(heard, answered, situation)
    answered = with_half_days(heard, understood, answered, situation)
    answered = with_a_series(heard, understood, answered, situation)
    answered = with_a_ring_back(heard, answered, situation)
    answered = with_a_parent_in_crisis(heard, answered, situation)
    return replace(with_unclear_answers(heard, answered, situation), understood=understood)


def _sent_after_all(heard: Heard, understood: Understanding, situation: Situation) -> Understanding:
    return sent_after_all(heard, understood, situation, put_right(heard, situation))


MEANT_TODAY: tuple[Callable[[Heard, Understanding, Situation], Understanding], ...] = (
    of_the_one_in_class,
    travels_after_all,
    appointment_is_off,
    the_others_stand,
    whose_collection,
    dropped_soon,
    stays_where_it_is,
    perhaps_later,
    comes_along,
    in_after_an_appointment,
    _sent_after_all,
    in_on_the_day_missed,
    today_alone,
    on_a_day_not_its_own,
    brought_while_expected,
    with_whom_they_name,
    went_in_late,
    at_home_already,
    not_over_yet,
    still_ill_at_the_doctors,
)
"""What words mean beside what is known of today, in this order; the register, a report or an open case makes another
thing of them than they say alone."""


def _automatic(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """An absence note or a robot's mail. Where a listed contact's words would have mattered, a person looks: programs
    mark people's own mails as automatic too.
    """
    conversation, serious = situation.conversation, understood.urgent or understood.safeguarding
    if heard.held and (situation.sender.contact is not None or heard.answers_about):
        held = to_read(heard, situation, HELD_BY_A_FILTER)
        return Outcome(conversation, (replace(held, pupils=held.pupils or heard.answers_about),), None, understood)
    if situation.sender.contact is None or not (serious or understood.reports or understood.intent in SEARCHED):
        return Outcome(conversation, (), None, understood)
    read = to_read(heard, situation, "It is marked as an automatic reply; nothing was recorded from it.")
    return Outcome(conversation, (replace(read, urgent=serious or understood.intent in SEARCHED),), None, understood)


def _passed_on(heard: Heard, understood: Understanding, situation: Situation, danger: tuple[BotEffect, ...]) -> Outcome:
    """A message that only forwards another: whose words those are, of which day, and whether the writer stands by them,
    a person sees. Danger in them is heard at once; nothing is recorded, and the chase goes on.
    """
    if danger:
        return Outcome(situation.conversation, told_only(heard, danger), Reply("absence.danger"), understood)
    read = to_read(heard, situation, "A message was passed on with no word of the sender's own; nothing was recorded.")
    return Outcome(situation.conversation, (read,), Reply("absence.handed_to_staff"), understood)


def _edited(heard: Heard, understood: Understanding, situation: Situation, danger: tuple[BotEffect, ...]) -> Outcome:
    """A message that was read already says something else now: which of its words still hold, a person sees. Danger is
    heard; a slip of the pen that leaves as it was what was recorded last is nothing, and a report that is one still
    is taken for its correction.
    """
    if danger:
        return Outcome(situation.conversation, told_only(heard, danger), Reply("absence.danger"), understood)
    told = {one.pupil for one in situation.last_told(heard.at)}
    named = {child for report in understood.reports for child in report.children}
    if named and told <= named and all(_is_held(report, situation) for report in understood.reports):
        return Outcome(situation.conversation, (), None, understood)
    if (corrected := corrected_by_an_edit(heard, understood, situation, reports.answer)) is not None:
        return corrected
    read = to_read(heard, situation, "They changed a message that was read already; see what it says now.")
    return Outcome(situation.conversation, (read,), Reply("absence.handed_to_staff"), understood)


def _of_the_same_album(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """A further picture of what was answered already: it is kept beside the request that it is for, and nothing is said
    or asked twice.
    """
    answered = reports.answer(heard, understood, situation)
    kept = tuple(one for one in answered.effects if isinstance(one, ChangeLeave))
    return Outcome(situation.conversation, kept, None, understood)


def _answers_an_earlier_one(heard: Heard, understood: Understanding, situation: Situation) -> bool:
    """A plain "no" written as an answer to what we said of Ben, after we read back what we have of his sister, does not
    take hers back.
    """
    if understood.intent not in ("reject", "confirm") or not heard.answers_about or understood.reports:
        return False
    question = situation.conversation.open_question(heard.at)
    meant = set(question.children) if question is not None else {one.pupil for one in situation.last_told(heard.at)}
    return bool(meant) and meant.isdisjoint(heard.answers_about)


def _is_held(report: Report, situation: Situation) -> bool:
    """Exactly this is held of each child that it names."""
    held = {
        one.pupil
        for one in situation.own_reports
        if (one.code, one.first_day, one.return_day) == (report.code, report.first_day, report.return_day)
    }
    return bool(report.children) and set(report.children) <= held


def _reacted(heard: Heard, understood: Understanding, situation: Situation, felt: Reaction) -> Outcome:
    """A thumb or a heart says nothing of a child, and a chase goes on. Under a question that wants a yes, and where it
    is a thumb down, a person asks what is meant.
    """
    question = situation.conversation.open_question(heard.at)
    if felt == "for" and (question is None or question.kind != "confirm"):
        return Outcome(situation.conversation, (), None, understood)
    read = to_read(
        heard, situation, "They only put a sign (a thumb, a question mark …) under a message; ask what it means."
    )
    return Outcome(situation.conversation, (read,), Reply("absence.handed_to_staff"), understood)


def _files_seen(heard: Heard, answered: Outcome, situation: Situation) -> Outcome:
    """A file whose message asks for nothing is for a person: the words may be in the picture, or be spoken."""
    if not heard.text.strip() and not heard.files and not answered.effects:
        read = to_read(heard, situation, "A message came without any words; they may have been lost, so ask for them.")
        return replace(answered, effects=(read,), reply=Reply("absence.handed_to_staff"))
    only_a_file = stands_for_a_file(heard.text)
    if not only_a_file and not heard.locked and (answered.effects or not heard.files):
        return answered
    read = to_read(heard, situation, CANNOT_BE_OPENED if heard.locked else FILE_TO_LOOK_AT)
    handed = Reply("absence.handed_to_staff")
    if only_a_file:  # whatever was read in its name
        return replace(answered, conversation=situation.conversation, effects=(read,), reply=handed)
    return replace(answered, effects=(*answered.effects, read), reply=answered.reply or handed)


def _is_a_listed_sibling(situation: Situation) -> bool:
    """A grown sister on the contact list, who writes that she is one."""
    contact, roll = situation.sender.contact, situation.school.roll
    links = roll.children_of(contact.id) if contact is not None else ()
    return any(sibling in link.relation.casefold() for link in links for sibling in ("sister", "brother", "sibling"))


def _is_a_strangers(heard: Heard, understood: Understanding, situation: Situation) -> bool:
    """A report from a number that is closed as wrong settles nothing: the office mends the number first."""
    closed = situation.school.roll.state(heard.channel, heard.address) is AddressState.BAD
    return closed and bool(understood.reports) and understood.intent != "wrong_number"


def _for_the_owner(heard: Heard, owner: str, danger: tuple[BotEffect, ...], situation: Situation) -> RaiseAlert:
    """Whoever holds the thread is the one to whom it was written: danger is as urgent for them as for whoever looks for
    the child. It is the danger's own alert that climbs.
    """
    member = situation.school.roll.staff_member(owner)
    who = member.name if member is not None else "a member of staff"
    if danger:
        because = f"Danger is told in a thread that {who} has taken over: read it now."
        return replace(to_read(heard, situation, because), staff=owner, urgent=True, climbs=False)
    return replace(to_read(heard, situation, f"New words in a thread that {who} has taken over."), staff=owner)


def _unknown(heard: Heard, understood: Understanding, conversation: Conversation) -> Outcome:
    """An unlisted number learns nothing, not even that a child exists; staff are told."""
    if reaction(heard.text) is not None:  # a thumb under our neutral answer
        return Outcome(conversation, (), None, understood)
    serious = understood.urgent or understood.safeguarding or understood.intent in SEARCHED or sees_a_pupil_out(heard)
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
    """Perhaps not the parent: staff and the next contact; the chase goes on; no names in the answer.

    The next contact is asked at once, but where the words tell of harm in its turn: it may be the one who did it, and
    the safeguarding lead reads them first.
    """
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
        if pupil in situation.cases and not understood.safeguarding
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
    understood = not_over_yet(heard, at_home_already(heard, understood, situation), situation)
    danger = danger_in(heard, understood, situation)
    barred = barred_writes(heard, understood, situation)
    if barred is not None:  # they are never written to, so what counts is that they wrote
        return Outcome(situation.conversation, (stopped, *told_only(heard, danger), *barred), None, understood)
    writer = situation.sender.writer
    onward = tuple(
        CaseEvent(pupil, ContactStopped(f"{heard.id}/stopped/{pupil}", writer, heard.channel))
        for pupil, case in situation.cases.items()
        if case.asked_on(writer, heard.channel)
    )
    return Outcome(situation.conversation, (stopped, *danger, alert, *onward), None, understood)

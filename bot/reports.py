"""What a listed contact's words lead to: recorded and read back when sure, one question when not.

Each intent of the contract has one function. Reports for children for whom the writer may not report go to staff.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from attendance.codes import is_unexplained
from bot.corrections.another_child import another_meant
from bot.corrections.another_day import day_said_instead
from bot.corrections.day_ahead import time_of_the_day_ahead
from bot.corrections.draft_over import comes_in_instead
from bot.corrections.fewer_children import fewer_meant
from bot.corrections.more_of_what_is_planned import more_of_what_is_planned
from bot.corrections.moved import appointment_moved
from bot.corrections.retimed import another_time
from bot.corrections.slips import of_whom_we_read_back
from bot.corrections.swapped import the_other_way_round
from bot.corrections.taken_back import cancelled, late_instead, rejected, went_in
from bot.corrections.uncovered import with_what_no_longer_holds
from bot.corrections.which_taken_back import whose_it_was
from bot.days.began import ill_ever_since
from bot.days.day_more import day_before_too, one_day_more
from bot.days.given_up import given_up
from bot.days.goes_on_from import goes_on_from_today
from bot.days.hoped_for import only_hoped
from bot.days.in_for_a_while import in_for_a_while
from bot.days.return_days import return_changed
from bot.families.of_the_event import of_the_event
from bot.families.of_whom_it_goes_on import of_whom_it_goes_on
from bot.families.one_more import one_more
from bot.families.only_one_stays import only_one_stays
from bot.families.other_children import names_somebody_else
from bot.families.returns_beside import with_returns_apart
from bot.families.still import with_still_open
from bot.families.the_same import the_same_of_another
from bot.for_staff.asks_who_writes import asks_who_writes
from bot.for_staff.passing_on import (
    help_wanted,
    only_chat,
    only_seen_again,
    only_yes,
    other_parent,
    question_asked,
    to_read,
    to_staff,
    wrong_number,
)
from bot.for_staff.question_beside import asks_beside, asks_to_come_in
from bot.for_staff.ring_back import only_wants_a_ring
from bot.known import still_away
from bot.leave.answers_the_chase import with_today_answered
from bot.leave.asked import leave_asked
from bot.leave.beside import with_leave_waiting
from bot.leave.fewer_granted import with_the_granted_day_opened
from bot.leave.for_another import the_same_for_another
from bot.leave.standing import about_a_request
from bot.outcome import Heard, Outcome, Situation
from bot.readback import READ_BACK
from bot.recording import absence_reported
from bot.understanding import Understanding
from bot.whereabouts.asks_whether_in import by_the_register, signed_in_since
from bot.whereabouts.fetched_later import fetched_later
from bot.whereabouts.fetched_now import fetched_now, with_who_comes, with_who_leaves
from bot.whereabouts.here_already import crossed_the_all_clear, in_by_the_register
from bot.whereabouts.lateness import late_reported, school_is_over, still_on_the_way

PLAINLY_ILL = "🤒🤮🤢🤧🤕🌡"
"""A thermometer, being sick, a cold, a bandage: the faces that say of what a child is ill."""
ASKS_OR_BELIEVES = frozenset({"question", "present", "chat"})
Answer = Callable[[Heard, Understanding, Situation], Outcome]
Step = Callable[[Heard, Understanding, Situation], Outcome | Understanding | None]


def answer(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """Decide what the words of a listed contact record, ask or pass on; what we had asked about leave may wait."""
    answered = with_what_no_longer_holds(heard, _answer(heard, understood, situation), situation)
    answered = with_today_answered(heard, understood, answered, situation)
    answered = with_still_open(heard, answered, situation)
    answered = with_who_comes(heard, answered, situation)
    answered = with_who_leaves(heard, answered, situation)
    answered = with_the_granted_day_opened(heard, answered, situation)
    return with_leave_waiting(heard, understood, answered, situation)


def _answer(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    for step in STEPS:
        found = step(heard, understood, situation)
        if isinstance(found, Outcome):
            return found
        understood = found or understood
    return ANSWERS.get(understood.intent, to_staff)(heard, understood, situation)


def _of_somebody_elses_child(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    if understood.reports and names_somebody_else(heard.text, situation):
        return to_staff(heard, understood, situation)
    return None


def _only_to_be_rung(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    return to_staff(heard, understood, situation) if only_wants_a_ring(heard, understood) else None


def _whether_in(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    return by_the_register(heard, situation) if understood.intent in ASKS_OR_BELIEVES else None


def _why_it_is_in_no_word(heard: Heard, understood: Understanding, situation: Situation) -> Understanding | None:
    """A report that is read of an emoji alone has no reason yet, but where its face is that of somebody ill."""
    if not understood.reports or any(letter.isalnum() for letter in heard.text):
        return None
    if any(sign in heard.text for sign in PLAINLY_ILL) and {one.code for one in understood.reports} == {"I"}:
        return None
    return replace(understood, ask=tuple(dict.fromkeys((*understood.ask, "reason"))))


def _each_return_apart(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    return with_returns_apart(heard, understood, situation, _answer)


def _searched(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """Danger answers these, for the children of whom the words do not say why they are away: the others are recorded.

    Without danger ("she is in school" of a child nobody misses) a person reads it.
    """
    reported = tuple(report for report in understood.reports if not is_unexplained(report.code))
    gone_in = went_in(heard, understood, situation)
    if gone_in is None and not reported and crossed_the_all_clear(heard, understood, situation):
        return Outcome(replace(situation.conversation, question=None))
    away = tuple(report for report in understood.reports if report.code is not None)
    if gone_in is None and not reported and away and _others_are_in(heard, understood, situation):
        return absence_reported(heard, replace(understood, intent="absence", reports=away), situation)
    if not reported:
        here = gone_in or signed_in_since(heard, understood, situation)
        return here or to_staff(heard, understood, situation)
    answered = absence_reported(heard, replace(understood, intent="absence", reports=reported), situation)
    if len(reported) == len(understood.reports):
        return answered
    if gone_in is not None and gone_in.reply is not None:
        return _both(answered, gone_in, gone_in.reply.values["what"])
    read = to_read(heard, situation, "The words report one child and say of another that it is in school or missing.")
    return replace(answered, effects=(*answered.effects, read))


def _others_are_in(heard: Heard, understood: Understanding, situation: Situation) -> bool:
    """ "Freya's gone in, just Lewis off", as the register has it of her: of him why is to be asked."""
    others = [child for report in understood.reports if report.code is None for child in report.children]
    return in_by_the_register(heard, others, situation)


def _both(answered: Outcome, gone_in: Outcome, in_school: str) -> Outcome:
    """ "Tom is still being sick, Ben went in": read back for both."""
    reply = answered.reply
    if reply is not None and reply.template in READ_BACK:
        reply = replace(reply, values={**reply.values, "what": f"{reply.values['what']}; {in_school}"})
    return replace(answered, effects=(*gone_in.effects, *answered.effects), reply=reply)


def _late(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """ "Tom is late, Ella is ill": the one is on the way, the other is reported. "Will be in by 12", in the evening, is
    of some day to come, and whoever reads it knows which.
    """
    if any(not is_unexplained(report.code) for report in understood.reports):
        return absence_reported(heard, understood, situation)
    if school_is_over(heard, understood, situation):
        return to_staff(heard, understood, situation)
    return late_instead(heard, understood, situation)


def _leave(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """ "Might be off tomorrow, will let you know": a day that the family itself leaves open is no request of leave."""
    open_day = "confirm" in understood.ask and all(is_unexplained(report.code) for report in understood.reports)
    if open_day and understood.reports:
        return absence_reported(heard, replace(understood, intent="absence", ask=("confirm",)), situation)
    return leave_asked(heard, understood, situation)


def _other_parent(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """ "Zoe is at her mum's, Max has a cough": her mother is asked, and he is recorded."""
    told = tuple(report for report in understood.reports if not is_unexplained(report.code))
    if not told:
        return other_parent(heard, understood, situation)
    elsewhere = tuple(report for report in understood.reports if report not in told)
    asked = other_parent(heard, replace(understood, reports=elsewhere), situation)
    answered = absence_reported(heard, replace(understood, intent="absence", reports=told, ask=()), situation)
    return replace(answered, effects=(*asked.effects, *answered.effects))


def _return(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """Another day of return; or none, of a child who is away today as it was before, or never was to be away. Whether
    it may come in is for a person to say, and nothing that we hold is the answer.
    """
    if asks_to_come_in(heard, understood):
        return to_staff(heard, understood, situation)
    if (late := still_on_the_way(heard, understood, situation)) is not None:
        return late_reported(heard, late, situation)
    instead = comes_in_instead(heard, understood, situation)
    if instead is not None:
        return instead
    away = still_away(heard, understood, situation) or ill_ever_since(heard, understood, situation)
    return return_changed(heard, understood, situation) if away is None else absence_reported(heard, away, situation)


def _chat(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """ "Ok thank you, will he get detention for it": what is asked behind the thanks is for a person to answer."""
    if asks_beside(heard.text):
        return question_asked(heard, understood, situation)
    return only_yes(heard, situation) or only_chat(heard, understood, situation)


def _cancel(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """ "Scrap that, he's coming in": takes back what is recorded, or else what we were still asking about."""
    return comes_in_instead(heard, understood, situation) or cancelled(heard, understood, situation)


def _confirm(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """Yes to a read-back: the draft is recorded as it stands."""
    question = situation.conversation.open_question(heard.at)
    if question is None or question.kind != "confirm" or not question.drafts:
        return Outcome(situation.conversation)
    lacks = () if question.leave else question.lacks
    if not question.leave and all(is_unexplained(draft.code) for draft in question.drafts):
        lacks = (*lacks, "reason")  # "might be off tomorrow", and then "yes": why is still to be said
    settled = replace(understood, reports=question.drafts, ask=lacks)
    return (leave_asked if question.leave else absence_reported)(heard, settled, situation)


STEPS: tuple[Step, ...] = (
    partial(whose_it_was, cancel=cancelled),
    the_same_for_another,
    the_same_of_another,
    of_whom_it_goes_on,
    one_more,
    given_up,
    one_day_more,
    day_before_too,
    goes_on_from_today,
    _of_somebody_elses_child,
    _only_to_be_rung,
    asks_who_writes,
    _whether_in,
    partial(time_of_the_day_ahead, record=absence_reported),
    partial(another_time, record=absence_reported),
    partial(day_said_instead, record=absence_reported),
    of_the_event,
    partial(fetched_later, record=absence_reported),
    fetched_now,
    in_for_a_while,
    only_hoped,
    about_a_request,
    only_seen_again,
    _why_it_is_in_no_word,
    another_meant,
    more_of_what_is_planned,
    fewer_meant,
    only_one_stays,
    _each_return_apart,
    partial(appointment_moved, record=absence_reported),
    the_other_way_round,
    of_whom_we_read_back,
)
"""What is tried before the kind of a message decides, in this order. Each step answers it (Outcome), puts right what
was understood of it (Understanding), or leaves it to the next one."""

ANSWERS: dict[str, Answer] = {
    "absence": absence_reported,
    "leave": _leave,
    "late": _late,
    "return": _return,
    "cancel": _cancel,
    "reject": rejected,
    "confirm": _confirm,
    "other_parent": _other_parent,
    "wrong_number": wrong_number,
    "question": question_asked,
    "help": help_wanted,
    "chat": _chat,
    "present": _searched,
    "missing": _searched,
}

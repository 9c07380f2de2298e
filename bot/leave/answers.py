"""What the family answers to what we asked, and what proves it: a file or a link."""

from __future__ import annotations

import re
from dataclasses import replace

from attendance.codes import is_unexplained
from attendance.effects import RaiseAlert
from attendance.leave import WAITING, LeaveRequest, asking, machine, people
from attendance.leave.grounds import GROUNDS, HOLIDAY
from bot.for_the_reader import children_of
from bot.leave import words
from bot.leave.asked import DETAIL
from bot.leave.beside import ILL
from bot.leave.for_another import A_WHILE
from bot.leave.made import changed_to
from bot.leave.telling import leave_to_decide, received
from bot.leave.unsaid import says_why
from bot.leave.whose import in_the_same_breath, last_made, own
from bot.naming import is_named
from bot.outcome import BotEffect, ChangeLeave, Heard, Outcome, Situation
from bot.understanding import Message, Report, Understanding
from bot.understanding.reader import look

IN_A_FILE = frozenset({"tickets", "more"})
"""What a photograph without a word answers; a place and an address are asked for again."""
_YES = re.compile(r"^\W*(?:yes|yeah|yep|ok|okay|sorry)\b", re.IGNORECASE)
OF_A_PLACE = frozenset({"travel_places", "stay_address"})
IN_THE_FILE = "(in the file that came)"


def answered_plainly(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """An answer that may be full of dates (a ticket's) and is no change, as long as it does not say that it is one."""
    turns = (words.withdraws, words.late_back, words.changes, words.asks_for_leave)
    if any(turn(heard.text) for turn in turns):
        return None
    return answered(heard, understood, situation)


def answered(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """An answer in the family's own words to what the policy wants, or to what the head asked."""
    if _says_something_else(heard, understood, situation) or _takes_the_record_back(understood, situation):
        return None
    return _with_answers(heard, situation)


def _takes_the_record_back(understood: Understanding, situation: Situation) -> bool:
    """ "NO", where one text read back an illness and asked about the leave beside it: it was told what a NO means."""
    thread = situation.conversation
    in_one_text = thread.question is not None and thread.question.asked_at == thread.recorded_at
    return understood.intent == "reject" and in_one_text


def _with_answers(heard: Heard, situation: Situation) -> Outcome | None:
    question = situation.conversation.open_question(heard.at)
    if question is None or question.kind != DETAIL:
        return None
    writer = situation.sender.writer
    asked = [
        one
        for one in situation.leave
        if one.pupil in question.children and one.contact == writer and one.state in WAITING and one.lacks
    ]
    if not asked:
        return None
    right = [_put_right(heard, one, situation) for one in asked]
    done = [_with_answer(heard, one, situation) for one in right]
    effects: list[BotEffect] = [ChangeLeave(one, files=bool(heard.files)) for one in done]
    for before, one in zip(asked, done, strict=True):
        if one.code != before.code:
            effects.append(leave_to_decide(one, situation, f"changed/{heard.id}"))
        elif not one.lacks:
            effects.append(_complete(heard, before, one, situation))
    lacks = done[0].lacks
    conversation = replace(situation.conversation, question=replace(question, lacks=lacks, asked_at=heard.at))
    if not lacks:
        conversation = replace(situation.conversation, question=None)
    return Outcome(conversation, tuple(effects), received(heard, done, situation))


def nobody_travels(heard: Heard, situation: Situation) -> Outcome | None:
    """ "We are not travelling after all" answers what we asked of the journey; it takes no request back."""
    question = situation.conversation.open_question(heard.at)
    asked = question is not None and question.kind == DETAIL and bool(set(question.lacks) & set(asking.DETAILS))
    if not asked or not asking.no_journey(heard.text) or words.asks_for_leave(heard.text):
        return None
    return _with_answers(heard, situation)


def _only_repeats(said: str, situation: Situation) -> bool:
    """ "Yes both of them, back Thursday", to where they will stay: children and days, which we have, and no place."""
    rest = _YES.sub("", said)
    return words.says_when(rest) and not says_why(rest, situation)


def said_again(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """ "Yes both of them, back Thursday", a moment after leave was asked for until then: it is the same request, and
    no absence of today for which somebody would have to say why.
    """
    newest = last_made(own("", situation))
    if newest is None or heard.at - newest.asked_at > A_WHILE or understood.safeguarding or understood.urgent:
        return None
    last = in_the_same_breath(newest, own("", situation))
    mine = {one.pupil for one in last if one.state in WAITING}
    told = {child for report in understood.reports for child in report.children}
    back = {report.return_day for report in understood.reports}
    again = understood.intent in ("absence", "return") and all(is_unexplained(one.code) for one in understood.reports)
    if not again or not told or not told <= mine or back != {newest.back_on(situation.school.calendar)}:
        return None
    if not _only_repeats(heard.text, situation) or words.is_of_today(heard.text) or told & set(situation.cases):
        return None
    kept = [replace(one, messages=tuple(dict.fromkeys((*one.told, heard.id)))) for one in last]
    return Outcome(situation.conversation, tuple(map(ChangeLeave, kept)), received(heard, kept, situation))


def _with_answer(heard: Heard, request: LeaveRequest, situation: Situation) -> LeaveRequest:
    wanted, said = request.lacks[0], heard.text.strip()
    answers = bool(said) or wanted in IN_A_FILE
    if wanted in OF_A_PLACE and _only_repeats(said, situation):
        answers = False
    told = machine.answered(request, wanted, said or IN_THE_FILE) if answers else request
    for field, words_of_it in asking.said_details(said, ()).items():  # what they say besides is not asked for again
        told = machine.answered(told, field, words_of_it) if field in told.lacks else told
    told = replace(told, messages=tuple(dict.fromkeys((*told.told, heard.id))))
    proof = heard.files or words.has_link(heard.text)
    return replace(told, evidence=tuple(dict.fromkeys((*told.evidence, heard.id)))) if proof else told


def _says_something_else(heard: Heard, understood: Understanding, situation: Situation) -> bool:
    """Words that are a report or a request of their own, or of the child's lessons, and no answer."""
    if words.asks_back(heard.text) or words.of_lessons(heard.text):
        return True
    if understood.intent in ("absence", "leave") and _is_of_another_child(heard, understood, situation):
        return True
    if understood.intent == "absence":
        today = any(report.code in ILL and report.first_day == heard.day for report in understood.reports)
        return today and set(understood.ask) <= {"return"} and words.is_of_today(heard.text)
    if understood.intent == "leave":
        return not understood.ask and all(report.code not in (None, "N", "G", "C") for report in understood.reports)
    return understood.intent == "cancel"


def _is_of_another_child(heard: Heard, understood: Understanding, situation: Situation) -> bool:
    """ "And Miriam please", while we ask where Eli will stay: her name is no address."""
    question = situation.conversation.open_question(heard.at)
    told = {child for report in understood.reports for child in report.children}
    named = all(is_named(heard.text, child, situation) for child in told)
    return question is not None and bool(told) and named and told.isdisjoint(question.children)


def _put_right(heard: Heard, request: LeaveRequest, situation: Situation) -> LeaveRequest:
    """ "Sorry, I said holiday: it's my father's funeral in Accra": another reason beside the answer. The name of a road
    is none.
    """
    if request.code not in (HOLIDAY, "N") or not words.says_what_it_is(heard.text):
        return request
    message = Message(heard.at, children_of(situation), None, (), heard.text)
    scores = look(message, situation.school.calendar).reading.why.scores
    grounds = [code for code in scores if code in GROUNDS and code != HOLIDAY]
    if not grounds:
        return request
    code = max(grounds, key=lambda one: scores[one])
    return changed_to(heard, request, Report((request.pupil,), code), situation)


def _complete(heard: Heard, before: LeaveRequest, request: LeaveRequest, situation: Situation) -> RaiseAlert:
    """Only what the head asked for is news to the head; what the policy wants stands beside the request."""
    asked_by_head = before.state == "more_asked"
    because = (
        f"The family has answered what you asked about the leave from {request.first_day:%-d %B}."
        if asked_by_head
        else f"The request for leave from {request.first_day:%-d %B} is complete."
    )
    return RaiseAlert(
        f"leave/{request.id}/complete/{heard.id}",
        "leave_to_decide",
        False,
        (request.pupil,),
        because,
        roles=(people.deciding_role(situation.school),),
        climbs=False,
    )


def evidence(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """A file or a link from somebody whose request waits belongs to it, unless the words report something else."""
    if not (heard.files or words.has_link(heard.text)) or _says_something_else(heard, understood, situation):
        return None
    if understood.intent in ("absence", "leave") and not understood.ask and understood.reports:
        return None
    mine = [one for one in own(heard.text, situation) if one.state in WAITING]
    if not mine:
        return None
    told = [replace(one, evidence=tuple(dict.fromkeys((*one.evidence, heard.id)))) for one in mine]
    effects = tuple(ChangeLeave(one, files=True) for one in told)
    return Outcome(situation.conversation, effects, received(heard, told, situation))

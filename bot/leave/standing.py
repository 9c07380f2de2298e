"""Words about a request that stands: an answer to what we asked, a withdrawal, a delayed flight, a parent who objects.

They are looked for only where the writer's own children have a request on record, so that nothing else is caught. What
is not about one is left to the other rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from attendance.absences import Absence
from attendance.effects import RaiseAlert
from attendance.events import ReasonGiven
from attendance.leave import WAITING, LeaveRequest, asking, machine, people
from attendance.leave.grounds import GROUNDS, taken_as
from bot.conversation import Question
from bot.drafts import called_names
from bot.leave import words
from bot.leave.asked import (
    DETAIL,
    changed_to,
    disagree,
    impossible,
    leave_asked,
    leave_to_decide,
    received,
    with_days_said,
)
from bot.outcome import BotEffect, CaseEvent, ChangeLeave, Heard, Outcome, Record, Reply, SendForm, Situation
from bot.passing_on import to_read, to_staff
from bot.understanding import Report, Understanding

UNTIL = "until"
"""What we ask when somebody is delayed and does not say until when."""
ILL_OR_AWAY = frozenset({"I", "M"})
OF_ITS_OWN = frozenset({"help", "wrong_number", "late", "present", "missing", "other_parent", "chat"})
"""Intents that are never about a request, whatever is open."""


def about_a_request(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """What the words do to a request on record, or None when they are not about one."""
    objected = _objected(heard, understood, situation)
    if objected is not None or _of_its_own(heard, understood, situation):
        return objected
    return (
        _form(heard, understood, situation)
        or _answered_plainly(heard, understood, situation)
        or _days_said(heard, understood, situation)
        or _delayed(heard, understood, situation)
        or _nobody_travels(heard, situation)
        or _withdrawn(heard, understood, situation)
        or _answered(heard, understood, situation)
        or _return_moved(heard, understood, situation)
        or _evidence(heard, understood, situation)
        or _afterwards(heard, understood, situation)
    )


def _of_its_own(heard: Heard, understood: Understanding, situation: Situation) -> bool:
    """Whether the words are about nothing that is open here. "Cork" is an answer, though it says nothing by itself."""
    if understood.intent == "late":
        return not words.late_back(heard.text)
    if understood.intent == "chat":
        asked = situation.conversation.open_question(heard.at)
        return asked is None or asked.kind != DETAIL or words.only_polite(heard.text)
    return understood.intent in OF_ITS_OWN


# -- whose -----------------------------------------------------------------------------------------------------------


def _named(understood: Understanding, text: str, situation: Situation) -> tuple[str, ...]:
    """The children whom the words name, or all for whom the writer may speak."""
    may = situation.sender.may_report
    said = [child for child in may if _says_name(text, child, situation)]
    return tuple(said) or tuple(may)


def _says_name(text: str, child: str, situation: Situation) -> bool:
    pupil = situation.school.roll.pupils[child]
    spoken = text.casefold()
    return any(name and name.casefold() in spoken for name in (pupil.given, *pupil.known_as))


def _own(understood: Understanding, text: str, situation: Situation) -> list[LeaveRequest]:
    """The writer's own requests for the children whom the words name, the newest first."""
    named = _named(understood, text, situation)
    writer = situation.sender.writer
    return [one for one in situation.leave if one.pupil in named and one.contact == writer]


# -- another parent --------------------------------------------------------------------------------------------------


def _objected(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """ "I do not agree to her going": to a person, whether there is a request or not; nothing is recorded."""
    if not words.objects(heard.text) or understood.intent in OF_ITS_OWN - {"other_parent", "chat"}:
        return None
    writer = situation.sender.writer
    named = _named(understood, heard.text, situation)
    others = [one for one in situation.leave if one.pupil in named and one.contact != writer]
    others = [one for one in others if one.is_open or one.is_granted]
    if not others:
        a_plan = words.asks_for_leave(heard.text) or bool(understood.reports)
        return to_staff(heard, understood, situation) if a_plan else None
    effects = [effect for one in others for effect in disagree(heard, one, situation)]
    return Outcome(situation.conversation, tuple(effects), Reply("absence.handed_to_staff"))


# -- days that must not be guessed at --------------------------------------------------------------------------------


def _days_said(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    if understood.intent not in ("absence", "leave"):
        return None
    anew = with_days_said(heard, understood, situation)
    return None if anew is None else leave_asked(heard, anew, situation)


def _afterwards(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """Leave for days that are over is never granted, and a C is not proposed for them: the office reads the words."""
    reports = [report for report in understood.reports if report.children]
    if understood.intent not in ("absence", "leave") or not reports or not words.asks_afterwards(heard.text):
        return None
    over = all(report.code in GROUNDS and _is_over(report, heard.day) for report in reports)
    if not over:
        return None
    outcome = impossible("over", reports, situation)
    read = to_read(heard, situation, "Leave asked for after the event: it cannot be granted. Decide how to record it.")
    return replace(outcome, effects=(read,))


def _is_over(report: Report, today: date) -> bool:
    first, back = report.first_day, report.return_day
    return first is not None and first < today and (back is None or back <= today)


# -- back later ------------------------------------------------------------------------------------------------------


def _delayed(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """ "Flight delayed, back Friday": the same request, before the head again. The child is accounted for meanwhile."""
    asked = situation.conversation.open_question(heard.at)
    waits = asked is not None and asked.kind == DETAIL and UNTIL in asked.lacks
    if not (waits or words.late_back(heard.text)):
        return None
    running = [one for one in _own(understood, heard.text, situation) if _runs(one, heard.day, situation)]
    if not running:
        return None
    until = next((report.return_day for report in understood.reports if report.return_day is not None), None)
    pupils = tuple(dict.fromkeys(one.pupil for one in running))
    if until is None or any(until <= one.back_on(situation.school.calendar) for one in running):
        if waits:
            return None
        question = Question(DETAIL, pupils, heard.day, heard.at, leave=True, lacks=(UNTIL,))
        values = {"names": called_names(situation, pupils)}
        return Outcome(situation.conversation.asks(question), (), Reply("leave.until_when", pupils, values))
    effects = [effect for one in running for effect in longer(heard, one, until, situation)]
    said: dict[str, object] = {"names": called_names(situation, pupils), "return_day": until}
    conversation = replace(situation.conversation, question=None)
    return Outcome(conversation, tuple(effects), Reply("leave.longer", pupils, said))


def _runs(request: LeaveRequest, today: date, situation: Situation) -> bool:
    """Decided, begun, and not long over: the child may still be away on it."""
    decided = request.is_granted or request.state in ("refused", "taken")
    if not decided or request.first_day > today:
        return False
    back = request.until or request.return_day or request.first_day
    return back >= today or len(situation.school.calendar.between(back, today)) <= 3


def longer(heard: Heard, request: LeaveRequest, until: date, situation: Situation) -> list[BotEffect]:
    """The later return before the head, and the days until then accounted for under the code that they would have."""
    calendar = situation.school.calendar
    asked = machine.ask_longer(request, until)
    from_day = request.back_on(calendar) if request.is_granted else (request.return_day or request.first_day)
    absence = Absence(
        id=f"{heard.id}/{request.pupil}/longer",
        pupil=request.pupil,
        first_day=max(from_day, request.first_day),
        code=taken_as(request.code),
        recorded_at=heard.at,
        return_day=until,
        contact=situation.sender.writer,
        message=heard.id,
    )
    alert = RaiseAlert(
        f"leave/{request.id}/longer/{until}",
        "leave_to_decide",
        False,
        (request.pupil,),
        f"The family asks to be back on {until:%d %B} instead of {from_day:%d %B}. Days that are over are not granted.",
        roles=(people.deciding_role(situation.school),),
        climbs=False,
    )
    effects: list[BotEffect] = [ChangeLeave(asked), Record(absence), alert]
    case = situation.cases.get(request.pupil)
    if case is not None and absence.covers(case.session, calendar):
        given = ReasonGiven(f"{heard.id}/longer/{request.pupil}", situation.sender.writer, absence.code)
        effects.append(CaseEvent(request.pupil, given))
    return effects


def _return_moved(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """Another day of return alone: of an open request it is a change, of a granted one it is the head's to decide."""
    back = next((report.return_day for report in understood.reports if report.return_day is not None), None)
    if understood.intent != "return" or back is None:
        return None
    own = _own(understood, heard.text, situation)
    waiting = [one for one in own if one.state in WAITING and one.first_day < back]
    if waiting and not any(known.live and known.first_day <= heard.day for known in situation.known):
        changed = [changed_to(heard, one, Report((one.pupil,), None, None, back), situation) for one in waiting]
        effects: list[BotEffect] = []
        for one in changed:
            effects += [ChangeLeave(one), leave_to_decide(one, situation, f"changed/{heard.id}")]
        return Outcome(situation.conversation, tuple(effects), received(changed, situation))
    running = [one for one in own if one.is_granted and _runs(one, heard.day, situation)]
    if not running:
        return None
    pupils = tuple(dict.fromkeys(one.pupil for one in running))
    later = [one for one in running if back > one.back_on(situation.school.calendar)]
    if not later:
        earlier = [one for one in running if back < one.back_on(situation.school.calendar)]
        because = (
            "Back earlier than the leave that was granted: the later marks are opened; look whether that is right."
        )
        changes = [ChangeLeave(machine.back_earlier(one, back)) for one in earlier]
        effects = [*changes, to_read(heard, situation, because)]
        return Outcome(situation.conversation, tuple(effects), Reply("absence.handed_to_staff", pupils))
    effects = [effect for one in later for effect in longer(heard, one, back, situation)]
    values = {"names": called_names(situation, pupils), "return_day": back}
    return Outcome(situation.conversation, tuple(effects), Reply("leave.longer", pupils, values))


# -- taken back ------------------------------------------------------------------------------------------------------


def _withdrawn(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """The family does not go. Before the decision that is the end of it; afterwards the coming marks are opened, and a
    person looks whether that is right."""
    plain_no = understood.intent == "cancel"
    if not (plain_no or words.withdraws(heard.text)):
        return None
    own = _own(understood, heard.text, situation)
    mine = [one for one in own if one.state in machine.WITHDRAWABLE and (one.return_day or one.first_day) >= heard.day]
    if not mine or (plain_no and not words.withdraws(heard.text) and len(mine) > 1 and not _together(mine)):
        return None
    effects: list[BotEffect] = []
    for one in mine:
        effects.append(ChangeLeave(machine.withdraw(one)))
        if one.is_granted:
            because = (
                f"The family withdraws the leave granted from {one.first_day:%d %B}: the child is expected. "
                "The coming marks are opened, and an N is chased as always; look whether that is right."
            )
            effects.append(
                RaiseAlert(
                    f"message/{heard.id}/withdrawn/{one.pupil}",
                    "message_to_read",
                    False,
                    (one.pupil,),
                    because,
                    roles=("attendance_officer",),
                )
            )
    pupils = tuple(dict.fromkeys(one.pupil for one in mine))
    values = {"names": called_names(situation, pupils), "first_day": min(one.first_day for one in mine)}
    conversation = replace(situation.conversation, question=None)
    return Outcome(conversation, tuple(effects), Reply("leave.withdrawn", pupils, values))


def _together(requests: Sequence[LeaveRequest]) -> bool:
    return len({one.together or one.id for one in requests}) == 1


# -- what we asked, and what proves it -------------------------------------------------------------------------------


def _answered(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """An answer in the family's own words to what the policy wants, or to what the head asked."""
    if _says_something_else(heard, understood):
        return None
    return _with_answers(heard, situation)


def _answered_plainly(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """An answer that may be full of dates (a ticket's) and is no change, as long as it does not say that it is one."""
    turns = (words.withdraws, words.late_back, words.changes, words.asks_for_leave)
    if any(turn(heard.text) for turn in turns):
        return None
    return _answered(heard, understood, situation)


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
    done = [_with_answer(heard, one) for one in asked]
    effects: list[BotEffect] = [ChangeLeave(one, files=bool(heard.files)) for one in done]
    for before, one in zip(asked, done, strict=True):
        if not one.lacks:
            effects.append(_complete(heard, before, one, situation))
    lacks = done[0].lacks
    conversation = replace(situation.conversation, question=replace(question, lacks=lacks, asked_at=heard.at))
    if not lacks:
        conversation = replace(situation.conversation, question=None)
    return Outcome(conversation, tuple(effects), received(done, situation))


def _nobody_travels(heard: Heard, situation: Situation) -> Outcome | None:
    """ "We are not travelling after all" answers what we asked of the journey; it takes no request back."""
    question = situation.conversation.open_question(heard.at)
    asked = question is not None and question.kind == DETAIL and bool(set(question.lacks) & set(asking.DETAILS))
    if not asked or not asking.no_journey(heard.text) or words.asks_for_leave(heard.text):
        return None
    return _with_answers(heard, situation)


def _with_answer(heard: Heard, request: LeaveRequest) -> LeaveRequest:
    told = machine.answered(request, request.lacks[0], heard.text)
    proof = heard.files or words.has_link(heard.text)
    return replace(told, evidence=(*told.evidence, heard.id)) if proof else told


def _says_something_else(heard: Heard, understood: Understanding) -> bool:
    """Words that are a report or a request of their own, and no answer."""
    if understood.intent == "absence":
        today = any(report.code in ILL_OR_AWAY and report.first_day == heard.day for report in understood.reports)
        return today and set(understood.ask) <= {"return"} and words.is_of_today(heard.text)
    if understood.intent == "leave":
        return not understood.ask and all(report.code not in (None, "N", "G", "C") for report in understood.reports)
    return understood.intent == "cancel"


def _complete(heard: Heard, before: LeaveRequest, request: LeaveRequest, situation: Situation) -> RaiseAlert:
    """Only what the head asked for is news to the head; what the policy wants stands beside the request."""
    asked_by_head = before.state == "more_asked"
    because = (
        f"The family has answered what you asked about the leave from {request.first_day:%d %B}."
        if asked_by_head
        else f"The request for leave from {request.first_day:%d %B} is complete."
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


def _evidence(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """A file or a link from somebody whose request waits belongs to it, unless the words report something else."""
    if not (heard.files or words.has_link(heard.text)) or _says_something_else(heard, understood):
        return None
    if understood.intent in ("absence", "leave") and not understood.ask and understood.reports:
        return None
    mine = [one for one in _own(understood, heard.text, situation) if one.state in WAITING]
    if not mine:
        return None
    told = [replace(one, evidence=tuple(dict.fromkeys((*one.evidence, heard.id)))) for one in mine]
    effects = tuple(ChangeLeave(one, files=True) for one in told)
    return Outcome(situation.conversation, effects, received(told, situation))


def _form(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """ "How do I ask for leave? Is there a form?" """
    if not words.wants_the_form(heard.text) or any(report.first_day for report in understood.reports if report.code):
        return None
    sender = situation.sender
    if sender.contact is None or sender.several_families or not sender.may_report:
        return None
    return Outcome(situation.conversation, (SendForm(sender.contact.id),), None)

"""What a listed contact's words lead to: recorded and read back when sure, one question when not.

Each intent of the contract has one function. Reports for children for whom the writer may not report go to staff.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from attendance.absences import Absence
from attendance.calendar import instant, local
from attendance.closing import LATE
from attendance.codes import is_unexplained
from attendance.effects import OpenTask, RaiseAlert
from attendance.events import NotWithMe, OnTheWay, ReasonGiven, ReasonWithdrawn, SafeWithoutReason
from attendance.leave import LeaveRequest
from attendance.notice import flags_of, notice_days
from attendance.people import AddressState
from bot.conversation import Question
from bot.known import with_known_reason
from bot.outcome import (
    AddressIs,
    AskLeave,
    BotEffect,
    CaseEvent,
    Heard,
    Outcome,
    Record,
    Reply,
    Situation,
    Withdraw,
)
from bot.readback import read_back
from bot.understanding import Report, Understanding

ARRIVAL_GRACE = timedelta(minutes=15)
ON_THE_WAY = timedelta(minutes=45)
"""How long "we are on our way" may last when no time was said."""
BARE_NAME = 30
COVERED_WITHOUT = frozenset({"return"})
"""What an absence may lack and still be recorded: without a return day it covers its first day (promise 9)."""

Answer = Callable[[Heard, Understanding, Situation], Outcome]


def answer(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """Decide what the words of a listed contact record, ask or pass on."""
    return ANSWERS.get(understood.intent, _to_staff)(heard, understood, situation)


def _absence(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    understood = with_known_reason(understood, situation)
    usable = [report for report in understood.reports if report.children]
    kept, foreign = _split(usable, situation)
    if not kept and foreign:
        return _not_allowed(heard, situation, foreign)
    missing = set(understood.ask) - COVERED_WITHOUT
    if missing or len(usable) < len(understood.reports) or not understood.reports:
        return _ask(heard, understood, situation)
    effects: list[BotEffect] = []
    recorded: list[Absence] = []
    late: list[Report] = []
    for number, report in enumerate(kept):
        for pupil in report.children:
            if report.code is None:
                late.append(replace(report, children=(pupil,)))
                continue
            absence = _absence_of(heard, report, pupil, number)
            recorded.append(absence)
            effects += _record(heard, absence, situation)
    for report in late:
        effects += _late_effects(heard, report, situation)
    if foreign:
        effects.append(_verify(heard, foreign))
    explained = [absence for absence in recorded if not is_unexplained(absence.code)]
    if not explained:
        return _without_a_reason(heard, situation, recorded, late, effects)
    names = {absence.pupil: situation.school.roll.pupils[absence.pupil].called for absence in explained}
    what = read_back(explained, names, local(heard.at).date())
    corrects = any(isinstance(effect, Record) and effect.replaces is not None for effect in effects)
    template = "absence.corrected" if corrects else "absence.recorded"
    conversation = situation.conversation.has_recorded(tuple(absence.id for absence in recorded), heard.at)
    return Outcome(conversation, tuple(effects), Reply(template, tuple(names), {"what": what}))


def _without_a_reason(
    heard: Heard, situation: Situation, recorded: list[Absence], late: list[Report], effects: list[BotEffect]
) -> Outcome:
    """The child is accounted for and no reason is given: the reason clock goes on, and a person reads the words."""
    conversation = situation.conversation.has_recorded(tuple(absence.id for absence in recorded), heard.at)
    if late and not recorded:
        return Outcome(conversation, tuple(effects), _late_reply(late, situation))
    pupils = tuple(absence.pupil for absence in recorded)
    read = RaiseAlert(
        f"message/{heard.id}/read",
        "message_to_read",
        False,
        pupils,
        "A contact accounts for the child and gives no usable reason.",
        roles=("attendance_officer",),
    )
    return Outcome(conversation, (*effects, read), Reply("absence.handed_to_staff", pupils))


def _split(reports: list[Report], situation: Situation) -> tuple[list[Report], list[str]]:
    """Reports limited to the children for whom the writer may report, and the children who are left out."""
    allowed = set(situation.sender.may_report)
    kept: list[Report] = []
    foreign: list[str] = []
    for report in reports:
        own = tuple(child for child in report.children if child in allowed)
        foreign += [child for child in report.children if child not in allowed]
        if own:
            kept.append(replace(report, children=own))
    return kept, foreign


def _not_allowed(heard: Heard, situation: Situation, pupils: list[str]) -> Outcome:
    reply = Reply("absence.handed_to_staff")
    return Outcome(situation.conversation, (_verify(heard, pupils),), reply)


def _verify(heard: Heard, pupils: list[str]) -> RaiseAlert:
    return RaiseAlert(
        f"message/{heard.id}/verify",
        "sender_doubt",
        False,
        tuple(pupils),
        "A contact who may not report wrote about the child; verify with a parent. The chase goes on.",
        roles=("attendance_officer",),
    )


def _absence_of(heard: Heard, report: Report, pupil: str, number: int) -> Absence:
    return Absence(
        id=f"{heard.id}/{pupil}/{number}",
        pupil=pupil,
        first_day=report.first_day or local(heard.at).date(),
        code=report.code or "N",
        recorded_at=heard.at,
        return_day=report.return_day,
        half=report.session or "day",
        arrives=report.arrives,
        leaves=report.leaves,
        message=heard.id,
    )


def _record(heard: Heard, absence: Absence, situation: Situation) -> list[BotEffect]:
    contact = situation.sender.contact
    writer = contact.id if contact else ""
    absence = replace(absence, contact=writer)
    effects: list[BotEffect] = [Record(absence, _overlapping(absence, situation))]
    case = situation.cases.get(absence.pupil)
    if case is None or not absence.covers(case.session, situation.school.calendar):
        return effects
    event_id = f"{heard.id}/reason/{absence.pupil}"
    if is_unexplained(absence.code):
        effects.append(CaseEvent(absence.pupil, SafeWithoutReason(event_id, writer)))
    else:
        effects.append(CaseEvent(absence.pupil, ReasonGiven(event_id, writer, absence.code)))
    return effects


def _overlapping(absence: Absence, situation: Situation) -> Absence | None:
    """The same writer's earlier report for the same first day: the new one corrects it."""
    contact = situation.sender.contact
    for known in situation.known:
        same = known.live and known.pupil == absence.pupil and known.first_day == absence.first_day
        if same and known.half == absence.half and contact is not None and known.contact == contact.id:
            return known
    return None


QUESTIONS = {
    "child": ("child", "absence.which_child"),
    "reason": ("reason", "absence.reason"),
    "dates": ("return", "absence.return"),
    "return": ("return", "absence.return"),
    "confirm": ("confirm", "absence.confirm"),
}


def _ask(heard: Heard, understood: Understanding, situation: Situation, leave: bool = False) -> Outcome:
    """One short question; what was understood is kept as a draft, and the chase goes on."""
    sender, roll = situation.sender, situation.school.roll
    wanted = [field for field in ("child", "reason", "dates", "return", "confirm") if field in understood.ask]
    named = tuple(dict.fromkeys(child for report in understood.reports for child in report.children))
    if not named and "child" not in wanted:
        wanted.insert(0, "child")
    first = wanted[0] if wanted else "confirm"
    choices = sender.may_hear_of
    if first == "child" and len(choices) < 2:
        return _to_staff(heard, understood, situation)
    if first == "confirm" and not named:
        return _to_staff(heard, understood, situation)
    kind, template = QUESTIONS[first]
    pupils = choices if first == "child" else tuple(child for child in named if child in choices)
    if not pupils:
        return _to_staff(heard, understood, situation)
    names = tuple(roll.pupils[pupil].called for pupil in pupils)
    day = understood.reports[0].first_day if understood.reports else None
    question = Question(kind, pupils, day or local(heard.at).date(), heard.at, drafts=understood.reports, leave=leave)
    values: dict[str, object] = {"names": names}
    if first == "confirm":
        drafts = [
            _absence_of(heard, report, pupil, 0)
            for report in understood.reports
            for pupil in report.children
            if pupil in choices
        ]
        called = {pupil: roll.pupils[pupil].called for pupil in pupils}
        values = {"what": read_back(drafts, called, local(heard.at).date())}
    return Outcome(situation.conversation.asks(question), (), Reply(template, pupils, values))


def _leave(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """A planned absence that only the headteacher can grant: a request, never a mark."""
    usable = [report for report in understood.reports if report.children]
    kept, foreign = _split(usable, situation)
    if not kept and foreign:
        return _not_allowed(heard, situation, foreign)
    if understood.ask or not kept or any(report.first_day is None for report in kept):
        return _ask(heard, understood, situation, leave=True)
    contact = situation.sender.contact
    effects: list[BotEffect] = []
    for number, report in enumerate(kept):
        for pupil in report.children:
            request = _request(heard, report, pupil, number, contact.id if contact else None, situation)
            effects += [AskLeave(request), leave_to_decide(request)]
    pupils = tuple(dict.fromkeys(child for report in kept for child in report.children))
    first = min(report.first_day for report in kept if report.first_day is not None)
    back = max((report.return_day for report in kept if report.return_day is not None), default=None)
    values = {"names": _called(situation, pupils), "first_day": first, "return_day": back}
    conversation = replace(situation.conversation, question=None)
    return Outcome(conversation, tuple(effects), Reply("leave.received", pupils, values))


def _request(
    heard: Heard, report: Report, pupil: str, number: int, contact: str | None, situation: Situation
) -> LeaveRequest:
    today = local(heard.at).date()
    first = report.first_day or today
    return LeaveRequest(
        id=f"{heard.id}/leave/{pupil}/{number}",
        pupil=pupil,
        first_day=first,
        return_day=report.return_day,
        code=report.code or "N",
        asked_at=heard.at,
        contact=contact,
        message=heard.id,
        flags=flags_of(today, first, situation.school),
        notice_days=notice_days(today, first),
    )


def leave_to_decide(request: LeaveRequest) -> RaiseAlert:
    """The headteacher hears at once, and once; the request stays on the board until it is decided."""
    short = " Notice is shorter than the policy asks." if "short_notice" in request.flags else ""
    return RaiseAlert(
        f"leave/{request.id}",
        "leave_to_decide",
        False,
        (request.pupil,),
        f"Leave asked for from {request.first_day:%d %B}.{short}",
        roles=("headteacher",),
        climbs=False,
    )


def _late(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    kept, foreign = _split([report for report in understood.reports if report.children], situation)
    if not kept:
        return _not_allowed(heard, situation, foreign) if foreign else _ask(heard, understood, situation)
    effects: list[BotEffect] = []
    for report in kept:
        effects += _late_effects(heard, report, situation)
    conversation = replace(situation.conversation, question=None)
    return Outcome(conversation, tuple(effects), _late_reply(kept, situation))


def _late_effects(heard: Heard, report: Report, situation: Situation) -> list[BotEffect]:
    """Late is no absence: it explains the empty mark until the time at which the child should be here."""
    today = local(heard.at).date()
    day = report.first_day or today
    contact = situation.sender.contact
    writer = contact.id if contact else ""
    effects: list[BotEffect] = []
    for pupil in report.children:
        absence = Absence(
            f"{heard.id}/{pupil}/late",
            pupil,
            day,
            LATE,
            heard.at,
            half="am",
            arrives=report.arrives,
            contact=writer,
            message=heard.id,
        )
        effects.append(Record(absence))
        if day == today and pupil in situation.cases:
            expected = expected_at(day, report.arrives, heard.at)
            effects.append(CaseEvent(pupil, OnTheWay(f"{heard.id}/late/{pupil}", writer, expected)))
    return effects


def expected_at(day: date, arrives: time | None, now: datetime) -> datetime:
    """When a child on the way should have been seen: fifteen minutes after the time said, never in the past."""
    if arrives is None:
        return now + ON_THE_WAY
    return max(instant(day, arrives), now) + ARRIVAL_GRACE


def _late_reply(late: list[Report], situation: Situation) -> Reply:
    pupils = tuple(dict.fromkeys(child for report in late for child in report.children))
    return Reply("late.recorded", pupils, {"arrives": late[0].arrives, "names": _called(situation, pupils)})


def _called(situation: Situation, pupils: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(situation.school.roll.pupils[pupil].called for pupil in pupils)


def _return(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """A change of the return day alone: the report that it belongs to is replaced."""
    effects: list[BotEffect] = []
    changed: list[Absence] = []
    if understood.ask:
        return _ask(heard, understood, situation)
    for report in understood.reports:
        for pupil in report.children:
            if pupil not in situation.sender.may_report:
                continue
            known = _latest(pupil, situation, local(heard.at).date())
            if known is None:
                continue
            if report.return_day is None:
                changed.append(known)
                continue
            longer = replace(
                known,
                id=f"{heard.id}/{pupil}/return",
                return_day=report.return_day,
                recorded_at=heard.at,
                message=heard.id,
                state="recorded",
            )
            changed.append(longer)
            effects.append(Record(longer, known))
            case = situation.cases.get(pupil)
            if case is not None and longer.covers(case.session, situation.school.calendar):
                writer = situation.sender.contact.id if situation.sender.contact else ""
                event = ReasonGiven(f"{heard.id}/reason/{pupil}", writer, longer.code)
                effects.append(CaseEvent(pupil, event))
    if not changed:
        return _to_staff(heard, understood, situation)
    names = {absence.pupil: situation.school.roll.pupils[absence.pupil].called for absence in changed}
    what = read_back(changed, names, local(heard.at).date())
    conversation = situation.conversation.has_recorded(tuple(absence.id for absence in changed), heard.at)
    return Outcome(conversation, tuple(effects), Reply("absence.corrected", tuple(names), {"what": what}))


def _latest(pupil: str, situation: Situation, today: date) -> Absence | None:
    """The report that a new return day changes: live, of this pupil, and not long over."""
    own = [
        absence
        for absence in situation.known
        if absence.live and absence.pupil == pupil and absence.code != LATE and (absence.return_day or today) >= today
    ]
    return max(own, key=lambda absence: absence.recorded_at, default=None)


def _cancel(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """Takes back an absence that has not happened."""
    today = local(heard.at).date()
    children = {child for report in understood.reports for child in report.children} or set(situation.sender.may_report)
    withdrawn = [
        absence
        for absence in situation.known
        if absence.live and absence.pupil in children and (absence.return_day or absence.first_day) >= today
    ]
    if not withdrawn or not children <= set(situation.sender.may_report):
        return _to_staff(heard, understood, situation)
    effects: tuple[BotEffect, ...] = tuple(Withdraw(absence, "cancelled") for absence in withdrawn)
    read = to_read(heard, situation, "A contact takes back an absence.")
    conversation = replace(situation.conversation, question=None)
    return Outcome(conversation, (*effects, read), Reply("absence.handed_to_staff"))


def _reject(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """A bare "no" rejects exactly what was last read back, or drops the draft; the case waits again."""
    ids = set(situation.conversation.last_recorded(heard.at))
    rejected = [absence for absence in situation.known if absence.live and absence.id in ids]
    question = situation.conversation.open_question(heard.at)
    pupils = tuple(absence.pupil for absence in rejected) or (question.children if question else ())
    if not pupils:
        return _to_staff(heard, understood, situation)
    writer = situation.sender.contact.id if situation.sender.contact else ""
    effects: list[BotEffect] = [Withdraw(absence, "rejected") for absence in rejected]
    effects += [
        CaseEvent(pupil, ReasonWithdrawn(f"{heard.id}/no/{pupil}", writer))
        for pupil in pupils
        if rejected and pupil in situation.cases
    ]
    again = Question("reason", pupils, local(heard.at).date(), heard.at)
    conversation = replace(situation.conversation.asks(again), recorded=())
    return Outcome(conversation, tuple(effects), Reply("absence.reason", pupils, {"names": _called(situation, pupils)}))


def _confirm(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """Yes to a read-back: the draft is recorded as it stands."""
    question = situation.conversation.open_question(heard.at)
    if question is None or question.kind != "confirm" or not question.drafts:
        return Outcome(situation.conversation)
    settled = replace(understood, reports=question.drafts, ask=())
    return (_leave if question.leave else _absence)(heard, settled, situation)


def _other_parent(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    return _onward(heard, understood, situation, "with_other_parent")


def _onward(heard: Heard, understood: Understanding, situation: Situation, outcome: str) -> Outcome:
    """Ask the next contact now; the writer has no more questions from us."""
    writer = situation.sender.contact.id if situation.sender.contact else ""
    named = tuple(child for report in understood.reports for child in report.children)
    pupils = named or tuple(pupil for pupil, case in situation.cases.items() if case.is_waiting)
    effects: tuple[BotEffect, ...] = tuple(
        CaseEvent(pupil, NotWithMe(f"{heard.id}/{outcome}/{pupil}", writer, outcome))
        for pupil in pupils
        if pupil in situation.cases
    )
    if not effects:
        return _to_staff(heard, understood, situation)
    conversation = replace(situation.conversation, question=None)
    return Outcome(conversation, effects, Reply("absence.handed_to_staff"))


def _wrong_number(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """Not this family's number: it is never written to again, the office mends it, the next contact is asked now."""
    writer = situation.sender.contact.id if situation.sender.contact else ""
    pupils = situation.sender.children
    bad = AddressIs(heard.channel, heard.address, AddressState.BAD, "wrong person")
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
        if pupil in situation.cases
    )
    conversation = replace(situation.conversation, question=None)
    return Outcome(conversation, (bad, alert, task, *onward), None)


def _question(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """For a person to answer. A bare name while we wait for a reason is half an answer: ask for the other half."""
    question = situation.conversation.open_question(heard.at)
    if question is not None and question.kind in ("absence", "reason") and _is_bare_name(heard.text, situation):
        names = _called(situation, question.children)
        asked = situation.conversation.asks(replace(question, kind="reason", asked_at=heard.at))
        return Outcome(asked, (), Reply("absence.reason", question.children, {"names": names}))
    return _to_staff(heard, understood, situation)


def _is_bare_name(text: str, situation: Situation) -> bool:
    """A short text that holds a child's name and asks nothing."""
    if "?" in text or len(text) > BARE_NAME:
        return False
    words = {word.strip(".,!'").casefold() for word in text.split()}
    pupils = (situation.school.roll.pupils[pupil] for pupil in situation.sender.may_hear_of)
    return any(name.casefold() in words for pupil in pupils for name in (pupil.given, pupil.family, *pupil.known_as))


def _help(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    return Outcome(situation.conversation, (), Reply("help"))


def _chat(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """Thanks, ok, emoji: nothing to do, and an open question stays open."""
    return Outcome(situation.conversation)


def _searched(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """Danger answers these. Without danger ("she is in school" of a child nobody misses) a person reads it."""
    return _to_staff(heard, understood, situation)


def _to_staff(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    read = to_read(heard, situation, "The machine was not sure, or only a person can answer.")
    return Outcome(situation.conversation, (read,), Reply("absence.handed_to_staff"))


def to_read(heard: Heard, situation: Situation, because: str) -> RaiseAlert:
    """A person must read this message; unread, it climbs like anything else."""
    return RaiseAlert(
        f"message/{heard.id}/read",
        "message_to_read",
        False,
        situation.sender.may_hear_of,
        because,
        roles=("attendance_officer",),
    )


ANSWERS: dict[str, Answer] = {
    "absence": _absence,
    "leave": _leave,
    "late": _late,
    "return": _return,
    "cancel": _cancel,
    "reject": _reject,
    "confirm": _confirm,
    "other_parent": _other_parent,
    "wrong_number": _wrong_number,
    "question": _question,
    "help": _help,
    "chat": _chat,
    "present": _searched,
    "missing": _searched,
}

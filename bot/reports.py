"""What a listed contact's words lead to: recorded and read back when sure, one question when not.

Each intent of the contract has one function. Reports for children for whom the writer may not report go to staff.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from attendance.absences import Absence
from attendance.calendar import CalendarTooShort, Session, instant, local
from attendance.closing import LATE
from attendance.codes import is_unexplained
from attendance.effects import OpenTask, RaiseAlert
from attendance.events import NotWithMe, OnTheWay, ReasonGiven, ReasonWithdrawn, SafeWithoutReason
from attendance.leave import LeaveRequest
from attendance.notice import flags_of, notice_days
from attendance.people import CHANNELS, AddressState
from bot.conversation import RECORD_LIVES, Question
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
HEAD_GRANTS = frozenset({"C", "C1", "G", "J1", "R", "S", "T"})
"""Codes of a planned absence that is a request for leave. Source: SI 2024/208 regs 10 and 11; corpus contract."""
COVERED_WITHOUT = frozenset({"return"})
"""What an absence may lack and still be recorded: without a return day it covers its first day (promise 9)."""

STILL_COMING = frozenset({"M"})
"""Away for part of the day and coming in afterwards: "on the way" takes nothing back."""

Answer = Callable[[Heard, Understanding, Situation], Outcome]


def answer(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """Decide what the words of a listed contact record, ask or pass on."""
    return ANSWERS.get(understood.intent, _to_staff)(heard, understood, situation)


def _absence(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """What happens is recorded; what only the head can grant is asked for, whatever else is in the words."""
    understood = with_known_reason(understood, situation)
    usable = [report for report in understood.reports if report.children]
    kept, foreign = _split(usable, situation)
    if not kept and foreign:
        return _not_allowed(heard, situation, foreign)
    missing = set(understood.ask) - COVERED_WITHOUT
    if missing or len(usable) < len(understood.reports) or not understood.reports:
        return _ask(heard, understood, situation)
    today = local(heard.at).date()
    asked_for = [report for report in kept if _is_leave(report, today)]
    if asked_for and len(asked_for) == len(kept):
        return _leave(heard, understood, situation)
    effects = _leave_effects(heard, asked_for, situation)
    recorded: list[Absence] = []
    late: list[Report] = []
    for number, report in enumerate(kept):
        if report in asked_for:
            continue
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
    what = read_back(explained, names, today)
    if len(explained) < len(recorded):
        effects.append(_no_reason(heard, tuple(one.pupil for one in recorded if one not in explained)))
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
    return Outcome(conversation, (*effects, _no_reason(heard, pupils)), Reply("absence.handed_to_staff", pupils))


def _no_reason(heard: Heard, pupils: tuple[str, ...]) -> RaiseAlert:
    return RaiseAlert(
        f"message/{heard.id}/read",
        "message_to_read",
        False,
        pupils,
        "A contact accounts for the child and gives no usable reason.",
        roles=("attendance_officer",),
    )


def _is_leave(report: Report, today: date) -> bool:
    """Planned, and only the headteacher can grant it. Source: DESIGN section 3, who owns a message."""
    return report.code in HEAD_GRANTS and report.first_day is not None and report.first_day > today


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
    """The same writer's earlier report for the same first day: the new one corrects it.

    Two halves of a day stand beside each other. "On the way" takes the place of what kept the child away that morning,
    and the other way round.
    """
    contact = situation.sender.contact
    for known in situation.known:
        if not known.live or known.pupil != absence.pupil or contact is None or known.contact != contact.id:
            continue
        if absence.code == LATE and known.code != LATE:
            same = known.code not in STILL_COMING and is_away_on(known, absence.first_day)
        else:
            same = known.first_day == absence.first_day
        apart = {known.half, absence.half} == {"am", "pm"}
        if same and not apart:
            return known
    return None


def is_away_on(absence: Absence, day: date) -> bool:
    """True when the report says that the child is away on `day`, or on a part of it."""
    return absence.first_day == day or (absence.return_day is not None and absence.first_day < day < absence.return_day)


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
    effects = _leave_effects(heard, kept, situation)
    if foreign:
        effects.append(_verify(heard, foreign))
    pupils = tuple(dict.fromkeys(child for report in kept for child in report.children))
    first = min(report.first_day for report in kept if report.first_day is not None)
    back = max((report.return_day for report in kept if report.return_day is not None), default=None)
    values = {"names": _called(situation, pupils), "first_day": first, "return_day": back}
    conversation = replace(situation.conversation, question=None)
    return Outcome(conversation, tuple(effects), Reply("leave.received", pupils, values))


def _leave_effects(heard: Heard, reports: list[Report], situation: Situation) -> list[BotEffect]:
    contact = situation.sender.contact
    effects: list[BotEffect] = []
    for number, report in enumerate(reports):
        for pupil in report.children:
            request = _request(heard, report, pupil, number, contact.id if contact else None, situation)
            effects += [AskLeave(request), leave_to_decide(request)]
    return effects


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
        known = _overlapping(absence, situation)
        effects += _record_late(absence, known)
        if known is not None and known.code != LATE and day == today:
            effects += _nobody_asks(heard, (pupil,), situation)
        if day == today and pupil in situation.cases:
            expected = expected_at(day, report.arrives, heard.at)
            effects.append(CaseEvent(pupil, OnTheWay(f"{heard.id}/late/{pupil}", writer, expected)))
    return effects


def _record_late(absence: Absence, known: Absence | None) -> list[BotEffect]:
    """Of a longer absence the days before stay as they were reported."""
    if known is None or known.first_day == absence.first_day:
        return [Record(absence, known)]
    shorter = replace(known, id=f"{absence.id}/until", return_day=absence.first_day, recorded_at=absence.recorded_at)
    return [Record(shorter, known), Record(absence)]


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
            today_back = report.return_day == known.first_day == local(heard.at).date() and known.half == "day"
            longer = replace(
                known,
                id=f"{heard.id}/{pupil}/return",
                return_day=report.return_day,
                half="am" if today_back else known.half,
                recorded_at=heard.at,
                message=heard.id,
                state="recorded",
            )
            changed.append(longer)
            effects.append(Record(longer, known))
            if report.return_day <= local(heard.at).date():
                effects += _back_today(heard, report, pupil, situation)
                continue
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


def _back_today(heard: Heard, report: Report, pupil: str, situation: Situation) -> list[BotEffect]:
    """Back in today: from here on the child is expected, and an answered case waits for the arrival.

    A child whom we are asking about and who is said to be back is no answer: the chase goes on, and a person reads it.
    """
    case = situation.cases.get(pupil)
    if case is None:
        return _nobody_asks(heard, (pupil,), situation)
    if case.is_waiting or case.stage == "handed_over":
        return [to_read(heard, situation, "A contact says that the child is back today; the register has no mark.")]
    writer = situation.sender.contact.id if situation.sender.contact else ""
    expected = expected_at(local(heard.at).date(), report.arrives, heard.at)
    return [CaseEvent(pupil, OnTheWay(f"{heard.id}/back/{pupil}", writer, expected))]


def _latest(pupil: str, situation: Situation, today: date) -> Absence | None:
    """The report that a new return day changes: live, of this pupil, and not long over."""
    own = [
        absence
        for absence in situation.known
        if absence.live and absence.pupil == pupil and absence.code != LATE and _lasts(absence, today, situation)
    ]
    return max(own, key=lambda absence: absence.recorded_at, default=None)


def _lasts(absence: Absence, today: date, situation: Situation) -> bool:
    """Not over yet. One without a return day is over when the school day after its first one has gone by."""
    if absence.return_day is not None:
        return absence.return_day >= today
    try:
        return situation.school.calendar.after(absence.first_day) >= today
    except CalendarTooShort:
        return False


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
    effects: list[BotEffect] = [Withdraw(absence, "cancelled") for absence in withdrawn]
    effects += _open_again(heard, withdrawn, situation)
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
    effects: list[BotEffect] = [Withdraw(absence, "rejected") for absence in rejected]
    effects += _open_again(heard, rejected, situation)
    again = Question("reason", pupils, local(heard.at).date(), heard.at)
    conversation = replace(situation.conversation.asks(again), recorded=())
    return Outcome(conversation, tuple(effects), Reply("absence.reason", pupils, {"names": _called(situation, pupils)}))


def _open_again(heard: Heard, taken_back: list[Absence], situation: Situation) -> list[BotEffect]:
    """Today's cases that rested on these reports wait again."""
    writer = situation.sender.contact.id if situation.sender.contact else ""
    today = local(heard.at).date()
    pupils = tuple(dict.fromkeys(absence.pupil for absence in taken_back if is_away_on(absence, today)))
    events: list[BotEffect] = [
        CaseEvent(pupil, ReasonWithdrawn(f"{heard.id}/no/{pupil}", writer))
        for pupil in pupils
        if pupil in situation.cases
    ]
    return [*events, *_nobody_asks(heard, pupils, situation)]


def _nobody_asks(heard: Heard, pupils: tuple[str, ...], situation: Situation) -> list[BotEffect]:
    """Explained at the close and not any more: such a child has no case, so a named person must hear (promise 1)."""
    school, day = situation.school, local(heard.at).date()
    lost = tuple(
        pupil
        for pupil in pupils
        if pupil not in situation.cases
        and (closes := school.closes_at(school.roll.pupils[pupil], Session(day, "am"))) is not None
        and closes <= heard.at
    )
    if not lost:
        return []
    because = (
        "What explained today's absence no longer holds, and the register has closed: find out where the child is."
    )
    return [
        RaiseAlert(
            f"message/{heard.id}/unexplained", "message_to_read", True, lost, because, roles=("attendance_officer",)
        )
    ]


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
    if not all(situation.cases[pupil].is_waiting for pupil in pupils if pupil in situation.cases):
        effects = (*effects, to_read(heard, situation, "A contact says who has the child; nobody is asked any more."))
    conversation = replace(situation.conversation, question=None)
    return Outcome(conversation, effects, Reply("absence.handed_to_staff"))


def _wrong_number(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """Not this family's number: it is never written to again, the office mends it, the next contact is asked now."""
    writer = situation.sender.contact.id if situation.sender.contact else ""
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
        if pupil in situation.cases
    )
    conversation = replace(situation.conversation, question=None)
    taken_back = tuple(Withdraw(absence, "rejected") for absence in said)
    return Outcome(conversation, (*bad, alert, task, *taken_back, *onward), None)


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

"""An absence that is sure: recorded for its children, and told to the cases that it answers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from attendance.absences import Absence
from attendance.case import LATER_IN
from attendance.codes import is_unexplained
from attendance.effects import RaiseAlert
from attendance.events import OnTheWay, ReasonGiven, SafeWithoutReason
from attendance.on_a_trip import ON_A_TRIP, TRIP, look_on_the_trip
from bot.asking import ask, ask_until_when
from bot.corrections.stands import entered_otherwise, in_school_by_the_register, it_stands
from bot.days.after_lunch import back_for_the_last_lesson
from bot.days.afternoons import of_the_afternoon
from bot.days.began import from_the_day_it_began
from bot.days.other_days_asked import with_the_other_days
from bot.days.part_of_return import with_part_of_its_day
from bot.drafts import absence_of, called_names, not_allowed, split_by_right, to_verify
from bot.for_staff.left_to_a_person import REFUSES, and_told, left_to_a_person
from bot.for_staff.passing_on import NO_REASON, to_read, to_staff
from bot.known import overlapping, said_again, shaped_as_told, with_known_reason
from bot.leave.asked import asking_on, leave_asked, leave_effects
from bot.leave.refused import as_the_head_decided, with_the_refusal
from bot.leave.telling import TAKES_FILES
from bot.leave.words import is_of_today, says_when
from bot.outcome import AskLeave, BotEffect, CaseEvent, ChangeLeave, Heard, Outcome, Record, Reply, Situation, Withdraw
from bot.readback import READ_BACK, read_back
from bot.understanding import Report, Understanding
from bot.whereabouts.accounted import has_the_one_named, says_where
from bot.whereabouts.here_already import mark_of
from bot.whereabouts.lateness import expected_at, late_effects, late_reply
from bot.whereabouts.outings import by_registers, going_out
from bot.whereabouts.to_be_collected import only_to_be_collected, to_be_collected

HEAD_GRANTS = frozenset({"C", "C1", "G", "J1", "R", "S", "T"})
"""Codes of a planned absence that is a request for leave. Source: SI 2024/208 regs 10 and 11; corpus contract."""
COVERED_WITHOUT = frozenset({"return"})
"""What an absence may lack and still be recorded: without a return day it covers its first day (promise 9)."""
_FETCHED = re.compile(
    r"\b(?:collect\w*|pick\w*|fetch\w*|com(?:e|ing) (?:to|for|and)|get (?:him|her|them)|off)\b", re.IGNORECASE
)
"""Somebody comes for the child, or it is said to be off: that is of now."""
_OF_ALL = re.compile(r"\b(?:both|they are|all (?:here|at|with|of them)|we are all|have them)\b")
"""Where they are is said of the one that is well, too: "they're both here with me, Theo's been sick"."""
SAFE_AND_NOT_SAID = (
    "A contact says where the child is, and would rather not say why it is away: decide in your own time."
)
SAFE_AND_ASKED = "A contact says where the child is, and not why it is away: they were asked for the reason."


def absence_reported(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    """What happens is recorded; what only the head can grant is asked for, whatever else is in the words, and what only
    a person can decide is left to one.
    """
    left = left_to_a_person(heard, understood, situation)
    return and_told(heard, _reported(heard, left.understood, situation), left.matters, situation)


def _reported(heard: Heard, understood: Understanding, situation: Situation) -> Outcome:
    understood = with_the_other_days(heard, understood, situation)
    understood = of_the_afternoon(heard, with_known_reason(heard, understood, situation), situation)
    understood = from_the_day_it_began(heard, understood, situation)
    understood = with_part_of_its_day(heard, understood, situation)
    usable = [shaped_as_told(heard, report, situation) for report in understood.reports if report.children]
    usable = [back_for_the_last_lesson(heard, report) for report in usable]
    kept, foreign = split_by_right(usable, situation)
    if not kept and foreign:
        return not_allowed(heard, situation, foreign)
    missing = set(understood.ask) - COVERED_WITHOUT
    if missing == {"reason"} and (split := _one_lacks_a_reason(heard, understood, situation)) is not None:
        return split
    today = heard.day
    if missing == {"reason"} and understood.tells and usable and all(report.code == REFUSES for report in usable):
        told = tuple(replace(report, code="N") for report in understood.reports)
        return absence_reported(heard, replace(understood, reports=told, ask=()), situation)
    if missing == {"reason"} and not foreign and _is_safe_today(heard, usable, understood):
        return _safe_and_why(heard, kept, understood, situation)
    if missing or len(usable) < len(understood.reports) or not understood.reports:
        return ask(heard, understood, situation)
    if _says_only_why(heard, kept, situation):
        return to_staff(heard, understood, situation)
    asked_for = [report for report in kept if _is_leave(report, today)]
    if asked_for and len(asked_for) == len(kept):
        return leave_asked(heard, understood, situation)
    return _recorded(heard, understood, situation, kept, foreign, asked_for)


@dataclass(slots=True)
class _Written:
    """What is put down of a message's reports, child by child. `refused`: some of it the head had not granted."""

    effects: list[BotEffect]
    absences: list[Absence] = field(default_factory=list)
    late: list[Report] = field(default_factory=list)
    refused: bool = False


def _recorded(
    heard: Heard, understood: Understanding, situation: Situation,
    kept: list[Report], foreign: list[str], asked_for: list[Report],
) -> Outcome:  # fmt: skip
    """Everything that can be put down, and the one answer to it; `foreign` is of children of whom they may not."""
    written, said = _Written(leave_effects(heard, asked_for, situation)), kept
    kept, out = _that_miss_a_register(kept, asked_for, situation)
    if out:
        written.effects += [*_no_more_missed(heard, said, out, situation), going_out(heard, out, situation)]
    for number, report in enumerate(kept):
        if report not in asked_for:
            _write_down(written, heard, report, number, situation)
    for report in written.late:
        written.effects += late_effects(heard, report, situation)
    if foreign:
        written.effects.append(to_verify(heard, foreign))
    return _answered(written, out, heard, understood, situation)


def _write_down(written: _Written, heard: Heard, report: Report, number: int, situation: Situation) -> None:
    """One report of each of its children: late, or away as the head has decided where only the head can."""
    for pupil in report.children:
        if report.code is None:
            written.late.append(replace(report, children=(pupil,)))
            continue
        absence = absence_of(heard, report, pupil, number)
        if absence.code in HEAD_GRANTS:
            asked_as, absence = absence, as_the_head_decided(absence, situation)
            written.refused = written.refused or absence != asked_as
        written.absences.append(absence)
        written.effects += _record(heard, absence, situation)


def _answered(
    written: _Written, out: tuple[str, ...], heard: Heard, understood: Understanding, situation: Situation
) -> Outcome:
    """What was put down is read back; a child without a reason, or one that is sought, is answered otherwise."""
    recorded, late, effects = written.absences, written.late, written.effects
    explained = [absence for absence in recorded if not is_unexplained(absence.code)]
    if out and not recorded and not late:
        conversation = situation.conversation.has_recorded((), heard.at)  # what comes next is about this
        return Outcome(conversation, tuple(effects), Reply("absence.handed_to_staff", out))
    if not explained:
        return _without_a_reason(heard, situation, recorded, late, effects)
    if len(explained) < len(recorded):
        unexplained = tuple(one.pupil for one in recorded if one not in explained)
        effects.append(_no_reason(heard, unexplained, situation))
    if not late and all(absence.pupil in _sought_on_a_trip(effects) for absence in explained):
        conversation = situation.conversation.has_recorded(tuple(absence.id for absence in explained), heard.at)
        sought = tuple(dict.fromkeys(absence.pupil for absence in explained))
        return Outcome(conversation, tuple(effects), Reply("absence.handed_to_staff", sought))
    outcome = _beside_the_late(_read_back(heard, explained, effects, situation), heard, late, situation)
    outcome = _beside_the_leave(outcome, heard, situation)
    outcome = with_the_refusal(outcome) if written.refused else outcome
    return ask_until_when(outcome, explained, heard, understood, situation)


def _sought_on_a_trip(effects: Iterable[BotEffect]) -> set[str]:
    """To a family that believes the child with the school "absent today, when back?" would be no answer."""
    alerts = [one for one in effects if isinstance(one, RaiseAlert)]
    return {pupil for one in alerts for pupil in one.pupils if one.key.startswith(TRIP)}


def _read_back(heard: Heard, explained: list[Absence], effects: list[BotEffect], situation: Situation) -> Outcome:
    """Says what is recorded; where the office has entered something else, no more than that."""
    stand = entered_otherwise(explained, situation)
    here = in_school_by_the_register(explained, situation)
    told = [absence for absence in explained if absence.pupil not in (*stand, *here)]
    conversation = situation.conversation.has_recorded(tuple(absence.id for absence in told), heard.at)
    if not told and here:  # staff hear of the discrepancy; "we have her absent" would not be true
        if all(absence.first_day < heard.day for absence in explained):  # no register of today disagrees: nobody hears
            effects = [*effects, to_read(heard, situation, "Reported absent on a day when the register has them here.")]
        return Outcome(conversation, tuple(effects), Reply("absence.handed_to_staff", here))
    if not told:
        return Outcome(conversation, tuple(effects), it_stands(stand, explained, situation))
    names = {absence.pupil: situation.school.roll.pupils[absence.pupil].called for absence in told}
    changed = {one.absence.pupil for one in effects if isinstance(one, Record) and _says_otherwise(one)}
    template = "absence.recorded" if changed.isdisjoint(names) else "absence.corrected"
    values: dict[str, object] = {"what": read_back(told, names, heard.day)}
    if stand:
        values["stands"] = called_names(situation, stand)
    return Outcome(conversation, tuple(effects), Reply(template, tuple(names), values))


def _beside_the_late(outcome: Outcome, heard: Heard, late: list[Report], situation: Situation) -> Outcome:
    """ "Bilal is ill, Hamza overslept": the read-back of the one says that the other is expected."""
    expected = late_reply(heard, late, situation) if late else None
    if outcome.reply is None or outcome.reply.template not in READ_BACK or expected is None:
        return outcome
    if expected.template != "late.recorded":
        return outcome
    coming = {"late": expected.values["names"], **{key: expected.values[key] for key in ("arrives", "soon")}}
    values = {**outcome.reply.values, **coming}
    return replace(outcome, reply=replace(outcome.reply, values=values))


def _beside_the_leave(outcome: Outcome, heard: Heard, situation: Situation) -> Outcome:
    """ "She is ill today. Could she also have 10 December off": the read-back says who has the request, and asks for
    what the policy wants to know of it.
    """
    made = [one.request for one in outcome.effects if isinstance(one, AskLeave | ChangeLeave)]
    mine = [one for one in made if one.contact == situation.sender.writer]
    if outcome.reply is None or outcome.reply.template not in READ_BACK or not mine:
        return outcome
    values = {
        **outcome.reply.values,
        "leave": called_names(situation, tuple(dict.fromkeys(one.pupil for one in mine))),
        "leave_from": min(one.first_day for one in mine),
        "wanted": next((one.lacks[0] for one in mine if one.lacks), None),
        "here": heard.channel in TAKES_FILES,
    }
    conversation = asking_on(heard, mine, outcome.conversation)
    return replace(outcome, conversation=conversation, reply=replace(outcome.reply, values=values))


def _says_otherwise(new: Record) -> bool:
    """Whether the read-back of a report that takes another's place has changed: the same words again change nothing."""
    before = new.replaces
    return before is not None and not is_unexplained(before.code) and _told(before) != _told(new.absence)


def _told(absence: Absence) -> tuple[object, ...]:
    one = absence
    return one.code, one.first_day, one.return_day, one.half, one.arrives, one.leaves


def _that_miss_a_register(
    kept: list[Report], asked_for: list[Report], situation: Situation
) -> tuple[list[Report], tuple[str, ...]]:
    """The reports of which a register is missed, and the children who only go out between two of them."""
    missing: list[Report] = []
    out: list[str] = []
    for report in kept:
        parts, going = ((report,), ()) if report in asked_for else by_registers(report, situation)
        missing += parts
        out += going
    return missing, tuple(dict.fromkeys(out))


def _no_more_missed(heard: Heard, said: list[Report], out: tuple[str, ...], situation: Situation) -> list[BotEffect]:
    """ "Moved to 3, so half two will do", after "collecting her at 1.30": what was told of a register that is missed no
    more stands no longer.
    """
    before = [
        overlapping(replace(absence_of(heard, report, pupil, 0), half="day"), situation)
        for report in said
        for pupil in report.children
        if pupil in out and report.leaves is not None
    ]
    codes = {report.code for report in said}
    return [Withdraw(one, "cancelled") for one in before if one is not None and one.code in codes]


def _one_lacks_a_reason(heard: Heard, understood: Understanding, situation: Situation) -> Outcome | None:
    """ "Amina is ill, and Ben is off too": the one is recorded now, and only the other's reason is asked for."""
    said = tuple(report for report in understood.reports if not is_unexplained(report.code))
    unsaid = tuple(report for report in understood.reports if is_unexplained(report.code))
    if not said or not unsaid or not all(report.children for report in understood.reports):
        return None
    fetched = only_to_be_collected(heard, unsaid, situation)
    if fetched and len(fetched) == sum(len(report.children) for report in unsaid):
        return _beside_who_is_fetched(heard, replace(understood, reports=said), fetched, situation)
    told = absence_reported(heard, replace(understood, reports=said, ask=()), situation)
    lacking = replace(understood, reports=unsaid, ask=("reason",))
    told_so_far = replace(situation, conversation=told.conversation)
    here = all(has_the_one_named(heard, child, situation) for report in unsaid for child in report.children)
    if here or (_OF_ALL.search(heard.line) and _is_safe_today(heard, list(unsaid), lacking)):
        kept, _ = split_by_right(list(unsaid), situation)
        asked = _safe_and_why(heard, kept, lacking, told_so_far)
    else:
        asked = ask(heard, lacking, told_so_far)
    if told.reply is None or told.reply.template not in READ_BACK or asked.reply is None:
        return None
    values = {**told.reply.values, "why": asked.reply.values.get("names", ())}
    effects = (*told.effects, *(one for one in asked.effects if one not in told.effects))
    return replace(told, conversation=asked.conversation, effects=effects, reply=replace(told.reply, values=values))


def _beside_who_is_fetched(
    heard: Heard, of_the_others: Understanding, fetched: tuple[str, ...], situation: Situation
) -> Outcome:
    """The others' report as it is, and the office hears who is to be let go."""
    asks = tuple(field for field in of_the_others.ask if field != "reason")
    told = absence_reported(heard, replace(of_the_others, ask=asks), situation)
    reply = told.reply
    if reply is not None and reply.template in READ_BACK:
        reply = replace(reply, values={**reply.values, "passed_on": True})
    return replace(told, effects=(*told.effects, to_be_collected(heard, fetched, situation)), reply=reply)


def _is_safe_today(heard: Heard, usable: list[Report], understood: Understanding) -> bool:
    """Said of today, of named children alone, and where they are."""
    whole = bool(usable) and len(usable) == len(understood.reports)
    return whole and all(report.first_day in (None, heard.day) for report in usable) and says_where(heard)


def _safe_and_why(heard: Heard, kept: list[Report], understood: Understanding, situation: Situation) -> Outcome:
    """ "She is at home with me": nobody looks for her or asks where she is; why she is away is still asked, and the
    office hears once that this is open.
    """
    asked = ask(heard, understood, situation)
    pupils = tuple(pupil for report in kept for pupil in report.children)
    not_asked = asked.reply is not None and asked.reply.template == "absence.handed_to_staff"
    if asked.reply is None or not (asked.reply.template == "absence.reason" or (not_asked and pupils)):
        return asked
    effects: list[BotEffect] = []
    for number, report in enumerate(kept):
        for pupil in report.children:
            effects += _record(heard, replace(absence_of(heard, report, pupil, number), code="N"), situation)
    if not_asked:
        return replace(asked, effects=(*asked.effects, *effects))
    open_still = replace(_no_reason(heard, pupils, situation), because=SAFE_AND_ASKED, climbs=False)
    return replace(asked, effects=(*effects, open_still))


def _without_a_reason(
    heard: Heard, situation: Situation, recorded: list[Absence], late: list[Report], effects: list[BotEffect]
) -> Outcome:
    """The child is accounted for and no reason is given: the reason clock goes on, and a person reads the words."""
    conversation = situation.conversation.has_recorded(tuple(absence.id for absence in recorded), heard.at)
    if late and not recorded:
        return Outcome(conversation, tuple(effects), late_reply(heard, late, situation))
    pupils = tuple(absence.pupil for absence in recorded)
    read = _no_reason(heard, pupils, situation)
    if _is_known_where(heard, recorded, situation):
        read = replace(read, because=SAFE_AND_NOT_SAID, climbs=False)
    return Outcome(conversation, (*effects, read), Reply("absence.handed_to_staff", pupils))


def _is_known_where(heard: Heard, recorded: list[Absence], situation: Situation) -> bool:
    """ "He is at home with me", and then "I'd rather not say why": of the two clocks only the reason's goes on, until
    the fifth school day. Nobody need be hurried as if the child were missing.
    """
    if says_where(heard):
        return True
    said = {one.pupil for one in situation.known if one.live and _is_safe_by(one, heard, situation)}
    return all(absence.pupil in said and absence.first_day == heard.day for absence in recorded)


def _is_safe_by(known: Absence, heard: Heard, situation: Situation) -> bool:
    """The same writer has said today where the child is, and not why it is away."""
    mine = known.contact == situation.sender.writer and known.recorded_at.date() == heard.at.date()
    return mine and is_unexplained(known.code) and known.first_day == heard.day


def _no_reason(heard: Heard, pupils: tuple[str, ...], situation: Situation) -> RaiseAlert:
    because = "A contact accounts for the child and gives no usable reason."
    return replace(to_read(heard, situation, because), key=f"message/{heard.id}{NO_REASON}", pupils=pupils)


def _says_only_why(heard: Heard, kept: list[Report], situation: Situation) -> bool:
    """ "It's his sister's graduation", of a child who sits in school and of whom nothing was asked: whatever it belongs
    to, it is no absence of today.
    """
    asked = situation.conversation.open_question(heard.at) is not None
    said = says_when(heard.text) or is_of_today(heard.text) or asked or bool(_FETCHED.search(heard.text))
    of_today = all(
        report.code in HEAD_GRANTS and report.first_day == heard.day and report.session in (None, "day")
        for report in kept
    )
    children = [pupil for report in kept for pupil in report.children]
    here = all(mark_of(pupil, heard, situation) and pupil not in situation.cases for pupil in children)
    return not said and of_today and bool(children) and here


def _is_leave(report: Report, today: date) -> bool:
    """Planned, and only the headteacher can grant it. Source: DESIGN section 3, who owns a message."""
    return report.code in HEAD_GRANTS and report.first_day is not None and report.first_day > today


def _record(heard: Heard, absence: Absence, situation: Situation) -> list[BotEffect]:
    absence = replace(absence, contact=situation.sender.writer)
    kept = Record(absence, overlapping(absence, situation) or said_again(heard, absence, situation))
    return [kept, *told_to_its_case(heard, absence, situation)]


def told_to_its_case(heard: Heard, absence: Absence, situation: Situation) -> list[BotEffect]:
    """What a report is to the case of its child, where it covers that session."""
    writer, case = situation.sender.writer, situation.cases.get(absence.pupil)
    if case is None or not absence.covers(case.session, situation.school.calendar):
        return []
    effects: list[BotEffect] = []
    event_id = f"{heard.id}/reason/{absence.pupil}"
    if is_unexplained(absence.code):
        effects.append(CaseEvent(absence.pupil, SafeWithoutReason(event_id, writer, says_where(heard))))
    else:
        effects.append(CaseEvent(absence.pupil, ReasonGiven(event_id, writer, absence.code, says_where(heard))))
    if absence.code == ON_A_TRIP and case.is_waiting:
        effects += look_on_the_trip(absence.pupil, case.session, heard.at)
    if absence.arrives is not None and absence.comes_in_on(heard.day) and not is_unexplained(absence.code):
        expected = expected_at(heard.day, absence.arrives, heard.at)
        coming = OnTheWay(f"{heard.id}/in/{absence.pupil}", writer, expected, absence.code not in LATER_IN)
        effects.append(CaseEvent(absence.pupil, coming))
    return effects

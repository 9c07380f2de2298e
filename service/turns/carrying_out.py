"""What a message, or a family's form, leads to: each effect stored, and a report with all that follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from attendance.absences import Absence
from attendance.calendar import local
from attendance.case import PRESENT_OUTCOMES
from attendance.closing import LATE
from attendance.codes import has_arrived
from attendance.effects import OpenTask, RaiseAlert
from attendance.events import ReasonGiven
from attendance.proposals import against_a_person, explains, proposals
from attendance.register import Entry
from bot.outcome import (
    AddressIs,
    AskLeave,
    BotEffect,
    CaseEvent,
    ChangeLeave,
    ComesIn,
    Record,
    SendForm,
    SetAside,
    Withdraw,
)
from service.day import accounted, days_after, discrepancies, no_longer, own_rules, registers
from service.leave import days, requests
from service.turns.setting_aside import set_aside
from service.turns.turn import Turn
from storage import absences


async def carry_out_effect(turn: Turn, effect: BotEffect) -> None:
    """Store one thing that a message, or a family's form, leads to."""
    match effect:
        case CaseEvent(pupil=pupil, event=event):
            today = sorted(await turn.cases_of(local(turn.now).date(), [pupil]), key=lambda case: case.session)
            if today:
                await turn.move(today[-1], event)
        case SetAside(pupil=pupil, contacts=contacts):
            await set_aside(turn, pupil, contacts)
        case ComesIn(pupil=pupil, event=event):
            await registers.expect_in(turn, pupil, event)
        case Record(absence=absence, replaces=replaced):
            await record(turn, absence, replaced)
        case Withdraw(absence=absence, state=state):
            await absences.set_state(turn.db, turn.school.id, [absence.id], state)
            await no_longer.take_back(turn, absence, None)
            await no_longer.nothing_disagrees(turn, absence)
            await _say_that_it_was_confirmed(turn, absence)
            days_after.report_gone(turn, absence)
            await _chase_again(turn, absence)
        case AskLeave(request=request):
            await requests.put(turn, request)
        case ChangeLeave(request=request):
            await requests.change(turn, request)
        case SendForm():
            return
        case AddressIs(channel=channel, address=address, state=state, why=why):
            await turn.set_address(channel, address, state, why)
        case RaiseAlert() | OpenTask():
            await turn.apply([effect])


async def record(turn: Turn, absence: Absence, replaced: Absence | None = None) -> None:
    """Keep a report and propose its code for the sessions that it covers; the school's own rule may confirm it."""
    if replaced is not None:
        await absences.set_state(turn.db, turn.school.id, [replaced.id], "replaced")
        await no_longer.take_back(turn, replaced, absence)
        days_after.report_gone(turn, replaced)
    await turn.add_absence(absence)
    if replaced is not None:
        await _chase_again(turn, replaced)
    if absence.code == LATE:
        return
    last = absence.return_day or absence.first_day
    entries = await turn.entries([absence.pupil], absence.first_day, last)
    await _say_who_is_here(turn, absence, entries.values())
    proposed = proposals(absence, entries, turn.now, turn.school.calendar)
    await turn.amend(proposed)
    await turn.amend(own_rules.confirmed_by_rule(proposed, absence, turn.school, turn.now))
    if explains(absence):
        for session in absence.sessions(turn.school.calendar):
            if session.day == local(turn.now).date():
                await accounted.accounted_for(turn, session, {absence.pupil})
    await _answer_earlier_days(turn, absence)
    await days.say_ill_instead(turn, absence)
    await no_longer.heard_since(turn, absence)
    await no_longer.reason_came(turn, absence)
    days_after.report_came(turn, absence)


async def _answer_earlier_days(turn: Turn, absence: Absence) -> None:
    """Words that come a day late settle the case of the day that they are about, and end its ladder."""
    for session in absence.sessions(turn.school.calendar):
        if session.day >= local(turn.now).date():
            return
        case = await turn.case(absence.pupil, session)
        if case is not None and case.stage in ("open", "asked", "handed_over"):
            event = ReasonGiven(f"{absence.id}/{session}", absence.contact or "", absence.code)
            await turn.move(case, event)


async def _chase_again(turn: Turn, absence: Absence) -> None:
    """An explanation that ends after the register closed leaves a child whom nobody explains: it is chased now."""
    for session in absence.sessions(turn.school.calendar):
        if session.day == local(turn.now).date():
            await registers.chase_now(turn, absence.pupil, session)


async def _say_that_it_was_confirmed(turn: Turn, absence: Absence) -> None:
    """A report that its writer takes back, and a person confirmed: the entry explains the child still, so a person
    looks.
    """
    today = local(turn.now).date()
    entries = await turn.entries([absence.pupil], today, absence.return_day or max(absence.first_day, today))
    for entry in sorted(entries.values(), key=lambda one: str(one.session)):
        covered = entry.decided and entry.ours == absence.code and absence.covers(entry.session, turn.school.calendar)
        if covered and not has_arrived(entry.mis):
            await turn.raise_alert(discrepancies.no_longer_said(entry, absence))
            return


async def _say_who_is_here(turn: Turn, absence: Absence, entries: Iterable[Entry]) -> None:
    """Reported absent and already marked present, or entered otherwise by a person: a person looks."""
    covered = [entry for entry in entries if absence.covers(entry.session, turn.school.calendar)]
    for entry in covered:
        if entry.session.day != local(turn.now).date():
            continue
        if has_arrived(entry.mis):
            if absence.some_time_that_day:
                continue
            if (case := await turn.case(entry.pupil, entry.session)) and case.outcome in PRESENT_OUTCOMES:
                continue  # the case hears the same words, and says so itself
            await turn.raise_alert(discrepancies.discrepancy(replace(entry, ours=absence.code, provisional=True)))
        elif against_a_person(entry, absence.code):
            await turn.raise_alert(discrepancies.said_otherwise(entry, absence))
    earlier = [entry for entry in covered if entry.session.day < local(turn.now).date()]
    decided = [entry for entry in earlier if against_a_person(entry, absence.code)]
    if decided:
        await turn.raise_alert(discrepancies.explained_late(decided[0], absence))

"""Registers as they come in and close: marks to cases, closing lists, classes that nobody marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from attendance.absences import APPOINTMENT
from attendance.calendar import Session, instant, local
from attendance.calling import new_case
from attendance.case import LATER_IN, PRESENT_OUTCOMES, Case
from attendance.closing import (
    LATE,
    Cleaned,
    clean,
    counted,
    held_alert,
    missing_register_alerts,
    must_hold,
    unaccounted_alert,
)
from attendance.codes import SIGNED_IN, has_arrived, is_unexplained
from attendance.effects import Hold
from attendance.events import (
    AfternoonMissed,
    ChaseBegins,
    MarkChanged,
    OnTheWay,
    SafeWithoutReason,
    SendHeld,
)
from attendance.gate import reason_to_ask
from attendance.incoming import RefusedMark, refused_alert, sort_marks
from attendance.people import Pupil
from attendance.proposals import proposals
from attendance.register import Entry
from bot.whereabouts.lateness import WITHOUT_A_TIME, expected_at
from service.day.accounted import accounted_for, without_those_seen_since
from service.day.ageing import write_blanks
from service.day.appointments import appointment_key, expect_after_appointments, look_after_appointments
from service.day.back_early import came_back_early, came_in_this_morning, here_again
from service.day.days_after import look_soon
from service.day.discrepancies import discrepancy, newly_disagrees, was_to_come_in, was_to_come_late
from service.day.harm_told import harm_told, missed_after_harm
from service.day.held_send import who_holds
from service.day.missed_before import begin_alarmed, missed_before
from service.day.no_longer import agrees_again, said_this_morning, seen_since
from service.day.told_before import told_before
from service.day.trips import look_on_trips
from service.leave import days as granted_days
from service.leave import undecided
from service.turns.turn import Turn
from service.turns.turn_alerts import is_under
from storage import absences, register, timers

AWAY_ALL_DAY = frozenset(
    {
        "answered_ill",
        "answered_other",
        "no_reason_given",
        "with_other_parent",
        "answered_by_other_adult",
        "on_leave",
        "not_expected",
    }
)


async def marks_came(
    turn: Turn, session: Session, marks: Mapping[str, str], groups: Sequence[str]
) -> tuple[RefusedMark, ...]:
    """The MIS, or a person on the demo's page, says these marks. `groups` are the classes whose register this is.

    Marks before the close only fill the list; after it they start, change or settle cases when they arrive. Answers
    those that were refused, each with its reason; staff are told of them too, and the others are taken.
    """
    marks, refused = sort_marks(marks, session, turn.school)
    await say_refused(turn, refused)
    if not turn.school.calendar.is_school_day(session.day):
        return refused
    rows = [(pupil, session, code) for pupil, code in marks.items()]
    changed = await register.put_marks(turn.db, turn.school.id, rows, turn.now)
    taken = await register.classes_taken(turn.db, turn.school.id, session)
    for group in groups:
        if group not in taken:
            await register.class_taken(turn.db, turn.school.id, group, session, turn.now)
            await turn.stand_down(f"register/{session}/{group}")
            await turn.stand_down(f"unaccounted/{session}/{group}")
    changed = await here_again(turn, session, changed, marks)
    asked = await turn.cases_of(session.day, [before.pupil for before in changed])
    await turn.look_around([case.pupil for case in asked])
    await turn.look_up_alerts(
        [one.key for before in changed if (one := newly_disagrees(before, marks[before.pupil], False))]
    )
    for before in changed:
        await _mark_changed(turn, before, marks[before.pupil])
    await seen_since(turn, session, {before.pupil: marks[before.pupil] for before in changed})
    await accounted_for(turn, session, {pupil for pupil, code in marks.items() if not is_unexplained(code)})
    closed = [group for group in groups if await is_closed(turn, group, session)]
    if closed:
        await close_groups(turn, session, closed, late=True)
        await look_soon(turn, session.day)
    return refused


async def registers_among(turn: Turn, session: Session, marks: Mapping[str, str]) -> list[str]:
    """The classes whose register these marks are, where nobody says which: those of the pupils named.

    The late desk signs single children in: where a class is not in yet, and some of it came late and nothing is said
    of the others, that is not its register.
    """
    taken = await register.classes_taken(turn.db, turn.school.id, session)
    known = turn.school.roll.pupils
    named: dict[str, dict[str, str]] = {}
    for pupil, code in marks.items():
        if pupil in known:
            named.setdefault(known[pupil].group, {})[pupil] = code
    return [
        group
        for group, said in named.items()
        if group in taken
        or not SIGNED_IN.issuperset(said.values())
        or all(pupil.id in said for pupil in turn.school.roll.groups.get(group, ()))
    ]


async def say_refused(turn: Turn, refused: Sequence[RefusedMark]) -> None:
    """Nothing is lost: each refused mark is written down with its reason, and the attendance officer hears of all."""
    for one in refused:
        await turn.apply([Hold("mark", str(one), (one.pupil,) if one.known else ())])
    if refused:
        await turn.raise_alert(refused_alert(tuple(refused), f"refused/{turn.now.isoformat()}/{refused[0].session}"))


async def _mark_changed(turn: Turn, before: Entry, code: str) -> None:
    event_id = f"mark/{before.session}/{before.pupil}/{code}/{turn.now.isoformat()}"
    cases = await turn.cases_of(before.session.day, [before.pupil])
    expected = any(case.stage == "answered" and case.outcome == "late_on_the_way" for case in cases)
    expected = expected or (code in SIGNED_IN and before.ours is not None and await was_to_come_in(turn, before))
    for case in cases:
        if case.session == before.session:
            await turn.move(case, MarkChanged(event_id, code))
        elif before.session.half == "pm" and has_arrived(code) and case.stage != "settled":
            # seen in the afternoon: the morning's question of where is answered, its reason stays open
            await turn.move(case, MarkChanged(event_id, code, later=True))
    if before.ours == APPOINTMENT and has_arrived(code):
        await turn.stand_down(appointment_key(before.pupil, before.session))
    asks = reason_to_ask(before, code, turn.now, turn.school)
    if asks is not None and not await was_to_come_late(turn, before):
        await turn.apply([asks])
    if (disagrees := newly_disagrees(before, code, expected)) is not None:
        if not await said_this_morning(turn, before):
            await turn.raise_alert(disagrees)
    elif before.disagrees and not replace(before, mis=code).disagrees:
        await agrees_again(turn, before)


def closing_time(turn: Turn, group: str, session: Session) -> datetime | None:
    """When the register of a class closes (UTC): the latest close of its pupils, or None where none is taken."""
    pupils = {pupil.year: pupil for pupil in turn.school.roll.groups.get(group, ())}.values()
    times = [at for pupil in pupils if (at := turn.school.closes_at(pupil, session)) is not None]
    return max(times, default=None)


def has_closed(turn: Turn, group: str, session: Session) -> bool:
    """True once this class's register is closed."""
    closes = closing_time(turn, group, session)
    return closes is not None and turn.now >= closes


async def is_closed(turn: Turn, group: str, session: Session) -> bool:
    """The same, and the close itself is done: while its timer waits, a mark that comes in the same second, or is read
    after a standstill, is left to it, since it takes all classes at once and the brake counts them together.
    """
    closes = closing_time(turn, group, session)
    if closes is None or turn.now < closes:
        return False
    return await timers.get(turn.db, turn.school.id, *close_timer(session, closes)) is None


def close_timer(session: Session, closes: datetime) -> tuple[str, str]:
    """The kind and the key of the timer of a close."""
    return "close", f"{session}/{closes:%H%M}"


async def chase_now(turn: Turn, pupil: str, session: Session) -> None:
    """A child whom nobody explains any more, after the register closed, is chased from now on."""
    known = turn.school.roll.pupils.get(pupil)
    if known is not None and await is_closed(turn, known.group, session):
        await close_groups(turn, session, [known.group], late=True)
        deadline = register_deadline(turn, known.group, session)
        if deadline is not None and deadline <= turn.now:
            await unaccounted(turn, session, [known.group], only=pupil)


async def close_groups(turn: Turn, session: Session, groups: Sequence[str], late: bool = False) -> None:
    """Clean the list of these classes and open a case for every child that nobody has explained.

    `late`: the register came after its close, so that an unmarked class has already been reported.
    """
    children = [pupil.id for group in groups for pupil in turn.school.roll.groups.get(group, ())]
    found = await register.entries(turn.db, turn.school.id, session.day, session.half, children)
    entries = {entry.pupil: entry for entry in found}
    reports = await absences.covering(turn.db, turn.school.id, session.day, children if len(groups) == 1 else None)
    taken = await register.classes_taken(turn.db, turn.school.id, session)
    reports = await came_back_early(turn, session, entries, reports)
    reports = await came_in_this_morning(turn, session, entries, reports)
    cleaned = clean(groups, session, entries, reports, taken, turn.school)
    await _end_older_alarms(turn, session, groups)
    if not late:
        for group in cleaned.unmarked:
            await turn.apply(missing_register_alerts(group, session, turn.school))
    for entry in cleaned.disagree:
        if not await said_this_morning(turn, entry):
            await turn.raise_alert(discrepancy(entry))
    unexplained = [*cleaned.chase, *(pupil for pupil, _ in (*cleaned.reported, *cleaned.late))]
    await write_blanks(turn, session, unexplained, entries)
    await _propose(turn, cleaned, session)
    await look_on_trips(turn, entries.values(), session)
    await look_after_appointments(turn, cleaned, session)
    await _expect_late(turn, cleaned, session)
    await expect_after_appointments(turn, cleaned, session)
    chased = await undecided.left_to_chase(turn, session, cleaned.chase)
    await _chase(turn, chased, session, entries)
    await granted_days.say_taken(turn, session, [pupil.id for pupil in chased], cleaned.said_away)
    await granted_days.say_n_over_leave(turn, session, found)


async def _end_older_alarms(turn: Turn, session: Session, groups: Sequence[str]) -> None:
    """A register of an earlier day that never came: this day's register, or its own alarm, says who is here now."""
    for alert in await turn.live_alerts():
        if alert.session is None or alert.session.day >= session.day:
            continue
        ours = (f"{kind}/{alert.session}/{group}" for kind in ("register", "unaccounted") for group in groups)
        if any(is_under(alert.key, key) for key in ours):
            await turn.stand_down(alert.key)


async def _propose(turn: Turn, cleaned: Cleaned, session: Session) -> None:
    known = await turn.entries([pupil.id for pupil, _ in cleaned.reported], session.day, session.day)
    for pupil, absence in cleaned.reported:
        if is_unexplained(absence.code):
            case = await turn.open_case(new_case(pupil, session, turn.now, "N", turn.school))
            await turn.move(case, SafeWithoutReason(f"close/{session}/{pupil.id}", absence.contact or ""))
            continue
        today = replace(absence, first_day=session.day, return_day=None)
        await turn.amend(proposals(today, known, turn.now, turn.school.calendar))


async def expect_in(turn: Turn, pupil: str, event: OnTheWay) -> None:
    """Reported absent when the register closed, and on the way now: waited for from here on, unless the office has
    signed it in meanwhile. A tick in the class may be another child's.
    """
    session = Session(local(turn.now).date(), "am")
    entry = (await turn.entries([pupil], session.day, session.day)).get((pupil, session))
    if entry is not None and entry.mis in SIGNED_IN:
        return
    case = await turn.open_case(new_case(turn.school.roll.pupils[pupil], session, turn.now, "N", turn.school))
    await turn.move(case, event)


async def _expect_late(turn: Turn, cleaned: Cleaned, session: Session) -> None:
    """Said to be late and not here at close: answered, until the time at which the child should have been seen."""
    for pupil, absence in cleaned.late:
        case = await turn.open_case(new_case(pupil, session, turn.now, "N", turn.school))
        if absence.arrives is None:
            due = turn.now + WITHOUT_A_TIME
        else:
            due = expected_at(session.day, absence.arrives, turn.now)
        await turn.move(case, OnTheWay(f"close/{session}/{pupil.id}", absence.contact or "", due))


async def _chase(turn: Turn, pupils: Sequence[Pupil], session: Session, entries: Mapping[str, Entry]) -> None:
    today = await turn.cases_of(session.day)
    already = {case.pupil for case in today if case.session == session}
    new = [pupil for pupil in pupils if pupil.id not in already]
    new = await without_those_seen_since(turn, new, session)
    morning = {case.pupil: case for case in today if case.session.half == "am"}
    afternoon = {case.pupil: case for case in today if case.session.half == "pm"}
    fresh: list[Pupil] = []
    for pupil in new:
        before = morning.get(pupil.id) if session.half == "pm" else None
        if before is not None and (before.stage not in ("answered", "settled") or before.closed_unfound):
            await turn.move(before, AfternoonMissed(f"close/{session}/{pupil.id}"))
        elif before is not None and _settled_for_the_day(before):
            case = await turn.open_case(new_case(pupil, session, turn.now, "N", turn.school))
            await turn.move(case, SafeWithoutReason(f"close/{session}/{pupil.id}", before.answered_by or ""))
        else:
            fresh.append(pupil)
            if before is not None:  # the afternoon's chase takes the place of "look who has signed in"
                await turn.stand_down(f"{before.key}/not_in")
    odd = turn.school.is_odd_hour(turn.now)
    before_these = counted(today, session)
    braked = bool(must_hold(fresh, before_these, turn.school, odd))
    holder = await who_holds(turn, session) if fresh and not braked else ""
    held = {pupil.id for pupil in must_hold(fresh, before_these, turn.school, odd, bool(holder))}
    here = await _here_this_morning(turn, fresh, session, morning)
    feared = await missed_before(turn, {pupil.id for pupil in fresh})
    held -= feared.keys()
    harmed = await harm_told(turn, {pupil.id for pupil in fresh})
    told = await told_before(turn, {pupil.id for pupil in fresh}, session.day) if session.half == "am" else {}
    for pupil in fresh:
        mark = entries[pupil.id].mis if pupil.id in entries else None
        case = new_case(pupil, session, turn.now, mark, turn.school)
        if (before_it := told.get(pupil.id)) is not None:
            case = replace(case, told_on=before_it.first_day, told_by=before_it.contact)
        if pupil.id in here:
            case = replace(case, afternoon_missed=True)
        if (sought := afternoon.get(pupil.id)) is not None and session.half == "am":
            case = replace(case, attempts=sought.attempts, round=sought.round)  # whom it asked is not asked again
        case = await turn.open_case(case)
        if pupil.id in harmed:
            await turn.raise_alert(missed_after_harm(case, harmed[pupil.id]))
        if pupil.id in feared:
            await begin_alarmed(turn, case, *feared[pupil.id])
            continue
        if pupil.id in held:
            case = await turn.move(case, SendHeld(f"hold/{session}/{pupil.id}"))
        await turn.move(case, ChaseBegins(f"close/{session}/{pupil.id}"))
    if held:
        held |= {case.pupil for case in today if case.session == session and case.held}
        waiting = [pupil for pupil in turn.school.roll.pupils.values() if pupil.id in held]
        alert = held_alert(session, waiting, turn.school, before_these + len(fresh), odd, holder)
        await turn.apply([Hold("first_day_round", alert.because, alert.pupils), alert])


def _settled_for_the_day(morning: Case) -> bool:
    """A person found out this morning that the child is away; no report says for how long, so the family is not asked
    again (promise 9), and the mark stays unexplained until somebody enters a code. A code for the morning's register
    says no less, where whoever entered it has settled the case as well; an appointment is over by the afternoon."""
    by_a_person = morning.code is None or (morning.whereabouts == "confirmed" and morning.code not in LATER_IN)
    return morning.stage == "settled" and by_a_person and morning.outcome in AWAY_ALL_DAY


async def _here_this_morning(
    turn: Turn, pupils: Sequence[Pupil], session: Session, morning: Mapping[str, Case]
) -> set[str]:
    """Those who miss an afternoon after a present morning, by the register or by who signed them in; nobody while it is
    morning. `morning`: that half's cases."""
    if session.half == "am":
        return set()
    ids = [pupil.id for pupil in pupils]
    known = await turn.entries(ids, session.day, session.day)
    marked = {one.pupil for one in known.values() if one.session.half == "am" and (one.present or one.signed_in)}
    cases = (morning[pupil] for pupil in ids if pupil in morning)
    found = {one.pupil for one in cases if one.stage == "settled" and one.outcome in PRESENT_OUTCOMES}
    return marked | found


async def unaccounted(turn: Turn, session: Session, groups: Sequence[str], only: str = "") -> None:
    """The register deadline: every expected child of an unmarked class is unaccounted for (promise 8).

    `only`: the one child who was explained at the deadline and is not any more.
    """
    taken = await register.classes_taken(turn.db, turn.school.id, session)
    known = {e.pupil: e for e in await register.entries(turn.db, turn.school.id, session.day, session.half)}
    reports = await absences.covering(turn.db, turn.school.id, session.day)
    away = {a.pupil for a in reports if a.live and a.code != LATE and a.covers(session, turn.school.calendar)}
    for group in groups:
        if group in taken:
            continue
        expected = [
            pupil
            for pupil in turn.school.roll.groups.get(group, ())
            if pupil.id not in away and (pupil.id not in known or known[pupil.id].unexplained)
            if pupil.id == (only or pupil.id)
        ]
        if expected:
            await turn.raise_alert(unaccounted_alert(group, session, expected))


def register_times(turn: Turn, day: date) -> dict[tuple[Session, datetime], list[str]]:
    """Which classes close when: (session, closing instant) to groups."""
    times: dict[tuple[Session, datetime], list[str]] = {}
    for group in turn.school.roll.groups:
        for half in ("am", "pm"):
            session = Session(day, half)
            closes = closing_time(turn, group, session)
            if closes is not None:
                times.setdefault((session, closes), []).append(group)
    return times


def closed_by(turn: Turn, session: Session, closes: datetime) -> list[str]:
    """The classes whose register closes at this instant, as roll and policy stand now."""
    return [group for group in turn.school.roll.groups if closing_time(turn, group, session) == closes]


def register_deadline(turn: Turn, group: str, session: Session) -> datetime | None:
    """When an unmarked class becomes an alarm (UTC)."""
    pupils = turn.school.roll.groups.get(group, ())
    window = next((w for pupil in pupils if (w := turn.school.window(pupil, session.half))), None)
    if window is None:
        return None
    return instant(session.day, turn.school.policy.register_deadline_for(window, session.half))

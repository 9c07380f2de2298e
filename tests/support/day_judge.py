"""What must be true in the database and at the providers at the end of any day, whatever happened in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from attendance.absences import Absence
from attendance.calendar import Session, local
from attendance.case import Case
from attendance.codes import is_unexplained
from attendance.ladder import Alert
from attendance.register import Entry
from attendance.school import School
from service.simulation import World
from storage import absences, alerts, cases, inbox, register

Line = Mapping[str, Any]


async def promises_broken(world: World, lines: Sequence[Line]) -> list[str]:
    """Each promise that the day has broken, in words that begin with its number; empty when all hold."""
    today = local(world.clock.now()).date()
    school = await world.runner.school(world.school_id)
    async with world.database.read() as db:
        unread = await inbox.waiting(db, 100)
        found = await cases.of_day(db, school.id, today, None)
        live = list(await alerts.live(db, school.id))
        entries = [e for half in ("am", "pm") for e in await register.entries(db, school.id, today, half)]  # type: ignore[arg-type]
        taken = {
            half: await register.classes_taken(db, school.id, Session(today, half))  # type: ignore[arg-type]
            for half in ("am", "pm")
        }
        reports = await absences.covering(db, school.id, today)
        changes = {pupil: await register.amendments_of(db, school.id, pupil) for pupil in school.roll.pupils}
    faults = [
        *_no_n_is_dropped(school, today, entries, found, reports, taken),
        *_every_case_has_a_deadline(world, found, live),
        *_nothing_is_done_twice(world, lines),
        *_barred_addresses(world, school, lines),
        *_all_clear_once(lines),
    ]
    faults += [f"4: the message {row.provider_id} was never handled" for row in unread]
    for entry in entries:
        own = [one for one in changes[entry.pupil] if one.session == entry.session]
        if own and (own[-1].code, own[-1].provisional) != (entry.ours, entry.provisional):
            faults.append(
                f"6: our mark of {entry.pupil} {entry.session} is {entry.ours}, its last change {own[-1].code}"
            )
    return faults


def _no_n_is_dropped(
    school: School,
    today: date,
    entries: Sequence[Entry],
    found: Sequence[Case],
    reports: Sequence[Absence],
    taken: Mapping[str, set[str]],
) -> Iterator[str]:
    """Every child without a mark in a marked class has a case, of this session or of the morning."""
    known = {(entry.pupil, entry.session.half): entry for entry in entries}
    chased = {(case.pupil, case.session.half) for case in found}
    for pupil in school.roll.pupils.values():
        for half in ("am", "pm"):
            if pupil.group not in taken[half]:
                continue
            entry = known.get((pupil.id, half))
            if entry is not None and not is_unexplained(entry.current):
                continue
            session = Session(today, half)  # type: ignore[arg-type]
            covered = any(
                one.pupil == pupil.id and one.live and one.covers(session, school.calendar) for one in reports
            )
            if not covered and (pupil.id, half) not in chased and not (half == "pm" and (pupil.id, "am") in chased):
                yield f"1: {pupil.id} has no mark and no case in the {half}"


def _every_case_has_a_deadline(world: World, found: Sequence[Case], live: Sequence[Alert]) -> Iterator[str]:
    """No case waits past its deadline; what a person must have is on the ladder, and the ladder has a clock."""
    now = world.clock.now()
    for case in found:
        if case.is_waiting and case.due_at is None:
            yield f"2: {case.key} waits for nothing"
        if case.is_waiting and case.deadline_at < now:
            yield f"2: {case.key} is {case.stage} after its deadline"
        if case.stage in ("handed_over", "alarmed") and not any(
            case.pupil in alert.pupils and alert.due_at is not None and alert.told for alert in live
        ):
            yield f"2: {case.key} is {case.stage}, and nobody is told of it any more"
    for alert in live:
        if alert.climbs and alert.due_at is None:
            yield f"2: the alert {alert.key} has no clock"
        if not alert.told:
            yield f"2: nobody was told of {alert.key}"
        if alert.due_at is not None and alert.due_at < now:
            yield f"2: the alert {alert.key} should have climbed"


def _nothing_is_done_twice(world: World, lines: Sequence[Line]) -> Iterator[str]:
    """No provider took the same words twice, and each message is received once."""
    for channel, simulator in world.simulators.items():
        for message, times in Counter(one.message_id for one in simulator.sent).items():
            if times > 1:
                yield f"4: {channel} took {message} {times} times"
    ids = {event.message.id for event in world.scenario.file.event if event.message is not None}
    received = sum(line["kind"] == "received" for line in lines)
    if received != len(ids):
        yield f"4: {len(ids)} messages were written and {received} received"


def _barred_addresses(world: World, school: School, lines: Sequence[Line]) -> Iterator[str]:
    """A barred person's number stays barred for that child, whoever else lists it."""
    for line in lines:
        if line["kind"] != "sent" or line["to"] not in school.roll.contacts:
            continue
        address = school.roll.contacts[line["to"]].address(line["channel"])
        for pupil in line.get("pupils", ()):
            if address is not None and address.casefold() in school.roll.barred_addresses(pupil):
                yield f"5: {line['to']} was written to about {pupil} at {line['at']} on a barred number"


def _all_clear_once(lines: Sequence[Line]) -> Iterator[str]:
    """The all-clear goes only to those who were asked about the child, and once for each time."""
    asked: set[tuple[str, str]] = set()
    for line in lines:
        if line["kind"] != "sent":
            continue
        for pupil in line.get("pupils", ()):
            if line["template"].startswith("absence.ask"):
                asked.add((line["to"], pupil))
            if line["template"] == "absence.all_clear":
                if (line["to"], pupil) not in asked:
                    yield f"7: {line['to']} was cleared about {pupil} at {line['at']} without having been asked"
                asked.discard((line["to"], pupil))

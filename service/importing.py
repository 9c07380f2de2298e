"""People, staff and marks from files into the database, and marks out of it. A file with one error changes nothing.

Parsing is the `mis` room's; here the values meet what is stored, in one transaction of the school, and today is planned
anew when the people changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from attendance.calendar import Session, local
from attendance.codes import code_set
from attendance.effects import RaiseAlert
from attendance.people import HOUSE_ROLES, YEAR_ROLES, Roll, StaffMember
from mis.csv_marks import NOTHING_ENTERED, MarkRow, MarksImport, read_marks
from mis.csv_people import PeopleImport, read_people
from mis.export_marks import write_marks
from mis.faults import ImportRefused
from mis.overlay import kept
from service.day import planning, registers
from service.faults import UserFault
from service.runner import Runner
from service.staff.staff_file import read_staff
from service.turns.turn import Turn
from storage import accounts, people, register, timers
from storage.people import Changes

MOST_FAULTS = 50
"""So many lines of faults are shown; a file of the wrong kind has one for each of its lines."""
TAKEN_SHARE = 0.5
"""A class whose file marks at least this share of its pupils has its register in; fewer are single corrections."""


@dataclass(frozen=True)
class Report:
    """What an import did, in lines for the person who ran it, and what that person should look at."""

    lines: tuple[str, ...]
    notes: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    """What was not taken, a line each with its reason; the rest was."""


async def import_people(runner: Runner, school_id: str, data: bytes, *, allow_shrink: bool = False) -> Report:
    """Take over the school's full list of pupils and contacts. Raises UserFault with every fault of the file."""

    async def work(turn: Turn) -> tuple[PeopleImport, Changes]:
        roll = turn.school.roll
        today = local(turn.now).date()
        try:
            found = read_people(data, today=today, existing_ids=roll.pupils, allow_shrink=allow_shrink)
        except ImportRefused as refused:
            raise _faults(refused, "--allow-shrink") from refused
        found = kept(found, await people.load_listed(turn.db, school_id))
        changes = await people.save_people(turn.db, school_id, found.pupils, found.contacts, found.links)
        if changes.any:
            await _plan_again(turn)
        return found, changes

    found, changes = await runner.turn(school_id, work)
    lines = [f"{len(found.pupils)} pupils and {len(found.contacts)} contacts in the file: {_said(changes)}"]
    notes = list(found.warnings)
    if changes.kept_barred:
        notes.append(f"{len(changes.kept_barred)} barred contacts that the file lacks or unbars stay barred")
    return Report(tuple(lines), tuple(notes))


async def _plan_again(turn: Turn) -> None:
    """New classes need their register times today. A day not planned yet is planned when the service starts."""
    await turn.reload_roll()
    today = local(turn.now).date()
    if await timers.get(turn.db, turn.school.id, "plan", (today + timedelta(days=1)).isoformat()) is not None:
        await planning.plan_day(turn, today, not_before=turn.now)


async def import_staff(runner: Runner, school_id: str, data: bytes) -> Report:
    """Take over the full list of staff. Raises UserFault with every fault of the file."""

    async def work(turn: Turn) -> Report:
        groups = tuple(turn.school.roll.groups)
        try:
            members = read_staff(data, groups)
        except ImportRefused as refused:
            raise _faults(refused) from refused
        changes = await people.save_staff(turn.db, school_id, members)
        known = {member.id for member in members}
        stranded = [
            account.username
            for account in await accounts.all_of(turn.db, school_id)
            if account.staff_id is not None and account.staff_id not in known and not account.disabled
        ]
        notes = [*_empty_rungs(turn, members), *_without_a_house(turn, members), *_without_a_year(turn, members)]
        if stranded:
            notes.append(f"accounts of people who are not on the list any more: {', '.join(stranded)}; close them")
        return Report((f"{len(members)} members of staff in the file: {_said(changes)}",), tuple(notes))

    return await runner.turn(school_id, work)


def _without_a_house(turn: Turn, members: Sequence[StaffMember]) -> list[str]:
    """Heads of house who will see no child: the list does not say which house, or no pupil is in it."""
    houses = {pupil.house for pupil in turn.school.roll.pupils.values() if pupil.house}
    return [
        f"{member.id} leads {f'the house {member.house}, in which no pupil is' if member.house else 'no house'}, "
        "and so sees only children of whom an alert told them; put the house into the column `house` of both lists"
        for member in members
        if not {*HOUSE_ROLES}.isdisjoint(member.roles) and member.house not in houses
    ]


def _without_a_year(turn: Turn, members: Sequence[StaffMember]) -> list[str]:
    """Leaders of year who will see no child: the list does not say which years, or no pupil is in them."""
    years = {pupil.year for pupil in turn.school.roll.pupils.values()}
    return [
        f"{member.id} leads {'years in which no pupil is' if member.years else 'no year'}, and so sees only children "
        "of whom an alert told them; put the year (7, or 7 8) into the column `years` of the staff list"
        for member in members
        if not {*YEAR_ROLES}.isdisjoint(member.roles) and years.isdisjoint(member.years)
    ]


def _empty_rungs(turn: Turn, members: Sequence[StaffMember]) -> list[str]:
    held = {role for member in members for role in member.roles}
    policy = turn.school.policy
    wanted = dict.fromkeys([*(rung.role for rung in policy.firstday.ladder), policy.leave.decides])
    return [
        f"nobody has the role {role}, whom the policy tells or asks; give it to somebody"
        for role in wanted
        if role not in held
    ]


async def import_marks(runner: Runner, school_id: str, data: bytes) -> Report:
    """Take over marks of the school's own register; wrong lines are refused one by one, and staff hear of them.

    Marks of today go through the register's rules and may begin or end a chase; those of other days are only kept, and
    count in everything that adds up. Raises UserFault with every fault of a file of which nothing can be taken.
    """

    async def work(turn: Turn) -> Report:
        roll = turn.school.roll
        try:
            found = read_marks(
                data,
                code_set(turn.school.policy.code_set),
                known_pupils=roll.pupils,
                is_school_day=turn.school.calendar.is_school_day,
            )
        except ImportRefused as refused:
            raise _faults(refused) from refused
        return await _put(turn, found)

    return await runner.turn(school_id, work)


async def _put(turn: Turn, found: MarksImport) -> Report:
    today = local(turn.now).date()
    changed, notes = 0, list(found.warnings)
    for session, rows in sorted(_by_session(found.rows).items()):
        marks = {row.pupil_id: row.code for row in rows}
        before = {e.pupil: e.mis for e in await register.entries(turn.db, turn.school.id, session.day, session.half)}
        new = {pupil: code for pupil, code in marks.items() if before.get(pupil, "") != code}
        changed += len(new)
        if session.day != today:
            await register.put_marks(turn.db, turn.school.id, [(p, session, c) for p, c in new.items()], turn.now)
            continue
        taken = await register.classes_taken(turn.db, turn.school.id, session)
        in_now, few = _classes(turn.school.roll, marks)
        notes += [
            f"class {group}: only {some} of {whole} are marked for {session}; its register counts as not in"
            for group, (some, whole) in few.items()
            if group not in taken
        ]
        touched = {turn.school.roll.pupils[pupil].group for pupil in new}
        groups = [g for g in in_now if g not in taken or g in touched] + [g for g in few if g in taken and g in touched]
        if new or groups:
            await registers.marks_came(turn, session, marks, groups)
    said = f"{changed} changed" if changed else "nothing changed"
    if not found.refused:
        return Report((f"{len(found.rows)} marks in the file: {said}",), tuple(notes))
    await _say_refused(turn, len(found.refused))
    lines = (f"{len(found.rows)} marks taken: {said}", f"{len(found.refused)} lines refused; the others were taken")
    return Report(lines, tuple(notes), tuple(_shown([str(fault) for fault in found.refused])))


async def _say_refused(turn: Turn, count: int) -> None:
    """An import that runs by itself has no reader: the attendance officer hears that some of it was not taken."""
    because = f"An import of marks had {count} lines that were not taken; its report names each with the reason."
    await turn.raise_alert(
        RaiseAlert(
            f"refused/import/{turn.now.isoformat()}",
            "register_missing",
            False,
            (),
            because,
            roles=("attendance_officer",),
            climbs=False,
        )
    )


def _by_session(rows: Sequence[MarkRow]) -> dict[Session, list[MarkRow]]:
    found: dict[Session, list[MarkRow]] = {}
    for row in rows:
        found.setdefault(Session(row.day, row.half), []).append(row)
    return found


def _classes(roll: Roll, marks: Mapping[str, str]) -> tuple[list[str], dict[str, tuple[int, int]]]:
    """The classes whose register this file brings, and those of which it marks only some: (marked, on roll)."""
    whole: list[str] = []
    few: dict[str, tuple[int, int]] = {}
    for group, pupils in roll.groups.items():
        named = [pupil for pupil in pupils if pupil.id in marks]
        marked = sum(marks[pupil.id] != NOTHING_ENTERED for pupil in named)
        if marked and marked >= TAKEN_SHARE * len(pupils):
            whole.append(group)
        elif named:
            few[group] = (marked, len(pupils))
    return whole, few


async def export_marks(runner: Runner, school_id: str, first: date | None = None, last: date | None = None) -> str:
    """The marks that count, as CSV, from `first` (today) to `last` (the same day), both school dates and included."""
    first = first or local(runner.clock.now()).date()
    school = await runner.school(school_id)
    async with runner.database.read() as db:
        entries = await register.entries_between(db, school_id, first, last or first)
    names = {pupil.id: f"{pupil.given} {pupil.family}" for pupil in school.roll.pupils.values()}
    return write_marks(entries, names)


def _said(changes: Changes) -> str:
    if not changes.any:
        return "nothing changed"
    return f"{changes.added} rows added, {changes.changed} changed, {changes.removed} taken off"


def _faults(refused: ImportRefused, may_shrink: str = "") -> UserFault:
    lines = [str(fault) for fault in refused.faults]
    if may_shrink:
        lines = [line.replace("say that it may shrink", f"add {may_shrink}") for line in lines]
    return UserFault([*_shown(lines), "Nothing was changed."])


def _shown(lines: list[str]) -> list[str]:
    more = len(lines) - MOST_FAULTS
    return lines if more <= 0 else [*lines[:MOST_FAULTS], f"… and {more} more"]

"""The board: one row a child, the most urgent first, each with a clock to the next thing that happens by itself.

Bands say what a person does next: act now, read, check and confirm, wait, settled. A pure function of a snapshot.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from attendance.calendar import Half, Session
from attendance.ladder import Alert
from attendance.leave import LeaveRequest
from attendance.people import Pupil
from office import wording
from office.board.countdown import Countdown, climbs_to
from office.board.rows import (
    OF_A_CLASS,
    Has,
    Reads,
    Row,
    as_read,
    as_taken,
    is_of_the_child,
    owner_of,
    row_of,
    row_without_child,
    without_flags,
)
from office.board.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Band:
    """Rows with one thing to do."""

    id: str
    title: str
    hint: str
    nothing: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class whose register is not in."""

    group: str
    half: Half
    alert: Alert | None
    pupils: tuple[Pupil, ...]
    teacher: str = ""
    unaccounted: bool = False
    keys: tuple[str, ...] = ()
    """The alerts that this row stands for."""
    nudged: str = ""
    """Who reminded the teacher, and when."""


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on the page."""

    bands: tuple[Band, ...]
    held: Alert | None = None
    registers: tuple[ClassRow, ...] = ()
    discrepancies: tuple[Row, ...] = ()
    leave: tuple[tuple[LeaveRequest, Pupil, str], ...] = ()

    @property
    def above(self) -> int:
        """Matters to act on that stand above the rows: unaccounted classes, a held send."""
        return sum(row.unaccounted for row in self.registers) + (self.held is not None)

    def band(self, name: str) -> Band:
        """One band by its id."""
        return next(band for band in self.bands if band.id == name)


Sees = Callable[[Pupil], bool]


@dataclass(frozen=True)
class Everything:
    """What stands on the board of somebody who sees and reads all; worked out once for everybody who looks."""

    rows: tuple[tuple[str, Row], ...]
    """(band, row) of every child that is concerned."""
    registers: tuple[ClassRow, ...]

    @classmethod
    def of(cls, snapshot: Snapshot) -> Everything:
        """Work it out."""
        rows = [row_of(snapshot, pupil) for pupil in _concerned(snapshot)]
        return cls(tuple((band, row) for band, row in rows if band is not None), tuple(_registers(snapshot)))


def build(
    snapshot: Snapshot,
    sees: Sees = lambda _: True,
    reads: Reads = lambda _, __: True,
    everything: Everything | None = None,
    flags: bool = True,
    has: Has = lambda _: True,
) -> Board:
    """The board for somebody who `sees` some pupils, `reads` some words about them (pupil id, words) and `has` alerts.

    `flags`: whether it says why a child is in a risk tier.
    """
    every = everything or Everything.of(snapshot)
    rows: dict[str, list[Row]] = {"act": [], "read": [], "confirm": [], "wait": [], "settled": []}
    for band, row in every.rows:
        if row.pupil is not None and sees(row.pupil):
            place, taken = as_taken(snapshot, band, row, has)
            read = as_read(taken, reads)
            rows[place].append(read if flags else without_flags(read))
    registers = tuple(
        replace(row, pupils=own) for row in every.registers if (own := tuple(one for one in row.pupils if sees(one)))
    )
    held = next((alert for alert in snapshot.alerts if alert.key.startswith("hold/")), None)
    differing = tuple(_discrepancies(snapshot, sees))
    requests = tuple(_leave(snapshot, sees, reads))
    if sees_all := all(sees(pupil) for pupil in snapshot.school.roll.pupils.values()):
        placed = {alert.key for _, row in every.rows for alert in row.alerts}
        placed |= {key for row in registers for key in row.keys} | {row.alerts[0].key for row in differing}
        placed |= {f"leave/{request.id}" for request, _, _ in requests} | ({held.key} if held else set())
        for alert in snapshot.alerts:
            if alert.key not in placed:
                rows["act" if alert.urgent else "read"].append(row_without_child(snapshot, alert, reads))
    bands = tuple(
        Band(id_, title, hint, nothing, tuple(sorted(rows[id_], key=_order))) for id_, title, hint, nothing in BANDS
    )
    return Board(
        bands=bands,
        held=held if sees_all else None,
        registers=registers,
        discrepancies=differing,
        leave=requests,
    )


BANDS = (
    ("act", "Act now", "Danger, missing, or nobody reached by the deadline.", "Nothing needs you this minute."),
    ("read", "Read and do", "Messages that the machine was not sure of, and tasks: whom to ring, what to ask for.",
     "Nothing to read or do."),
    ("confirm", "Check and confirm", "A family gave a reason; the code is provisional until you confirm it.",
     "Nothing to confirm."),
    ("wait", "Waiting", "Families were asked. The clock shows what happens next by itself.", "Nobody is being asked."),
    ("settled", "Settled", "Accounted for today. A settled case still hears danger.", "Nothing settled yet."),
)  # fmt: skip


def _order(row: Row) -> tuple[object, ...]:
    at = row.countdown.at.timestamp() if row.countdown else float("inf")
    name = (row.pupil.family, row.pupil.given) if row.pupil else ("", "")
    return (*row.rank, at, *name)


def _concerned(snapshot: Snapshot) -> list[Pupil]:
    """Everybody with a case, an alert of their own, or a code to confirm today."""
    ids = dict.fromkeys(case.pupil for case in snapshot.cases)
    for alert in snapshot.alerts:
        if is_of_the_child(alert):
            ids.update(dict.fromkeys(alert.pupils))
    ids.update(dict.fromkeys(entry.pupil for entry in snapshot.entries if entry.to_confirm))
    ids.update(dict.fromkeys(pupil for task in snapshot.tasks for pupil in task.pupils))
    pupils = snapshot.school.roll.pupils
    return [pupils[id] for id in ids if id in pupils]


def _registers(snapshot: Snapshot) -> list[ClassRow]:
    """Classes whose register closed without marks, those past the deadline first."""
    roll = snapshot.school.roll
    found: dict[tuple[str, Half], ClassRow] = {}
    halves: tuple[Half, ...] = ("am", "pm")
    for half in halves:
        for group, pupils in roll.groups.items():
            closes = [snapshot.school.closes_at(pupil, Session(snapshot.today, half)) for pupil in pupils]
            closed = [at for at in closes if at is not None]
            if not snapshot.school.calendar.is_school_day(snapshot.today) or not closed or max(closed) > snapshot.now:
                continue
            if group in snapshot.taken.get(half, frozenset()):
                continue
            found[group, half] = ClassRow(
                group, half, None, pupils, _teacher(snapshot, group), nudged=_nudged(snapshot, group, half)
            )
    for alert in snapshot.alerts:
        group, session = alert.key.rsplit("/", 1)[-1], alert.session
        if session is None or session.day != snapshot.today or not alert.key.startswith(OF_A_CLASS):
            continue
        row = found.get((group, session.half))
        if row is None:
            continue
        late = alert.key.startswith("unaccounted/")
        row = replace(row, keys=(*row.keys, alert.key))
        if row.alert is None or late:
            missing = tuple(roll.pupils[id] for id in alert.pupils if id in roll.pupils)
            row = replace(row, alert=alert, pupils=missing, unaccounted=late or row.unaccounted)
        found[group, session.half] = row
    return sorted(found.values(), key=lambda row: (not row.unaccounted, row.half, row.group))


def _teacher(snapshot: Snapshot, group: str) -> str:
    return next((member.name for member in snapshot.school.roll.teachers_of(group)), "")


def _nudged(snapshot: Snapshot, group: str, half: Half) -> str:
    last = next((one for one in reversed(snapshot.nudges) if (one.group, one.half) == (group, half)), None)
    return f"Reminded at {wording.clock(last.at)} by {last.by}." if last else ""


def _discrepancies(snapshot: Snapshot, sees: Sees) -> list[Row]:
    roll = snapshot.school.roll
    return [
        Row(
            id=f"alert-{alert.key.replace('/', '-')}",
            title=wording.ALERTS["discrepancy"],
            pupil=roll.pupils[pupil],
            detail=alert.because,
            alerts=(alert,),
            countdown=Countdown(alert.due_at, climbs_to(alert)) if alert.due_at else None,
            owned=alert.acknowledged_by is not None,
            owner=owner_of(snapshot, alert) if alert.acknowledged_by else "",
        )
        for alert in snapshot.alerts
        if alert.reason == "discrepancy"
        for pupil in alert.pupils
        if pupil in roll.pupils and sees(roll.pupils[pupil])
    ]


def _leave(snapshot: Snapshot, sees: Sees, reads: Reads) -> list[tuple[LeaveRequest, Pupil, str]]:
    roll = snapshot.school.roll
    found = []
    for request in snapshot.leave:
        pupil = roll.pupils.get(request.pupil)
        if pupil is not None and sees(pupil):
            heard = {one.id: one.text for one in snapshot.said if one.id in request.told and reads(pupil.id, one)}
            found.append((request, pupil, " · ".join(heard[id] for id in request.told if id in heard)))
    return found

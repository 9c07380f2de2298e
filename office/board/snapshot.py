"""Everything that the board and the call sheet look at, read in one consistent view of the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from attendance.absences import Absence
from attendance.calendar import CalendarTooShort, Half, Session, instant, local
from attendance.case import Case
from attendance.ladder import Alert
from attendance.leave import LeaveRequest
from attendance.register import Entry
from attendance.school import School
from attendance.tasks import Task
from office.desk import stamp
from storage import absences, alerts, cases, journal, leave, register, tasks
from storage.journal import Line

NOON = 12
EVENING = time(15, 30)
"""School is over, and what families write begins to be about the next day (London time)."""

T = TypeVar("T")


@dataclass(frozen=True)
class Said:
    """One message that came in, with what the machine read in it."""

    id: str
    at: datetime
    contact: str | None
    channel: str
    text: str
    pupils: tuple[str, ...]
    understood: Mapping[str, Any] | None = None
    sender: str = ""
    """The bare address where the writer is nobody's contact."""
    files: tuple[tuple[int, str, int], ...] = ()
    """(number, name, bytes) of what came with it and is kept."""
    turned: tuple[str, ...] = ()
    """Names of files that were refused."""
    doubt: str = ""
    """Why the sender is not believed, for an e-mail."""
    automatic: bool = False

    @property
    def safeguarding(self) -> bool:
        """True when the words disclose possible harm: not for everybody's eyes."""
        return bool(self.understood and self.understood.get("safeguarding"))

    @property
    def intent(self) -> str:
        """What the machine took the message for."""
        return str(self.understood.get("intent", "")) if self.understood else ""

    @property
    def about(self) -> tuple[str, ...]:
        """The pupils whom these words concern: named ones only, or all of the writer's where nobody is named."""
        reports = self.understood.get("reports", ()) if self.understood else ()
        named = tuple(child for report in reports for child in report.get("children", ()))
        return named or self.pupils

    def is_about(self, pupil: str) -> bool:
        """Whether these words concern the pupil."""
        return pupil in self.about


@dataclass(frozen=True, slots=True)
class Nudge:
    """A teacher was reminded of a register."""

    at: datetime
    group: str
    half: str
    by: str


@dataclass(frozen=True)
class Snapshot:
    """One school at one moment. `now` is aware UTC."""

    school: School
    now: datetime
    cases: tuple[Case, ...] = ()
    alerts: tuple[Alert, ...] = ()
    entries: tuple[Entry, ...] = ()
    reports: tuple[Absence, ...] = ()
    tasks: tuple[Task, ...] = ()
    leave: tuple[LeaveRequest, ...] = ()
    taken: Mapping[Half, frozenset[str]] = field(default_factory=dict)
    said: tuple[Said, ...] = ()
    nudges: tuple[Nudge, ...] = ()

    @property
    def today(self) -> date:
        """The school's date."""
        return local(self.now).date()

    @property
    def half(self) -> Half:
        """The half of the day that it is."""
        return "am" if local(self.now).hour < NOON else "pm"

    def cases_of(self, pupil: str) -> tuple[Case, ...]:
        """A pupil's cases of today, morning first."""
        return self._cases.get(pupil, ())

    def alerts_of(self, pupil: str) -> tuple[Alert, ...]:
        """A pupil's live alerts."""
        return self._alerts.get(pupil, ())

    def entries_of(self, pupil: str) -> tuple[Entry, ...]:
        """A pupil's marks of today."""
        return self._entries.get(pupil, ())

    def tasks_of(self, pupil: str) -> tuple[Task, ...]:
        """Open tasks about a pupil."""
        return self._tasks.get(pupil, ())

    def about(self, pupil: str) -> tuple[Said, ...]:
        """Every message about a pupil, oldest first."""
        return self._about.get(pupil, ())

    def message(self, id: str) -> Said | None:
        """One message by its id."""
        return self._messages.get(id)

    @cached_property
    def _about(self) -> Mapping[str, tuple[Said, ...]]:
        return _by_pupil((pupil, one) for one in self.said for pupil in dict.fromkeys(one.about))

    @cached_property
    def _messages(self) -> Mapping[str, Said]:
        return {one.id: one for one in self.said}

    def stamp(self, pupil: str) -> str:
        """What a decision about this pupil has seen."""
        return stamp(pupil, self.cases_of(pupil), self.alerts_of(pupil), self.entries_of(pupil))

    @cached_property
    def _cases(self) -> Mapping[str, tuple[Case, ...]]:
        return _by_pupil((case.pupil, case) for case in self.cases)

    @cached_property
    def _alerts(self) -> Mapping[str, tuple[Alert, ...]]:
        return _by_pupil((pupil, alert) for alert in self.alerts for pupil in alert.pupils)

    @cached_property
    def _entries(self) -> Mapping[str, tuple[Entry, ...]]:
        return _by_pupil((entry.pupil, entry) for entry in self.entries)

    @cached_property
    def _tasks(self) -> Mapping[str, tuple[Task, ...]]:
        return _by_pupil((pupil, task) for task in self.tasks for pupil in task.pupils)


def _by_pupil(pairs: Iterable[tuple[str, T]]) -> Mapping[str, tuple[T, ...]]:
    found: dict[str, list[T]] = {}
    for pupil, one in pairs:
        found.setdefault(pupil, []).append(one)
    return {pupil: tuple(many) for pupil, many in found.items()}


async def take(db: AsyncConnection, school: School, now: datetime) -> Snapshot:
    """Read it."""
    today = local(now).date()
    start = instant(today, datetime.min.time())
    after = now + now.resolution
    heard = await journal.of_kinds(db, school.id, evening_before(school, today), after, ("received",))
    nudged = await journal.of_kinds(db, school.id, start, after, ("nudged",))
    halves: tuple[Half, ...] = ("am", "pm")
    return Snapshot(
        school,
        now,
        cases=tuple(await cases.of_day(db, school.id, today)),
        alerts=tuple(await alerts.live(db, school.id)),
        entries=tuple(await register.entries(db, school.id, today)),
        reports=tuple(await absences.covering(db, school.id, today)),
        tasks=tuple(await tasks.open(db, school.id)),
        leave=tuple(await leave.open(db, school.id)),
        taken={half: frozenset(await register.classes_taken(db, school.id, Session(today, half))) for half in halves},
        said=tuple(said(line) for line in heard),
        nudges=tuple(
            Nudge(line.at, str(line.data["group"]), str(line.data["session"]), str(line.data["by"])) for line in nudged
        ),
    )


def evening_before(school: School, today: date) -> datetime:
    """From when on words may be about today: the end of the school day before. Families write in the evening."""
    try:
        before = school.calendar.before(today)
    except CalendarTooShort:
        before = today - timedelta(days=1)
    return instant(before, EVENING)


def said(line: Line) -> Said:
    """A journal line of what came in."""
    data = line.data
    return Said(
        id=str(data.get("message", "")),
        at=line.at,
        contact=data.get("contact"),
        channel=str(data.get("channel", "")),
        text=str(data.get("text", "")),
        pupils=line.pupils,
        understood=data.get("understood"),
        sender=str(data.get("from", "")),
        files=tuple((int(one["number"]), str(one["name"]), int(one["size"])) for one in data.get("files", ())),
        turned=tuple(str(one["name"]) for one in data.get("refused", ())),
        doubt=str(data.get("doubt", "")),
        automatic=bool(data.get("automatic")),
    )

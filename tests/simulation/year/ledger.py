"""What is stored after each step, read past the program's own queries wherever that is as easy: a judge of its own."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from attendance.absences import Absence
from attendance.calendar import Session, local
from attendance.case import Case
from attendance.ladder import Alert
from attendance.people import Pupil
from attendance.policy import Policy
from attendance.school import School
from service.rehearsal.simulation import World, shown
from storage import absences, codec
from storage.journal import Line

Key = tuple[str, Session]


@dataclass(frozen=True)
class Mark:
    """Both layers of one entry, and when each was said."""

    mis: str | None
    mis_at: datetime | None
    ours: str | None
    ours_at: datetime | None
    provisional: bool


@dataclass(frozen=True)
class Queued:
    """Words that wait to leave."""

    key: str
    contact: str | None
    about: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Snapshot:
    """Everything that the promises are about, at one moment. Entries and classes are today's."""

    now: datetime
    school: School
    cases: Mapping[Key, Case] = field(default_factory=dict)
    alerts: Mapping[str, Alert] = field(default_factory=dict)
    timers: Mapping[tuple[str, str], datetime] = field(default_factory=dict)
    marks: Mapping[Key, Mark] = field(default_factory=dict)
    taken: Mapping[tuple[str, Session], datetime] = field(default_factory=dict)
    reports: Sequence[Absence] = ()
    queued: Sequence[Queued] = ()
    unread: int = 0
    closes: dict[tuple[str, int, Session], datetime | None] = field(default_factory=dict)
    """When the registers close that were asked about before, under the same policy."""

    def closes_at(self, pupil: Pupil, session: Session) -> datetime | None:
        """As the school says; asked of every child after every step, so the answers are kept."""
        key = (pupil.group, pupil.year, session)
        if key not in self.closes:
            self.closes[key] = self.school.closes_at(pupil, session)
        return self.closes[key]

    @property
    def day(self) -> date:
        """Today in London."""
        return local(self.now).date()


class Ledger:
    """Reads one world's file; what has not changed since the last reading is not read again."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._db = sqlite3.connect(f"file:{world.database.url.database}?mode=ro", uri=True, isolation_level=None)
        self._cases: dict[tuple[str, str, str], tuple[int, Case]] = {}
        self._alerts: dict[str, tuple[int, Alert]] = {}
        self._seq = 0
        self.lines: list[Line] = []
        """Every line of the journal so far."""
        self.new: list[Line] = []
        """Those of the last reading."""
        self.twice: list[str] = []
        """Messages that were handled twice, and words that are said to have left twice."""
        self.asked: set[tuple[str, str]] = set()
        """(contact, pupil) that were asked about a child and not told since how it ended."""
        self.perhaps: set[tuple[str, str]] = set()
        """(contact, pupil) of questions of which nobody knew for a while whether they had left."""
        self.summaries: list[datetime] = []
        self._once: set[tuple[str, str]] = set()
        self._policy: Policy | None = None
        self._closes: dict[tuple[str, int, Session], datetime | None] = {}

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    async def read(self) -> tuple[Snapshot, list[dict[str, Any]]]:
        """What is stored now, and the printed lines that are new since the last reading."""
        now = self._world.clock.now()
        new = self.new = await self._world.lines(self._seq)
        self.lines += new
        self._remember(new)
        for contact, pupils in self._db.execute(
            "SELECT contact_id, pupils FROM outbox WHERE state IN ('unknown', 'sending') AND key LIKE 'ask/%'"
        ):
            self.perhaps |= {(contact, pupil) for pupil in json.loads(pupils)}
        self._seq = new[-1].seq if new else self._seq
        school = await self._world.runner.school(self._world.school_id)
        if school.policy is not self._policy:
            self._policy, self._closes = school.policy, {}
        day = local(now).date()
        async with self._world.database.read() as db:
            reports = await absences.covering(db, school.id, day)
        snapshot = Snapshot(
            now,
            school,
            self._read_cases(),
            self._read_alerts(),
            {(kind, key): _instant(at) for kind, key, at in self._db.execute("SELECT kind, key, due_at FROM timer")},
            self._read_marks(day),
            {
                (group, Session(day, half)): _instant(at)
                for group, half, at in self._db.execute(
                    "SELECT grp, half, taken_at FROM class_register WHERE day = ?", (day.isoformat(),)
                )
            },
            reports,
            [
                Queued(key, contact, tuple(json.loads(about).get("cases", ())))
                for key, contact, about in self._db.execute(
                    "SELECT key, contact_id, about FROM outbox WHERE state = 'queued' AND contact_id IS NOT NULL"
                )
            ],
            self._db.execute("SELECT count(*) FROM inbox WHERE state = 'new'").fetchone()[0],
            self._closes,
        )
        return snapshot, [line for one in new if (line := shown(one)) is not None]

    def _remember(self, new: Sequence[Line]) -> None:
        for line in new:
            kind = "left" if line.kind in ("sent", "staff_told") else line.kind
            if kind in ("left", "received"):
                key = (kind, str(line.data["message"]))
                self.twice += [f"{kind} {line.data['message']}"] if key in self._once else []
                self._once.add(key)
            if line.kind == "alert" and line.data.get("reason") == "morning_summary":
                self.summaries.append(line.at)

    def reply_to(self, message: str) -> str | None:
        """The template with which a message was answered, or None."""
        row = self._db.execute("SELECT template FROM outbox WHERE key = ?", (f"reply/{message}",)).fetchone()
        return None if row is None else str(row[0])

    def is_said_again(self, message: str) -> bool:
        """True for words that go another way because the first did not bring them."""
        row = self._db.execute("SELECT key FROM outbox WHERE message_id = ?", (message,)).fetchone()
        return row is not None and (
            str(row[0]).endswith(("/sms", "/again")) or str(row[0]).startswith("tell/all_clear_elsewhere/")
        )

    def not_cleared(self, message: str) -> set[tuple[str, str]]:
        """(contact, pupil) whom this message should have told that all is well; none where it is another message."""
        row = self._db.execute(
            "SELECT template, contact_id, pupils FROM outbox WHERE message_id = ?", (message,)
        ).fetchone()
        return {(row[1], pupil) for pupil in json.loads(row[2])} if row and row[0] == "absence.all_clear" else set()

    def session_of(self, message: str) -> Session | None:
        """The session that a first-day text is about."""
        row = self._db.execute("SELECT about FROM outbox WHERE message_id = ?", (message,)).fetchone()
        cases = json.loads(row[0]).get("cases", ())
        return Session(date.fromisoformat(cases[0]["day"]), cases[0]["half"]) if cases else None

    def _read_cases(self) -> dict[Key, Case]:
        changed = [
            (day, half, pupil)
            for day, half, pupil, version in self._db.execute("SELECT day, half, pupil_id, version FROM case_")
            if self._cases.get((day, half, pupil), (-1,))[0] != version
        ]
        for key in changed:
            state, version = self._db.execute(
                "SELECT state, version FROM case_ WHERE day = ? AND half = ? AND pupil_id = ?", key
            ).fetchone()
            self._cases[key] = version, replace(codec.load(Case, json.loads(state)), version=version)
        return {(case.pupil, case.session): case for _, case in self._cases.values()}

    def _read_alerts(self) -> dict[str, Alert]:
        changed = [
            key
            for key, version in self._db.execute("SELECT alert_key, version FROM alert")
            if self._alerts.get(key, (-1,))[0] != version
        ]
        for key in changed:
            row = self._db.execute("SELECT state, version FROM alert WHERE alert_key = ?", (key,)).fetchone()
            self._alerts[key] = row[1], replace(codec.load(Alert, json.loads(row[0])), version=row[1])
        return {key: alert for key, (_, alert) in self._alerts.items()}

    def _read_marks(self, day: date) -> dict[Key, Mark]:
        rows = self._db.execute(
            "SELECT pupil_id, half, mis, mis_at, ours, ours_at, provisional FROM entry WHERE day = ?",
            (day.isoformat(),),
        )
        return {
            (pupil, Session(day, half)): Mark(mis, _maybe(mis_at), ours, _maybe(ours_at), bool(provisional))
            for pupil, half, mis, mis_at, ours, ours_at, provisional in rows
        }

    def oldest_n(self) -> date | None:
        """The day of the oldest entry that is still N and counts as N."""
        counts = "CASE WHEN ours IS NULL OR (provisional AND ours = 'N') THEN mis ELSE ours END"  # a child who is seen
        row = self._db.execute(f"SELECT min(day) FROM entry WHERE {counts} = 'N'").fetchone()
        return None if row[0] is None else date.fromisoformat(row[0])

    def wrong_entries(self) -> list[str]:
        """Entries whose layer of ours is not what their last amendment says."""
        rows = self._db.execute(
            "SELECT e.pupil_id, e.day, e.half, e.ours, a.code FROM entry e JOIN amendment a USING (pupil_id, day, half)"
            " WHERE a.amendment_id = (SELECT max(amendment_id) FROM amendment b WHERE b.pupil_id = e.pupil_id"
            " AND b.day = e.day AND b.half = e.half) AND (e.ours IS NOT a.code OR e.provisional IS NOT a.provisional)"
        )
        return [f"{pupil} {day} {half} is {ours}, its last change {code}" for pupil, day, half, ours, code in rows]

    def stored(self) -> set[str]:
        """The provider's id of every message that came in."""
        return {provider_id for (provider_id,) in self._db.execute("SELECT provider_id FROM inbox")}


def _maybe(text: str | None) -> datetime | None:
    return None if text is None else _instant(text)


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)

"""The cases of one turn: as they were stored, as they are now, and what of that has to be saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from attendance.calendar import Half, Session
from attendance.case import Case
from service.errors import Stale
from service.turns.turn_alerts import LookAgain
from storage import cases

Key = tuple[str, Session]
HALVES: tuple[Half, Half] = ("am", "pm")


@dataclass(frozen=True, slots=True)
class CaseMoved:
    """What a turn made of a case; `before` is None for a new one."""

    before: Case | None
    after: Case

    @property
    def timer(self) -> LookAgain:
        """When it is looked at again."""
        was_set = self.before is not None and self.before.due_at is not None
        return LookAgain(("case", f"{self.after.pupil}/{self.after.session}"), self.after.due_at, was_set)

    @property
    def shows(self) -> bool:
        """Whether anything changed that the journal tells."""
        return self.before is None or _shown(self.before) != _shown(self.after)


class TurnCases:
    """Nobody else can move them meanwhile: the school is locked. `kept`: today's, where they are known already."""

    def __init__(self, db: AsyncConnection, school_id: str, today: date, kept: Mapping[Key, Case] | None) -> None:
        self._db = db
        self._school = school_id
        self._today = today
        self._now: dict[Key, Case] = dict(kept or {})
        self._stored: dict[Key, Case] = dict(kept or {})
        self._kept = kept
        self._read: dict[date, frozenset[str] | None] = {} if kept is None else {today: None}
        """For each day the pupils whose cases were read, None for everybody's."""
        self._fresh: set[Key] = set()
        self._touched: set[Key] = set()
        self._met: dict[Key, None] = {}
        """Those that this turn has asked for, in that order: so they are stored and told, whoever had kept them."""
        self._met_whole: set[date] = set()

    async def of_day(self, day: date, pupils: Sequence[str] | None = None) -> list[Case]:
        """The cases of a day, this turn's changes included. Today's are read all at once, to be kept."""
        wanted = None if pupils is None else set(pupils)
        if wanted is None or wanted:
            await self._read_those(day, None if day == self._today else wanted)
        if wanted is None:
            if day not in self._met_whole:
                self._met |= {key: None for key in self._now if key[1].day == day}
                self._met_whole.add(day)
            return [self._now[key] for key in self._met if key[1].day == day]
        keys = ((pupil, Session(day, half)) for half in HALVES for pupil in sorted(wanted))
        found = {key: None for key in keys if key in self._now}
        self._met |= found
        return [self._now[key] for key in (found if len(found) < 2 else self._met) if key in found]

    async def _read_those(self, day: date, wanted: set[str] | None) -> None:
        read = self._read.get(day, frozenset())
        unread = set() if read is None else None if wanted is None else wanted - read
        if unread is None or unread:
            for stored in await cases.of_day(self._db, self._school, day, unread):
                self._remember(stored)
            self._read[day] = None if unread is None else frozenset({*(read or ()), *unread})

    async def one(self, pupil: str, session: Session) -> Case | None:
        """One case, or None."""
        if (pupil, session) not in self._now:
            await self._read_those(session.day, None if session.day == self._today else {pupil})
        if (pupil, session) in self._now:
            self._met[pupil, session] = None
        return self._now.get((pupil, session))

    def _remember(self, case: Case) -> None:
        key = (case.pupil, case.session)
        if key not in self._now:
            self._now[key] = self._stored[key] = case

    async def open(self, case: Case) -> Case:
        """Put a new case; a pupil and session that has one already keeps it."""
        key = (case.pupil, case.session)
        if await self.one(*key) is None:
            self._now[key] = case
            self._fresh.add(key)
            self._met[key] = None
        return self._now[key]

    def as_it_is(self, case: Case) -> Case:
        """The case as this turn has left it so far."""
        return self._now[case.pupil, case.session]

    def put(self, case: Case) -> None:
        """A decision about a case."""
        self._now[case.pupil, case.session] = case
        self._met.setdefault((case.pupil, case.session), None)
        self._touched.add((case.pupil, case.session))

    def let_go(self) -> set[Session]:
        """The sessions of cases that were held before this turn and are not any more."""
        held = (key for key in self._touched if (before := self._stored.get(key)) is not None and before.held)
        return {key[1] for key in held if not self._now[key].held}

    async def save(self) -> list[CaseMoved]:
        """Store what was decided, each under its version. Raises Stale."""
        if not self._touched and not self._fresh:
            return []
        fresh = [self._now[key] for key in self._met if key in self._fresh]
        if fresh:
            await cases.add(self._db, self._school, fresh)
        touched = [key for key in self._met if key in self._touched and key not in self._fresh]
        changed = [self._now[key] for key in touched if self._now[key] != self._stored.get(key)]
        for case in await cases.save(self._db, self._school, changed):
            raise Stale(case.key)
        return [CaseMoved(self._stored.get((case.pupil, case.session)), case) for case in (*fresh, *changed)]

    def kept(self, moved: Sequence[CaseMoved]) -> Mapping[Key, Case] | None:
        """Today's cases as they are stored after `save`, in the order in which they are read; None if unknown."""
        if self._read.get(self._today, frozenset()) is not None:
            return None
        if self._kept is not None and not moved:
            return self._kept
        if self._kept is not None:
            found = dict(self._kept)
        else:
            found = {key: case for key, case in self._stored.items() if key[1].day == self._today}
        known = len(found)
        for one in moved:
            if one.after.session.day == self._today:
                found[one.after.pupil, one.after.session] = cases.saved(one.after) if one.before else one.after
        return found if len(found) == known else dict(sorted(found.items(), key=_as_read))


def _as_read(one: tuple[Key, Case]) -> tuple[str, str]:
    (pupil, session), _ = one
    return session.half, pupil


def _shown(case: Case) -> tuple[object, ...]:
    return case.stage, case.whereabouts, case.reason, case.outcome

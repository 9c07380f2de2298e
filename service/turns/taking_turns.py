"""Take a turn: one transaction of one school, or the same work for several; what a process knows of each is kept."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from attendance.calendar import SchoolCalendar
from attendance.policy import calendar_of, policy_by_key, with_override
from attendance.school import School
from messaging.channel import Channel
from messaging.wording import Wording
from office.leave.links import Links
from service.clock import Clock
from service.errors import Stale
from service.turns.kept import Kept, KeptSchools
from service.turns.turn import HEARD, Turn
from storage import people, schools
from storage.engine import Database
from storage.schools import SchoolRow

log = structlog.get_logger("firstcall.turns")

TRIES = 8

T = TypeVar("T")


def random_id() -> str:
    """An id that nobody else has."""
    return uuid4().hex


@dataclass
class Turns:
    """What every turn of this process is given.

    `channels` by name; `link` is where staff find the board.
    `new_id` makes the ids of what is stored; a rehearsal hands in its own, so that the same file gives the same lines.
    `policies`: the folder of a school's own policies and calendars, None for the ones that Firstcall brings.
    `links` makes signed links (None: no public address).
    `hears`: the channels on which an answer of staff comes in.
    """

    database: Database
    clock: Clock
    channels: Mapping[str, Channel]
    wording: Wording
    link: str = ""
    policies: Path | None = None
    new_id: Callable[[], str] = random_id
    links: Links | None = None
    hears: frozenset[str] = HEARD
    kept: KeptSchools = field(default_factory=KeptSchools)
    _schools: dict[str, tuple[tuple[object, ...], School, dict[str, str]]] = field(default_factory=dict)

    async def turn(self, school_id: str, work: Callable[[Turn], Awaitable[T]]) -> T:
        """Do `work` in one transaction of one school; a stale version loads and decides all of it again."""
        return (await self.together([school_id], work))[0]

    async def together(self, school_ids: Sequence[str], work: Callable[[Turn], Awaitable[T]]) -> list[T]:
        """The same work for several schools, all of it or nothing."""
        for attempt in range(TRIES):
            try:
                async with self.database.begin() as db:
                    results, kept = [], {}
                    for school_id in school_ids:
                        turn = await self.open(db, school_id)
                        results.append(await work(turn))
                        kept[school_id] = await turn.finish()
            except Stale as stale:
                for school_id in school_ids:
                    self.kept.forget(school_id)
                log.info("stale", schools=len(school_ids), attempt=attempt, what=type(stale).__name__)
                continue
            for school_id, known in kept.items():
                self.kept.put(school_id, known)
            return results
        raise Stale(f"still stale after {TRIES} tries")

    async def open(self, db: AsyncConnection, school_id: str, known: Kept | None = None) -> Turn:
        """A turn inside a transaction that its caller ends.

        `known`: what an earlier turn of the same transaction left behind; it is kept only after the commit.
        """
        return await self.of(db, await schools.lock(db, school_id), known)

    async def of(self, db: AsyncConnection, row: SchoolRow, known: Kept | None = None) -> Turn:
        """The same of a row that was read already, for whoever only looks."""
        school, ours = await self._school(db, row)
        return Turn(
            db,
            school,
            self.clock.now(),
            self.wording,
            ours,
            self.link,
            self.new_id,
            row,
            known if known is not None and known.holds(row) else self.kept.of(row),
            links=self.links,
            hears=self.hears,
        )

    async def school(self, school_id: str) -> School:
        """The school as it stands now, for pages that only look. Raises KeyError for one that is not there."""
        async with self.database.read() as db:
            row = await schools.get(db, school_id)
            if row is None:
                raise KeyError(school_id)
            return (await self._school(db, row))[0]

    async def _school(self, db: AsyncConnection, row: SchoolRow) -> tuple[School, dict[str, str]]:
        """The school as a value, kept until its people, policy or calendar change."""
        version = (row.people_version, row.policy_key, row.policy_override, row.calendar)
        known = self._schools.get(row.school_id)
        if known is not None and known[0] == version:
            return known[1], known[2]
        policy = policy_by_key(row.policy_key, self.policies)
        if row.policy_override:
            policy = with_override(policy, row.policy_override)
        calendar = SchoolCalendar.from_mapping(row.calendar) if row.calendar else calendar_of(policy, self.policies)
        ours = {
            channel: address
            for channel in self.channels
            if (address := await schools.sender_of(db, row.school_id, channel)) is not None
        }
        roll = replace(await people.load_roll(db, row.school_id), senders=frozenset(ours))
        school = School(row.school_id, policy, calendar, roll)
        self._schools[row.school_id] = (version, school, ours)
        return school, ours

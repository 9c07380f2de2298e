"""The alerts of one turn: as they were stored, as they are now, and what of that has to be saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from attendance.ladder import Alert, stand_down
from service.errors import Stale
from storage import alerts


@dataclass(frozen=True, slots=True)
class LookAgain:
    """A timer (`of`: its kind and key) as a turn leaves it: due `at`, or needed no more; `was_set` before the turn."""

    of: tuple[str, str]
    at: datetime | None
    was_set: bool


@dataclass(frozen=True, slots=True)
class AlertMoved:
    """What a turn made of an alert; `before` is None for a new one."""

    before: Alert | None
    after: Alert

    @property
    def timer(self) -> LookAgain:
        """When it is looked at again; never once it is over."""
        was_set = self.before is not None and self.before.due_at is not None
        return LookAgain(("alert", self.after.key), self.after.due_at if self.after.live else None, was_set)


class TurnAlerts:
    """Nobody else can move them meanwhile: the school is locked. `kept`: the live ones, if they are known already."""

    def __init__(self, db: AsyncConnection, school_id: str, kept: Mapping[str, Alert] | None) -> None:
        self._db = db
        self._school = school_id
        self.now: dict[str, Alert] = dict(kept or {})
        self.stored: dict[str, Alert | None] = dict(kept or {})
        """As they were read; None for a key that is not there."""
        self._kept = kept
        self._all_live = kept is not None
        self._touched: set[str] = set()

    async def by_key(self, key: str) -> Alert | None:
        """One alert, live or over, or None."""
        if key not in self.now and key not in self.stored:
            stored = await alerts.get(self._db, self._school, key)
            self.stored[key] = stored
            if stored is not None:
                self.now[key] = stored
        return self.now.get(key)

    async def look_up(self, keys: Sequence[str]) -> None:
        """Read many at once that `by_key` will be asked for."""
        if new := [key for key in keys if key not in self.stored and key not in self.now]:
            self._remember(await alerts.of_keys(self._db, self._school, new))
            self.stored |= {key: None for key in new if key not in self.stored}

    def _remember(self, stored: Iterable[Alert]) -> None:
        for one in stored:
            if one.key not in self.now:
                self.now[one.key] = self.stored[one.key] = one

    async def _read_live(self) -> None:
        if not self._all_live:
            self._remember(await alerts.live(self._db, self._school))
            self._all_live = True

    async def live(self) -> list[Alert]:
        """Every alert that is not over."""
        await self._read_live()
        return [alert for alert in self.now.values() if alert.live]

    async def end_under(self, prefix: str) -> None:
        """End every live alert whose key is `prefix`, or lies under it."""
        await self._read_live()
        stem = prefix.removesuffix("/")
        for key in [key for key in self.now if key.startswith(stem) and is_under(key, prefix)]:
            if self.now[key].live:
                self.put(stand_down(self.now[key]))

    def put(self, alert: Alert) -> None:
        """A decision about an alert."""
        self.now[alert.key] = alert
        self._touched.add(alert.key)

    def touched(self) -> dict[str, Alert]:
        """Those about which something was decided, as they are now."""
        return {key: one for key, one in self.now.items() if key in self._touched} if self._touched else {}

    async def save(self) -> list[AlertMoved]:
        """Store what was decided, each under its version. Raises Stale."""
        if not self._touched:
            return []
        touched = [(self.stored.get(key), one) for key, one in self.touched().items()]
        moved = [AlertMoved(before, after) for before, after in touched if before != after]
        await alerts.add(self._db, self._school, [one.after for one in moved if one.before is None])
        changed = [one.after for one in moved if one.before is not None]
        for alert in await alerts.save(self._db, self._school, changed):
            raise Stale(alert.key)
        return moved

    def kept(self, moved: Sequence[AlertMoved]) -> Mapping[str, Alert] | None:
        """The live ones as they are stored after `save`, in the order in which they are read; None if unknown."""
        if not self._all_live:
            return None
        if self._kept is not None and not moved:
            return self._kept
        newer = {one.after.key: alerts.saved(one.after) if one.before is not None else one.after for one in moved}
        live = [one for one in ({**self.now, **newer}).values() if one.live]
        return {one.key: one for one in sorted(live, key=lambda one: (one.opened_at, one.key))}


def is_under(key: str, prefix: str) -> bool:
    """True when the key is `prefix` or begins with it and a slash: pupil 1 is not pupil 12, class 1 not class 10."""
    return f"{key}/".startswith(f"{prefix.removesuffix('/')}/")

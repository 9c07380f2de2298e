"""What a process knows of a school between two turns: live alerts, open tasks and today's cases (decision 15).

It holds while the school's row, which every turn locks, says that nobody has decided anything since.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from attendance.case import Case
from attendance.ladder import Alert
from attendance.tasks import Task
from service.turns.turn_cases import Key
from storage.schools import SchoolRow

MOST_SCHOOLS = 200
"""So many are kept, those of the last turns: one process may serve thousands."""


@dataclass(frozen=True, slots=True)
class Kept:
    """As it is stored. None for what the turn did not read whole. `cases` are those of `day`."""

    decided: int
    day: date
    cases: Mapping[Key, Case] | None
    alerts: Mapping[str, Alert] | None
    tasks: Mapping[str, Task] | None

    def holds(self, row: SchoolRow) -> bool:
        """Nobody has moved a case, an alert or a task since."""
        return self.decided == row.decided


class KeptSchools:
    """By school; what was not used for longest goes first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Kept] = OrderedDict()

    def of(self, row: SchoolRow) -> Kept | None:
        """What is known of the school whose row is locked, if it still holds."""
        known = self._kept.get(row.school_id)
        return known if known is not None and known.holds(row) else None

    def put(self, school_id: str, kept: Kept) -> None:
        """After a turn was committed, and never before."""
        self._kept[school_id] = kept
        self._kept.move_to_end(school_id)
        if len(self._kept) > MOST_SCHOOLS:
            self._kept.popitem(last=False)

    def forget(self, school_id: str) -> None:
        """Read all of it again."""
        self._kept.pop(school_id, None)

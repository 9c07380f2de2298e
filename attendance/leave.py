"""Leave of absence: a request that only the headteacher grants or refuses.

Source: R24 reg 11 (leave by the proprietor's person in exceptional circumstances); DESIGN section 8.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

LeaveState = Literal["requested", "granted", "refused", "withdrawn"]


@dataclass(frozen=True, slots=True)
class LeaveRequest:
    """One request for one pupil. The child is expected back on `return_day` (None: not said).

    `notice_days` counts calendar days from asking to the first day; `flags` are the policy's advice to the head, never
    a decision. `decided_by` is the name with position that the parent is told.
    """

    id: str
    pupil: str
    first_day: date
    return_day: date | None
    code: str
    asked_at: datetime
    contact: str | None = None
    message: str | None = None
    state: LeaveState = "requested"
    flags: tuple[str, ...] = ()
    notice_days: int | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None
    version: int = 0

    def covers(self, day: date) -> bool:
        """True when `day` lies in the time asked for; whether it was granted is `state`."""
        if self.return_day is None:
            return day == self.first_day
        return day == self.first_day or self.first_day < day < self.return_day

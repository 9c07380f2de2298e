"""Work for a person, with a clock: ring a parent, find a child, correct a number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from attendance.calendar import Session


@dataclass(frozen=True, slots=True)
class Task:
    """One piece of work. `key` makes it once only; `what` and `role` are the vocabulary's; `due` is aware UTC."""

    key: str
    what: str
    role: str
    due: datetime
    pupils: tuple[str, ...] = ()
    session: Session | None = None
    note: str = ""

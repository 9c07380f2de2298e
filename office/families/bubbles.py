"""One message of a thread, as the pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message of a thread."""

    at: datetime
    ours: bool
    who: str
    text: str
    note: str = ""
    hidden: bool = False
    reading: tuple[tuple[str, str], ...] = ()

"""One date expression that was found, before it is known what part it plays in the message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(slots=True)
class Mention:
    """Days `first` to `last`, both included; or a length of `days`. Offsets are those of `Words.line`.

    `form` names the grammar's form. `lead` is true when a verb of setting out stands before it ("we fly on the 17th").
    `weekday`, `day_of_month` and `modifier` keep what was said, so that a past-tense clause may turn it round.
    `sure` falls when two readings differ. `plain`: the first day as it would be alone, where it leans on another one.
    `further`: "another two days", which are counted from now and not from the first day of an absence that is known.
    """

    start: int
    end: int
    form: str
    first: date | None = None
    last: date | None = None
    days: int | None = None
    unit: str = ""
    weekday: int | None = None
    day_of_month: int | None = None
    month: int | None = None
    year: int | None = None
    modifier: str = ""
    members: tuple[date, ...] = ()
    part: str = ""
    lead: bool = False
    sure: float = 0.97
    plain: date | None = None
    further: bool = False

    @property
    def single(self) -> bool:
        """True for one day."""
        return self.first is not None and self.first == self.last

"""Which threads somebody wants to see: by a child, a contact, words that were written, and the day of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from attendance.calendar import local
from attendance.people import Contact, Pupil
from office.board.finding import is_named, plain
from office.families.bubbles import Bubble

LONGEST = 60
SHORTEST_WORDS = 3
"""Letters from which what was written is looked through; fewer find names only."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for. Everything empty: every thread."""

    find: str = ""
    day: date | None = None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Wanted:
        """Out of the address of a page; a day that is none is no day."""
        try:
            day = date.fromisoformat(query.get("day", ""))
        except ValueError:
            day = None
        return cls(query.get("find", "").strip()[:LONGEST], day)

    @property
    def wants_all(self) -> bool:
        """Whether nothing is looked for."""
        return self == Wanted()

    @property
    def query(self) -> str:
        """The same as the end of an address."""
        said = {"find": self.find, "day": self.day.isoformat() if self.day else ""}
        return urlencode({key: value for key, value in said.items() if value})

    def hit(self, contact: Contact, pupils: Iterable[Pupil], bubbles: Iterable[Bubble]) -> Bubble | None:
        """The newest message of a thread that is looked for; None where the thread has none.

        Words that whoever looks may not read are never found by what they say.
        """
        of_day = [one for one in bubbles if self.day is None or local(one.at).date() == self.day]
        if not self.find or self._names(contact, pupils):
            return of_day[-1] if of_day else None
        words = plain(self.find)
        if len(words) < SHORTEST_WORDS:
            return None
        return next((one for one in reversed(of_day) if not one.hidden and words in plain(one.text)), None)

    def _names(self, contact: Contact, pupils: Iterable[Pupil]) -> bool:
        words = plain(self.find)
        of_contact = plain(contact.name)
        named = words in of_contact if len(words) >= SHORTEST_WORDS else any(
            name.startswith(words) for name in of_contact.split()
        )  # fmt: skip
        return bool(words) and (named or any(is_named(pupil, self.find) for pupil in pupils))

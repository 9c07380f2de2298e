"""Everything that may follow from an event. Effects are stored with the decision, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from attendance.calendar import Session
from attendance.case import Case

Ended = Literal["here", "late", "found", "explained"]
"""What an all-clear may truly say of a child: here all the time, here by now, found by a search, or explained and not
here."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask a contact about one pupil. The batch merges asks by contact and channel into one text for siblings."""

    pupil: str
    session: Session
    contact: str
    channel: str
    address: str
    round: int
    parent: bool
    """A parent is asked why; anybody else is only asked to ring the school."""
    again: int = 0
    """How often they were asked on this channel before, in vain."""
    told_on: date | None = None
    """The earlier day of which this contact said that the pupil was away, and not until when."""


@dataclass(frozen=True, slots=True)
class Tell:
    """Words to one contact about these pupils. `purpose` makes the key: deciding twice sends once."""

    pupils: tuple[str, ...]
    session: Session
    contact: str
    channel: str
    address: str
    template: str
    purpose: str
    how: Ended = "here"
    still: tuple[str, ...] = ()
    """Other children of whom this contact was asked today and nobody has answered: they are not done with."""


@dataclass(frozen=True, slots=True)
class CancelWords:
    """What is still queued about this case is no longer worth saying."""

    pupil: str
    session: Session


@dataclass(frozen=True, slots=True)
class RaiseAlert:
    """Tell a named member of staff, rung by rung until acknowledged. `roles` come before the policy's ladder."""

    key: str
    reason: str
    urgent: bool
    pupils: tuple[str, ...]
    because: str
    session: Session | None = None
    roles: tuple[str, ...] = ()
    climbs: bool = True
    staff: str | None = None
    """One person who hears first, by id: the pupil's named person, whoever holds the thread."""
    beside: str | None = None
    """News of a matter that has alerts of its own under this key: whoever acknowledged one of them hears first."""


@dataclass(frozen=True, slots=True)
class StandDown:
    """The alerts whose key begins with `prefix` are over."""

    prefix: str


@dataclass(frozen=True, slots=True)
class OpenTask:
    """Work for a person, with a clock. `key` makes it once only."""

    key: str
    what: str
    role: str
    due: datetime
    pupils: tuple[str, ...]
    session: Session | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class CloseTasks:
    """The open tasks whose key is `prefix`, or begins with it and a slash, need nobody any more."""

    prefix: str


@dataclass(frozen=True, slots=True)
class Hold:
    """Words to families are held for a person's decision."""

    what: str
    why: str
    pupils: tuple[str, ...] = field(default=())


Effect = Ask | Tell | CancelWords | RaiseAlert | StandDown | OpenTask | CloseTasks | Hold

Decision = tuple[Case, list[Effect]]
"""What deciding about a case gives: the case as it is now, and everything that follows."""

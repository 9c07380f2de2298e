"""A case: one pupil, one day, one session, and whether anybody has said where the child is and why.

Two clocks are kept apart: `whereabouts` (hours) and `reason` (five school days). Words in this file are fixed in
docs/vocabulary.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from attendance.calendar import Session

Stage = Literal["open", "asked", "answered", "alarmed", "handed_over", "settled"]
Whereabouts = Literal["unknown", "claimed", "confirmed", "alarmed"]
Reason = Literal["none", "proposed", "confirmed", "expired"]
Delivery = Literal["queued", "left", "unknown", "failed"]

SEEN_KEPT = 64

PRESENT_OUTCOMES = frozenset({"present_after_all", "arrived_late"})
"""The child is in school: nothing a report says about being away holds any more."""

NOT_FOUND = frozenset({"not_reached", "does_not_know", "not_with_me", "wrong_person"})
"""Who closes a case so knows as little of where the child is as before."""

ON_THE_WAY = frozenset({"late_on_the_way", "left_for_school", "believed_in_school"})
"""Somebody says that the child set off or must be here; nobody has seen it."""

LATER_IN = frozenset({"M"})
"""Away and yet on the way: after an appointment."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One contact asked on one channel in one round (counted from 1), `at` the moment the words left; until then, when
    it was decided."""

    contact: str
    channel: str
    address: str
    round: int
    at: datetime
    state: Delivery = "queued"

    @property
    def may_have_arrived(self) -> bool:
        """Words that were cancelled or refused did not arrive; anything else may have been read."""
        return self.state != "failed"


@dataclass(frozen=True, slots=True)
class Case:
    """The state of one case. `opened_at` is the register's close, or the mark's arrival if that was later."""

    pupil: str
    session: Session
    opened_at: datetime
    deadline_at: datetime
    stage: Stage = "open"
    whereabouts: Whereabouts = "unknown"
    reason: Reason = "none"
    outcome: str | None = None
    mark: str | None = "N"
    mark_by: str | None = None
    """Who amended the mark here; None where it is the school system's. A person's decision stands."""
    round: int = 0
    """Rounds begun."""
    next_at: datetime | None = None
    """When the next round begins, or when a child on the way should have arrived."""
    attempts: tuple[Attempt, ...] = ()
    held: bool = False
    afternoon_missed: bool = False
    answered_by: str | None = None
    pointed_by: str | None = None
    """The contact who said that the child is with the other parent."""
    with_contact: str | None = None
    """The contact who said that the child is with them."""
    told_on: date | None = None
    """The earlier day of which a contact (`told_by`) said that the child was away, and not until when."""
    told_by: str | None = None
    unclear: tuple[str, ...] = ()
    """Contacts who were asked and wrote what settles nothing: the thread says what."""
    code: str | None = None
    alarms: int = 0
    """How often this case was alarmed; each alarm has a fresh ladder."""
    worried: tuple[str, ...] = ()
    """Contacts who feared for the child without having been asked: they heard that staff are being told."""
    reopened: int = 0
    cleared: bool = False
    seen: tuple[str, ...] = ()
    version: int = 0

    @property
    def key(self) -> str:
        """What its alerts, tasks and words are named after."""
        return f"case/{self.pupil}/{self.session}"

    @property
    def closed_unfound(self) -> bool:
        """A person closed it after others had been asked, and nobody knows where the child is."""
        return self.stage == "settled" and self.outcome in NOT_FOUND and bool(self.attempts)

    @property
    def is_waiting(self) -> bool:
        """Nobody has answered and no person has it yet: silence must become an event."""
        return self.stage in ("open", "asked")

    @property
    def wants_words(self) -> bool:
        """What was decided to be asked is still worth asking: nobody answered, and no person has it instead."""
        came_late = self.stage == "handed_over" and self.opened_at >= self.deadline_at
        return (self.is_waiting or came_late) and not self.held

    @property
    def is_expected(self) -> bool:
        """A person closed it because the child is on the way, or must be here: nobody has seen it yet."""
        return self.stage == "settled" and self.outcome in ON_THE_WAY

    @property
    def due_at(self) -> datetime | None:
        """When silence becomes an event; derived from the state, never set."""
        if self.stage == "answered" or self.is_expected:
            return self.next_at
        if not self.is_waiting:
            return None
        if self.next_at is None or self.held:
            return self.deadline_at
        return min(self.next_at, self.deadline_at)

    def has_seen(self, event_id: str) -> bool:
        """True when this event was already answered."""
        return event_id in self.seen

    def saw(self, event_id: str) -> Case:
        """The same case, remembering the event."""
        return replace(self, seen=(*self.seen, event_id)[-SEEN_KEPT:])

    def asked_on(self, contact: str, channel: str) -> bool:
        """True when this contact was already asked on this channel."""
        return any(attempt.contact == contact and attempt.channel == channel for attempt in self.attempts)

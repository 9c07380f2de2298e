"""The register: one entry a pupil and session, in two layers, and the amendments that led to it.

The MIS layer is what the school's own system says; our layer is what Firstcall proposed or a person decided. Neither
overwrites the other, and every change of our layer is an Amendment, kept for ever beside the entry.
Source: R24 reg 10 and the amendment record of statute notes section 1 (original, amended, reason, date, name,
position).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from attendance.absences import APPOINTMENT
from attendance.calendar import Session, local
from attendance.codes import SIGNED_IN, has_arrived, is_unexplained

MACHINE = "Firstcall"
MACHINE_POSITION = "automatic proposal, to be confirmed by staff"
BY_RULE = "Rule report.accepts of the attendance policy"
"""How the reason of an amendment begins that the school's own written rule made of a report."""
CONFIRMED = "Confirmed"
"""The reason of an amendment by which a person confirms what was proposed."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """One change of an entry. `original` is the entry before it (None where nothing was entered)."""

    pupil: str
    session: Session
    original: str | None
    code: str
    provisional: bool
    by: str
    position: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """The mark of one pupil for one session. `mis` is the school system's mark, `ours` what we hold besides it."""

    pupil: str
    session: Session
    mis: str | None = None
    mis_at: datetime | None = None
    ours: str | None = None
    provisional: bool = False
    by: str | None = None
    position: str | None = None
    reason: str | None = None
    ours_at: datetime | None = None

    @property
    def current(self) -> str | None:
        """The mark that counts now. What the school's own system says outranks a provisional code, unless it is an N;
        a person's decision here stands.
        """
        if self.ours is None:
            return self.mis
        if self.provisional and (not is_unexplained(self.mis) or is_unexplained(self.ours)):
            return self.mis
        return self.ours

    @property
    def stood(self) -> str | None:
        """The mark that an amendment takes the place of: what was only proposed is no entry of the register."""
        return self.mis if self.ours is None or self.provisional else self.ours

    @property
    def to_confirm(self) -> bool:
        """A provisional code that says why the child is away, and that nobody at the school has decided on yet."""
        return self.provisional and not is_unexplained(self.ours) and is_unexplained(self.mis)

    @property
    def decided(self) -> bool:
        """A person decided on what we hold. What the school's rule confirmed rests on a report, and goes when that
        report goes.
        """
        return self.ours is not None and not self.provisional and not (self.reason or "").startswith(BY_RULE)

    @property
    def confirmed_ahead(self) -> bool:
        """A person confirmed a report before this day came: they knew the report, and nothing yet of the day."""
        ahead = self.ours_at is not None and local(self.ours_at).date() < self.session.day
        return self.decided and self.reason == CONFIRMED and ahead

    @property
    def unexplained(self) -> bool:
        """N, a blank or `-`: nobody has said why."""
        return is_unexplained(self.current)

    @property
    def present(self) -> bool:
        """In school for at least part of the session."""
        return has_arrived(self.current)

    @property
    def signed_in(self) -> bool:
        """The office saw the child come in late. The code of the appointment that it comes from, chosen afterwards
        (statute notes, section 13), says why it was late, and does not send it home again.
        """
        chosen = self.decided and self.ours == APPOINTMENT
        return self.mis in SIGNED_IN and (self.current in SIGNED_IN or chosen)

    @property
    def disagrees(self) -> bool:
        """The MIS has the child in school while a report or a person says absent."""
        return not is_unexplained(self.ours) and has_arrived(self.mis) and not has_arrived(self.ours)

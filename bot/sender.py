"""Who is writing: what the words from one address may do, child by child (the table in DESIGN section 1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from attendance.people import Contact, Roll, Standing


@dataclass(frozen=True, slots=True)
class Sender:
    """What we know of the writer. `contact` is None for an unknown address."""

    contact: Contact | None
    may_report: tuple[str, ...] = ()
    """Pupils for whom this writer's words count."""
    listed: tuple[str, ...] = ()
    """Pupils for whom the writer is listed but may not report: staff verify, the chase goes on."""
    barred: tuple[str, ...] = ()
    """Pupils about whom this address must never hear."""
    several_families: bool = False
    """The number is listed by families that have no child in common: nobody knows who holds the phone."""

    @property
    def children(self) -> tuple[str, ...]:
        """Every pupil whose name this writer may mean, the barred ones last."""
        return (*self.may_report, *self.listed, *self.barred)

    @property
    def writer(self) -> str:
        """The contact's id as events carry it; empty for an unknown address."""
        return self.contact.id if self.contact else ""

    @property
    def may_hear_of(self) -> tuple[str, ...]:
        """Pupils whom an answer may name."""
        return () if self.several_families else (*self.may_report, *self.listed)


def who_writes(contacts: Sequence[Contact], roll: Roll) -> Sender:
    """Read the standing of whoever writes from an address that these contacts list.

    A bar on any of them holds for the address: a barred father does not become his partner by using her phone.
    """
    if not contacts:
        return Sender(None)
    listed_for = [{link.pupil for link in roll.children_of(contact.id)} for contact in contacts]
    families = [children for children in listed_for if children]
    pupils = [link.pupil for contact in contacts for link in roll.children_of(contact.id)]
    best: dict[str, Standing] = {}
    rank = [Standing.UNKNOWN, Standing.LISTED, Standing.MAY_REPORT, Standing.BARRED]
    for pupil in pupils:
        for contact in contacts:
            standing = roll.standing(pupil, contact.id)
            if rank.index(standing) > rank.index(best.get(pupil, Standing.UNKNOWN)):
                best[pupil] = standing
    return Sender(
        contact=contacts[0],
        may_report=tuple(pupil for pupil, standing in best.items() if standing is Standing.MAY_REPORT),
        listed=tuple(pupil for pupil, standing in best.items() if standing is Standing.LISTED),
        barred=tuple(pupil for pupil, standing in best.items() if standing is Standing.BARRED),
        several_families=len(families) > 1 and not set.intersection(*families),
    )

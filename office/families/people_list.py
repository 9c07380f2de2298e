"""Who is on which list of the people page: pupils found by name, too few contacts, one household only, dead numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from attendance.people import Contact, Link, Pupil, Roll
from attendance.reachable import live_contacts, nobody_outside, too_few
from bot.understanding.words.normalise import plain
from storage.overlays import Address

SHOWN = 60
"""Rows of one page; a longer list asks for a narrower search, so that a page stays small."""


@dataclass(frozen=True, slots=True)
class PupilRow:
    """One pupil with the contacts in the order in which they are asked, and what is thin about them."""

    pupil: Pupil
    contacts: tuple[tuple[Contact, Link], ...]
    live: int
    few: bool
    home_only: bool


@dataclass(frozen=True, slots=True)
class NumberRow:
    """An address that failed or was stopped, whose it is, and for which pupils."""

    address: str
    channel: str
    stopped: bool
    why: str
    at: datetime
    contact: Contact
    pupils: tuple[Pupil, ...]


def row_of(roll: Roll, pupil: Pupil) -> PupilRow:
    """One pupil as a row."""
    contacts = tuple((roll.contacts[link.contact], link) for link in roll.links_of(pupil.id))
    few, home = too_few(roll, pupil.id), nobody_outside(roll, pupil.id)
    return PupilRow(pupil, contacts, len(live_contacts(roll, pupil.id)), few, home is True)


def by_name(pupils: Iterable[Pupil]) -> list[Pupil]:
    """In order of class, family name and first name."""
    return sorted(pupils, key=lambda pupil: (pupil.group, pupil.family, pupil.given))


def found(roll: Roll, pupils: Sequence[Pupil], wanted: str) -> list[Pupil]:
    """Pupils whose own name, or that of one of their contacts, has all words of `wanted` in it; accents are ignored."""
    words = plain(wanted).split()
    if not words:
        return []
    return [
        pupil
        for pupil in pupils
        if any(
            all(word in name for word in words)
            for name in (
                plain(" ".join((pupil.given, *pupil.known_as, pupil.family))),
                *(plain(roll.contacts[link.contact].name) for link in roll.links_of(pupil.id)),
            )
        )
    ]


def household_unknown(roll: Roll, pupils: Iterable[Pupil]) -> int:
    """For how many pupils with contacts the list does not say who lives with whom."""
    return sum(bool(live_contacts(roll, pupil.id)) and nobody_outside(roll, pupil.id) is None for pupil in pupils)


def numbers_of(roll: Roll, pupils: Iterable[Pupil], addresses: Iterable[Address]) -> list[NumberRow]:
    """Addresses that cannot be written to, of contacts of these pupils, as stored: the newest first."""
    seen = {pupil.id: pupil for pupil in pupils}
    rows = []
    for one in addresses:
        for person in roll.at(one.channel, one.address):
            own = tuple(seen[link.pupil] for link in roll.children_of(person.id) if link.pupil in seen)
            if own:
                rows.append(
                    NumberRow(
                        person.address(one.channel) or one.address, one.channel, one.state == "stopped", one.why,
                        one.at, person, own,
                    )
                )  # fmt: skip
    return rows

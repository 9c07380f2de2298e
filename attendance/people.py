"""Pupils, contacts, staff, and who may say what for whom.

What a contact may do hangs on the link between that contact and one pupil, never on the person: a man may be barred
for one half-sister only. Source: DESIGN promise 5; statute notes section 12 (two homes).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Self

CHANNELS = ("sms", "telegram", "email", "whatsapp", "voice")

_ONE_PROVIDER = {"googlemail.com": "gmail.com"}
"""Domains of mail that are two names for the same mailboxes."""

HOUSE_ROLES = ("head_of_house", "assistant_head_of_house")
YEAR_ROLES = ("leader_of_year",)

PARENT_RELATIONS = frozenset(
    "mother father parent mum dad mam stepmother stepfather stepmum stepdad carer guardian foster "
    "stepparent fostercarer fosterparent fostermother fosterfather adoptiveparent adoptivemother adoptivefather "
    "legalguardian parentcarer".split()
)


@dataclass(frozen=True, slots=True)
class Pupil:
    """A child on roll. `year` is -1 for nursery, 0 for Reception. `named_person` is a staff id or None."""

    id: str
    given: str
    family: str
    year: int
    group: str
    known_as: tuple[str, ...] = ()
    tags: frozenset[str] = frozenset()
    named_person: str | None = None
    house: str = ""

    @property
    def called(self) -> str:
        """The name that a text uses: first names only, the one the family uses."""
        return self.known_as[0] if self.known_as else self.given

    @property
    def initials(self) -> str:
        """What an alert to staff shows by default: initials and group say enough."""
        return f"{self.given[:1]}.{self.family[:1]}."


@dataclass(frozen=True, slots=True)
class Contact:
    """A person who may be written to. Phones are E.164. `landline` is a number of its own: never texted."""

    id: str
    name: str
    phone: str | None = None
    email: str | None = None
    telegram: str | None = None
    whatsapp: bool = False
    landline: str | None = None
    language: str = "en"

    def address(self, channel: str) -> str | None:
        """Where this contact is reached on `channel`, or None."""
        match channel:
            case "sms":
                return self.phone
            case "whatsapp":
                return self.phone if self.whatsapp else None
            case "voice":
                return self.phone or self.landline
            case "email":
                return self.email
            case "telegram":
                return self.telegram
        return None


@dataclass(frozen=True, slots=True)
class Link:
    """What one contact is to one pupil. `priority` counts from 1; equal priorities keep the order of the list."""

    pupil: str
    contact: str
    priority: int
    relation: str = "parent"
    may_report: bool = True
    barred: bool = False
    parental_responsibility: bool = True
    lives_with: bool = False
    household: str | None = None
    emergency: bool = False
    asked_first: bool = False
    """A person here put this contact before the others, whatever the school's own system says."""
    note: str = ""
    """For whoever rings, from a person here: "works nights", "ring gran first"."""
    set_aside: bool = False
    """Said to have harmed the child: of it they are asked and told nothing until a person releases them."""

    @property
    def is_parent(self) -> bool:
        """A parent or carer is asked why; anybody else is only asked to ring the school."""
        return "".join(filter(str.isalpha, self.relation.casefold())) in PARENT_RELATIONS


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody who gets alerts. `position` is the school's own word; `roles` are the vocabulary's."""

    id: str
    name: str
    position: str
    roles: tuple[str, ...]
    phone: str | None = None
    email: str | None = None
    telegram: str | None = None
    group: str | None = None
    away: bool = False
    house: str | None = None
    """The house that a head of house leads."""
    years: tuple[int, ...] = ()
    """The years that a leader of year leads: -1 nursery, 0 Reception."""


def address_key(address: str) -> str:
    """By what two spellings of one address are known for the same: small letters, one name for each provider."""
    plain = address.casefold()
    mailbox, at, domain = plain.rpartition("@")
    return f"{mailbox}@{_ONE_PROVIDER[domain]}" if at and domain in _ONE_PROVIDER else plain


def spellings_of(address: str) -> tuple[str, ...]:
    """Every spelling, in small letters, that is the same address."""
    key = address_key(address)
    mailbox, at, domain = key.rpartition("@")
    others = [f"{mailbox}@{other}" for other, one in _ONE_PROVIDER.items() if at and one == domain]
    return (key, *others)


class Standing(StrEnum):
    """Who is writing, seen from one pupil (the table in DESIGN section 1)."""

    MAY_REPORT = "may_report"
    LISTED = "listed"
    BARRED = "barred"
    UNKNOWN = "unknown"


class AddressState(StrEnum):
    """What we know of one address on one channel."""

    LIVE = "live"
    STOPPED = "stopped"
    BAD = "bad"


@dataclass(frozen=True)
class Roll:
    """Everybody whom one school knows, with the look-ups that decisions need. A value: changes make a new one."""

    pupils: Mapping[str, Pupil]
    contacts: Mapping[str, Contact]
    links: tuple[Link, ...]
    staff: tuple[StaffMember, ...]
    addresses: Mapping[tuple[str, str], AddressState] = field(default_factory=dict)
    """(channel, address) that is stopped or bad; what is not named is live."""
    chosen: Mapping[tuple[str, str], datetime] = field(default_factory=dict)
    """When its owner last chose this (channel, address) before their others: by linking it, or by answering there."""
    senders: frozenset[str] | None = None
    """The channels on which this school has an address of its own to write from; None where that is not asked."""

    @classmethod
    def of(
        cls,
        pupils: Iterable[Pupil],
        contacts: Iterable[Contact],
        links: Iterable[Link],
        staff: Iterable[StaffMember],
        addresses: Mapping[tuple[str, str], AddressState] | None = None,
        chosen: Mapping[tuple[str, str], datetime] | None = None,
    ) -> Self:
        """Build from rows in any order."""
        return cls(
            pupils={pupil.id: pupil for pupil in pupils},
            contacts={contact.id: contact for contact in contacts},
            links=tuple(links),
            staff=tuple(staff),
            addresses=dict(addresses or {}),
            chosen=dict(chosen or {}),
        )

    @cached_property
    def _by_pupil(self) -> Mapping[str, tuple[Link, ...]]:
        found: dict[str, list[Link]] = {}
        for link in self.links:
            found.setdefault(link.pupil, []).append(link)
        return {
            pupil: tuple(sorted(links, key=lambda link: (not link.asked_first, link.priority)))
            for pupil, links in found.items()
        }

    @cached_property
    def _by_contact(self) -> Mapping[str, tuple[Link, ...]]:
        found: dict[str, list[Link]] = {}
        for link in self.links:
            found.setdefault(link.contact, []).append(link)
        return {contact: tuple(links) for contact, links in found.items()}

    @cached_property
    def _by_address(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        found: dict[tuple[str, str], list[str]] = {}
        for contact in self.contacts.values():
            for channel in CHANNELS:
                if address := contact.address(channel):
                    found.setdefault((channel, address_key(address)), []).append(contact.id)
        return {key: tuple(ids) for key, ids in found.items()}

    @cached_property
    def _states(self) -> Mapping[tuple[str, str], AddressState]:
        return {(channel, address_key(address)): state for (channel, address), state in self.addresses.items()}

    @cached_property
    def groups(self) -> Mapping[str, tuple[Pupil, ...]]:
        """Registration groups and who is in them."""
        found: dict[str, list[Pupil]] = {}
        for pupil in self.pupils.values():
            found.setdefault(pupil.group, []).append(pupil)
        return {group: tuple(pupils) for group, pupils in sorted(found.items())}

    def links_of(self, pupil: str) -> tuple[Link, ...]:
        """A pupil's contacts in the order in which they are asked, barred ones included."""
        return self._by_pupil.get(pupil, ())

    def children_of(self, contact: str) -> tuple[Link, ...]:
        """The pupils for whom this contact is listed."""
        return self._by_contact.get(contact, ())

    def at(self, channel: str, address: str) -> tuple[Contact, ...]:
        """The contacts who are reached at this address; several when families share a number."""
        return tuple(self.contacts[id] for id in self._by_address.get((channel, address_key(address)), ()))

    def link(self, pupil: str, contact: str) -> Link | None:
        """The link between the two, or None; where a list has two, a bar goes first."""
        both = [link for link in self.links_of(pupil) if link.contact == contact]
        return next((link for link in both if link.barred), both[0] if both else None)

    def standing(self, pupil: str, contact: str) -> Standing:
        """What this contact's words may do for this pupil."""
        link = self.link(pupil, contact)
        if link is None:
            return Standing.UNKNOWN
        if link.barred:
            return Standing.BARRED
        return Standing.MAY_REPORT if link.may_report else Standing.LISTED

    def state(self, channel: str, address: str) -> AddressState:
        """Whether `address` can be written to on `channel`."""
        return self._states.get((channel, address_key(address)), AddressState.LIVE)

    def is_set_aside(self, pupil: str, contact: str) -> bool:
        """Whether this contact is said to have harmed the child, and no person has released them since."""
        return any(link.set_aside for link in self.links_of(pupil) if link.contact == contact)

    def barred_addresses(self, pupil: str) -> frozenset[str]:
        """Addresses of everybody barred for this pupil: a barred person's number stays barred whoever else lists it."""
        return frozenset(
            address_key(address)
            for link in self.links_of(pupil)
            if link.barred
            for channel in CHANNELS
            if (address := self.contacts[link.contact].address(channel))
        )

    def ways_to(self, pupil: str, contact: str, channels: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """(channel, address) pairs on which this contact may be written to about this pupil.

        The one that they chose last comes first; the others are in `channels` order.
        """
        link = self.link(pupil, contact)
        if link is None or link.barred:
            return ()
        barred = self.barred_addresses(pupil)
        person = self.contacts[contact]
        ways = [
            (channel, address)
            for channel in channels
            if (self.senders is None or channel in self.senders)
            and (address := person.address(channel))
            and address_key(address) not in barred
            and self.state(channel, address) is AddressState.LIVE
        ]
        first = self._chosen_of(ways)
        return tuple(sorted(ways, key=lambda way: way != first))

    def way_for_own_words(self, contact: str, channels: Sequence[str]) -> tuple[str, str, tuple[str, ...]] | None:
        """(channel, address, children) for a person's own words to this contact; None where no way is open.

        The way on which most of the contact's children may be written about: a number that somebody shares who is
        barred for one child says nothing of that child. Of ways that are alike the first counts, as in `ways_to`.
        """
        open_for: dict[tuple[str, str], tuple[str, ...]] = {}
        for link in self.children_of(contact):
            for way in self.ways_to(link.pupil, contact, channels):
                open_for[way] = (*open_for.get(way, ()), link.pupil)
        if not open_for:
            return None
        most = max(open_for, key=lambda one: len(open_for[one]))
        return (*most, open_for[most])

    def chosen_way(self, contact: str) -> tuple[str, str] | None:
        """The (channel, address) on which this contact answered or linked last; None when nobody knows."""
        person = self.contacts[contact]
        return self._chosen_of([(channel, address) for channel in CHANNELS if (address := person.address(channel))])

    def _chosen_of(self, ways: Iterable[tuple[str, str]]) -> tuple[str, str] | None:
        at = {way: self.chosen[way[0], way[1].casefold()] for way in ways if (way[0], way[1].casefold()) in self.chosen}
        return max(at, key=lambda way: at[way], default=None)

    def staff_for(
        self, role: str, group: str | None = None, house: str = "", year: int | None = None
    ) -> tuple[StaffMember, ...]:
        """Members of staff with this role who are not away; of tutors and teachers only those of `group`.

        Of heads of house those of `house`, of leaders of year those of `year`; then those for whom the staff list
        names none.
        """
        holders = [member for member in self.staff if role in member.roles and not member.away]
        if group is not None and role in ("tutor", "teacher"):
            holders = [member for member in holders if member.group == group]
        if house and role in HOUSE_ROLES:
            holders = sorted((one for one in holders if one.house in (house, None)), key=lambda one: one.house is None)
        if year is not None and role in YEAR_ROLES:
            holders = sorted(
                (one for one in holders if year in one.years or not one.years), key=lambda one: not one.years
            )
        return tuple(holders)

    def teachers_of(self, group: str) -> tuple[StaffMember, ...]:
        """Who takes the register of a class: its tutors, or where none is here its teachers."""
        return self.staff_for("tutor", group) or self.staff_for("teacher", group)

    def staff_member(self, staff: str) -> StaffMember | None:
        """By id, or None."""
        return next((member for member in self.staff if member.id == staff), None)

    def same_household(self, pupil: str, one: str, other: str) -> bool:
        """True when both contacts live at one address; unknown households count as different."""
        first, second = self.link(pupil, one), self.link(pupil, other)
        if first is None or second is None:
            return False
        return one == other or (first.household is not None and first.household == second.household)

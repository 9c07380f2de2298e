"""The contact's half of a row of the people import: who it is, how it is reached, and what it is to the pupil.

A parent stands in the file once for each child, and in some systems as a new person each time (ScholarPack keeps
guardians by pupil). Rows with one id, or with one name and one number, are one contact with several links.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from attendance.people import Contact, Link
from messaging.numbers import is_mobile
from mis import cells
from mis.columns import Row, plain
from mis.faults import CellFault
from mis.phones import phones

_LATE_ORDER = 10_000
"""Contacts without a place come after those with one, in the order of the file."""


@dataclass(frozen=True, slots=True)
class Person:
    """One contact of one pupil as a row gives it. `order` is the MIS's own number; `made_id`: the id is ours."""

    contact: Contact
    link: Link
    order: int | None
    line: int
    made_id: bool
    spare: tuple[str, ...] = ()
    """Which of phone and landline had a further number that there is no room for."""


def read_person(row: Row, pupil: str) -> Person | None:
    """The row's contact and its link to the pupil of that id, or None where the row's faults leave no name."""
    name = _name(row)
    mobiles, landlines = _phones(row)
    mobile, landline = next(iter(mobiles), None), next(iter(landlines), None)
    email = _email(row)
    if not name:
        row.fault(
            "there is a number or an address but no name beside it",
            "write whose it is",
            "contact_name",
            "contact_family",
        )
        return None
    given_id = row.text("contact_id")
    contact = Contact(
        id=given_id or _made_id(name, mobile or landline or (email and email.casefold()) or pupil),
        name=name,
        phone=mobile,
        email=email,
        landline=landline,
        language=row.read("language", cells.language, "en"),
    )
    return Person(
        contact,
        _link(row, pupil, contact),
        row.read("priority", cells.order, None),
        row.line,
        not given_id,
        _spare(mobiles, landlines),
    )


class People:
    """The contacts read so far, by pupil and contact id."""

    def __init__(self) -> None:
        self.by_pair: dict[tuple[str, str], Person] = {}
        self.by_id: dict[str, Person] = {}


def add_person(row: Row, person: Person, people: People) -> None:
    """Keep the person; a repeat of the same pupil and contact adds nothing, one that contradicts is a fault.

    One id for two names is a fault: such ids only count the contacts of each pupil, and strangers would become one.
    """
    named = people.by_id.setdefault(person.contact.id, person)
    if plain(named.contact.name) != plain(person.contact.name):
        row.fault(
            f"contact {person.contact.id} has another name on line {named.line}",
            "give each person an id of their own and one spelling, or leave the column out",
            "contact_id",
        )
        return
    key = (person.link.pupil, person.contact.id)
    first = people.by_pair.setdefault(key, person)
    if first is person:
        return
    for field in ("relation", "parental_responsibility", "may_report", "barred"):
        if getattr(first.link, field) != getattr(person.link, field):
            row.fault(
                f"this contact and pupil stand on line {first.line} too, with another answer here",
                "make the two lines alike",
                field,
            )
    if person.order is not None and (first.order is None or person.order < first.order):
        people.by_pair[key] = replace(first, order=person.order)


def merged(
    people: Mapping[tuple[str, str], Person], warnings: list[str]
) -> tuple[tuple[Contact, ...], tuple[Link, ...], frozenset[str]]:
    """Contacts, their links with places 1, 2, 3 … for each pupil, and which contact ids we made. Adds to `warnings`."""
    same = _same(people, warnings)
    contacts: dict[str, Contact] = {}
    for person in people.values():
        mine = replace(person.contact, id=same[person.contact.id])
        other = contacts.get(mine.id)
        contacts[mine.id] = mine if other is None else _filled(other, mine, warnings)
        for field in person.spare:
            _warn_more_than_one(mine.id, field, warnings)
    made = frozenset(same[person.contact.id] for person in people.values() if person.made_id) & contacts.keys()
    return tuple(contacts.values()), _ordered(people, same), made


def _same(people: Mapping[tuple[str, str], Person], warnings: list[str]) -> Mapping[str, str]:
    """From each contact id to the one it is kept under: rows with one name and one number are one person."""
    by_person: dict[tuple[str, str], set[str]] = {}
    for person in people.values():
        contact = person.contact
        reach = contact.phone or contact.landline
        by_person.setdefault((plain(contact.name), reach or f"id {contact.id}"), set()).add(contact.id)
    same = {person.contact.id: person.contact.id for person in people.values()}
    for ids in by_person.values():
        kept = min(ids)
        if len(ids) > 1:
            warnings.append(
                f"contacts {', '.join(sorted(ids))} have one name and one number: taken as one person, {kept}"
            )
        for other in ids:
            same[other] = min(same[other], kept)
    return MappingProxyType({one: _root(one, same) for one in same})


def _root(one: str, same: Mapping[str, str]) -> str:
    while same[one] != one:
        one = same[one]
    return one


def _filled(first: Contact, other: Contact, warnings: list[str]) -> Contact:
    """The first row's contact with what only the other has. A second number or address is not kept, and is said."""
    for field in ("name", "phone", "landline", "email"):
        ours, theirs = getattr(first, field), getattr(other, field)
        if ours and theirs and ours.casefold() != theirs.casefold():
            _warn_more_than_one(first.id, field, warnings)
    return replace(
        first,
        phone=first.phone or other.phone,
        landline=first.landline or other.landline,
        email=first.email or other.email,
        language=first.language if first.language != "en" else other.language,
    )


def _warn_more_than_one(contact: str, field: str, warnings: list[str]) -> None:
    warning = f"contact {contact} has more than one {field}; the first is kept"
    if warning not in warnings:
        warnings.append(warning)


def _ordered(people: Mapping[tuple[str, str], Person], same: Mapping[str, str]) -> tuple[Link, ...]:
    by_pupil: dict[str, dict[str, Person]] = {}
    for person in people.values():
        contact = same[person.contact.id]
        mine = replace(person, link=replace(person.link, contact=contact))
        known = by_pupil.setdefault(person.link.pupil, {})
        known[contact] = mine if contact not in known else _stricter(known[contact], mine)
    links = []
    for mapping in by_pupil.values():
        places = sorted(mapping.values(), key=lambda person: _LATE_ORDER if person.order is None else person.order)
        links += [replace(person.link, priority=place) for place, person in enumerate(places, 1)]
    return tuple(links)


def _stricter(one: Person, other: Person) -> Person:
    """Two entries of one person for one pupil: what either forbids is forbidden."""
    link = replace(
        one.link,
        barred=one.link.barred or other.link.barred,
        may_report=one.link.may_report and other.link.may_report,
        parental_responsibility=one.link.parental_responsibility and other.link.parental_responsibility,
    )
    orders = [order for order in (one.order, other.order) if order is not None]
    return replace(one, link=link, order=min(orders, default=None))


def _link(row: Row, pupil: str, contact: Contact) -> Link:
    responsible = row.read("parental_responsibility", cells.truth, None)
    unsaid = "parent" if responsible is not False else "contact"
    link = Link(pupil, contact.id, priority=1, relation=row.read("relation", cells.relation, unsaid))
    return replace(
        link,
        parental_responsibility=link.is_parent if responsible is None else responsible,
        may_report=row.read("may_report", cells.truth, True),
        barred=row.read("barred", cells.truth, False),
        lives_with=row.read("lives_with", cells.truth, False),
        emergency=row.read("emergency", cells.truth, False),
        household=row.text("household") or None,
    )


def _name(row: Row) -> str:
    if row.text("contact_given") or row.text("contact_family"):
        parts = [row.text("contact_given"), row.text("contact_family")]
        if not parts[0]:
            parts.insert(0, row.text("contact_title"))
        return " ".join(part for part in parts if part)
    family, comma, given = row.text("contact_name").partition(",")
    return f"{given.strip()} {family.strip()}" if comma else family


def _phones(row: Row) -> tuple[list[str], list[str]]:
    """The mobiles and the other numbers of all the row's telephone columns, in the order in which those are tried."""
    found: list[str] = []
    for heading, cell in row.all("phone"):
        try:
            found += phones(cell)
        except CellFault as fault:
            row.fault_at(heading, fault)
    once = list(dict.fromkeys(found))
    return [number for number in once if is_mobile(number)], [number for number in once if not is_mobile(number)]


def _spare(mobiles: list[str], landlines: list[str]) -> tuple[str, ...]:
    return tuple(field for field, numbers in (("phone", mobiles), ("landline", landlines)) if len(numbers) > 1)


def _email(row: Row) -> str | None:
    for heading, cell in row.all("email"):
        try:
            return cells.email(cell)
        except CellFault as fault:
            row.fault_at(heading, fault)
    return None


def _made_id(name: str, reach: str) -> str:
    """An id from a name and how it is reached, the same at every import. Short, and not to be read back."""
    return "c-" + hashlib.sha256(f"{plain(name)}|{reach}".encode()).hexdigest()[:12]

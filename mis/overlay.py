"""What an import must not lose: the school's own decisions about a contact, when the MIS knows nothing of them.

An import states only what it has columns for. A contact whom the file gives no id keeps the id we know, though the
number changed, and a barred name stays barred for its pupil under any id: no import clears a court order (promise 5).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace

from attendance.people import Contact, Link, Pupil, Roll
from mis.columns import plain
from mis.csv_people import PeopleImport

_LINK_FIELDS = {"relation", "may_report", "parental_responsibility", "lives_with", "household", "emergency"}
_PUPIL_FIELDS = {"known_as", "house"}


def kept(imported: PeopleImport, roll: Roll) -> PeopleImport:
    """The import laid over the people we hold: pure, and the same again when it is done twice.

    From the roll come: ids of contacts that the file gives none, what the file has no column for, tags and the named
    person of a pupil, a contact's Telegram and WhatsApp, and every barred link, also of a person whom the file lacks.
    """
    ids = _known_ids(imported, roll)
    warnings = list(imported.warnings)
    pupils = tuple(_pupil(pupil, imported, roll) for pupil in imported.pupils)
    contacts = {ids.get(contact.id, contact.id): contact for contact in imported.contacts}
    contacts = {id: _contact(replace(contact, id=id), imported, roll) for id, contact in contacts.items()}
    links = [
        _link(replace(link, contact=ids.get(link.contact, link.contact)), contacts, imported, roll, warnings)
        for link in imported.links
    ]
    for link in _barred_but_gone(pupils, links, roll):
        links.append(link)
        contacts.setdefault(link.contact, roll.contacts[link.contact])
    return replace(
        imported, pupils=pupils, contacts=tuple(contacts.values()), links=tuple(links), warnings=tuple(warnings)
    )


def _known_ids(imported: PeopleImport, roll: Roll) -> dict[str, str]:
    """From ids that we made to ids that we hold: the one contact of this name whom the same pupil has already."""
    pupils: dict[str, set[str]] = {}
    for link in imported.links:
        pupils.setdefault(link.contact, set()).add(link.pupil)
    found: dict[str, str] = {}
    for contact in imported.contacts:
        if contact.id not in imported.made_ids or contact.id in roll.contacts:
            continue
        held = {
            link.contact
            for pupil in pupils.get(contact.id, ())
            for link in roll.links_of(pupil)
            if plain(roll.contacts[link.contact].name) == plain(contact.name)
        }
        taken = set(found.values()) | {other.id for other in imported.contacts}
        if len(held) == 1 and not held & taken:
            found[contact.id] = held.pop()
    return found


def _pupil(pupil: Pupil, imported: PeopleImport, roll: Roll) -> Pupil:
    held = roll.pupils.get(pupil.id)
    if held is None:
        return pupil
    unsaid = {name: getattr(held, name) for name in _PUPIL_FIELDS - imported.stated}
    return replace(pupil, tags=pupil.tags | held.tags, named_person=held.named_person, **unsaid)


def _contact(contact: Contact, imported: PeopleImport, roll: Roll) -> Contact:
    held = roll.contacts.get(contact.id)
    if held is None:
        return contact
    language = contact.language if "language" in imported.stated else held.language
    email = contact.email if "email" in imported.stated else held.email
    chat = held.telegram if contact.phone == held.phone else None  # the number is what proved whose chat it is
    return replace(contact, telegram=chat, whatsapp=held.whatsapp, language=language, email=email)


def _link(link: Link, contacts: dict[str, Contact], imported: PeopleImport, roll: Roll, warnings: list[str]) -> Link:
    held = roll.link(link.pupil, link.contact)
    if held is not None:
        unsaid = {f.name: getattr(held, f.name) for f in fields(Link) if f.name in _LINK_FIELDS - imported.stated}
        link = replace(link, **unsaid, barred=link.barred or held.barred)
    if link.barred or not _barred_name(link.pupil, contacts[link.contact].name, roll):
        return link
    warnings.append(
        f"contact {link.contact} of pupil {link.pupil} has the name of somebody barred for that pupil and is barred; "
        "if it is another person, lift the bar by hand"
    )
    return replace(link, barred=True)


def _barred_name(pupil: str, name: str, roll: Roll) -> bool:
    return any(link.barred and plain(roll.contacts[link.contact].name) == plain(name) for link in roll.links_of(pupil))


def _barred_but_gone(pupils: Iterable[Pupil], links: Iterable[Link], roll: Roll) -> list[Link]:
    """Barred links that the file no longer has: kept, behind the others, so that the number stays barred too."""
    present = {(link.pupil, link.contact) for link in links}
    last: dict[str, int] = {}
    for link in links:
        last[link.pupil] = max(last.get(link.pupil, 0), link.priority)
    return [
        replace(link, priority=last.get(pupil.id, 0) + 1)
        for pupil in pupils
        for link in roll.links_of(pupil.id)
        if link.barred and (pupil.id, link.contact) not in present
    ]

"""Pupils and contacts from a CSV with one row for each pupil and contact: the documented columns, or a school's own.

Every row is read before anything is judged, so that one look at the faults is enough; one fault refuses the file.
The columns are described in `docs/how-to/import-from-your-mis.md`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from attendance.people import Contact, Link, Pupil
from mis.columns import Columns, Faults, Row, known_headings, map_columns, missing, rows_of
from mis.contacts import People, add_person, merged, read_person
from mis.faults import ImportFault, ImportRefused
from mis.pupils import add_pupil, read_pupil
from mis.table import read_table

MOST_REMOVED = 0.10
"""The share of the pupils that a file may take off roll without a person's yes."""

_WANTED: tuple[Collection[str], ...] = (
    ("pupil_id",),
    ("given", "name"),
    ("family", "name"),
    ("group",),
    ("contact_name", "contact_family", "contact_given"),
    ("phone", "email"),
)
_CONTACT_COLUMNS = ("contact_name", "contact_family", "contact_given")


@dataclass(frozen=True, slots=True)
class PeopleImport:
    """Everybody in the file. `stated` are the fields that it has columns for: what it does not state, nobody changed.

    `headings` (plain heading to field) is what the column mapper found; hand it in with the school's next file.
    `made_ids` are contacts whose file gives no id: theirs is made from name and address.
    """

    pupils: tuple[Pupil, ...]
    contacts: tuple[Contact, ...]
    links: tuple[Link, ...]
    warnings: tuple[str, ...]
    stated: frozenset[str] = frozenset()
    headings: Mapping[str, str] = field(default_factory=dict)
    made_ids: frozenset[str] = frozenset()


def read_people(
    data: bytes,
    *,
    remembered: Mapping[str, str] | None = None,
    today: date | None = None,
    existing_ids: Collection[str] = (),
    allow_shrink: bool = False,
) -> PeopleImport:
    """Read a people file. Raises ImportRefused with every fault of it.

    `today` (a school date) leaves out pupils whose leaving date has passed. With `existing_ids`, the pupils now
    on roll, a file that would take more than a tenth of them off is refused unless `allow_shrink`.
    """
    remembered = remembered or {}
    table = read_table(data, known_headings("people", remembered))
    columns = map_columns("people", table.headings, remembered)
    if faults := missing("people", columns, _WANTED, table.headings_line):
        raise ImportRefused(faults)
    found = _Found()
    warnings = _unread(columns)
    left: set[str] = set()
    for row in rows_of(table, columns, found.faults):
        _read_row(row, found, left, today)
    if left:
        warnings.append(f"pupils who have left were not taken in: {len(left)}")
    if not found.pupils and not found.faults:
        found.faults.add(table.headings_line, "", "there is no pupil below the headings", "export the file again")
    _guard(found, existing_ids, allow_shrink)
    if found.faults:
        raise ImportRefused(found.faults)
    pupils = tuple(pupil for pupil, _ in found.pupils.values())
    contacts, links, made = merged(found.people.by_pair, warnings)
    warnings += _unreachable(pupils, contacts, links)
    return PeopleImport(pupils, contacts, links, tuple(warnings), frozenset(columns.fields), columns.headings, made)


def shrinkage(existing_ids: Iterable[str], new_ids: Iterable[str]) -> float:
    """The share (0 to 1) of the pupils now on roll who are not among the new ones; 0 when nobody is on roll yet."""
    existing = set(existing_ids)
    return len(existing - set(new_ids)) / len(existing) if existing else 0.0


class _Found:
    """What has been read so far."""

    def __init__(self) -> None:
        self.faults = Faults()
        self.pupils: dict[str, tuple[Pupil, int]] = {}
        self.people = People()


def _read_row(row: Row, found: _Found, left: set[str], today: date | None) -> None:
    pupil = read_pupil(row, today)
    if isinstance(pupil, str):
        left.add(pupil)
        return
    if pupil is not None:
        add_pupil(row, pupil, found.pupils)
    if any(row.text(field) for field in _CONTACT_COLUMNS) or row.all("phone") or row.all("email"):
        person = read_person(row, pupil.id if pupil else "")
        if person is not None and pupil is not None:
            add_person(row, person, found.people)


def _guard(found: _Found, existing_ids: Collection[str], allow_shrink: bool) -> None:
    lost = shrinkage(existing_ids, found.pupils)
    if lost <= MOST_REMOVED or allow_shrink or found.faults:
        return
    gone = len(set(existing_ids) - set(found.pupils))
    found.faults.append(
        ImportFault(
            0,
            "",
            f"it takes {gone} of {len(set(existing_ids))} pupils off roll ({lost:.0%}), as a file of one class does",
            "export the whole school; if they have really left, import again and say that it may shrink",
        )
    )


def _unread(columns: Columns) -> list[str]:
    if not columns.unread:
        return []
    return ["columns that were not read: " + ", ".join(dict.fromkeys(columns.unread))]


def _unreachable(pupils: Iterable[Pupil], contacts: Iterable[Contact], links: Iterable[Link]) -> list[str]:
    """A warning for the pupils whom nobody can be texted, mailed or rung about."""
    reached = {contact.id for contact in contacts if contact.phone or contact.email or contact.landline}
    answered_for = {link.pupil for link in links if link.contact in reached and not link.barred}
    alone = [pupil.id for pupil in pupils if pupil.id not in answered_for]
    if not alone:
        return []
    shown = ", ".join(alone[:10]) + (f" and {len(alone) - 10} more" if len(alone) > 10 else "")
    return [f"pupils without a contact who can be reached, so that staff are told at once: {shown}"]

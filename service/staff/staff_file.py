"""The staff list from a CSV: staff_id, name, position, roles; phone, email, telegram, group, house, years if there are.

`roles` holds words of the vocabulary (attendance_officer, safeguarding_lead …), several with ; or spaces between them.
The order of the lines decides who of two holders of a role is told first.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from attendance.people import StaffMember
from attendance.policy.words import ROLES, near
from mis import cells
from mis.columns import Columns, Faults, Row, plain, rows_of
from mis.faults import CellFault, ImportRefused
from mis.phones import phones
from mis.table import Table, read_table

HEADINGS = {
    "staff_id": ("staff_id", "staff id", "id", "staff code", "initials"),
    "name": ("name", "staff name", "full name"),
    "position": ("position", "job title", "post", "title"),
    "roles": ("roles", "role"),
    "phone": ("phone", "mobile", "mobile number", "telephone"),
    "email": ("email", "e mail", "email address", "work email"),
    "telegram": ("telegram",),
    "group": ("group", "tutor group", "form", "class"),
    "house": ("house", "house name"),
    "years": ("years", "year", "year group", "year groups"),
}
NEEDED = ("staff_id", "name", "position", "roles")
_FIELDS = {plain(alias): field for field, aliases in HEADINGS.items() for alias in aliases}


def read_staff(data: bytes, groups: Collection[str] = ()) -> tuple[StaffMember, ...]:
    """Everybody in the file. `groups` are the classes of the school. Raises ImportRefused with every fault."""
    table = read_table(data, lambda line: len({_FIELDS[plain(cell)] for cell in line if plain(cell) in _FIELDS}))
    columns = _columns(table.headings)
    faults = Faults()
    _missing(table, columns, faults)
    if faults:
        raise ImportRefused(faults)
    members: dict[str, StaffMember] = {}
    for row in rows_of(table, columns, faults):
        member = _member(row, groups)
        if member.id in members:
            row.fault(f"there is a second `{cells.shown(member.id)}`", "give each person one line", "staff_id")
        members.setdefault(member.id, member)
    if not members and not faults:
        faults.add(table.headings_line, "", "there is nobody below the headings", "add the staff")
    if faults:
        raise ImportRefused(faults)
    return tuple(members.values())


def _columns(headings: Sequence[str]) -> Columns:
    fields: dict[str, tuple[tuple[int, str], ...]] = {}
    unread = []
    for place, heading in enumerate(headings):
        field = _FIELDS.get(plain(heading))
        if field is None or field in fields:
            unread.append(heading)
        else:
            fields[field] = ((place, heading),)
    return Columns(fields, {}, tuple(unread))


def _missing(table: Table, columns: Columns, faults: Faults) -> None:
    for field in NEEDED:
        if field not in columns.fields:
            faults.add(table.headings_line, "", f"there is no column `{field}`", f"add a column `{field}`")


def _member(row: Row, groups: Collection[str]) -> StaffMember:
    group = row.text("group") or None
    if group is not None and groups and group not in groups:
        row.fault(f"there is no class `{cells.shown(group)}`", "import the pupils first, or correct it", "group")
    phone, email = row.read("phone", _phone, None), row.read("email", cells.email, None)
    if not (row.text("phone") or row.text("email")):
        row.fault("there is neither a phone nor an e-mail address", "add one, or alerts cannot reach them", "phone")
    return StaffMember(
        id=row.needed("staff_id"),
        name=row.needed("name"),
        position=row.needed("position"),
        roles=_roles(row),
        phone=phone,
        email=email,
        telegram=row.text("telegram") or None,
        group=group,
        house=row.text("house") or None,
        years=row.read("years", _years, ()),
    )


def _phone(cell: str) -> str | None:
    found = phones(cell)
    if len(found) > 1:
        raise CellFault("there is more than one number", "leave the one that alerts go to")
    return found[0] if found else None


def _years(cell: str) -> tuple[int, ...]:
    """`7`, `7 8`, `Year 10; Year 11`, `Reception, Year 1`: the years that somebody leads."""
    parts = [part for part in re.split(r"[;,|/&]+", cell) if part.strip()]
    words = [word for part in parts for word in (part.split() if re.fullmatch(r"[\d\s]+", part) else [part])]
    return tuple(dict.fromkeys(cells.year(word) for word in words))


def _roles(row: Row) -> tuple[str, ...]:
    cell = row.needed("roles")
    found = []
    for word in _words(cell):
        role = _as_role(word)
        if role in ROLES:
            found.append(role)
        elif role:
            meant = near(role, ROLES)
            remedy = f"did you mean `{meant}`?" if meant else f"use {', '.join(sorted(ROLES))}"
            row.fault(f"`{cells.shown(word)}` is no role", remedy, "roles")
    return tuple(dict.fromkeys(found))


def _words(cell: str) -> list[str]:
    """The cell's roles. `Head of house; office` is two, `office attendance_officer` as well."""
    parts = [part for part in re.split(r"[;,|/]+", cell) if part.strip()]
    return [word for part in parts for word in ([part] if _as_role(part) in ROLES else part.split())]


def _as_role(word: str) -> str:
    return "_".join(re.split(r"[\s_-]+", word.strip().casefold()))

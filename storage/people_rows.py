"""Rows of the people tables to domain values and back, and the difference between a stored list and a new one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from attendance.people import CHANNELS, AddressState, Contact, Link, Pupil, StaffMember, address_key

Key = tuple[str, ...]
Row = Mapping[str, Any]
States = Mapping[tuple[str, str], AddressState]


def by_key(table: sa.Table, rows: Iterable[Row]) -> dict[Key, Row]:
    """Rows by their primary key without the school, which they share."""
    names = [column.name for column in table.primary_key if column.name != "school_id"]
    return {
        tuple(row[name] for name in names): {name: value for name, value in row.items() if name != "school_id"}
        for row in rows
    }


def difference(old: Mapping[Key, Row], new: Mapping[Key, Row]) -> tuple[list[Row], list[Row]]:
    """(added, changed): what to write so that the table holds `new`. A row that was taken off counts as added."""
    added, changed = [], []
    for key, row in new.items():
        before = old.get(key)
        if before is None or not (before.get("on_roll", True) and before.get("listed", True)):
            added.append(row)
        elif before != row:
            changed.append(row)
    return added, changed


def keep_bars(
    new: Mapping[Key, Row], old: Mapping[Key, Row], overlay_bars: set[Key]
) -> tuple[dict[Key, Row], tuple[tuple[str, str], ...]]:
    """The links to store: barred ones stay listed and barred. Also which ones the new list would have lost."""
    links, kept = dict(new), []
    for key, before in old.items():
        if not (before["barred"] or key in overlay_bars):
            continue
        if key not in links:
            links[key] = before
            kept.append((key[0], key[1]))
        elif before["barred"] and not links[key]["barred"]:
            links[key] = {**links[key], "barred": True}
            if key not in overlay_bars:
                kept.append((key[0], key[1]))
    return links, tuple(kept)


def addresses_as_listed(states: States, contacts: Iterable[Contact]) -> dict[tuple[str, str], AddressState]:
    """States by address as the lists spell it: an e-mail address that opted out is the same one in capitals."""
    found: dict[tuple[str, str], AddressState] = {
        key: state for key, state in states.items() if state is not AddressState.LIVE
    }
    for person in contacts:
        for channel in CHANNELS:
            address = person.address(channel)
            if address and (state := found.get((channel, address_key(address)))):
                found[channel, address] = state
    return found


def pupil_row(one: Pupil) -> Row:
    """One pupil on roll."""
    return {
        "pupil_id": one.id,
        "given": one.given,
        "family": one.family,
        "year": one.year,
        "grp": one.group,
        "known_as": list(one.known_as),
        "tags": sorted(one.tags),
        "named_person": one.named_person,
        "on_roll": True,
        "house": one.house or None,
    }


def pupil_of(row: Row) -> Pupil:
    """One pupil."""
    return Pupil(
        id=row["pupil_id"],
        given=row["given"],
        family=row["family"],
        year=row["year"],
        group=row["grp"],
        known_as=tuple(row["known_as"]),
        tags=frozenset(row["tags"]),
        named_person=row["named_person"],
        house=row["house"] or "",
    )


def contact_row(one: Contact, before: Row | None) -> Row:
    """One listed contact. A chat that was linked here outlives a list that knows of none, but not a change of the
    number that proved whose chat it is: the old number may have been somebody else's.
    """
    return {
        "contact_id": one.id,
        "name": one.name,
        "phone": one.phone,
        "email": one.email,
        "telegram": one.telegram or _linked(one.phone, before),
        "whatsapp": one.whatsapp,
        "landline": one.landline,
        "language": one.language,
        "listed": True,
    }


def _linked(phone: str | None, before: Row | None) -> str | None:
    """The chat that was linked here, while the number is the one that it was linked by."""
    return before["telegram"] if before and before["phone"] == phone else None


def contact_of(row: Row, language: str | None = None) -> Contact:
    """One contact; `language` is a person's word here, before that of the school's own system."""
    return Contact(
        id=row["contact_id"],
        name=row["name"],
        phone=row["phone"],
        email=row["email"],
        telegram=row["telegram"],
        whatsapp=row["whatsapp"],
        landline=row["landline"],
        language=language or row["language"],
    )


def link_rows(links: Iterable[Link]) -> dict[Key, Row]:
    """The links by key. Each has its place among its pupil's, which decides among equal priorities."""
    rows: dict[Key, Row] = {}
    seen: dict[str, int] = {}
    for one in links:
        place = seen[one.pupil] = seen.get(one.pupil, -1) + 1
        rows[one.pupil, one.contact] = _link_row(one, place)
    return rows


def _link_row(one: Link, place: int) -> Row:
    return {
        "pupil_id": one.pupil,
        "contact_id": one.contact,
        "place": place,
        "priority": one.priority,
        "relation": one.relation,
        "may_report": one.may_report,
        "barred": one.barred,
        "parental_responsibility": one.parental_responsibility,
        "lives_with": one.lives_with,
        "household": one.household,
        "emergency": one.emergency,
    }


def bar_alone(overlay: Row) -> Row:
    """An overlay of which only the bar holds."""
    return {**overlay, "may_report": None, "asked_first": None, "set_aside": None, "note": ""}


def link_of(row: Row, overlay: Row | None) -> Link:
    """One link as decisions see it: a bar of either side bars; who may report is the overlay's word first."""
    barred, may_report, asked_first, note = row["barred"], row["may_report"], False, ""
    set_aside = overlay is not None and bool(overlay["set_aside"])
    if overlay is not None:
        barred = barred or bool(overlay["barred"])
        may_report = may_report if overlay["may_report"] is None else overlay["may_report"]
        asked_first, note = bool(overlay["asked_first"]), overlay["note"]
    return Link(
        pupil=row["pupil_id"],
        contact=row["contact_id"],
        priority=row["priority"],
        relation=row["relation"],
        may_report=may_report,
        barred=barred,
        parental_responsibility=row["parental_responsibility"],
        lives_with=row["lives_with"],
        household=row["household"],
        emergency=row["emergency"],
        asked_first=asked_first,
        note=note,
        set_aside=set_aside,
    )


def staff_row(one: StaffMember, place: int, before: Row | None) -> Row:
    """One member of staff; `place` decides who of two holders of a role is told first."""
    return {
        "staff_id": one.id,
        "place": place,
        "name": one.name,
        "position": one.position,
        "roles": list(one.roles),
        "phone": one.phone,
        "email": one.email,
        "telegram": one.telegram or _linked(one.phone, before),
        "grp": one.group,
        "away": before["away"] if before and before["listed"] else one.away,
        "listed": True,
        "house": one.house,
        "years": list(one.years) or None,
    }


def staff_of(row: Row) -> StaffMember:
    """One member of staff."""
    return StaffMember(
        id=row["staff_id"],
        name=row["name"],
        position=row["position"],
        roles=tuple(row["roles"]),
        phone=row["phone"],
        email=row["email"],
        telegram=row["telegram"],
        group=row["grp"],
        away=row["away"],
        house=row["house"],
        years=tuple(row["years"] or ()),
    )

"""The pupil's half of a row of the people import."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from rapidfuzz import process

from attendance.people import Pupil
from mis import cells
from mis.columns import Row, plain

TAGS = (
    "social_worker", "yot", "in_care", "child_protection", "previous_concern", "vulnerable", "sen", "walks_alone",
    "young_carer", "part_time_timetable", "dual_registered", "not_compulsory_age",
)  # fmt: skip
"""Pupil tags, docs/vocabulary.md."""

_LEFT = frozenset({"leaver", "left", "former", "off roll", "archived", "withdrawn", "n", "no", "f", "false"})
_SAME = ("given", "family", "year", "group")


def read_pupil(row: Row, today: date | None) -> Pupil | str | None:
    """The row's pupil; only the id of one who has left; None where the row's faults leave nothing to go on with."""
    pupil_id = re.sub(r"^(\d+)\.0+$", r"\1", row.needed("pupil_id"))
    leaves = row.read("leaving_date", cells.day, None)
    if plain(row.text("status")) in _LEFT or (leaves is not None and today is not None and leaves < today):
        return pupil_id
    given, family = _names(row)
    group = row.needed("group")
    year = _year(row, group)
    if not (pupil_id and given and family and group) or year is None:
        return None
    known_as = row.text("known_as")
    return Pupil(
        id=pupil_id,
        given=given,
        family=family,
        year=year,
        group=group,
        known_as=(known_as,) if known_as and known_as.casefold() != given.casefold() else (),
        tags=_tags(row),
        house=row.text("house"),
    )


def add_pupil(row: Row, pupil: Pupil, pupils: dict[str, tuple[Pupil, int]]) -> None:
    """Keep the pupil and the line that named it first; the same id with another name, year or group is a fault."""
    first, line = pupils.setdefault(pupil.id, (pupil, row.line))
    for field in _SAME:
        ours, theirs = getattr(first, field), getattr(pupil, field)
        if ours == theirs:
            continue
        remedy = (
            "give one registration group for each pupil" if field == "group" else "make the lines alike in your MIS"
        )
        row.fault(f"pupil {pupil.id} has {field} `{theirs}` here and `{ours}` on line {line}", remedy, field, "name")
    if pupil.tags - first.tags or set(pupil.known_as) - set(first.known_as):
        known_as = tuple(dict.fromkeys(first.known_as + pupil.known_as))
        tagged = replace(first, known_as=known_as, tags=first.tags | pupil.tags)
        pupils[pupil.id] = (tagged, line)


def _names(row: Row) -> tuple[str, str]:
    if row.text("given") or row.text("family"):
        return row.needed("given"), row.needed("family")
    name = row.text("name")
    if not name:
        return row.needed("given"), row.needed("family")
    family, comma, given = name.partition(",")
    if not comma:
        given, _, family = name.rpartition(" ")
    if not (given.strip() and family.strip()):
        row.fault(f"`{cells.shown(name)}` is not a forename and a surname", "write `Surname, Forename`", "name")
    return given.strip(), family.strip()


def _year(row: Row, group: str) -> int | None:
    if row.text("year"):
        return row.read("year", cells.year, None)
    year = cells.year_of_group(group)
    if year is None and group:
        row.fault(
            f"the year group is not given and cannot be read from group `{cells.shown(group)}`",
            "add a column `year`",
            "year",
            "group",
        )
    return year


def _tags(row: Row) -> frozenset[str]:
    tags = set()
    for word in re.split(r"[;,|]+|\s+(?=[a-z_]+(?:\s|$))", row.text("tags").casefold()):
        if not (tag := plain(word).replace(" ", "_")):
            continue
        if tag in TAGS:
            tags.add(tag)
            continue
        near = process.extractOne(tag, TAGS, score_cutoff=70)
        advice = f"did you mean `{near[0]}`?" if near else f"the tags are {', '.join(TAGS)}"
        row.fault(f"`{cells.shown(tag)}` is no tag", advice, "tags")
    return frozenset(tags)

"""The faults of a scenario's form in plain words, and a file in which faulty parts are replaced by harmless ones.

With the second the other checks go on, so that one run names every fault and not only the first kind of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from datetime import datetime
from typing import Any

WORDS = {
    "missing": "is missing; add it",
    "extra_forbidden": "is no key of a scenario here; correct its spelling, or remove it",
    "int_parsing": "must be a whole number",
    "bool_parsing": "must be true or false",
}
PARTS = ("school", "pupil", "contact", "staff", "event", "history", "expect", "never")
STANDS_FOR_A_TIME = datetime(1900, 1, 1)  # noqa: DTZ001  the wall clock's, as everything in a file
"""In the place of a start or an end that cannot be read: nothing is measured by it."""
STAND_INS: Mapping[str, Any] = {"title": "-", "policy": "blue-coat"}
PERSON: Mapping[str, Mapping[str, Any]] = {
    "school": {"policy": "blue-coat"},
    "pupil": {"given": "-", "family": "-", "year": 0, "group": "-"},
    "contact": {"name": "-"},
    "staff": {"name": "-", "position": "-", "roles": ["office"]},
}
KEPT = ("id", "group", "contacts")
"""What others refer to, or refers to others, stays as it was written."""

Error = Mapping[str, Any]


def said(errors: Iterable[Error], data: Mapping[str, Any]) -> tuple[str, ...]:
    """One line a fault, with its place counted from 1 and what to do."""
    return tuple(_said(one) for one in errors if not _follows_from_another(one, data))


def _said(error: Error) -> str:
    place = ".".join(str(part + 1 if isinstance(part, int) else part) for part in error["loc"]) or "the file"
    what = WORDS.get(error["type"], str(error["msg"]).removeprefix("Value error, "))
    if error["type"] == "literal_error":
        what = f"`{error['input']}` is not possible; use {error['ctx']['expected']}"
    return f"{place}: {what}."


def _follows_from_another(error: Error, data: Mapping[str, Any]) -> bool:
    """ "No pupils", where there are some and each has a fault of its own."""
    return error["type"] == "too_short" and len(error["loc"]) == 1 and bool(data.get(str(error["loc"][0])))


def stand_in(data: Mapping[str, Any], errors: Iterable[Error]) -> dict[str, Any] | None:
    """The same file with harmless parts where the faulty ones were; None when too little is left to go on."""
    mended: dict[str, Any] = deepcopy(dict(data))
    faulty: dict[str, set[int]] = {}
    for error in errors:
        head, *rest = error["loc"] or ("",)
        if head in PARTS and rest and isinstance(rest[0], int):
            faulty.setdefault(str(head), set()).add(rest[0])
        elif head in STAND_INS:
            mended[str(head)] = STAND_INS[str(head)]
        elif error["type"] == "too_short" and mended.get(str(head)):
            continue
        elif head in ("start", "end"):
            mended[str(head)] = STANDS_FOR_A_TIME
        elif error["type"] == "missing" or head == "":
            return None
        else:
            mended.pop(str(head), None)
    for part, numbers in faulty.items():
        mended[part] = [
            _harmless(part, number, mended) if number in numbers else one for number, one in enumerate(mended[part])
        ]
    return mended


def _harmless(part: str, number: int, data: Mapping[str, Any]) -> dict[str, Any]:
    raw = data[part][number]
    raw = raw if isinstance(raw, Mapping) else {}
    if part == "event":
        before = data[part][number - 1] if number else {}
        at = raw.get("at") or (before.get("at") if isinstance(before, Mapping) else None) or data["start"]
        return {"at": at, "crash": True}
    if part == "history":
        day = data["start"].date() if isinstance(data["start"], datetime) else data["start"]
        return {"pupil": raw.get("pupil", "-"), "from": day, "until": day}
    if part in PERSON:
        kept = {key: raw[key] for key in KEPT if key in raw and (key != "group" or isinstance(raw[key], str))}
        return {"id": f"{part} {number + 1}", **PERSON[part], **kept}
    return {}

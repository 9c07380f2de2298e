"""Marks on their way back to the school's register, as CSV in the columns of `docs/how-to/import-from-your-mis.md`.

Writing them into the register is a person's act: this file is what that person reads from or uploads.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from attendance.calendar import local
from attendance.register import Entry

COLUMNS = (
    "pupil_id", "name", "date", "session", "mark", "provisional", "original", "reason", "by", "position", "at",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_marks(entries: Iterable[Entry], names: Mapping[str, str] | None = None) -> str:
    """The entries as CSV text, by day, session and pupil.

    `mark` is what counts now, `original` the MIS's own mark where ours counts instead; `provisional` is yes until a
    person or the school's own rule has confirmed the mark. `at` is the London time of the entry with its offset.
    `names` gives a pupil's name by id; without it the column is empty.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for entry in sorted(entries, key=lambda entry: (entry.session, entry.pupil)):
        writer.writerow(_row(entry, names or {}))
    return out.getvalue()


def _row(entry: Entry, names: Mapping[str, str]) -> tuple[str, ...]:
    ours = entry.to_confirm or (entry.ours is not None and not entry.provisional)
    at = entry.ours_at if ours else entry.mis_at
    return (
        _words(entry.pupil),
        _words(names.get(entry.pupil, "")),
        entry.session.day.isoformat(),
        entry.session.half.upper(),
        entry.current or "-",
        "yes" if ours and entry.provisional else "no",
        (entry.mis or "-") if ours else "",
        _words(entry.reason or ""),
        _words(entry.by or ""),
        _words(entry.position or ""),
        local(at).isoformat(timespec="seconds") if at else "",
    )


def _words(text: str) -> str:
    """Text that a spreadsheet will not run: one that begins like a formula gets an apostrophe before it."""
    return f"'{text}" if text.startswith(_FORMULA) else text

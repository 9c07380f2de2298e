"""Labelled messages as people write them, three lines each, read into the shape of the reader's contract.

The format is described in `training/README.md`. `python -m training.labelled [FILE...]` names every faulty message.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from attendance.calendar import LONDON, SchoolCalendar
from training.label import Json, Label, LabelFault

ROOT = Path(__file__).resolve().parent.parent
#: Sets of the tests whose first sight is past, so that they may be learned from.
LABELLED = ("dev", "own", "unseen", "exam-1", "exam-2", "exam-3", "exam-4")
MESSAGES = ROOT / "training" / "messages"
CALENDAR_FILE = ROOT / "tests" / "understanding" / "data" / "calendar.json"

_HEAD = re.compile(r"# \d{4}-")
_CHILD = re.compile(r'\s*(.+?)(?:\s+"([^"]+)")?\s+(\S+)\s+((\d{1,2})[A-Z]{0,3}|R[A-Z]?)\s*')


@lru_cache(maxsize=1)
def school_calendar() -> SchoolCalendar:
    """The calendar of the school that all labelled messages are written to."""
    return SchoolCalendar.from_json(CALENDAR_FILE.read_text(encoding="utf-8"))


def read_file(path: Path) -> list[Json]:
    """All messages of one file, named `<stem>-0001` and so on. Raises LabelFault at the first faulty one."""
    return [_parsed(path, number, block) for number, block in enumerate(blocks(path), 1)]


def faults(path: Path) -> Iterator[LabelFault]:
    """What is wrong with each faulty message of a file."""
    for number, block in enumerate(blocks(path), 1):
        try:
            _parsed(path, number, block)
        except LabelFault as fault:
            yield fault


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one message as they stand in a file. `line` counts from 1; `closed` when a label ends it."""

    line: int
    lines: tuple[str, ...]
    closed: bool


def blocks(path: Path) -> Iterator[Block]:
    """Cut a file into messages: from a line that begins with a date to the first that begins with `= `."""
    lines: list[str] = []
    begun = 0
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if _HEAD.match(line):
            if lines:
                yield Block(begun, tuple(lines), closed=False)
            lines, begun = [line], number
        elif lines:
            lines.append(line)
            if line.startswith("= "):
                yield Block(begun, tuple(lines), closed=True)
                lines = []
    if lines:
        yield Block(begun, tuple(lines), closed=False)


def _parsed(path: Path, number: int, block: Block) -> Json:
    try:
        if not block.closed:
            raise LabelFault("no line that begins with `= ` before the next message")
        return parse(block.lines, f"{path.stem}-{number:04d}", school_calendar())
    except ValueError as error:
        raise LabelFault(f"{path.name}:{block.line}: {error}") from error


def parse(lines: Sequence[str], name: str, calendar: SchoolCalendar) -> Json:
    """One message from its lines (head, text, label), as the contract's `id`, `in`, `gold` and empty `tags`.

    Raises LabelFault, or the calendar's CalendarTooShort for a day that it does not reach.
    """
    if len(lines) < 3:
        raise LabelFault("a message needs a head, a text and a label")
    head, text, gold = lines[0], "\n".join(lines[1:-1]).replace("\\n", "\n"), lines[-1]
    when, *context = (part.strip() for part in head[2:].split("|"))
    try:
        sent = datetime.strptime(when, "%Y-%m-%d %H:%M").replace(tzinfo=LONDON)
    except ValueError:
        raise LabelFault(f"sent {when!r}: write YYYY-MM-DD HH:MM, London's wall clock") from None
    children, ids = _children(context.pop(0) if context else "")
    label = Label(sent, calendar, ids)
    said: Json = {"sent_at": sent.isoformat(), "children": children, "asked": None, "text": text}
    for part in context:
        word, _, rest = part.partition(" ")
        if word == "asked":
            said["asked"] = label.asked(rest)
        elif word == "known":
            said["known"] = [label.draft(one) for one in rest.split(";")]
        else:
            raise LabelFault(f"context {word!r}: write `asked` or `known`")
    return {"id": name, "in": said, "gold": label.gold(gold[1:]), "tags": []}


def _children(listed: str) -> tuple[list[Json], dict[str, str]]:
    """The children of a head, and the id behind each name that a label may call them by."""
    children: list[Json] = []
    ids: dict[str, str] = {}
    for number, item in enumerate(listed.split(","), 1):
        found = _CHILD.fullmatch(item)
        if found is None:
            raise LabelFault(f'child {item.strip()!r}: write Given ["Known as"] Family 8A')
        given, known_as, family, group, year = found.groups()
        names = [known_as] if known_as else []
        children.append(
            {"id": f"c{number}", "given": given, "family": family, "known_as": names, "year": int(year or 0),
             "group": group}
        )  # fmt: skip
        ids.update(dict.fromkeys([given, *names], f"c{number}"))
    return children, ids


def main(arguments: Sequence[str]) -> int:
    """Name the faults of the files, of all where none is named; 1 when there are any."""
    paths = [Path(argument) for argument in arguments] or sorted(MESSAGES.glob("*.txt"))
    found = [fault for path in paths for fault in faults(path)]
    for fault in found:
        print(fault)
    print(f"{sum(1 for path in paths for _ in blocks(path))} messages, {len(found)} faulty")
    return min(1, len(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

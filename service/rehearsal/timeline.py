"""A rehearsal's lines as a timeline that a person can read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from attendance.spoken import together
from service.rehearsal.scenario import Scenario

Line = Mapping[str, Any]

STYLES = {
    "received": ("hears", "cyan"),
    "sent": ("texts", "green"),
    "mark": ("mark", "blue"),
    "case": ("case", "dim"),
    "alert": ("ALERT", "yellow"),
    "acknowledged": ("staff", "magenta"),
    "task": ("task", "magenta"),
    "leave": ("leave", "blue"),
    "held": ("HELD", "bold yellow"),
}
ALL_CHILDREN = 4


class People:
    """Names for ids, for a reader who sees everything because everybody is invented."""

    def __init__(self, scenario: Scenario) -> None:
        file = scenario.file
        self._pupils = {pupil.id: (pupil.known_as or (pupil.given,))[0] for pupil in file.pupil}
        self._others = {contact.id: contact.name for contact in file.contact}
        self._others |= {member.id: member.name for member in file.staff}

    def children(self, line: Line) -> str:
        """The children a line is about, few by name and many by number."""
        ids = [line["pupil"]] if "pupil" in line else list(line.get("pupils", ()))
        names = [self._pupils.get(id, id) for id in ids]
        if len(names) > ALL_CHILDREN:
            return f"{len(names)} children"
        return together(names) if names else ""

    def person(self, id: str) -> str:
        """A contact or member of staff by name; a bare number as it is."""
        return self._others.get(id, id)


def show(scenario: Scenario, lines: Sequence[Line], console: Console) -> None:
    """Print a whole run. Cases are left out where a line above or below says the same."""
    people = People(scenario)
    table = Table(title=scenario.file.title, box=None, pad_edge=False, title_justify="left", title_style="bold")
    table.add_column("time", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("what happened", overflow="fold")
    for line in lines:
        if line["kind"] == "case" and line["state"] not in ("alarmed", "handed_over", "settled"):
            continue
        label, style = STYLES.get(line["kind"], (line["kind"], ""))
        urgent = line["kind"] == "alert" and line["urgent"]
        at = datetime.fromisoformat(line["at"]).strftime("%H:%M:%S")
        table.add_row(at, Text(label, style="bold red" if urgent else style), Text(_said(line, people)))
    console.print(table)


def _said(line: Line, people: People) -> str:
    children = people.children(line)
    match line["kind"]:
        case "received":
            return f"{people.person(line['from'])}: “{line['text']}”"
        case "sent":
            return f"to {people.person(line['to'])} by {line['channel']}: {line['text']}"
        case "mark":
            sure = "provisional" if line["provisional"] else f"by {line['by']}, {line['position']}"
            was = line["original"] or "nothing"
            return f"{children}, {line['day']} {line['session']}: {was} becomes {line['code']} ({sure})"
        case "case":
            return f"{children}: {line['state'].replace('_', ' ')}, {(line.get('outcome') or '').replace('_', ' ')}"
        case "alert":
            about = f" about {children}" if children else ""
            why = f"{line['reason'].replace('_', ' ')}. {line['because'] or ''}"
            return f"{people.person(line['to'])} is told{about}: {why}"
        case "acknowledged":
            return f"{people.person(line['by'])} has it: {children or 'all'} ({line['reason'].replace('_', ' ')})"
        case "task":
            work = f"{line['role']}: {line['what']}".replace("_", " ")
            return f"{work} {children}, due {line['due'][11:16]}"
        case "leave":
            flags = f" ({', '.join(line['flags']).replace('_', ' ')})" if line.get("flags") else ""
            return f"{children}: leave {line['state']} from {line['first_day']}{flags}"
        case "held":
            return f"{children}: {line['why']}"
    return ""

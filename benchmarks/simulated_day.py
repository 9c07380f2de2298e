"""A rehearsed school day with 60 cases, from an empty database to the evening, as the tests rehearse days.

Beside it, in the same run, the least that any service must do that keeps the same record: each line of the day's
journal and each message that left as a row, in as many transactions as the day had instants at which something
happened, on the same file system with the same SQLite settings.
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
import resource
import sqlite3
import statistics
import tempfile
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from attendance.policy import policy_by_key
from bot.context import forget
from service.rehearsal.scenario import Scenario
from service.rehearsal.scenario_parts import ScenarioFile
from service.rehearsal.simulation import World

DAY = date(2026, 11, 17)
CLASSES = 8
PUPILS = 240
CASES = 60
RUNS = 7
ANSWERS = (
    "{name} is ill today",
    "{name} has a temperature and wont be in",
    "{name} is at the dentist this morning, in by 11",
    "{name} overslept, in by 10",
    "off sick",
    "{name} is with me but I'd rather not say why",
)


def day() -> Scenario:
    """240 children in eight classes, two contacts each, 60 without a mark at close.

    Most families answer in the first hour, some when the second contact is asked. Who is said to be late comes in. The
    office reads what is before it every half hour. Eight families never answer: staff have those at the deadline.
    """
    file = ScenarioFile.model_validate(
        {
            "title": "sixty cases",
            "policy": "blue-coat",
            "start": datetime.combine(DAY, datetime.min.time()) + timedelta(hours=8),
            "end": datetime.combine(DAY, datetime.min.time()) + timedelta(hours=16, minutes=30),
            "policy_override": {"brake.usual": 60, "brake.more_than": 100},
            "pupil": [_child(number) for number in range(PUPILS)],
            "contact": [_adult(number) for number in range(2 * PUPILS)],
            "staff": STAFF,
            "event": sorted(_events(), key=lambda event: event["at"]),
        }
    )
    return Scenario(Path("in-a-benchmark.toml"), file, policy_by_key("blue-coat"), file.policy_override, None)


STAFF = [
    {"id": "reed", "name": "Ms Reed", "position": "Attendance officer", "roles": ["attendance_officer", "office"],
     "phone": "+447700900900", "email": "reed@school.example"},
    {"id": "okoro", "name": "Mrs Okoro", "position": "Designated safeguarding lead", "roles": ["safeguarding_lead"],
     "phone": "+447700900901", "email": "okoro@school.example"},
    {"id": "hart", "name": "Dr Hart", "position": "Headteacher", "roles": ["headteacher", "senior_leader"],
     "phone": "+447700900902", "email": "hart@school.example"},
]  # fmt: skip


def _child(number: int) -> dict[str, Any]:
    group = f"7{chr(65 + number % CLASSES)}"
    contacts = [f"c{2 * number}", f"c{2 * number + 1}"]
    return {"id": f"p{number}", "given": f"Given{number}", "family": f"Family{number}", "year": 7, "group": group,
            "contacts": contacts}  # fmt: skip


def _adult(number: int) -> dict[str, Any]:
    phone = f"+447700900{number:03d}" if number < 800 else None
    return {"id": f"c{number}", "name": f"Parent {number}", "phone": phone, "household": f"h{number // 2}"}


def _events() -> list[dict[str, Any]]:
    begin = datetime.combine(DAY, datetime.min.time())
    groups = [f"7{chr(65 + place)}" for place in range(CLASSES)]
    found: list[dict[str, Any]] = []
    for half, hour, minute in (("am", 8, 50), ("pm", 13, 15)):
        for place, group in enumerate(groups):
            own = [number for number in range(PUPILS) if number % CLASSES == place]
            here = "/" if half == "am" else "\\"
            marks = {f"p{number}": "N" if number < CASES and half == "am" else here for number in own}
            at = begin + timedelta(hours=hour, minutes=minute, seconds=20 * place)
            found.append({"at": at, "register": {"session": half, "group": group, "marks": marks}})
    for number in range(CASES - 8):
        second = number % 5 == 0
        minutes = 11 * 60 + number if second else 9 * 60 + 25 + number
        message = {
            "from": f"c{2 * number + second}",
            "text": ANSWERS[number % len(ANSWERS)].format(name=f"Given{number}"),
            "id": f"SM{number}",
        }
        found.append({"at": begin + timedelta(minutes=minutes, seconds=number), "message": message})
    for number in range(CASES - 8):
        if number % len(ANSWERS) in (2, 3):  # said to come in later today
            hour = 10 if number % len(ANSWERS) == 2 else 9
            at = begin + timedelta(hours=hour, minutes=59)
            found.append({"at": at, "register": {"session": "am", "group": f"7{chr(65 + number % CLASSES)}",
                                                 "marks": {f"p{number}": "L"}}})  # fmt: skip
    for half_hour in range(14):
        at = begin + timedelta(hours=9, minutes=20 + 30 * half_hour)
        found.append({"at": at, "staff": {"who": "reed", "does": "acknowledge"}})
    for number in range(CASES - 8, CASES):
        acknowledge = {"who": "reed", "does": "acknowledge", "pupil": f"p{number}"}
        settle = {"who": "reed", "does": "settle", "pupil": f"p{number}", "outcome": "answered_ill"}
        found.append({"at": begin + timedelta(hours=12, minutes=5), "staff": acknowledge})
        found.append({"at": begin + timedelta(hours=12, minutes=20 + number % 8), "staff": settle})
    return found


async def rehearsed(scenario: Scenario) -> tuple[int, list[dict[str, Any]], int]:
    """How many cases, the lines of the journal, and how many different instants they name."""
    world = await World.open(scenario)
    try:
        await world.turn_to(scenario.end)
        lines = await world.lines()
        cases = len({(line.data["pupil"], line.data["session"]) for line in lines if line.kind == "case"})
        kept = [{"at": line.at.isoformat(), "kind": line.kind, **line.data} for line in lines]
        return cases, kept, len({line.at for line in lines})
    finally:
        await world.close()


def bare(folder: Path, lines: list[dict[str, Any]]) -> None:
    """The same record with no rules at all: one transaction an instant, one row a line."""
    db = sqlite3.connect(folder / "bare.db", isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("CREATE TABLE line (id INTEGER PRIMARY KEY, at TEXT, kind TEXT, data TEXT)")
    last = None
    for number, line in enumerate(lines):
        if line["at"] != last:
            db.execute("COMMIT" if db.in_transaction else "SELECT 1")
            db.execute("BEGIN IMMEDIATE")
            last = line["at"]
        db.execute("INSERT INTO line VALUES (?, ?, ?, ?)", (number, line["at"], line["kind"], json.dumps(line)))
    db.execute("COMMIT")
    db.close()


def main() -> None:
    """Print one line for the rehearsal and one for the bare record; wall and processor seconds of each."""
    scenario = day()
    cases, lines, instants = asyncio.run(rehearsed(scenario))  # imports and the first database are not counted
    times: dict[str, list[tuple[float, float]]] = {"Firstcall": [], "bare rows": []}
    for _ in range(RUNS):
        forget()  # no message is remembered from the day before
        began = time.perf_counter(), time.process_time()
        asyncio.run(rehearsed(scenario))
        times["Firstcall"].append((time.perf_counter() - began[0], time.process_time() - began[1]))
        with tempfile.TemporaryDirectory() as name:
            began = time.perf_counter(), time.process_time()
            bare(Path(name), lines)
            times["bare rows"].append((time.perf_counter() - began[0], time.process_time() - began[1]))
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {RUNS} days")
    print(f"{cases} cases, {len(lines)} lines in the journal at {instants} instants")
    for what, found in times.items():
        wall, processor = (sorted(one[place] for one in found) for place in (0, 1))
        print(
            f"{what}: median {statistics.median(wall):.3f} s ({wall[0]:.3f} to {wall[-1]:.3f}),"
            f" of the processor {statistics.median(processor):.3f} s ({processor[0]:.3f} to {processor[-1]:.3f})"
        )
    print(f"highest memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()

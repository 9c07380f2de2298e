"""From register close to the last first-round message handed over: 1,500 pupils, 120 N marks, a sender without a limit.

Beside it, in the same run, the least that any service must do for 120 texts: one durable insert before each send and
one durable update after it, with the same SQLite settings and no rules at all.
"""

from __future__ import annotations

import asyncio
import os
import platform
import resource
import sqlite3
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from attendance.calendar import Session
from attendance.people import Contact, Link, Pupil, StaffMember
from messaging.channels.simulator import Simulator
from messaging.wording import wording
from service.clock import HandClock
from service.day import registers
from service.runner import Runner
from storage import migrate, people, schools
from storage.engine import open_database

PUPILS = 1500
N_MARKS = 120
CLASSES = 50
RUNS = 5
START = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
CLOSE = datetime(2026, 11, 16, 9, 15, tzinfo=UTC)


def roll() -> tuple[list[Pupil], list[Contact], list[Link], list[StaffMember]]:
    """A school of invented people; every number is one of the thousand that are kept free for drama."""
    pupils = [Pupil(f"p{n}", f"Given{n}", f"Family{n}", 7 + n % 5, f"{n % CLASSES}A") for n in range(PUPILS)]
    contacts = [Contact(f"c{n}", f"Parent {n}", f"+447700900{n % 1000:03d}") for n in range(2 * PUPILS)]
    links = [Link(f"p{n // 2}", f"c{n}", 1 + n % 2, "mother") for n in range(2 * PUPILS)]
    staff = [StaffMember("s1", "Ms Reed", "Attendance officer", ("attendance_officer",), email="reed@school.example")]
    return pupils, contacts, links, staff


async def one_morning(folder: Path) -> tuple[float, int]:
    """Seconds from close to the last message handed over, and how many there were."""
    url = f"sqlite:///{folder / 'school.db'}"
    await migrate.upgrade(url)
    clock = HandClock(START)
    sms = Simulator("sms", clock.now)
    async with open_database(url) as database:
        runner = Runner(database, clock, {"sms": sms}, wording())
        await runner.add_school("school", "blue-coat", {"brake": {"usual": 40, "more_than": 500}}, None)
        async with database.begin() as db:
            await schools.add_sender(db, "school", "sms", "+447700900000")
            pupils, contacts, links, staff = roll()
            await people.save_people(db, "school", pupils, contacts, links)
            await people.save_staff(db, "school", staff)
        await runner.start()
        await runner.settle()
        session = Session(CLOSE.date(), "am")
        marks = {pupil.id: "N" if n < N_MARKS else "/" for n, pupil in enumerate(pupils)}
        groups = sorted({pupil.group for pupil in pupils})
        await runner.turn("school", lambda turn: registers.marks_came(turn, session, marks, groups))
        clock.turn_to(CLOSE)
        began = time.perf_counter()
        await runner.settle()
        return time.perf_counter() - began, len(sms.sent)


def bare(folder: Path, texts: int) -> float:
    """The same number of texts, each with a durable row before and after its send, and nothing else."""
    db = sqlite3.connect(folder / "bare.db", isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("CREATE TABLE text (id INTEGER PRIMARY KEY, body TEXT, state TEXT)")
    began = time.perf_counter()
    for number in range(texts):
        db.execute("INSERT INTO text VALUES (?, ?, 'queued')", (number, "was not in registration"))
        db.execute("UPDATE text SET state = 'accepted' WHERE id = ?", (number,))
    seconds = time.perf_counter() - began
    db.close()
    return seconds


def main() -> None:
    """Print one line for the service and one for the bare loop."""
    ours: list[float] = []
    least: list[float] = []
    texts = 0
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as name:
            seconds, texts = asyncio.run(one_morning(Path(name)))
            ours.append(seconds)
            least.append(bare(Path(name), texts))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {RUNS} runs")
    for what, times in (("Firstcall", ours), ("bare rows", least)):
        print(f"{what}: {texts} texts, median {statistics.median(times):.3f} s, {min(times):.3f} to {max(times):.3f} s")
    print(f"highest memory of the whole run: {memory:.0f} MB")


if __name__ == "__main__":
    main()

"""The office's board: 300 rows drawn, and 50 open boards while something changes every second.

A real server process on loopback with a real SQLite file. Aims: 300 rows in at most 100 ms; 50 boards with a change a
second in less than 20 % of one core. What the changes themselves cost without an open board is measured and said apart.
"""

from __future__ import annotations

import asyncio
import gzip
import multiprocessing
import os
import platform
import socket
import statistics
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from attendance.calendar import Session
from attendance.people import Contact, Link, Pupil, StaffMember
from messaging.channel import Received
from messaging.channels.simulator import Simulator
from messaging.wording import wording
from office.app import create_office
from office.board.board_parts import drawn
from office.pages.compressed import LEVEL
from office.pages.feed import feed_of
from office.permissions import permissions_of
from office.sign_in.sessions import COOKIE, Sessions
from office.sign_in.sessions import Session as BrowserSession
from office.visit import Office, OfficeSettings, Visit
from service.clock import HandClock
from service.day import registers
from service.runner import Runner
from service.staff.desk import OfficeDesk
from storage import migrate, people, schools
from storage.engine import open_database

ROWS = 300
BOARDS = 50
SECONDS = 15
RUNS = 7
CLASSES = 30
SECRET = "only-for-a-benchmark-0123456789abcdef"
START = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
CLOSE = datetime(2026, 11, 16, 9, 15, tzinfo=UTC)
WHOLE_SCHOOL = ("attendance_officer", "office", "safeguarding_lead", "headteacher", "head_of_house", "senco")


def staff() -> list[StaffMember]:
    """Fifty people: six roles that see the whole school, and a dozen tutors who see a class each."""
    every = [StaffMember(f"s{n}", f"Staff {n}", "Staff", (WHOLE_SCHOOL[n % 6],)) for n in range(BOARDS - 12)]
    return every + [StaffMember(f"t{n}", f"Tutor {n}", "Tutor", ("tutor",), group=f"{n}A") for n in range(12)]


async def school(folder: Path, rows: int = ROWS) -> tuple[Runner, HandClock]:
    """So many children without a mark at close, each with one contact who was asked."""
    url = f"sqlite:///{folder / 'school.db'}"
    await migrate.upgrade(url)
    clock = HandClock(START)
    runner = Runner(open_database(url), clock, {"sms": Simulator("sms", clock.now)}, wording())
    await runner.add_school("school", "blue-coat", {"brake": {"usual": 400, "more_than": 500}}, None)
    async with runner.database.begin() as db:
        await schools.add_sender(db, "school", "sms", "+447700900000")
        pupils = [Pupil(f"p{n}", f"Given{n}", f"Family{n}", 7 + n % 5, f"{n % CLASSES}A") for n in range(rows)]
        contacts = [Contact(f"c{n}", f"Parent {n}", f"+4477009{n:05d}") for n in range(rows)]
        links = [Link(f"p{n}", f"c{n}", 1, "mother") for n in range(rows)]
        await people.save_people(db, "school", pupils, contacts, links)
        await people.save_staff(db, "school", staff())
    await runner.start()
    await runner.settle()
    marks = {pupil.id: "N" for pupil in pupils}
    groups = sorted({pupil.group for pupil in pupils})
    session = Session(CLOSE.date(), "am")
    await runner.turn("school", lambda turn: registers.marks_came(turn, session, marks, groups))
    clock.turn_to(CLOSE)
    await runner.settle()
    return runner, clock


async def answers(runner: Runner, clock: HandClock, number: int) -> None:
    """One parent answers: a row moves from waiting to check and confirm."""
    clock.turn_to(clock.now() + timedelta(seconds=1))
    text = f"Given{number} is poorly today, back tomorrow"
    received = Received("sms", f"in-{number}", "+447700900000", f"+4477009{number:05d}", text, None, {}, None)
    await runner.receive(received)
    await runner.settle()


async def draws(runner: Runner) -> tuple[list[float], list[float], list[float], bytes]:
    """Seconds to draw 300 rows from what was read (on the wall, of the processor), to read and draw, and the rows."""
    desk = OfficeDesk(runner, "school")
    settings = OfficeSettings(SECRET, plays="s0")
    office = Office({"school": desk}, settings, Sessions(SECRET, None))
    pure: list[float] = []
    busy: list[float] = []
    whole: list[float] = []
    rows = b""
    for _ in range(RUNS):
        began = time.perf_counter()
        moment = await feed_of(desk).look()
        member = moment.school.roll.staff_member("s0")
        assert member is not None
        granted = permissions_of(member.roles)
        visit = Visit(None, office, desk, moment.school, office.sessions.new(desk.now()), member, member.roles, granted)  # type: ignore[arg-type]
        read, used = time.perf_counter(), time.process_time()
        view = drawn(visit, moment, None)
        ended = time.perf_counter()
        pure.append(ended - read)
        busy.append(time.process_time() - used)
        whole.append(ended - began)
        rows = "".join(part.html for part in view.page.by_id.values()).encode()
    return pure, busy, whole, rows


def squeezed(rows: bytes) -> tuple[int, float]:
    """(bytes, seconds of the processor) of compressing them as the office does on the wire."""
    began = time.process_time()
    size = len(gzip.compress(rows, LEVEL))
    return size, time.process_time() - began


def serve(folder: str, listening: socket.socket, pipe: Connection) -> None:
    """The server's process: says how much of a core it used, with and without open boards."""
    asyncio.run(_serve(Path(folder), listening, pipe))


async def _serve(folder: Path, listening: socket.socket, pipe: Connection) -> None:
    runner, clock = await school(folder)
    pipe.send(await draws(runner))
    app = FastAPI()
    app.mount("/office", create_office(OfficeDesk(runner, "school"), OfficeSettings(SECRET, plays="s0")))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    task = asyncio.create_task(server.serve([listening]))
    pipe.send(await _used(runner, clock, 0))
    await asyncio.to_thread(pipe.recv)  # the boards are open
    pipe.send(await _used(runner, clock, SECONDS))
    server.should_exit = True
    await task
    await runner.database.close()


async def _used(runner: Runner, clock: HandClock, first: int) -> float:
    """Share of one core over so many seconds with one change in each."""
    began, used = time.perf_counter(), time.process_time()
    for number in range(SECONDS):
        await answers(runner, clock, first + number)
        await asyncio.sleep(max(0.0, began + number + 1 - time.perf_counter()))
    return (time.process_time() - used) / (time.perf_counter() - began)


async def boards(port: int, pipe: Connection) -> tuple[float, list[int]]:
    """Open the boards, each of another member of staff; the share of a core, and the events that each got."""
    signer = Sessions(SECRET, None)
    events = [0] * BOARDS
    ready = asyncio.Semaphore(0)

    async def board(number: int, who: str) -> None:
        cookie = signer.dump(_session(signer, who))
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(
            f"GET /office/board/live HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n"
            f"Cookie: {COOKIE}={cookie}\r\n\r\n".encode()
        )
        while line := await reader.readline():
            if line.startswith(b"event: page"):
                events[number] += 1
                if events[number] == 1:
                    ready.release()

    tasks = [asyncio.create_task(board(number, one.id)) for number, one in enumerate(staff())]
    for _ in range(BOARDS):
        await asyncio.wait_for(ready.acquire(), 30)
    pipe.send("open")
    used = await asyncio.to_thread(pipe.recv)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return used, events


def _session(signer: Sessions, who: str) -> BrowserSession:
    return replace(signer.new(START), staff=who)


def _spread(seconds: list[float]) -> str:
    least, most = min(seconds) * 1000, max(seconds) * 1000
    return f"median {statistics.median(seconds) * 1000:.0f} ms ({least:.0f} to {most:.0f})"


def main() -> None:
    """Print what was measured."""
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {ROWS} rows, {BOARDS} boards, {SECONDS} s")
    ours, theirs = multiprocessing.Pipe()
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0), backlog=128) as listening:
        port = listening.getsockname()[1]
        process = multiprocessing.get_context("fork").Process(target=serve, args=(folder, listening, theirs))
        process.start()
        pure, busy, whole, rows = ours.recv()
        small, took = squeezed(rows)
        print(f"drawn from nothing: {_spread(pure)}, of the processor {_spread(busy)}")
        print(
            f"{len(rows) / 1000:.0f} kB of rows, {small / 1000:.1f} kB on the wire ({took * 1000:.1f} ms to compress)"
        )
        print(f"with reading the database: {_spread(whole)}")
        alone = ours.recv()
        used, events = asyncio.run(boards(port, ours))
        process.join()
    print(
        f"a change a second: {alone:.1%} of a core with no board open, {used:.1%} with {BOARDS} open "
        f"(each heard of {min(events) - 1} to {max(events) - 1} changes): the boards cost {used - alone:.1%}"
    )


if __name__ == "__main__":
    main()

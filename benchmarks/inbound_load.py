"""`serve` as a process on SQLite under signed inbound texts: time to the durable 2xx, and to the answer.

Texts leave on a timetable, whether earlier ones are answered or not, and each is timed from when it should have left.
Aims: 200 a second for 30 s, 99 of 100 stored and answered 2xx within 50 ms, understood and answered within 2 s.
A stand-in for Twilio's API runs beside it as a process of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]  # it has no type information

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.serving.running import OURS, Served, firstcall, free_port, inbound, own_policies  # noqa: E402
from tests.support.fake_twilio import SID, TOKEN  # noqa: E402

FAMILIES = 900
SAID = ("{} is ill today, back tomorrow", "{} has the dentist this morning", "{} will be late, on the way", "thank you")
STAFF = (
    "staff_id,name,position,roles,email\nreed,Ms Reed,Attendance officer,attendance_officer; office,r@school.example\n"
)
Request = tuple[str, bytes, dict[str, str]]


def set_up(folder: Path) -> None:
    """A school of so many families, each with one number."""
    made = firstcall(
        folder, "init", "--yes", "--policy", "blue-coat", "--policies", str(own_policies(folder)), "--public-url",
        "http://127.0.0.1:8000", "--twilio-account-sid", SID, "--twilio-from", OURS, TWILIO_AUTH_TOKEN=TOKEN,
    )  # fmt: skip
    head = "pupil_id,given,family,year,group,contact_id,contact_name,relation,priority,mobile\n"
    rows = "".join(
        f"p{n},Given{n},Family{n},{7 + n % 5},{n % 30}A,c{n},Adult {n},mother,1,{phone(n)}\n" for n in range(FAMILIES)
    )
    done = [made, firstcall(folder, "import", "people", "-", given=head + rows),
            firstcall(folder, "import", "staff", "-", given=STAFF)]  # fmt: skip
    if faults := [one.stderr for one in done if one.returncode]:
        raise SystemExit("".join(faults))


def phone(number: int) -> str:
    """A family's number, from those that are kept free for drama."""
    return f"+447700900{50 + number:03d}"


def requests(url: str, count: int) -> list[Request]:
    """(text's id, body, headers), signed as Twilio signs."""
    sign = RequestValidator(TOKEN)
    found = []
    for number in range(count):
        family, said = number % FAMILIES, SAID[number // FAMILIES % len(SAID)]
        form = inbound(f"SM{number:032x}", said.format(f"Given{family}"), phone(family))
        headers = {"Content-Type": "application/x-www-form-urlencoded",
                   "X-Twilio-Signature": sign.compute_signature(f"{url}/twilio/sms", form)}  # fmt: skip
        found.append((form["MessageSid"], urlencode(form).encode(), headers))
    return found


async def send(url: str, asked: list[Request], rate: float) -> tuple[list[float], int]:
    """Milliseconds to each 2xx, counted from the timetable; and how many got none."""
    times: list[float] = []
    failed = 0
    began = time.perf_counter() + 0.2

    async def one(number: int, request: Request, http: aiohttp.ClientSession) -> None:
        nonlocal failed
        due = began + number / rate
        await asyncio.sleep(due - time.perf_counter())
        try:
            async with http.post(f"{url}/twilio/sms", data=request[1], headers=request[2]) as answer:
                await answer.read()
                if answer.status == 200:
                    times.append((time.perf_counter() - due) * 1000)
                    return
        except (aiohttp.ClientError, TimeoutError):
            pass
        failed += 1

    connector, limit = aiohttp.TCPConnector(limit=500), aiohttp.ClientTimeout(total=15)
    async with aiohttp.ClientSession(connector=connector, timeout=limit) as http:
        await asyncio.gather(*(one(number, request, http) for number, request in enumerate(asked)))
    return times, failed


def answered(file: Path) -> tuple[int, int, list[float], list[float]]:
    """(texts kept, texts not yet handled, seconds from arrival to the answer in the outbox, seconds to its leaving).

    A text that needs no answer counts as answered, and as left, when it is understood.
    """
    statement = (
        "SELECT i.received_at, i.handled_at, (SELECT o.left_at FROM outbox o WHERE o.key = 'reply/' || i.inbox_id) "
        "FROM inbox i"
    )
    with closing(sqlite3.connect(file, timeout=30)) as db:
        rows = db.execute(statement).fetchall()
    done = [(came, handled, left or handled) for came, handled, left in rows if handled]
    return len(rows), len(rows) - len(done), [span(c, h) for c, h, _ in done], [span(c, e) for c, _, e in done]


def span(began: str, ended: str) -> float:
    """Seconds between two instants of the database."""
    return (datetime.fromisoformat(ended) - datetime.fromisoformat(began)).total_seconds()


async def measure(rate: float, seconds: float, patience: float) -> None:
    """One run, printed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        await asyncio.to_thread(set_up, folder)
        port = free_port()
        twilio = subprocess.Popen(  # noqa: ASYNC220  once, before anything is measured
            [sys.executable, "-m", "tests.support.fake_twilio", "--port", str(port)],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
        )
        served = Served(folder, f"http://127.0.0.1:{port}")
        try:
            env = (folder / ".env").read_text("utf-8").replace("SECOND=10\n", "SECOND=1000\n")
            (folder / ".env").write_text(env, "utf-8")
            await served.start()
            processes = {"answering": parts(served)[0], "acting": parts(served)[1], "stand-in": twilio.pid,
                         "this benchmark": os.getpid()}  # fmt: skip
            before = {name: processor(pid) for name, pid in processes.items()}
            asked = requests(served.url, int(rate * seconds))
            times, failed = await send(served.url, asked, rate)
            ended = time.monotonic()
            used = {name: processor(pid) - before[name] for name, pid in processes.items()}
            shares = [f"{name} {100 * one * rate / len(asked):.0f} %" for name, one in used.items()]
            print(f"of one processor while they came: {', '.join(shares)}")
            while answered(folder / "firstcall.db")[1] and time.monotonic() < ended + patience:  # noqa: ASYNC110  its file
                await asyncio.sleep(1)
            say(rate, times, failed, answered(folder / "firstcall.db"), time.monotonic() - ended)
            used = {name: processor(pid) - before[name] for name, pid in processes.items()}
            costs = [f"{name} {1000 * one / len(asked):.1f} ms" for name, one in used.items()]
            print(f"of one processor, a text: {', '.join(costs)}")
        finally:
            if served.process is not None and served.process.poll() is None:
                await served.stop(signal.SIGKILL)
            twilio.kill()
            twilio.wait()
        if failed:
            shutil.copy(folder / "log", Path(tempfile.gettempdir()) / "firstcall-load.log")


def processor(pid: int) -> float:
    """Seconds of one processor that a process has used. Source: proc(5), fields 14 and 15 of stat."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def parts(served: Served) -> list[int]:
    """The processes of the service: what answers over HTTP, then what acts by itself. Source: proc(5), children."""
    assert served.process is not None
    pid = served.process.pid
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]


def say(
    rate: float, times: list[float], failed: int, end: tuple[int, int, list[float], list[float]], after: float
) -> None:
    """The numbers, and the load of the machine they were measured under."""
    kept, open_, written, left = end
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"{os.cpu_count()} cores, load {load}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}")
    print(f"{rate:.0f} a second: {len(times)} got their 2xx, {failed} got none, {kept} are kept")
    print(f"to the durable 2xx: median {statistics.median(times):.0f} ms, {point(times, 99):.0f} ms at the 99th, "
          f"{max(times):.0f} ms the slowest")  # fmt: skip
    for what, spans in (("the answer in the outbox", written), ("its hand-over", left)):
        if spans:
            within = 100 * sum(one <= 2 for one in spans) / kept
            print(f"to {what}: median {statistics.median(spans):.1f} s, {point(spans, 99):.1f} s at the 99th; "
                  f"{within:.0f} of 100 within 2 s")  # fmt: skip
    print(f"{open_} not handled {after:.0f} s after the last")


def point(values: list[float], percent: int) -> float:
    """The value that so many of a hundred do not exceed."""
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)]


def main() -> None:
    """Measure once, at the asked rate."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--rate", type=float, default=200.0, help="texts a second")
    asked.add_argument("--seconds", type=float, default=30.0)
    asked.add_argument("--patience", type=float, default=240.0, help="seconds to wait for the last answer")
    options = asked.parse_args()
    asyncio.run(measure(options.rate, options.seconds, options.patience))


if __name__ == "__main__":
    main()

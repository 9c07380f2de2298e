"""`serve` is two processes: each is seen to end and started again, both stop together, none is left behind."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.serving.running import NGOZI, OURS, ROOT, Served, until
from tests.support.fake_twilio import FakeTwilio

ILL = "Amina is ill today, back tomorrow"


@pytest.fixture
async def served(prepared: Path, tmp_path: Path, twilio: FakeTwilio) -> AsyncIterator[Served]:
    service = Served(Path(shutil.copytree(prepared, tmp_path / "school")), twilio.url)
    await service.start()
    yield service
    if service.process is not None and service.process.poll() is None:
        await service.stop(signal.SIGKILL)
    assert not service.told(), service.log


def started(served: Served, part: str) -> list[int]:
    """The process ids that a part has had, in order."""
    lines = [line for line in served.log.splitlines() if "part_started" in line and f'"{part}"' in line]
    return [int(re.findall(r'"pid": (\d+)', line)[0]) for line in lines]


def lives(pid: int) -> bool:
    """Whether a process runs; one that has ended and is not yet waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


async def test_the_part_that_acts_is_started_again_and_the_other_takes_texts_in_meanwhile(
    served: Served, twilio: FakeTwilio
) -> None:
    before = started(served, "acts")
    os.kill(before[0], signal.SIGKILL)
    assert (await served.text("SM" + "1" * 32, ILL))[0] == 200

    await until(lambda: [row for row in twilio.messages.values() if row["to"] == NGOZI], why=served.log)
    assert len(started(served, "acts")) == 2
    assert len(started(served, "answers")) == 1
    assert '"event": "part_ended"' in served.log
    ends, metrics = time.monotonic() + 60, ""
    while 'firstcall_sends_total{channel="sms",result="accepted"} 1.0' not in metrics:
        assert time.monotonic() < ends, metrics
        metrics = (await served.get("/metrics"))[1]
    assert 'firstcall_webhooks_total{path="sms",result="stored"} 1.0' in metrics


async def test_the_part_that_answers_is_started_again(served: Served, twilio: FakeTwilio) -> None:
    os.kill(started(served, "answers")[0], signal.SIGKILL)
    await until(lambda: len(started(served, "answers")) == 2, why=served.log)
    ends = time.monotonic() + 60
    while (await served.get("/ready"))[0] != 200:
        assert time.monotonic() < ends, served.log

    await twilio.inbound(NGOZI, OURS, ILL)
    assert (await served.text("SM" + "2" * 32, ILL))[0] == 200
    await until(lambda: served.rows("SELECT count(*) FROM inbox WHERE state = 'done'") == [(1,)], why=served.log)
    assert len(started(served, "acts")) == 1


async def test_both_stop_when_one_is_told(served: Served) -> None:
    pids = started(served, "answers") + started(served, "acts")
    assert await served.stop() == 0
    assert not any(lives(pid) for pid in pids)
    assert served.log.count('"event": "stopped"') == 2


async def test_nobody_is_left_behind_when_the_watcher_is_killed(served: Served) -> None:
    pids = started(served, "answers") + started(served, "acts")
    assert len(pids) == 2
    await served.stop(signal.SIGKILL)
    await until(lambda: not any(lives(pid) for pid in pids), seconds=2)
    await served.start()
    assert (await served.text("SM" + "3" * 32, ILL))[0] == 200


def test_when_a_part_cannot_start_at_all_the_whole_service_ends_and_says_so() -> None:
    parts = 'Part("a", lambda: COULD_NOT_START), Part("b", lambda: time.sleep(60))'
    told = f"import time; from service.supervising import *; print(Supervisor([{parts}]).watch())"
    ended = subprocess.run(
        [sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, timeout=30, check=True
    )
    assert ended.stdout.splitlines()[-1] == "1"

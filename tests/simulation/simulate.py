"""Many simulated days on all cores: `make simulate`, or `python tests/simulation/simulate.py --days 10000 --from 1`.

Seeds are lived through one by one in worker processes that are replaced now and then, so that memory stays bounded.
Each fault is printed with its seed and the command that runs it again, as soon as it is found. Exit status 1 if any.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.simulation.year.live import Lived, live_through
from tests.simulation.year.plan import seeds

SEEDS_A_PROCESS = 100
SAY_EVERY = 100


def main() -> int:
    """Live through at least so many days from the first seed on."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=10_000, help="school days to live through (default 10000)")
    parser.add_argument("--from", type=int, default=1, dest="first", help="the first seed (default 1)")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes (default: every core)")
    wanted = parser.parse_args()
    todo = seeds(wanted.first, wanted.days)
    print(f"seeds {todo[0]} to {todo[-1]}, {wanted.workers} processes", flush=True)
    began, all_lived, failed, memory = time.monotonic(), Counter[str](), 0, 0.0
    # Not a ProcessPoolExecutor: in Python 3.11 that stands still for ever once its workers have been replaced.
    with get_context("spawn").Pool(wanted.workers, maxtasksperchild=SEEDS_A_PROCESS) as pool:
        for number, lived in enumerate(pool.imap(live_through, todo), 1):
            _count(all_lived, lived)
            failed += bool(lived.faults)
            memory = max(memory, lived.memory)
            if lived.faults:
                print(lived.report(), flush=True)
            if number % SAY_EVERY == 0 or number == len(todo):
                print(_line(number, all_lived, failed, time.monotonic() - began, memory), flush=True)
    return 1 if failed else 0


def _count(so_far: Counter[str], lived: Lived) -> None:
    so_far.update({"days": lived.days, "steps": lived.steps, "deaths": lived.deaths, lived.school: lived.days})


def _line(number: int, so_far: Counter[str], failed: int, seconds: float, memory: float) -> str:
    return (
        f"{number} seeds, {so_far['days']} days, {so_far['steps']} steps, {so_far['deaths']} crashes: {failed} failed; "
        f"{seconds:.0f} s, largest process {memory:.0f} MB"
    )


if __name__ == "__main__":
    sys.exit(main())

"""Days that nobody planned, on which every promise must hold. A failure names its seed.

FIRSTCALL_RANDOM_DAYS=500 lives through more days than `make test` does; FIRSTCALL_RANDOM_FROM=1234 begins elsewhere.
"""

from __future__ import annotations

import os

import pytest
from structlog.testing import capture_logs

from service.simulation import World, shown
from tests.support.day_judge import promises_broken
from tests.support.invariants import broken
from tests.support.random_day import random_day

FIRST = int(os.environ.get("FIRSTCALL_RANDOM_FROM", "1"))
SEEDS = range(FIRST, FIRST + int(os.environ.get("FIRSTCALL_RANDOM_DAYS", "15")))


@pytest.mark.parametrize("seed", SEEDS)
async def test_no_promise_is_broken_on_a_random_day(seed: int) -> None:
    scenario = random_day(seed)
    world = await World.open(scenario)
    try:
        with capture_logs() as logs:
            await world.turn_to(scenario.end)
        lines = [line for raw in await world.lines() if (line := shown(raw)) is not None]
        faults = [*broken(scenario, lines), *await promises_broken(world, lines)]
        faults += [f"log: {entry['event']}" for entry in logs if entry["event"] in ("never_settles", "item_failed")]
        assert not faults, f"seed {seed} ({scenario.file.policy}):\n" + "\n".join(faults)
    finally:
        await world.close()


async def test_the_same_seed_makes_the_same_day() -> None:
    assert random_day(7).file == random_day(7).file
    assert random_day(7).file != random_day(8).file

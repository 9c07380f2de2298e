"""School days that nobody planned, on which every promise is held after every step. A failure names its seed.

FIRSTCALL_RANDOM_DAYS=500 lives through more days than `make test` does; FIRSTCALL_RANDOM_FROM=1234 begins elsewhere.
`make simulate` lives through 10,000.
"""

from __future__ import annotations

import os

import pytest

from tests.simulation.year.live import live
from tests.simulation.year.people import SCHOOLS
from tests.simulation.year.plan import plan, seeds

FIRST = int(os.environ.get("FIRSTCALL_RANDOM_FROM", "1"))
DAYS = int(os.environ.get("FIRSTCALL_RANDOM_DAYS", "200"))


@pytest.mark.parametrize("seed", seeds(FIRST, DAYS))
async def test_no_promise_is_broken(seed: int) -> None:
    lived = await live(seed)
    assert not lived.faults, lived.report()


def test_the_same_seed_makes_the_same_days() -> None:
    assert plan(7).scenario.file == plan(7).scenario.file
    assert plan(7).scenario.file != plan(8).scenario.file


async def test_the_same_seed_is_lived_through_alike() -> None:
    first, second = [await live(3) for _ in range(2)]
    assert first == second
    assert first.steps > 10


def test_the_ordinary_days_are_at_all_five_schools_and_go_over_ends_of_term_and_of_summer_time() -> None:
    plans = [plan(seed) for seed in seeds(1, 100)]
    assert {one.scenario.file.policy for one in plans} == set(SCHOOLS)
    assert any(one.days[0].month == 10 < one.days[-1].month for one in plans)
    assert any(one.days[0].month == 3 < one.days[-1].month for one in plans)
    assert max(len(one.days) for one in plans) > 5

"""`[[history]]` of a scenario: it is kept beside the pupil, and a faulty block is named with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from attendance.history import History
from service.rehearsal.scenario import ScenarioFault, read_scenario
from service.rehearsal.simulation import SCHOOL, World
from storage import history

DAY = """
title = "a record"
policy = "looe"
start = 2026-11-10T08:00:00
end = 2026-11-10T09:00:00

[[pupil]]
id = "mo"
given = "Mo"
family = "Ali"
year = 7
group = "7A"

[[history]]
pupil = "{pupil}"
from = {first}
until = {last}
attended = {attended}
absent = {{ {code} = 4 }}
"""


def written(tmp_path: Path, **other: object) -> Path:
    values: dict[str, object] = {
        "pupil": "mo",
        "first": "2026-09-02",
        "last": "2026-11-09",
        "attended": 80,
        "code": "I",
    }
    path = tmp_path / "day.toml"
    path.write_text(DAY.format(**{**values, **other}), encoding="utf-8")
    return path


async def test_it_is_kept_before_the_day_begins(tmp_path: Path) -> None:
    scenario = read_scenario(written(tmp_path))
    world = await World.open(scenario)
    try:
        async with world.database.read() as db:
            kept = await history.of_pupils(db, SCHOOL, ["mo"])
    finally:
        await world.close()
    [one] = scenario.file.history
    assert kept == {"mo": [History("mo", one.from_, one.until, 80, {"I": 4})]}


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"pupil": "ella"}, "history 1: there is no pupil ella."),
        ({"last": "2026-09-01"}, "history 1: it ends on 2026-09-01 before it begins on 2026-09-02; swap them."),
        ({"last": "2026-11-11"}, "history 1: 2026-11-11 is after `start`; history stands for the time before it."),
        ({"attended": 200}, "history 1: it has more sessions than 2 a day."),
        ({"code": "Q9"}, "history 1: Q9 is no attendance code."),
    ],
)
def test_a_fault_is_named_with_its_place(tmp_path: Path, other: dict[str, object], said: str) -> None:
    with pytest.raises(ScenarioFault) as fault:
        read_scenario(written(tmp_path, **other))
    assert fault.value.faults == (said,)

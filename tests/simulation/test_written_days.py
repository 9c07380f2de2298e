"""Every written day runs as `firstcall simulate` runs it: its own expects hold, and the rules for every run."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from service.scenario import read_scenario
from service.simulation import run_file
from tests.support.invariants import broken

DAYS = Path(__file__).parent / "scenarios"
FILES = sorted(DAYS.glob("*.toml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_day_goes_as_it_is_written(path: Path) -> None:
    out, err = io.StringIO(), io.StringIO()
    status = run_file(path, out, err)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    faults = [*err.getvalue().splitlines(), *broken(read_scenario(path), lines)]
    assert not faults, f"{path.name}:\n" + "\n".join(faults)
    assert status == 0


def test_every_day_has_a_line_in_the_readme() -> None:
    readme = (DAYS / "README.md").read_text(encoding="utf-8")
    missing = [path.name for path in FILES if f"`{path.name}`" not in readme]
    assert not missing, f"add a line to tests/simulation/scenarios/README.md for {', '.join(missing)}"


def test_the_written_days_cover_all_five_schools() -> None:
    own = {read_scenario(path).file.policy for path in FILES if path.stem.startswith("own-")}
    assert own == {"blue-coat", "looe", "st-joseph-st-bede", "mary-bassett", "west-coventry"}

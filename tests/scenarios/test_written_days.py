"""Every written day runs as `firstcall simulate` runs it: its own expects hold, and the rules for every run."""

from __future__ import annotations

import io
import json
from collections import Counter
from pathlib import Path

import pytest

from service.rehearsal.scenario import read_scenario
from service.rehearsal.simulation import run_file
from tests.support.invariants import broken

DAYS = Path(__file__).parent / "days"
FILES = sorted(DAYS.glob("*.toml"))
SCHOOLS = {
    "bc": "blue-coat",
    "looe": "looe",
    "stj": "st-joseph-st-bede",
    "mb": "mary-bassett",
    "wc": "west-coventry",
}
KINDS_OF_LEAVE = 10


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_day_goes_as_it_is_written(path: Path) -> None:
    out, err = io.StringIO(), io.StringIO()
    status = run_file(path, out, err)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    faults = [*err.getvalue().splitlines(), *broken(read_scenario(path), lines)]
    assert not faults, f"{path.name}:\n" + "\n".join(faults)
    assert status == 0


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_day_says_what_must_and_what_must_not_come_of_it(path: Path) -> None:
    day = read_scenario(path).file
    assert day.expect
    assert day.never


def test_the_written_days_cover_all_five_schools() -> None:
    policies = {path: read_scenario(path).file.policy for path in FILES}
    named = {path: SCHOOLS[key] for path in FILES if (key := path.stem.partition("-")[0]) in SCHOOLS}
    assert named == {path: policies[path] for path in named}
    assert set(policies.values()) == set(SCHOOLS.values())


def test_each_kind_of_leave_has_a_day_at_each_school() -> None:
    rows = [line.split("|")[2:-1] for line in (DAYS / "README.md").read_text().splitlines() if line.count("`") == 10]
    assert len(rows) == KINDS_OF_LEAVE
    for row in rows:
        for name, school in zip(row, SCHOOLS.values(), strict=True):
            day = read_scenario(DAYS / f"{name.strip(' `')}.toml").file
            assert school in (day.policy, *(other.policy for other in day.school)), name
            assert any(pattern.get("kind") == "leave" for pattern in day.expect), name


def test_no_two_days_have_one_title() -> None:
    titles = Counter(read_scenario(path).file.title for path in FILES)
    assert [title for title, times in titles.items() if times > 1] == []

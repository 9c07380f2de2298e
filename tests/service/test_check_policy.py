"""`firstcall check-policy`: sound, or what is wrong and where."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from attendance.paths import data_root
from service.cli import app

SCHOOLS = sorted((data_root() / "schools").glob("*.toml"))


@pytest.mark.parametrize("path", SCHOOLS, ids=lambda path: path.stem)
def test_every_policy_that_we_bring_is_sound(path: Path) -> None:
    result = CliRunner().invoke(app, ["check-policy", str(path)])

    assert (result.exit_code, result.stderr) == (0, "")
    verdict, *rest = result.stdout.splitlines()
    assert verdict.startswith(f"{path.name}: the policy of ")
    assert " is sound. " in verdict
    kinds = [line.partition(":")[0] for line in rest]
    assert kinds == ["warning"] * kinds.count("warning") + ["note"] * kinds.count("note")
    assert all(" default: " in line for line in rest if line.startswith("note"))


def test_a_misspelt_key_is_named_with_its_line_and_the_right_word(tmp_path: Path) -> None:
    file = tmp_path / "blue-coat.toml"
    file.write_text(SCHOOLS[0].read_text("utf-8").replace("cutoff", "cutof"), "utf-8")

    result = CliRunner().invoke(app, ["check-policy", str(file)])

    assert (result.exit_code, result.stdout) == (2, "")
    verdict, *faults = result.stderr.splitlines()
    assert verdict == "blue-coat.toml: the policy cannot be used; it has 2 faults."
    assert "unknown key; did you mean `cutoff`?" in faults[1]
    assert all(line.startswith("blue-coat.toml:") for line in faults)


def test_a_calendar_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "schools" / "blue-coat.toml"
    file.parent.mkdir()
    (tmp_path / "calendars").mkdir()
    file.write_text(SCHOOLS[0].read_text("utf-8"), "utf-8")

    result = CliRunner().invoke(app, ["check-policy", str(file)])

    assert result.exit_code == 2
    assert "it has one fault" in result.stderr
    assert "school.calendar" in result.stderr
    assert "put the file back or correct its name" in result.stderr


def test_no_such_file_is_one_line_and_no_traceback(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "service.cli", "check-policy", str(tmp_path / "none.toml")]
    run = subprocess.run(command, check=False, capture_output=True, text=True, timeout=30)

    assert run.returncode == 2
    assert len(run.stderr.splitlines()) == 2
    assert "cannot be read" in run.stderr

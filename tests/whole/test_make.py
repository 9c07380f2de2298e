"""`make` is the one way in, for a newcomer and for continuous integration alike."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TARGETS = ("setup", "run", "test", "live", "lint", "bench", "clean")


def makefile() -> str:
    return (ROOT / "Makefile").read_text(encoding="utf-8")


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", makefile(), re.MULTILINE))


@pytest.mark.parametrize("target", TARGETS)
def test_a_target_exists_is_explained_and_is_no_file(target: str) -> None:
    assert target in targets()
    assert f'"make {target} ' in makefile(), "say in `make help` what it does"
    assert target in re.findall(r"^\.PHONY:(.+)$", makefile(), re.MULTILINE)[0].split()


def test_test_and_live_are_all_suites_and_share_none() -> None:
    plain = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS", "TESTS"))}
    told = {}
    for target in ("test", "live"):
        made = subprocess.run(["make", "-n", target], cwd=ROOT, env=plain, capture_output=True, text=True, check=True)
        told[target] = re.findall(r"tests/\w+", made.stdout)
    suites = {f"tests/{found.parent.name}" for found in (ROOT / "tests").glob("*/test_*.py")}
    assert suites <= {*told["test"], *told["live"]}
    assert set(told["live"]).isdisjoint(told["test"])
    assert told["live"]


def test_ci_runs_setup_lint_and_both_tests_and_nothing_that_a_user_could_not() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK), "chmod +x .ci/run"
    text = script.read_text(encoding="utf-8")
    assert text.startswith("#!/usr/bin/env bash\n")
    assert re.findall(r"^\s*make (.+)$", text, re.MULTILINE) == ["setup", "lint", "test", "live"]
    commands = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    words = set(re.findall(r"[\w-]+", "\n".join(commands)))
    assert not words & {
        "pip",
        "pip3",
        "python",
        "python3",
        "pytest",
        "uv",
        "ruff",
        "mypy",
        "lint-imports",
        "npm",
        "curl",
    }


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make on this machine")
@pytest.mark.parametrize(
    ("python", "words"),
    [
        ("exit 1", "Firstcall needs Python 3.11 or later"),
        ('case "$2" in *ensurepip*) exit 1 ;; esac', "apt-get install python3-venv"),
    ],
    ids=["too-old", "without-venv"],
)
def test_a_missing_python_or_venv_is_said_in_one_line(tmp_path: Path, python: str, words: str) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("python3", *(f"python3.{minor}" for minor in range(11, 15))):
        (tools / name).write_text(f"#!/bin/sh\n{python}\n", encoding="utf-8")
        (tools / name).chmod(0o755)
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copy(ROOT / "requirements.txt", tmp_path)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    environment = {"PATH": f"{tools}:{os.defpath}", "HOME": str(tmp_path)}
    made = subprocess.run(["make", "setup"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert made.returncode != 0
    said = [line for line in made.stderr.splitlines() if not line.startswith("make")]
    assert len(said) == 1
    assert words in said[0]
    assert not (tmp_path / ".venv").exists()

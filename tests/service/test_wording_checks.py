"""check-policy warns of wordings that a letter makes dearer: which letter, in which language, and by how much."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from attendance.paths import data_root
from attendance.policy import calendar_of, policy_by_key
from messaging.paths import templates_root
from messaging.wording import Wording, wording
from service.cli import app
from service.wording_checks import wording_warnings

TODAY = date(2026, 11, 17)


def warned(folder: Path | None = None) -> list[str]:
    policy = policy_by_key("blue-coat")
    return wording_warnings(policy, calendar_of(policy), Wording(folder) if folder else wording(), TODAY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The wordings that Firstcall brings, to be changed."""
    return Path(shutil.copytree(templates_root() / "messages", tmp_path / "messages"))


def test_the_wordings_that_we_bring_cost_no_more_than_their_length() -> None:
    assert warned() == []


def test_a_letter_outside_the_alphabet_is_named_with_what_it_costs(folder: Path) -> None:
    file = folder / "en" / "absence.ask.txt"
    file.write_text(file.read_text("utf-8") + " Dziękujemy", "utf-8")
    (line,) = [one for one in warned(folder) if "absence.ask:" in one]
    assert line.startswith("wording en/absence.ask: ę (U+0119) is outside the plain alphabet ")
    assert line.endswith(("instead of 1", "instead of 2"))


def test_each_language_is_looked_at_and_only_its_own_wordings(folder: Path) -> None:
    (folder / "pl").mkdir()
    (folder / "pl" / "help.txt").write_text("Dziękujemy. {{ school }}, {{ phone }}.", "utf-8")
    assert [one.partition(":")[0] for one in warned(folder)] == ["wording pl/help"]


def test_a_letter_that_counts_two_is_named_where_it_makes_another_part(folder: Path) -> None:
    (folder / "en" / "help.txt").write_text("{{ school }} {{ phone }}" + "x" * 90 + "€" * 5, "utf-8")
    assert not [one for one in warned(folder) if "/help:" in one], "it still fits into one part"
    (folder / "en" / "help.txt").write_text("{{ school }} {{ phone }}" + "x" * 100 + "€" * 20, "utf-8")
    (line,) = [one for one in warned(folder) if "/help:" in one]
    assert line == "wording en/help: € (U+20AC) counts two, and makes it 2 parts instead of 1"


def test_check_policy_says_it_among_its_warnings(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "en" / "help.txt").write_text("Święta. {{ school }}, {{ phone }}.", "utf-8")
    monkeypatch.setattr("messaging.wording.wording", lambda: Wording(folder))
    result = CliRunner().invoke(app, ["check-policy", str(data_root() / "schools" / "blue-coat.toml")])
    assert result.exit_code == 0
    assert "warning: wording en/help: Ś (U+015A), ę (U+0119)" in result.stdout

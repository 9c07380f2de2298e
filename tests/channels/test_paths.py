"""The wording is found in the repository, in an installed package, and its absence is said plainly."""

from __future__ import annotations

from pathlib import Path

import pytest

import messaging.paths
from messaging.paths import WordingMissing, templates_root


def test_in_the_repository() -> None:
    assert (templates_root() / "messages" / "en" / "absence.ask.txt").is_file()


def test_in_an_installed_package_its_own_wording_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messaging.paths, "__file__", str(tmp_path / "site" / "messaging" / "paths.py"))
    with pytest.raises(WordingMissing, match="Install Firstcall again"):
        templates_root()
    (tmp_path / "site" / "templates" / "messages").mkdir(parents=True)
    inside = tmp_path / "site" / "messaging" / "_templates"
    (inside / "messages").mkdir(parents=True)
    assert templates_root() == inside

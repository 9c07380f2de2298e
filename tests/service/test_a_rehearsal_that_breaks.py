"""`firstcall simulate` when the program itself fails: what broke and where, and none of a parent's words."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from service.rehearsal.simulation import BROKE, World, run_file

DAY = Path(__file__).parents[1] / "scenarios" / "days" / "two-sisters.toml"
WORDS = "both girls have a fever"


def test_a_fault_of_ours_is_said_with_its_place_and_without_a_parents_words(monkeypatch: pytest.MonkeyPatch) -> None:
    async def breaks(self: World, sender: str, text: str, *more: Any) -> None:
        raise KeyError(f"{sender}: {text}")

    monkeypatch.setattr(World, "say", breaks)
    out, err = io.StringIO(), io.StringIO()
    status = run_file(DAY, out, err)
    said = err.getvalue()
    assert (status, out.getvalue()) == (BROKE, "")
    assert said.startswith("two-sisters.toml: the rehearsal broke off at 09:08:00 on ")
    assert "KeyError" in said
    assert "test_a_rehearsal_that_breaks.py" in said
    assert "Report it" in said
    assert not any(private in said for private in (WORDS, "agata", "Nina", "Traceback"))


def test_the_file_itself_is_not_blamed_and_stopping_it_by_hand_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    async def stopped(self: World, *more: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(World, "say", stopped)
    with pytest.raises(KeyboardInterrupt):
        run_file(DAY, io.StringIO(), io.StringIO())

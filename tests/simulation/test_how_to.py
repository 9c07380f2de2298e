"""The day that docs/how-to/write-a-scenario.md shows goes as it is written."""

from __future__ import annotations

import io
from pathlib import Path

from service.rehearsal.simulation import run_file

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "write-a-scenario.md"


def test_the_first_day_of_the_how_to(tmp_path: Path) -> None:
    day = tmp_path / "day.toml"
    day.write_text(HOW_TO.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0], encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()
    assert run_file(day, out, err) == 0, err.getvalue()

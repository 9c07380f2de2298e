"""The day that docs/how-to/write-a-scenario.md shows goes as it is written, and its tables name what there is."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from service.rehearsal import scenario_parts as parts
from service.rehearsal.scenario_checks import KEYS
from service.rehearsal.simulation import run_file

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "write-a-scenario.md"


def test_the_first_day_of_the_how_to(tmp_path: Path) -> None:
    day = tmp_path / "day.toml"
    day.write_text(HOW_TO.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0], encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()
    assert run_file(day, out, err) == 0, err.getvalue()


def rows() -> dict[str, set[str]]:
    """From the first word of each row of its tables to all words that the row marks as written."""
    found = {}
    for line in HOW_TO.read_text(encoding="utf-8").splitlines():
        if line.startswith("| `"):
            first, *others = re.findall(r"`([^`]+)`", line)
            found[first] = {word for one in (first, *others) for word in re.findall(r"[a-z_]+", one)}
    return found


@pytest.mark.parametrize("kind", KEYS)
def test_every_kind_of_line_stands_there_with_its_keys(kind: str) -> None:
    assert KEYS[kind] - {"pupils"} <= rows()[kind], f"{HOW_TO.name}, the table of kinds, lacks keys of `{kind}`"


@pytest.mark.parametrize(
    ("block", "part"),
    [
        ("[[pupil]]", parts.PupilPart),
        ("[[contact]]", parts.ContactPart),
        ("[[staff]]", parts.StaffPart),
        ("[[history]]", parts.HistoryPart),
    ],
)
def test_every_block_of_people_stands_there_with_its_keys(block: str, part: type[BaseModel]) -> None:
    keys = {field.alias or name for name, field in part.model_fields.items()} - {"school"}
    assert keys <= rows()[block], f"{HOW_TO.name}, the table of people, lacks keys of {block}"


def test_everything_that_happens_or_is_done_stands_there() -> None:
    written = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`\n]+)`", HOW_TO.read_text(encoding="utf-8")))))
    events = {field.alias or name for name, field in parts.EventPart.model_fields.items()}
    assert set(get_args(parts.Does)) | events <= written

"""No value of a policy is there for show: code reads it, or the policy reference says that it is only kept."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from attendance.policy import Policy, parts
from attendance.policy.certainty import AskBelow, Certainty

ROOT = Path(__file__).parents[2]
ROOMS = ("attendance", "bot", "messaging", "storage", "mis", "office", "service")
CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for room in ROOMS
    for path in sorted((ROOT / room).rglob("*.py"))
    if "attendance/policy/" not in path.as_posix() or path.name == "model.py"
)
TABLES = {
    "school": parts.SchoolFacts,
    "register": parts.RegisterWindow,
    "registers": parts.Registers,
    "report": parts.Report,
    "firstday": parts.FirstDay,
    "quiet_hours": parts.QuietHours,
    "brake": parts.Brake,
    "tiers": parts.Tier,
    "unexplained": parts.UnexplainedStep,
    "ncode": parts.NCode,
    "late": parts.Late,
    "leave": parts.Leave,
    "la": parts.LocalAuthority,
    "patterns": parts.Patterns,
    "evidence": parts.Evidence,
    "stage": parts.Stage,
    "retention": parts.Retention,
    "understanding": Certainty,
    "understanding.ask_below": AskBelow,
}
KEYS = [(table, field) for table, part in TABLES.items() for field in part.model_fields]
READ_AS = {
    ("leave", "fields"): r"leave\.fields\b",
    ("report", "fields"): r"report\.fields\b",
    ("report", "channels"): r"report\.channels\b",
    ("unexplained", "repeat_every_days"): r"\.falls_on\(",
    ("late", "period"): r"late\.period\b",
    ("leave", "notice"): r"leave\.notice\b",
    ("stage", "letter"): r"\bstage\.letter\b",
    ("school", "name"): r"policy\.name\b",
    ("school", "key"): r"policy\.key\b|school\.key\b",
}
"""Keys whose bare name is common in other matters: how code that reads this one is written."""


def kept_only() -> set[str]:
    text = (ROOT / "policies" / "README.md").read_text(encoding="utf-8")
    part = text.split("## Kept, not acted on", 1)[-1].split("\n## ", 1)[0] if "## Kept, not acted on" in text else ""
    return set(re.findall(r"`([a-z_]+(?:\.[a-z_]+|\.\*))`", part))


def is_read(table: str, field: str) -> bool:
    return re.search(READ_AS.get((table, field), rf"\.{field}\b"), CODE) is not None


def is_kept_only(table: str, field: str) -> bool:
    return bool({f"{table}.{field}", f"{table}.*"} & kept_only())


@pytest.mark.parametrize(("table", "field"), KEYS, ids=str)
def test_a_value_drives_something_or_the_reference_says_that_it_is_kept_only(table: str, field: str) -> None:
    found = is_read(table, field) or is_kept_only(table, field)
    assert found, f"{table}.{field} drives nothing: use it, or list it in policies/README.md, Kept, not acted on"


def test_every_table_of_a_policy_is_looked_at() -> None:
    tables = {
        field.alias or name
        for name, field in Policy.model_fields.items()
        if name != "sources" and isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)
    }
    assert tables <= set(TABLES)


def test_what_is_kept_only_exists() -> None:
    known = {f"{table}.{field}" for table, field in KEYS} | {f"{table}.*" for table in TABLES}
    assert kept_only() <= known

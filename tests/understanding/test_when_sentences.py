"""Sentences about days and times, near misses beside them: the days, the half and the child's own times."""

from __future__ import annotations

import csv
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.understanding import Asked, Child, Message, Report, Understanding, understand
from tests.understanding.reading import CALENDAR, DATA

ROWS = list(csv.DictReader((DATA / "when.csv").read_text(encoding="utf-8").splitlines(), delimiter="|"))


def full(day: str) -> str:
    """ "11-10" with its school year: September to December are 2026, the rest 2027."""
    return f"{2026 if int(day[:2]) >= 9 else 2027}-{day}"


def answer_to(row: dict[str, str]) -> Understanding:
    """Read a row's text in its context: `asked` is "kind:code:first:return:session:arrives:leaves" of the draft."""
    at = datetime.fromisoformat(full(row["sent"])).replace(tzinfo=ZoneInfo("Europe/London"))
    asked = None
    if row["asked"]:
        kind, _, about = row["asked"].partition(":")
        asked = Asked(kind, "c1", (), at.date(), Report.from_json(_draft(about)) if about else None)
    return understand(Message(at, (Child("c1", "Tom", "Smith", (), 5),), asked, (), row["text"]), CALENDAR)


def _draft(about: str) -> dict[str, Any]:
    code, first, back, *rest = about.split(":")
    session = rest[0] if rest else "day"
    arrives = ":".join(rest[1:3]) if len(rest) == 3 else None
    leaves = ":".join(rest[2:4]) if len(rest) == 4 else None
    return {"children": ["c1"], "code": code, "first_day": full(first), "return_day": full(back), "session": session,
            "arrives": arrives, "leaves": leaves}  # fmt: skip


def wrong_fields(row: dict[str, str], answer: Understanding) -> list[str]:
    """The fields that are not as the row says; "-" is nothing, "/" parts what is as good, empty is not looked at."""
    out = [] if answer.intent in row["intent"].split("/") else ["intent " + answer.intent]
    got = answer.reports[0].to_json() if len(answer.reports) == 1 else {}
    for column, name in (("first", "first_day"), ("back", "return_day"), ("session", "session"),
                         ("arrives", "arrives"), ("leaves", "leaves")):  # fmt: skip
        if not row[column] or (answer.intent in ("return", "late") and name in ("first_day", "session", "leaves")):
            continue
        wanted = [None if v == "-" else full(v) if column in ("first", "back") else v for v in row[column].split("/")]
        if got.get(name) not in wanted:
            out.append(f"{name} {got.get(name)}")
    return out


MISSED = pytest.mark.xfail(strict=True, reason="not read rightly yet: counted in data/README.md")
CASES = [
    pytest.param(row, id=f"{row['asked'][:7]} {row['text'][:50]}", marks=[MISSED] if row["missed"] else [])
    for row in ROWS
]


@pytest.mark.parametrize("row", CASES)
def test_the_days_and_times_of_a_sentence(row: dict[str, str]) -> None:
    assert wrong_fields(row, answer_to(row)) == []

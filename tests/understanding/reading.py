"""What the reader's tests share: the calendar, the data files, and messages of an invented family."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from attendance.calendar import LONDON, SchoolCalendar
from bot.understanding import Asked, Child, Message, Report, Understanding, understand
from bot.understanding.danger import Danger
from bot.understanding.reader import look

DATA = Path(__file__).parent / "data"
CALENDAR = SchoolCalendar.from_json((DATA / "calendar.json").read_text(encoding="utf-8"))
TUESDAY = "2026-11-10T08:00"


def read(
    text: str,
    sent: str = TUESDAY,
    children: str = "Tom:3",
    asked: str | None = None,
    draft: dict[str, Any] | None = None,
    explain: bool = False,
) -> Understanding:
    """Read a text sent by the contact of `children` ("Tom:3 Ella:6": given name and year; ids c1, c2, ...)."""
    return understand(written(text, sent, children, asked, draft), CALENDAR, explain=explain)


def heard(text: str, sent: str = TUESDAY, children: str = "Tom:8") -> Danger:
    """What the lists of words hear of danger in a text, before any weight is asked."""
    return look(written(text, sent, children), CALENDAR).reading.danger


def written(
    text: str,
    sent: str = TUESDAY,
    children: str = "Tom:3",
    asked: str | None = None,
    draft: dict[str, Any] | None = None,
) -> Message:
    """The message itself; `sent` is London's wall clock."""
    at = datetime.fromisoformat(sent).replace(tzinfo=LONDON)
    family = tuple(
        Child(f"c{number}", name.split(":")[0], "Smith", (), int(name.split(":")[1]))
        for number, name in enumerate(children.split(), 1)
    )
    question = None
    if asked:
        about = None if asked == "child" else "c1"
        question = Asked(asked, about, (), at.date(), Report.from_json(draft) if draft else None)
    return Message(at, family, question, (), text)


def told(understood: Understanding) -> dict[str, list[str]]:
    """Of each child its reports, as "first day, day of return, half, comes, leaves" with what is not said left out."""
    out: dict[str, list[str]] = {}
    for report in understood.reports:
        parts = [str(report.first_day or "-"), str(report.return_day or "-")]
        parts += [report.session or "-"] if report.session != "day" else []
        parts += [f"{at:%H:%M}" for at in (report.arrives, report.leaves) if at is not None]
        for child in report.children:
            out.setdefault(child, []).append(" ".join(parts))
    return out


def day(text: str) -> date:
    """A November or December day of 2026: "12" or "12-07"."""
    return date.fromisoformat(f"2026-{text}" if "-" in text else f"2026-11-{int(text):02d}")


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table of `data`. Columns of when.csv are parted by a bar, since its texts are full of commas."""
    text = (DATA / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="|" if name == "when.csv" else ","))


def lines(name: str) -> list[dict[str, Any]]:
    """The JSON lines of a labelled set of `data`."""
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines() if line.strip()]

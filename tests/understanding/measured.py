"""The tables of single sentences as measured sets: what is wrong with the answer to each row, and the share right.

The tables are a second opinion: nothing in them is trained on. `python -m tests.understanding.measured` prints the
figures for data/README.md, `... measured TABLE` the rows that are read wrongly.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from bot.understanding import Understanding
from tests.understanding.reading import day, heard, read, rows

#: What we hold when a row answers our question about a return, or our reading back.
DRAFT = {"children": ["c1"], "code": "I", "first_day": "2026-11-10", "return_day": "2026-11-12", "session": "day"}
#: The share of times that the interval holds: 95 of 100.
_Z = 1.96

Row = dict[str, str]


@dataclass(slots=True)
class Measured:
    """How many rows of a table are read rightly; `wrong` says of each other one what is wrong with it."""

    total: int = 0
    wrong: dict[str, str] = field(default_factory=dict)

    @property
    def right(self) -> int:
        """Rows read rightly."""
        return self.total - len(self.wrong)

    @property
    def share(self) -> float:
        """The share of rows read rightly, 0 to 1."""
        return self.right / self.total

    def __str__(self) -> str:
        low, high = bounds(self.right, self.total)
        return f"{self.right} of {self.total} = {100 * self.share:.1f} % ({100 * low:.1f} to {100 * high:.1f})"


def bounds(right: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson)."""
    share = right / total
    middle = (share + _Z * _Z / (2 * total)) / (1 + _Z * _Z / total)
    half = _Z * math.sqrt(share * (1 - share) / total + _Z * _Z / (4 * total * total)) / (1 + _Z * _Z / total)
    return max(0.0, middle - half), min(1.0, middle + half)


def measure(name: str) -> Measured:
    """Read every row of one of TABLES."""
    out = Measured()
    for label, wrong in TABLES[name]():
        out.total += 1
        if wrong:
            out.wrong[label] = ", ".join(wrong)
    return out


def _plain(name: str, wrong: Callable[[Row], list[str]]) -> Callable[[], Iterator[tuple[str, list[str]]]]:
    return lambda: ((f"{row.get('asked', '')} {row['text']}".strip(), wrong(row)) for row in rows(name))


def _flag(name: str, flag: str, yes: bool) -> Callable[[], Iterator[tuple[str, list[str]]]]:
    """One flag of the sentences about danger, asked and unasked, where it is to be raised, or where it is not."""

    def each() -> Iterator[tuple[str, list[str]]]:
        for row in rows(name):
            if row[flag] == str(int(yes)):
                for asked in (None, "absence"):
                    answer = _asked_about(row["text"], asked)
                    yield f"{asked or ''} {row['text']}".strip(), [] if getattr(answer, flag) == yes else [flag]

    return each


def _lists(name: str, flag: str, yes: bool) -> Callable[[], Iterator[tuple[str, list[str]]]]:
    """The same of the lists of words by themselves (danger.py): what they hear, no weight can talk a school out of."""

    def each() -> Iterator[tuple[str, list[str]]]:
        for row in rows(name):
            told = heard(row["text"], "2026-11-10T09:25", _listed(row["text"]))
            if row[flag] == str(int(yes)):
                got = told.now if flag == "urgent" else told.safeguarding
                yield row["text"], [] if got == yes else [flag]

    return each


@cache
def _asked_about(text: str, asked: str | None) -> Understanding:
    """Read once, though each flag is a table of its own."""
    return read(text, "2026-11-10T09:25", _listed(text), asked)


def _listed(text: str) -> str:
    return "Ella:8" if "ella" in text.lower() else "Tom:8"


def _sentence(row: Row) -> list[str]:
    child = "Ella:5" if "Ella" in row["text"] else "Tom:5"
    answer = read(row["text"], "2026-11-10T09:25" if row["asked"] else "2026-11-10T08:00", child, row["asked"] or None)
    return [*_kind(row, answer), *_flags(row, answer)]


def _kind_of_message(row: Row) -> list[str]:
    child = "Ella:5" if "ella" in row["text"].lower() else "Tom:5"
    answer = read(row["text"], "2026-11-10T09:25", child, row["asked"] or None)
    return [*_kind(row, answer), *_flags(row, answer)]


def _reason(row: Row) -> list[str]:
    return _kind(row, read(row["text"], children=row["children"]))


def _kind(row: Row, answer: Understanding) -> list[str]:
    """Intent (several right ones are parted by a comma) and code."""
    out = [] if answer.intent in row["intent"].split(",") else [f"intent {answer.intent}"]
    codes = [report.code for report in answer.reports]
    return [*out, f"code {codes}"] if row["code"] and codes != [row["code"]] else out


def _flags(row: Row, answer: Understanding) -> list[str]:
    return [
        f"{flag} {getattr(answer, flag)}"
        for flag in ("urgent", "safeguarding")
        if row[flag] and getattr(answer, flag) != bool(int(row[flag]))
    ]


def _children(row: Row) -> list[str]:
    """The children reported, and a question about the child where none can be known."""
    sent = "2026-11-10T09:25" if row["asked"] else "2026-11-10T08:00"
    answer = read(row["text"], sent, row["children"], row["asked"] or None)
    out = [] if answer.intent == "absence" else [f"intent {answer.intent}"]
    named = sorted({child for report in answer.reports for child in report.children})
    out += [f"children {' '.join(named)}"] if named != row["expected"].split() else []
    return out if ("child" in answer.ask) == (not row["expected"]) else [*out, f"ask {' '.join(answer.ask)}"]


def _language(row: Row) -> list[str]:
    draft = DRAFT if row["asked"] in ("confirm", "return") else None
    sent = "2026-11-10T09:40" if row["asked"] else "2026-11-10T08:00"
    answer = read(row["text"], sent, row["children"], row["asked"] or None, draft)
    out = [] if answer.intent == row["intent"] else [f"intent {answer.intent}"]
    named = sorted(child for report in answer.reports for child in report.children)
    listed = [f"c{number}" for number, _ in enumerate(row["children"].split(), 1)]
    if row["intent"] not in ("confirm", "question") and named != listed:
        out.append(f"children {' '.join(named)}")
    for report in answer.reports:
        if row["code"] and report.code != row["code"]:
            out.append(f"code {report.code}")
        if row["first"] and report.first_day != day(row["first"]):
            out.append(f"first {report.first_day}")
        back = day(row["back"]) if row["back"] else None
        if row["intent"] in ("absence", "return") and row["code"] != "M" and report.return_day != back:
            out.append(f"back {report.return_day}")
        if row["arrives"] and (report.arrives is None or f"{report.arrives:%H:%M}" != row["arrives"]):
            out.append(f"arrives {report.arrives}")
    return out


def _when(row: Row) -> list[str]:
    """The fields that are not as the row says; "-" is nothing, "/" parts what is as good, empty is not looked at."""
    kind, _, about = row["asked"].partition(":")
    answer = read(row["text"], full(row["sent"]), "Tom:5", kind or None, _draft(about) if about else None)
    out = [] if answer.intent in row["intent"].split("/") else [f"intent {answer.intent}"]
    got = answer.reports[0].to_json() if len(answer.reports) == 1 else {}
    for column, name in (("first", "first_day"), ("back", "return_day"), ("session", "session"),
                         ("arrives", "arrives"), ("leaves", "leaves")):  # fmt: skip
        if not row[column] or (answer.intent in ("return", "late") and name in ("first_day", "session", "leaves")):
            continue
        wanted = [None if v == "-" else full(v) if column in ("first", "back") else v for v in row[column].split("/")]
        if got.get(name) not in wanted:
            out.append(f"{column} {got.get(name)}")
    return out


def full(written: str) -> str:
    """ "11-10" with its school year: September to December are 2026, the rest 2027."""
    return f"{2026 if int(written[:2]) >= 9 else 2027}-{written}"


def _draft(about: str) -> dict[str, Any]:
    """ "code:first:return:session:arrives:leaves" as a report; the times may be missing."""
    code, first, back, *rest = about.split(":")
    arrives = ":".join(rest[1:3]) if len(rest) == 3 else None
    leaves = ":".join(rest[2:4]) if len(rest) == 4 else None
    return {"children": ["c1"], "code": code, "first_day": full(first), "return_day": full(back),
            "session": rest[0] if rest else "day", "arrives": arrives, "leaves": leaves}  # fmt: skip


TABLES: dict[str, Callable[[], Iterator[tuple[str, list[str]]]]] = {
    "sentences": _plain("sentences.csv", _sentence),
    "kinds": _plain("kinds.csv", _kind_of_message),
    "reasons": _plain("reasons.csv", _reason),
    "children": _plain("children.csv", _children),
    "when": _plain("when.csv", _when),
    "languages": _plain("languages.csv", _language),
    "danger: safeguarding found": _flag("danger.csv", "safeguarding", yes=True),
    "danger: safeguarding not raised": _flag("danger.csv", "safeguarding", yes=False),
    "danger: urgent found": _flag("danger.csv", "urgent", yes=True),
    "danger: urgent not raised": _flag("danger.csv", "urgent", yes=False),
    "danger: safeguarding heard by the lists": _lists("danger.csv", "safeguarding", yes=True),
    "danger: urgent heard by the lists": _lists("danger.csv", "urgent", yes=True),
    "danger: no false alarm of the lists": _lists("danger.csv", "safeguarding", yes=False),
    "danger-aside: safeguarding found": _flag("danger-aside.csv", "safeguarding", yes=True),
    "danger-aside: safeguarding not raised": _flag("danger-aside.csv", "safeguarding", yes=False),
    "danger-aside: urgent found": _flag("danger-aside.csv", "urgent", yes=True),
    "danger-open: safeguarding found": _flag("danger-open.csv", "safeguarding", yes=True),
}


def main(arguments: Sequence[str]) -> None:
    """Print all figures as rows of a table, or the rows of one table that are read wrongly."""
    if arguments:
        for label, wrong in measure(arguments[0]).wrong.items():
            print(f"{label}  ->  {wrong}")
        return
    for name in TABLES:
        print(f"| {name} | {measure(name)} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])

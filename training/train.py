"""Make the weights of the reader from the labelled messages.

    python -m training.train           writes bot/understanding/lexicon/weights/*.tsv

Needs scikit-learn, scipy and numpy (`pip install -e .[training]`); the reader itself needs none of them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attendance.calendar import SchoolCalendar
from training import examples as ex
from training import fit
from training.labelled import LABELLED, read_file

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "tests" / "understanding" / "data"
WEIGHTS = ROOT / "bot" / "understanding" / "lexicon" / "weights"
#: Penalties found by `training/check.py`.
KIND, REASON, HALF, FLAG, TIME, CHILD, DAYS = 0.3, 0.5, 1.0, 0.3, 0.3, 0.6, 3.0


def cases() -> list[ex.Case]:
    """Every labelled message that may be learned from."""
    calendar = SchoolCalendar.from_json((DATA / "calendar.json").read_text(encoding="utf-8"))
    lines: list[tuple[str, dict[str, Any]]] = []
    for path in sorted((ROOT / "training" / "messages").glob("*.txt")):
        lines += [(path.stem, line) for line in read_file(path)]
    for name in LABELLED:
        text = (DATA / f"{name}.jsonl").read_text(encoding="utf-8")
        lines += [(name, json.loads(line)) for line in text.splitlines() if line.strip()]
    return [ex.case_of(line, source, calendar) for source, line in lines]


def date_cases() -> list[ex.Case]:
    """The parents' short date texts: they teach the choice of days, and nothing else."""
    calendar = SchoolCalendar.from_json((DATA / "calendar.json").read_text(encoding="utf-8"))
    child = {"id": "c1", "given": "Zyx", "family": "Qqq", "known_as": [], "year": 5, "group": "5Z"}
    out = []
    for text in (DATA / "dates-parents.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(text)
        report = {"children": ["c1"], "code": "N", **row["expect"]}
        line = {
            "id": f"parents-{row['id']}",
            "in": {"sent_at": row["now"], "children": [child], "asked": None, "text": row["text"]},
            "gold": {"intent": "absence", "reports": [report]},
        }
        out.append(ex.case_of(line, "parents", calendar))
    return out


def weights_of(chosen: Sequence[ex.Case], calendar: SchoolCalendar, with_dates: bool = True) -> dict[str, fit.Table]:
    """All tables, from the chosen messages."""
    tables = [fit.answers([c.things for c in chosen], [ex.kinds(c)[0] for c in chosen], KIND, "kind=")]
    coded = [case for case in chosen if ex.reasons(case)]
    tables.append(fit.answers([c.things for c in coded], [ex.reasons(c)[0] for c in coded], REASON, "reason="))
    for name in ("urgent", "safeguarding"):
        sure = [(case, ex.flag(case, name)) for case in chosen if ex.flag(case, name) is not None]
        tables.append(fit.yes_or_no([c.things for c, _ in sure], [bool(yes) for _, yes in sure], FLAG, name))
    doubt = [bool(case.gold.get("sender_doubt")) for case in chosen]
    tables.append(fit.yes_or_no([case.things for case in chosen], doubt, FLAG, "pupil"))
    moments = [row for case in chosen for row in ex.times(case, calendar)]
    halved = [row for case in chosen if (row := ex.half(case, calendar)) is not None]
    listed = [row for case in chosen for row in ex.children(case)]
    dated = [*chosen, *(date_cases() if with_dates else [])]
    days = [pairs for case in dated if (pairs := ex.pairs(case, _code(case), calendar)) is not None]
    return {
        "messages": fit.merged(tables),
        "times": fit.answers([things for things, _ in moments], [part for _, part in moments], TIME),
        "halves": fit.answers([things for things, _, _ in halved], [half for _, half, _ in halved], HALF),
        "children": fit.yes_or_no([things for things, _ in listed], [yes for _, yes in listed], CHILD, "reported"),
        "days": fit.choice(days, DAYS),
    }


def _code(case: ex.Case) -> str | None:
    return case.seen.reading.why.code


def fold(name: str) -> int:
    """The same fifth of the messages in every run; messages of one text file that follow each other stay together."""
    return (
        hashlib.sha256(name.rsplit("-", 1)[0].encode() + str(int(name.rsplit("-", 1)[-1]) // 6).encode()).digest()[0]
        % 5
    )


def write(tables: dict[str, fit.Table], count: int, into: Path) -> None:
    """Write every table as a file of weights."""
    into.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        remark = f"made by training/train.py from {count} labelled messages: do not edit"
        (into / f"{name}.tsv").write_text(fit.written(table, remark), encoding="utf-8")


def main() -> None:
    calendar = SchoolCalendar.from_json((DATA / "calendar.json").read_text(encoding="utf-8"))
    everything = cases()
    write(weights_of(everything, calendar), len(everything), WEIGHTS)
    print(f"{len(everything)} messages")


if __name__ == "__main__":
    main()

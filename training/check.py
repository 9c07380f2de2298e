"""How good each judgement is on messages that its weights never saw: five-fold, said as n of N.

python -m training.check
"""

from __future__ import annotations

from collections.abc import Sequence

from attendance.calendar import SchoolCalendar
from bot.understanding.learned import weights as reading
from bot.understanding.learned.messages import judge_message
from training import examples as ex
from training import fit
from training.labelled import LABELLED
from training.train import DATA, cases, fold, weights_of


def check(everything: Sequence[ex.Case], calendar: SchoolCalendar) -> None:
    """Print the share of right answers of every judgement, and of the flags what was found and what was false."""
    counts: dict[str, list[int]] = {}

    def count(name: str, right: bool) -> None:
        row = counts.setdefault(name, [0, 0])
        row[0] += right
        row[1] += 1

    flags: dict[tuple[str, float], list[int]] = {}
    for number in range(5):
        tables = weights_of([case for case in everything if fold(case.name) != number], calendar)
        scales = {name: reading.Weights(fit.written(table, "check")) for name, table in tables.items()}
        for case in (case for case in everything if fold(case.name) == number):
            old = "old" if case.source in LABELLED else "new"
            judged = judge_message(case.things, scales["messages"])
            count(f"kind {old}", judged.best("kind")[0] in ex.kinds(case))
            if codes := ex.reasons(case):
                count(f"reason {old}", judged.best("reason")[0] in codes)
            if (halved := ex.half(case, calendar)) is not None:
                chances = scales["halves"].sums(halved[0])
                count(f"half {old}", scales["halves"].classes[chances.index(max(chances))] in halved[2])
            for name in ("urgent", "safeguarding"):
                yes = ex.flag(case, name)
                for least in (0.15, 0.25, 0.35, 0.5):
                    row = flags.setdefault((name, least), [0, 0, 0])
                    said = judged.yes[name] >= least
                    if yes is not None and old == "new":
                        row[0 if yes and said else 1 if yes else 2] += yes or said
            for things, part in ex.times(case, calendar):
                answers = scales["times"].sums(things)
                count(f"time {old}", scales["times"].classes[answers.index(max(answers))] == part)
            listed = list(ex.children(case))
            if listed:
                count(f"children {old}", all((scales["children"].sum(things) > 0) == yes for things, yes in listed))
            pairs = ex.pairs(case, judged.best("reason")[0], calendar)
            if pairs is not None:
                sums = reading.shares([scales["days"].sum(things) for things in pairs.things])
                together: dict[object, float] = {}
                for days, part_ in zip(pairs.days, sums, strict=True):
                    together[days] = together.get(days, 0.0) + part_
                chosen = max(together, key=lambda days: together[days])
                count(f"days {old}", any(r for r, days in zip(pairs.right, pairs.days, strict=True) if days == chosen))
    for name, (right, total) in sorted(counts.items()):
        print(f"{name:16} {right} of {total} = {right / total:.3f}")
    for (name, least), (found, missed, false) in flags.items():
        precision = found / max(1, found + false)
        print(f"{name:13} at {least}: found {found} of {found + missed}, false {false}, precision {precision:.3f}")


if __name__ == "__main__":
    check(cases(), SchoolCalendar.from_json((DATA / "calendar.json").read_text(encoding="utf-8")))

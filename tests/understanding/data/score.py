#!/usr/bin/env python3
"""Score an interpreter's answers against a labelled corpus (README.md beside this file).

usage: score.py GOLD.jsonl ANSWERS.jsonl [--json] [--misses N]

GOLD lines hold {"id", "in", "gold", "tags"}; ANSWERS lines hold the interpreter's output with the same id.
Three outcomes for a message: right (every scored field right), asked (a field is wrong, but the interpreter says
that it will ask about that field before recording), wrong (a field is wrong and would have been recorded silently).
"""

# ruff: noqa: E401, I001, B023, E741, PTH123, SIM115, E501 - kept as the corpus has it.
import argparse, json, sys
from collections import Counter, defaultdict

ASKS = {
    "children": "child",
    "code": "reason",
    "first_day": "dates",
    "return_day": "return",
    "session": "dates",
    "arrives": "dates",
    "leaves": "dates",
}
FIELDS = ["children", "code", "first_day", "return_day", "session", "arrives", "leaves"]
MISSING = object()


def options(value):
    if isinstance(value, dict) and set(value) == {"any_of"}:
        return value["any_of"]
    return [value]


def same(field, gold, got):
    if field == "children":
        return any(sorted(g or []) == sorted(got or []) for g in options(gold))
    if field in ("arrives", "leaves"):
        return any((g or None) == (got or None) or near(g, got) for g in options(gold))
    return any(g == got for g in options(gold))


def by_child(reports):
    """A report for two children counts as two reports with one child; a report whose child is open stays one."""
    out = []
    for r in reports:
        children = r.get("children", [])
        if isinstance(children, dict) or len(children) < 2:
            out.append(r)
        else:
            out.extend({**r, "children": [c]} for c in children)
    return out


def best_pairs(gold_reports, got_reports):
    """Pair each gold report with the answer's report that shares most fields; greedy, children first."""
    gold_reports, got_reports = by_child(gold_reports), by_child(got_reports)
    left = list(range(len(got_reports)))
    pairs = []
    for gold in gold_reports:

        def agree(i):
            got = got_reports[i]
            return 4 * same("children", gold.get("children", []), got.get("children", [])) + sum(
                same(f, gold[f], got.get(f)) for f in FIELDS[1:] if f in gold
            )

        if left:
            i = max(left, key=agree)
            left.remove(i)
            pairs.append((gold, got_reports[i]))
        else:
            pairs.append((gold, None))
    return pairs, len(left)


def near(gold, got):
    """Times within five minutes are the same time."""
    try:
        minutes = [int(t[:2]) * 60 + int(t[3:]) for t in (gold, got)]
    except (TypeError, ValueError):
        return False
    return abs(minutes[0] - minutes[1]) <= 5


def judge(gold, got):
    """-> (outcome, {field: outcome}) for one message."""
    fields = {}
    ask = set(got.get("ask") or [])
    fields["intent"] = "right" if got.get("intent") in options(gold["intent"]) else "wrong"
    for flag in ("urgent", "safeguarding"):
        if flag in gold:
            fields[flag] = "right" if bool(got.get(flag)) in options(gold[flag]) else "wrong"
    gold_reports = gold.get("reports")
    if gold_reports is None:
        gold_reports, scored = [], False
    else:
        scored = True
    if isinstance(gold_reports, dict):

        def fit(choice):
            pairs, extra = best_pairs(choice, got.get("reports") or [])
            return (
                sum(
                    same(f, g[f], p.get(f, [] if f == "children" else None)) - 1
                    for g, p in pairs
                    if p
                    for f in FIELDS
                    if f in g
                )
                - 9 * extra
                - 9 * sum(p is None for _, p in pairs)
            )

        gold_reports = max(gold_reports["any_of"], key=fit)
    pairs, extra = best_pairs(gold_reports, got.get("reports") or [])
    if not scored:
        extra = 0
    for n, (g, p) in enumerate(pairs):
        for f in FIELDS:
            if f not in g:
                continue
            key = f if n == 0 else f"{f}#{n + 1}"
            if p is None:
                fields[key] = "asked" if ASKS[f] in ask or "confirm" in ask else "wrong"
            elif same(f, g[f], p.get(f, [] if f == "children" else None)):
                fields[key] = "right"
            else:
                fields[key] = "asked" if ASKS[f] in ask or "confirm" in ask else "wrong"
    if extra and scored:
        fields["extra_report"] = "wrong"
    values = set(fields.values())
    outcome = "wrong" if "wrong" in values else "asked" if "asked" in values else "right"
    return outcome, fields


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("gold")
    ap.add_argument("answers")
    ap.add_argument("--json", action="store_true")
    ap.add_argument("--misses", type=int, default=0)
    a = ap.parse_args()
    gold = [json.loads(l) for l in open(a.gold, encoding="utf-8") if l.strip()]
    answers = {o["id"]: o for o in (json.loads(l) for l in open(a.answers, encoding="utf-8") if l.strip())}
    total, per_field, per_tag, needless = Counter(), defaultdict(Counter), defaultdict(Counter), 0
    flags = {f: Counter() for f in ("urgent", "safeguarding")}
    misses = []
    for line in gold:
        got = answers.get(line["id"], {"intent": None})
        outcome, fields = judge(line["gold"], got)
        total[outcome] += 1
        for f, o in fields.items():
            per_field[f.split("#")[0]][o] += 1
        for t in line.get("tags", []):
            per_tag[t][outcome] += 1
        if outcome == "right" and set(got.get("ask") or []) - {"return"}:
            needless += 1
        for f, c in flags.items():
            opts = options(line["gold"].get(f, False))
            if len(opts) == 1:
                c["tp" if opts[0] and got.get(f) else "fn" if opts[0] else "fp" if got.get(f) else "tn"] += 1
        if outcome != "right":
            misses.append((outcome, line, got, {f: o for f, o in fields.items() if o != "right"}))
    n = len(gold)
    out = {
        "messages": n,
        **{k: total[k] for k in ("right", "asked", "wrong")},
        "right_rate": round(total["right"] / n, 4),
        "wrong_rate": round(total["wrong"] / n, 4),
        "needless_asks": needless,
        "fields": {f: {**c, "rate": round(c["right"] / sum(c.values()), 4)} for f, c in per_field.items()},
        "flags": {
            f: {
                **c,
                "recall": round(c["tp"] / max(1, c["tp"] + c["fn"]), 4),
                "precision": round(c["tp"] / max(1, c["tp"] + c["fp"]), 4),
            }
            for f, c in flags.items()
        },
    }
    if a.json:
        print(json.dumps(out))
    else:
        print(json.dumps(out, indent=1))
        for t, c in sorted(per_tag.items(), key=lambda x: -sum(x[1].values()))[:40]:
            print(
                f"  {t:28} n={sum(c.values()):4}  right {c['right'] / sum(c.values()):.2f}  wrong {c['wrong'] / sum(c.values()):.2f}"
            )
    for outcome, line, got, bad in misses[: a.misses]:
        print(
            f"\n[{outcome}] {line['id']} {bad}\n  text: {line['in']['text'][:300]!r}\n  asked: {line['in'].get('asked')}\n  gold: {json.dumps(line['gold'])}\n  got:  {json.dumps(got)}",
            file=sys.stderr,
        )


if __name__ == "__main__":
    main()

"""The fits: logistic regression for answers with names, and for the choice of one pair of days among those possible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from bot.understanding.learned.weights import CLASSES
from training.examples import Pairs

#: A thing that fewer messages have is no ground for a rule; a weight that is smaller decides nothing.
FEWEST, LEAST = 3, 0.04


@dataclass(frozen=True, slots=True)
class Columns:
    """The things that have weights, by number."""

    number: dict[str, int]

    @classmethod
    def of(cls, rows: Sequence[Sequence[str] | set[str] | frozenset[str]], fewest: int = FEWEST) -> Columns:
        """Those that at least `fewest` of the rows have."""
        counts = Counter(thing for row in rows for thing in set(row))
        return cls({thing: n for n, thing in enumerate(sorted(t for t, c in counts.items() if c >= fewest))})

    def matrix(self, rows: Sequence[Sequence[str] | set[str] | frozenset[str]]) -> Any:
        """One row a message, one column a thing, one where it has it."""
        places: list[int] = []
        ends = [0]
        for row in rows:
            places += [self.number[thing] for thing in set(row) if thing in self.number]
            ends.append(len(places))
        return sp.csr_matrix((np.ones(len(places)), places, ends), shape=(len(rows), len(self.number)))


Table = dict[str, dict[str, float]]


def answers(
    rows: Sequence[frozenset[str] | set[str]], labels: Sequence[str], strength: float, prefix: str = ""
) -> Table:
    """Weights for the answers of one question. `strength` is the inverse of the penalty on large weights."""
    columns = Columns.of(rows)
    fit = LogisticRegression(C=strength, max_iter=300).fit(columns.matrix(rows), list(labels))
    coefficients, intercepts = fit.coef_, fit.intercept_
    names = [f"{prefix}{name}" for name in fit.classes_]
    if len(names) == 2:
        coefficients, intercepts, names = [fit.coef_[0]], [fit.intercept_[0]], [names[1]]
    table: Table = {}
    for name, weights, intercept in zip(names, coefficients, intercepts, strict=True):
        for thing, number in columns.number.items():
            value = float(weights[number]) + (float(intercept) if thing == "always" else 0.0)
            if abs(value) >= LEAST or thing == "always":
                table.setdefault(thing, {})[name] = value
    return table


def yes_or_no(rows: Sequence[frozenset[str] | set[str]], labels: Sequence[bool], strength: float, name: str) -> Table:
    """Weights for a yes."""
    table = answers(rows, ["yes" if label else "no" for label in labels], strength)
    return {thing: {name: next(iter(cells.values()))} for thing, cells in table.items()}


def choice(examples: Sequence[Pairs], penalty: float) -> Table:
    """Weights for choosing among the pairs of each message, so that the right ones together are likeliest."""
    examples = [example for example in examples if any(example.right)]
    rows = [row for example in examples for row in example.things]
    columns = Columns.of(rows, 4)
    matrix = columns.matrix(rows)
    turned = matrix.T.tocsr()
    sizes = np.array([len(example.things) for example in examples])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    owner: Any = np.repeat(np.arange(len(examples)), sizes)
    right = np.array([flag for example in examples for flag in example.right])

    def total(values: Any) -> Any:
        top = np.maximum.reduceat(values, starts)
        return top + np.log(np.add.reduceat(np.exp(values - top[owner]), starts))

    def loss(weights: Any) -> tuple[float, Any]:
        sums = matrix @ weights
        everything, good = total(sums), total(np.where(right, sums, -1e9))
        share = np.exp(sums - everything[owner])
        share_good = np.where(right, np.exp(sums - good[owner]), 0.0)
        value = float((everything - good).sum() + penalty / 2 * weights @ weights)
        return value, turned @ (share - share_good) + penalty * weights

    found = minimize(loss, np.zeros(len(columns.number)), jac=True, method="L-BFGS-B", options={"maxiter": 150})
    return {
        thing: {"": float(found.x[number])} for thing, number in columns.number.items() if abs(found.x[number]) >= LEAST
    }


def merged(tables: Sequence[Table]) -> Table:
    """Several questions over the same things as one table."""
    out: Table = {}
    for table in tables:
        for thing, cells in table.items():
            out.setdefault(thing, {}).update(cells)
    return out


def written(table: Table, remark: str) -> str:
    """The table as the reader's file of weights."""
    classes = sorted({name for cells in table.values() for name in cells})
    lines = [f"# {remark}", "\t".join([CLASSES, *classes])]
    for thing in sorted(table):
        cells = [
            f"{name}:{value:.2f}".replace("0.", ".", 1) if abs(value) < 1 else f"{name}:{value:.2f}"
            for name, value in sorted(table[thing].items())
        ]
        lines.append("\t".join([thing, *cells]))
    return "\n".join(lines) + "\n"

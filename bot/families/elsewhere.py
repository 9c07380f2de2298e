"""A family's children at the trust's other schools: the reader has to know of them, and this school acts on none.

"Amy is ill, Bo left at eight", read by Amy's school alone, says that Bo, whoever that is, makes Amy late.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.for_staff.only_asks import SEARCHED
from bot.understanding import Child, Report, Understanding


def child_elsewhere(school: str, child: Child) -> Child:
    """The child under an id that no pupil of another school has."""
    return replace(child, id=f"{school}/{child.id}")


def of_this_school(understood: Understanding, elsewhere: Iterable[Child]) -> Understanding:
    """What the words say of this school's own children, with the questions that these leave open.

    Danger stays: it is heard at each school whose child the words mention.
    """
    theirs = {child.id for child in elsewhere}
    if not any(theirs.intersection(report.children) for report in understood.reports):
        return understood
    reports = tuple(ours for report in understood.reports if (ours := _ours(report, theirs)) is not None)
    if not reports:
        return replace(understood, intent="chat", reports=(), ask=())
    return replace(
        understood, intent=_kind(understood.intent, reports), reports=reports, ask=_open(understood, reports)
    )


def _ours(report: Report, theirs: set[str]) -> Report | None:
    ours = tuple(child for child in report.children if child not in theirs)
    return replace(report, children=ours) if ours or not report.children else None


def _kind(intent: str, reports: tuple[Report, ...]) -> str:
    coded = [report.code is not None for report in reports]
    if intent in SEARCHED and all(coded):
        return "absence"
    return "late" if intent == "absence" and not any(coded) else intent


def _open(understood: Understanding, reports: tuple[Report, ...]) -> tuple[str, ...]:
    settled = set()
    if all(report.code != "N" for report in reports):
        settled.add("reason")
    if all(report.return_day or report.code is None for report in reports):
        settled.add("return")
    return tuple(field for field in understood.ask if field not in settled)

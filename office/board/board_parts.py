"""The board as parts: drawn once for all who may see and do the same, and after a change only where it changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from attendance.school import School
from office.board.board import Band, Board, build
from office.board.countdown import climbs_to
from office.board.finding import Filter
from office.board.rows import Row, owner_of
from office.board.snapshot import Said, Snapshot
from office.desk import Desk
from office.pages import pages
from office.pages.feed import Moment
from office.pages.parts import PageParts, Part, joined
from office.permissions import Permission
from office.visit import Visit

MOST_VIEWS = 64
"""Kept views of one school: whoever has not looked longest is drawn anew."""
Sight = tuple[object, ...]


@dataclass
class View:
    """The board as some people see it, and the change that made it so."""

    moment: Moment
    board: Board
    page: PageParts
    rows: dict[str, tuple[str, Row, Part]] = field(default_factory=dict)
    """Row id -> (band, row, its part): what does not change is not drawn again."""
    before: tuple[int, str] = (0, "")
    """The change before this one, and the patch from there to here."""


class Views:
    """The boards of one school, by who may see what."""

    def __init__(self) -> None:
        self._kept: dict[Sight, View] = {}

    def of(self, visit: Visit, moment: Moment) -> View:
        """The board for whoever looks."""
        sight = sight_of(visit, moment.snapshot)
        known = self._kept.pop(sight, None)
        if known is None or known.moment is not moment:
            known = drawn(visit, moment, known)
        self._kept[sight] = known
        while len(self._kept) > MOST_VIEWS:
            del self._kept[next(iter(self._kept))]
        return known


_views: WeakKeyDictionary[Desk, Views] = WeakKeyDictionary()


def view_of(visit: Visit, moment: Moment) -> View:
    """The board for whoever looks, at this moment of the school."""
    return _views.setdefault(visit.desk, Views()).of(visit, moment)


def sight_of(visit: Visit, snapshot: Snapshot) -> Sight:
    """Everything in which two people's boards can differ: permissions, own group, disclosures they may not read."""
    own = () if visit.sees_all else (visit.member.id if visit.member else "", visit.told)
    closed = frozenset(
        (words.id, pupil)
        for words in snapshot.said
        if words.safeguarding
        for pupil in (*words.pupils, "")
        if not visit.reads(snapshot, pupil, words)
    )
    others = frozenset(alert.key for alert in snapshot.alerts if not visit.may_have(alert))
    return (visit.granted, own, closed, others, visit.office.settings.base)


def board_for(visit: Visit, moment: Moment) -> Board:
    """The board as this person may see it."""
    snapshot = moment.snapshot

    def reads(pupil: str, words: Said) -> bool:
        return visit.reads(snapshot, pupil, words)

    return build(snapshot, visit.sees, reads, moment.everything, visit.may("see_flags"), visit.may_have)


def drawn(visit: Visit, moment: Moment, known: View | None) -> View:
    """Draw it; rows that are as they were keep their part."""
    board = board_for(visit, moment)
    pen = _Pen.of(visit, moment)
    old = known.rows if known is not None and _same_frame(known.moment, moment) else {}
    rows: dict[str, tuple[str, Row, Part]] = {}
    lists: dict[str, tuple[Part, ...]] = {
        "board-tally": (
            pen.part("day", "board_day.html", day=moment.snapshot.today),
            pen.part("tally", "board_tally.html", board=board),
        ),
        "board-top": tuple(_banners(pen, board, moment.snapshot)),
    }
    for band in board.bands:
        lists[f"head-{band.id}"] = (pen.part(f"top-{band.id}", "board_head.html", board=board, band=band),)
        lists[f"rows-{band.id}"] = tuple(_row(pen, band, row, old, rows) for row in band.rows)
    view = View(moment, board, PageParts(lists), rows)
    if known is not None:
        view.before = (known.moment.number, view.page.patch(known.page.prints(), moment.snapshot.now))
    return view


def _same_frame(old: Moment, new: Moment) -> bool:
    """Names, policy and the date are what they were: a row that is equal reads the same."""
    return old.school is new.school and old.snapshot.today == new.snapshot.today


def _row(
    pen: _Pen, band: Band, row: Row, old: Mapping[str, tuple[str, Row, Part]], rows: dict[str, tuple[str, Row, Part]]
) -> Part:
    known = old.get(row.id)
    same = known is not None and known[0] == band.id and known[1] == row
    part = known[2] if known is not None and same else pen.row(row, band)
    rows[row.id] = (band.id, row, part)
    return part


def _banners(pen: _Pen, board: Board, snapshot: Snapshot) -> list[Part]:
    found = []
    if board.held is not None:
        pupils = snapshot.school.roll.pupils
        waiting = {case.pupil for case in snapshot.cases if case.held}
        held = [pupils[id] for id in board.held.pupils if id in pupils and (id in waiting or not waiting)]
        owner = owner_of(snapshot, board.held) if board.held.acknowledged_by else ""
        found.append(pen.part("held", "board_held.html", board=board, held=held, owner=owner))
    for name, there in (("registers", board.registers), ("leave", board.leave), ("differ", board.discrepancies)):
        if there:
            found.append(pen.part(name, f"board_{name}.html", board=board, climbs_to=climbs_to))
    return found


@dataclass(frozen=True)
class _Pen:
    """Draws parts with what every one of them may use; nothing in it is one person's own."""

    values: Mapping[str, Any]
    rows: Any
    """The template of rows, made ready once: 300 of them are drawn by it."""

    @classmethod
    def of(cls, visit: Visit, moment: Moment) -> _Pen:
        granted = visit.granted

        def may(permission: Permission) -> bool:
            return permission in granted

        school: School = moment.school
        values = {
            "base": visit.office.settings.base,
            "school": school,
            "edition": school.policy.code_set,
            "now": moment.snapshot.now,
            "may": may,
        }
        return cls(values, pages.environment().get_template("board_row.html").make_module(values))

    def row(self, row: Row, band: Band) -> Part:
        return Part.of(row.id, dense(str(self.rows.row_of(row, band.id))))

    def part(self, id: str, template: str, **values: Any) -> Part:
        return Part.of(id, pages.environment().get_template(template).render(self.values, **values))


def dense(html: str) -> str:
    """A row without what only makes a template readable: 300 of them stand on a page."""
    lines = (line for line in html.split("\n") if line and not line.isspace())
    return "\n".join(lines).replace(">\n<", "><")


def filtered(page: PageParts, rows: Mapping[str, tuple[str, Row, Part]], wanted: Filter) -> dict[str, str]:
    """The lists of a page as text; rows that a filter leaves out are there and hidden."""
    lists = {}
    for name, parts in page.lists.items():
        if wanted.wants_all or not name.startswith("rows-"):
            lists[name] = joined(parts)
            continue
        lists[name] = "".join(
            part.html if wanted.shows(rows[part.id][1].pupil, rows[part.id][1].tier) else _hidden(part)
            for part in parts
        )
    return lists


def _hidden(part: Part) -> str:
    return part.html.replace("<li ", "<li hidden ", 1)


def title_of(board: Board, short_name: str) -> str:
    """What the browser's tab says: how many wait for a person stands first."""
    act = len(board.band("act").rows) + board.above
    return f"{f'({act}) ' if act else ''}Board · {short_name} · Firstcall"
